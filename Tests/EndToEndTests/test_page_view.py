"""Looking at the gallery: grid, lightbox, keyboard, links, and what assistive technology gets."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import pictures
from gallery_client import Gallery
from http_client import get

pytestmark = pytest.mark.browser
COUNT = 70
FOCUSED = "document.activeElement.id || document.activeElement.closest('[data-id]')?.dataset.id"
SIZES = [(300, 200), (200, 300), (640, 200), (120, 120), (150, 400)]


@pytest.fixture(scope="module", autouse=True)
def images(gallery_server) -> list[str]:
    """More pictures than one page shows, of many shapes; their ids, newest first."""
    shown = Gallery(gallery_server.url)
    for number in range(COUNT):
        assert shown.send(pictures.png(*SIZES[number % len(SIZES)], name=f"shape {number}.png")).status == 201
    return shown.ids()


def test_pages_come_with_a_strict_policy(gallery_server, images):
    """No inline code, no foreign source, no frame."""
    for path in ("/", f"/i/{images[0]}", "/i/zzzzzzzzzzzz"):
        answer = get(gallery_server.url + path, accept="text/html")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "*" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_the_page_loads_and_scrolls(open_page, width):
    """Every tile has its place before its picture comes; endless scroll reaches the oldest one."""
    page = open_page(viewport={"width": width, "height": 844})
    page.page.wait_for_load_state("networkidle")
    page.scroll_to_the_end()
    page.page.wait_for_load_state("networkidle")
    assert page.tiles.count() == COUNT
    total, shifts = page.layout_shift()
    assert total < 0.01, shifts
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 390, 1440, 2560])
def test_pictures_keep_their_shape_and_the_page_its_width(open_page, width):
    """True aspect ratios in the grid, and nothing to scroll sideways for."""
    page = open_page(viewport={"width": width, "height": 900})
    page.page.wait_for_load_state("networkidle")
    shapes = page.tiles.evaluate_all(
        """tiles => tiles.slice(0, 20).map((tile) => {
          const box = tile.querySelector('img').getBoundingClientRect();
          return [tile.dataset.width / tile.dataset.height, box.width / box.height];
        })"""
    )
    for natural, drawn in shapes:
        assert abs(drawn / natural - 1) < 0.1, (natural, drawn)
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(open_page, images, scheme):
    """First page, tray, lightbox and a picture's own page, in both colour schemes."""
    page = open_page(color_scheme=scheme, reduced_motion="reduce")
    page.choose(pictures.Picture("words.png", "image/png", 0, 0, b"words"), pictures.png(name="axe.png"))
    page.expect_all_final(2)
    check_axe(page, "first page and tray")
    page.tiles.first.click()
    expect(page.lightbox).to_be_visible()
    check_axe(page, "lightbox")
    for path in (f"/i/{images[0]}", "/i/zzzzzzzzzzzz"):
        page.page.goto(page.url + path.lstrip("/"))
        check_axe(page, path)


def check_axe(page, where: str) -> None:
    """Runs axe-core and names what it found."""
    results = Axe().run(page.page)
    assert results.violations_count == 0, f"{where}: {results.generate_report()}"


def test_the_lightbox_is_walked_with_the_keyboard(open_page):
    """Enter opens, arrows walk, Escape closes and gives the focus back."""
    page = open_page()
    first, second = (page.tiles.nth(index).get_attribute("data-id") for index in (0, 1))
    page.tile(first).get_by_role("link").focus()
    page.page.keyboard.press("Enter")
    expect(page.lightbox).to_be_visible()
    expect(page.lightbox.locator("img").first).to_have_attribute("src", src_pattern(first))
    page.page.keyboard.press("ArrowRight")
    expect(page.lightbox.locator("img").first).to_have_attribute("src", src_pattern(second))
    page.page.keyboard.press("ArrowLeft")
    expect(page.lightbox.locator("img").first).to_have_attribute("src", src_pattern(first))
    page.page.keyboard.press("Escape")
    expect(page.lightbox).to_be_hidden()
    expect(page.tile(first).get_by_role("link")).to_be_focused()


def test_the_lightbox_is_walked_with_a_finger(open_page):
    """A swipe to the left shows the next picture, one to the right the one before."""
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    first, second = (page.tiles.nth(index).get_attribute("data-id") for index in (0, 1))
    page.tile(first).tap()
    shown = page.lightbox.locator("img").first
    expect(shown).to_have_attribute("src", src_pattern(first))
    page.swipe(300, 100)
    expect(shown).to_have_attribute("src", src_pattern(second))
    page.swipe(100, 300)
    expect(shown).to_have_attribute("src", src_pattern(first))


def src_pattern(image_id: str):
    """The address of an image's bytes, whatever its extension."""
    return re.compile(rf"/images/{image_id}\.\w+$")


def test_everything_is_reached_by_keyboard_alone(open_page):
    """Tab finds the file picker and the pictures; Enter on the picker opens the system's dialog."""
    page = open_page()
    newest, reached = page.tiles.first.get_attribute("data-id"), set()
    for _ in range(12):
        page.page.keyboard.press("Tab")
        reached.add(page.page.evaluate(FOCUSED))
    assert {"file-input", newest} <= reached
    page.file_input.focus()
    with page.page.expect_file_chooser() as chooser:
        page.page.keyboard.press("Enter")
    assert chooser.value.is_multiple()


def test_dimensions_are_there_for_everyone(open_page):
    """Shown on focus, and part of what a screen reader says of the link."""
    page = open_page()
    tile = page.tiles.first
    dimensions = f"{tile.get_attribute('data-width')} × {tile.get_attribute('data-height')}"
    expect(tile.get_by_role("link")).to_have_accessible_name(re_containing(dimensions))
    tile.get_by_role("link").focus()
    expect(tile.get_by_text(dimensions)).to_be_in_viewport()
    assert tile.get_by_text(dimensions).evaluate("e => getComputedStyle(e.parentElement).opacity") != "0"


def re_containing(text: str):
    """A pattern for texts that contain this one."""
    return re.compile(re.escape(text))


def test_back_closes_the_lightbox_and_its_address_opens_it(open_page, images):
    """The address names the picture, so it can be sent to a friend."""
    page = open_page()
    page.tile(images[3]).click()
    expect(page.lightbox).to_be_visible()
    address = page.page.url
    page.page.go_back()
    expect(page.lightbox).to_be_hidden()
    page.page.goto("about:blank")
    page.page.goto(address)
    expect(page.lightbox).to_be_visible()
    page.lightbox.get_by_role("button", name="Close").click()
    expect(page.lightbox).to_be_hidden()


def test_copy_link_copies_the_address_of_the_picture(open_page, images):
    """The clipboard holds the picture's own page."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.tile(images[2]).click()
    page.lightbox.get_by_role("button", name="Copy link").click()
    expect(page.lightbox.get_by_role("button", name="Copied")).to_be_visible()
    assert page.page.evaluate("navigator.clipboard.readText()").endswith(f"/i/{images[2]}")


def test_a_picture_s_page_tells_other_sites_what_it_shows(gallery_server, images):
    """Open Graph tags with absolute addresses and dimensions."""
    page = get(f"{gallery_server.url}/i/{images[0]}").text
    image = get(f"{gallery_server.url}/api/images/{images[0]}").json()
    for name, value in (("image", image["src"]), ("image:width", image["width"]), ("image:height", image["height"])):
        assert f'<meta property="og:{name}" content="{value}">' in page
    missing = get(f"{gallery_server.url}/i/zzzzzzzzzzzz", accept="text/html")
    assert missing.status == 404 and missing.headers["content-type"].startswith("text/html")
