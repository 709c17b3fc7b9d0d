"""Takes pictures of the page for people to look at: `python screenshots.py FOLDER`.

Each view in light and dark, on a phone (390×844) and a desktop (1440×900). Needs the built program, Chromium and the
packages of requirements.txt; the gallery shows the real pictures when they are there (see `machine.pictures_folder`).
"""

import argparse
import itertools
import mimetypes
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import pictures
from gallery_client import Gallery
from gallery_page import GalleryPage, chromium_context
from imgn_server import ImgnServer
from machine import pictures_folder, tool
from pictures import Picture

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
SCHEMES = ("light", "dark")
EXTENSIONS = {".jpg", ".png", ".gif", ".webp", ".avif", ".heic"}
UPLOAD_TOKEN = "screenshots-0123456789"

# True when every picture in sight has been drawn.
DRAWN = """() => [...document.images].every((image) => {
  const { top, bottom, width } = image.getBoundingClientRect();
  return !width || bottom < 0 || top > innerHeight || (image.complete && image.naturalWidth > 0
    && getComputedStyle(image).opacity === '1');
})"""

# Done when those pictures are decoded, and two frames were drawn with them.
DECODED = """async () => {
  const isSeen = (image) => image.complete && image.getBoundingClientRect().top < innerHeight;
  const seen = [...document.images].filter(isSeen);
  await Promise.allSettled(seen.map((image) => image.decode()));
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}"""

# True when an upload is well on its way.
MOVING = "() => [...document.querySelectorAll('[data-state=sending] progress')].some((bar) => bar.value > 0.2)"


def nothing(_: GalleryPage) -> None:
    """The page as it is."""


def open_lightbox(page: GalleryPage) -> None:
    """The largest picture of the first ones, large."""
    areas = page.tiles.evaluate_all("tiles => tiles.map(({ dataset }) => dataset.width * dataset.height)")[:12]
    page.tiles.nth(areas.index(max(areas))).click()
    page.lightbox.locator("img").first.wait_for()


def fill_tray(page: GalleryPage) -> None:
    """One upload done, two on their way."""
    page.choose(pictures.png(800, 600, "Beach at noon.png"))
    page.expect_state("Beach at noon.png", "done")
    page.limit_upload(600_000)
    page.choose(pictures.png(2400, 1000, "Panorama.png", 0), pictures.png(1600, 1200, "Old town.png", 0))
    page.expect_state("Panorama.png", "sending")
    page.page.wait_for_function(MOVING)


def be_refused(page: GalleryPage) -> None:
    """A text that says it is a picture, beside a good one."""
    notes = Picture("notes.png", "image/png", 0, 0, b"not a picture at all")
    page.choose(notes, pictures.png(640, 480, "Good one.png"))
    page.expect_all_final(2)


def open_links(page: GalleryPage) -> None:
    """The lightbox with all that can be copied."""
    open_lightbox(page)
    page.button("More to copy").click()


def wait_for_token(page: GalleryPage) -> None:
    """A file waits, since the token that was said is not the right one."""
    page.page.get_by_label("Uploading here takes a token").fill("not-the-right-one")
    page.button("Use it").click()
    page.choose(pictures.png(640, 480, "Waiting.png"))
    page.page.get_by_role("alert").wait_for()


VIEWS: dict[str, tuple[str, Callable[[GalleryPage], None]]] = {
    "gallery": ("/", nothing),
    "lightbox": ("/", open_lightbox),
    "links": ("/", open_links),
    "image": ("/i/{id}", nothing),
    "missing": ("/i/zzzzzzzzzzzz", nothing),
    "tray": ("/", fill_tray),
    "error": ("/", be_refused),
    "token": ("/", wait_for_token),
}

# Views of galleries that are set up otherwise.
VARIABLES = {"token": {"IMGN_UPLOADS": "token", "IMGN_UPLOAD_TOKEN": UPLOAD_TOKEN}}


@dataclass(frozen=True)
class Studio:
    """Where pictures are taken: a browser, a folder for them, and a filled data folder that each one starts from."""

    browser: Browser
    folder: Path
    scratch: Path

    @contextmanager
    def server(self, data: Path | None, variables: dict[str, str]) -> Iterator[ImgnServer]:
        """A server of its own, on a copy of the data folder, so that no view shows what another one left."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as place:
            copy = Path(place) / "data"
            if data:
                shutil.copytree(data, copy)
            server = ImgnServer(copy, Path(place) / "log", variables=variables).start()
            yield server
            server.kill()

    def take(self, name: str, data: Path | None = None) -> None:
        """Takes a view in every size and scheme."""
        path, prepare = VIEWS.get(name, ("/", nothing))
        for size, scheme in itertools.product(SIZES, SCHEMES):
            with self.server(data, VARIABLES.get(name, {})) as server:
                newest = (Gallery(server.url).ids() or [""])[0]
                options = {"viewport": SIZES[size], "color_scheme": scheme, "reduced_motion": "reduce"}
                context = chromium_context(self.browser, **options)
                page = GalleryPage.open(context, server.url + path.format(id=newest))
                prepare(page)
                page.page.wait_for_function(DRAWN)
                page.page.evaluate(DECODED)
                page.page.screenshot(path=self.folder / f"{name}-{size}-{scheme}.png")
                context.close()


def fill(server: ImgnServer) -> None:
    """Fills the gallery with the real pictures, or with made ones."""
    folder = pictures_folder()
    files = sorted(folder.iterdir(), key=lambda file: file.name[::-1]) if folder else []
    for file in files:
        if file.suffix in EXTENSIONS:
            kind = mimetypes.guess_type(file.name)[0] or ""
            Gallery(server.url).send(Picture(file.name, kind, 0, 0, file.read_bytes()))
    for number in range(0 if files else 24):
        width, height = 600 + 97 * (number % 7), 400 + 71 * (number % 5)
        Gallery(server.url).send(pictures.png(width, height, f"Colours {number}.png"))


def main() -> None:
    """Takes all pictures, and says where they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as session:
        program = tool("chromium", "Debian package chromium")
        browser = session.chromium.launch(executable_path=program, args=["--no-sandbox"])
        studio = Studio(browser, folder, Path(scratch))
        studio.take("empty")
        filled = Path(scratch) / "filled"
        server = ImgnServer(filled, Path(scratch) / "log").start()
        fill(server)
        server.stop()
        for name in VIEWS:
            studio.take(name, filled)
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} screenshots in {folder}")


if __name__ == "__main__":
    main()
