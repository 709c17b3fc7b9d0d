"""Pictures dropped, picked and pasted on the page in a real browser, and what the tray says of them."""

import csv
import hashlib
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import expect

import pictures
from hostile_names import BIDI, CONTROLS, NAMES
from machine import pictures_folder
from pictures import Picture

pytestmark = pytest.mark.browser
SHOWN_FORMATS = {"jpeg", "png", "gif", "webp", "avif", "heic"}
WITHOUT_PIXELS = {"mex-c-m1-1f97f040d0b6b26faeb0a1a7f1499590.png"}


def real_pictures(folder: Path) -> dict[Path, tuple[int, int]]:
    """The real pictures of the formats the gallery shows, with their displayed dimensions."""
    with (folder / "expected.tsv").open(newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["format"] in SHOWN_FORMATS]
    rows = [row for row in rows if row["file"] not in WITHOUT_PIXELS]
    return {folder / row["file"]: (int(row["width"]), int(row["height"])) for row in rows}


def made_pictures(folder: Path) -> dict[Path, tuple[int, int]]:
    """Pictures of every format made here, for machines without the real ones."""
    made = pictures.of_every_format()
    for picture in made:
        (folder / picture.name).write_bytes(picture.data)
    return {folder / picture.name: (picture.width, picture.height) for picture in made}


def sha256_of(file: Path) -> str:
    """The digest as the gallery writes it."""
    return b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()


def test_dropped_pictures_are_in_the_gallery_with_their_dimensions(open_page, shown, tmp_path):
    """Every picture of the folder, dropped at once, ends in the grid with the dimensions of the table."""
    folder = pictures_folder()
    expected = real_pictures(folder) if folder else made_pictures(tmp_path)
    page = open_page()
    page.drop(list(expected))
    states = page.expect_all_final(len(expected))
    assert set(states) <= {"done", "duplicate"}, states
    images = {image["sha256"]: image for image in shown.images()}
    for file, (width, height) in expected.items():
        image = images[sha256_of(file)]
        assert (image["width"], image["height"]) == (width, height), file.name
        assert image["meta"] == f"{width}x{height}"
        tile = page.tile(image["id"])
        expect(tile).to_have_attribute("data-width", str(width))
        expect(tile).to_have_attribute("data-height", str(height))
    assert page.tiles.count() == len(images) == len({sha256_of(file) for file in expected})
    assert page.complaints == []


def test_picked_pictures_keep_their_order_newest_first(open_page, shown):
    """The last one picked alone is the first in the grid, without a reload, and still after one."""
    page = open_page()
    for name in ("one.png", "two.png"):
        page.choose(pictures.png(name=name))
        page.expect_state(name, "done")
    newest = shown.ids()[0]
    expect(page.tiles.first).to_have_attribute("data-id", newest)
    page.page.reload()
    expect(page.tiles.first).to_have_attribute("data-id", newest)
    assert page.complaints == []


def test_a_pasted_picture_is_uploaded(open_page, shown):
    """What the clipboard holds as a file goes the same way."""
    page = open_page()
    picture = pictures.png(name="pasted.png")
    page.page.evaluate(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], 'pasted.png', { type: 'image/png' }));
          document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
        }""",
        list(picture.data),
    )
    page.expect_state("pasted.png", "done")
    assert shown.images()[0]["sha256"] == picture.sha256


def test_a_refused_file_says_why_in_words(open_page, shown):
    """A text with a picture's name, and an empty file; the good one beside them goes through."""
    before = len(shown.ids())
    page = open_page()
    page.choose(
        Picture("words.png", "image/png", 0, 0, b"just words, many of them"),
        Picture("empty.png", "image/png", 0, 0, b""),
        pictures.png(name="good.png"),
    )
    page.expect_state("good.png", "done")
    message = page.expect_state("words.png", "refused").locator(".upload-message").inner_text()
    assert "PNG" in message and len(message.split()) > 5
    assert len(page.expect_state("empty.png", "refused").locator(".upload-message").inner_text()) > 10
    assert len(shown.ids()) == before + 1


def test_the_same_picture_again_says_so(open_page, shown):
    """No second copy, and a link to the first."""
    picture = pictures.png(name="again.png")
    first = shown.upload(picture)
    page = open_page()
    page.choose(picture)
    row = page.expect_state("again.png", "duplicate")
    assert row.get_by_role("link").get_attribute("href").endswith(f"/i/{first['id']}")
    assert page.tile(first["id"]).count() == 1


def test_hostile_names_are_text_on_the_page(open_page, shown):
    """In the tray, in the grid and in the lightbox they are only text, and nothing runs."""
    page = open_page()
    page.choose(*(pictures.png(name=name) for name in NAMES.values()))
    assert set(page.expect_all_final(len(NAMES))) == {"done"}
    names = page.page.locator("#tray .upload-name").all_text_contents()
    names += page.tiles.locator("img").evaluate_all("images => images.map((image) => image.alt)")
    assert len(names) >= 2 * len(NAMES)
    for name in names:
        assert name and not CONTROLS & set(name) and not BIDI & set(name), ascii(name)
    assert NAMES["tag"] in names
    page.tiles.filter(has_text=NAMES["tag"]).click()
    expect(page.lightbox.get_by_role("heading")).to_have_text(NAMES["tag"])
    assert page.page.locator('img[src="x"]').count() == 0
    page.page.reload()
    assert page.page.locator('img[src="x"]').count() == 0
    assert page.complaints == []


def test_a_picture_of_many_megabytes_shows_honest_progress(open_page):
    """The bar never goes back and never beyond the end."""
    page = open_page()
    page.watch_progress()
    page.limit_upload(4 << 20)
    page.choose(pictures.noisy_png(8 << 20, name="large.png"))
    page.expect_state("large.png", "done")
    seen = page.progress_seen()
    assert seen == sorted(seen) and max(seen) <= 1 and len(set(seen)) > 2, seen
