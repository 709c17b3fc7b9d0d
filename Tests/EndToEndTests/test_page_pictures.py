"""How pictures look on the page: in the size that fits, a blur at first, and with what their cameras noted."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

import pictures
from gallery_client import Gallery
from gallery_page import GalleryPage
from http_client import get
from photographs import CAMERA_LINE, DAY, moving_gif, photograph

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}
NO_PAGE = "/ui/style.css"
RENDITION = re.compile(r"/renditions/(\w+)/(\d+)\.webp$")
SHOWN = "image => image.complete && image.naturalWidth > 0 && getComputedStyle(image).opacity === '1'"


@pytest.fixture(scope="module", autouse=True)
def images(gallery_server) -> dict[str, str]:
    """A few large pictures, one that moves, and a photograph; their ids by name."""
    shown = Gallery(gallery_server.url)
    made = [pictures.png(2400, 1600, f"large {number}.png") for number in range(5)]
    made += [moving_gif(), photograph()]
    return {picture.name: shown.send(picture).json()["id"] for picture in made}


class Traffic:
    """Which pictures a page asks for; renditions can be held back."""

    def __init__(self, page: GalleryPage):
        self._held, self.is_holding = [], False
        self.renditions: list[tuple[str, int]] = []
        self.originals: list[str] = []
        page.page.on("request", lambda request: self._note(request.url))
        page.page.route("**/renditions/**", self._pass)

    def _note(self, url: str) -> None:
        if found := RENDITION.search(url):
            self.renditions.append((found[1], int(found[2])))
        elif "/images/" in url and "/api/" not in url:
            self.originals.append(url)

    def _pass(self, route) -> None:
        if self.is_holding:
            self._held.append(route)
        else:
            route.continue_()

    def hold(self) -> None:
        """Lets no rendition through from now on."""
        self.is_holding = True

    def release(self) -> None:
        """Lets all through that were held back, and those to come."""
        self.is_holding = False
        for route in self._held:
            route.continue_()
        self._held.clear()


def blank(open_page, **options) -> tuple[GalleryPage, Traffic]:
    """A page that has not asked for a picture yet, and its traffic from now on."""
    page = open_page(NO_PAGE, **options)
    return page, Traffic(page)


def visit(page: GalleryPage, path: str = "/") -> None:
    """Goes there."""
    page.page.goto(page.url.removesuffix(NO_PAGE) + path, wait_until="domcontentloaded")


def test_a_phone_takes_no_more_than_it_draws(open_page, images):
    """Each picture once, in a size for its box; large, in a size for the screen; never the file of a desktop."""
    page, traffic = blank(open_page, **PHONE)
    visit(page)
    page.page.wait_for_load_state("networkidle")
    boxes = dict(page.tiles.evaluate_all("tiles => tiles.map((tile) => [tile.dataset.id, tile.clientWidth])"))
    assert len({image for image, _ in traffic.renditions}) == len(traffic.renditions) == len(images)
    for image, width in traffic.renditions:
        assert width == 320 or width <= 2 * 2 * boxes[image], (width, boxes[image])
    traffic.renditions.clear()
    page.tile(images["large 2.png"]).tap()
    expect(page.lightbox.locator("img").first).to_have_js_property("complete", True)
    page.page.wait_for_load_state("networkidle")
    assert (images["large 2.png"], 1280) in traffic.renditions
    assert max(width for _, width in traffic.renditions) == 1280
    assert traffic.originals == []


@pytest.mark.parametrize(("width", "expected"), [(1440, 1280), (2240, 2048)])
def test_the_lightbox_takes_the_size_for_the_screen(open_page, images, width, expected):
    """The stage decides, and the picture is drawn as large as the stage allows."""
    page, traffic = blank(open_page, viewport={"width": width, "height": width * 10 // 16})
    visit(page)
    page.page.wait_for_load_state("networkidle")
    traffic.renditions.clear()
    page.tile(images["large 1.png"]).click()
    large = page.lightbox.locator("img").first
    expect(large).to_have_js_property("complete", True)
    assert (images["large 1.png"], expected) in traffic.renditions
    box, stage = large.bounding_box(), page.lightbox.locator(".lightbox-stage").bounding_box()
    assert abs(box["width"] / box["height"] - 1.5) < 0.01
    assert abs(box["height"] - stage["height"]) < 2 or abs(box["width"] - stage["width"]) < 2
    assert traffic.originals == []


def test_a_blur_stands_in_until_the_picture_is_there(open_page, images):
    """In the grid, and without a move; then the blur is gone."""
    page, traffic = blank(open_page)
    traffic.hold()
    visit(page)
    tile = page.tile(images["large 0.png"])
    expect(tile.locator("canvas.blur")).to_be_visible()
    assert tile.locator("img").evaluate("image => getComputedStyle(image).opacity") == "0"
    sums = tile.locator("canvas").evaluate(
        """canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return [data.filter((value, index) => index % 4 === 3 && value === 255).length, canvas.width * canvas.height];
        }"""
    )
    assert sums[0] == sums[1] > 100
    traffic.release()
    expect(tile.locator("canvas")).to_have_count(0)
    page.page.wait_for_function(f"document.querySelector('[data-id=\"{images['large 0.png']}\"] img').complete")
    assert tile.locator("img").evaluate(SHOWN)
    assert page.layout_shift()[0] < 0.01
    assert page.complaints == []


def test_the_lightbox_shows_at_once_what_the_grid_has(open_page, images):
    """The small size stands there while the large one is on its way."""
    page, traffic = blank(open_page)
    visit(page)
    page.page.wait_for_load_state("networkidle")
    traffic.hold()
    page.page.evaluate(f"location.hash = 'i/{images['large 3.png']}'")
    frame = page.lightbox.locator(".lightbox-frame")
    expect(frame.locator("img.preview")).to_be_visible()
    expect(frame.locator("img.preview")).to_have_js_property("complete", True)
    traffic.release()
    expect(frame.locator("img")).to_have_count(1)
    assert frame.locator("img").evaluate(SHOWN)


def test_what_the_camera_noted_is_one_quiet_line(open_page, images, shown):
    """In the lightbox and on the page; where it was taken is removed, and said to be."""
    page = open_page()
    page.tile(images["photograph.jpg"]).click()
    expect(page.lightbox.locator(".lightbox-camera")).to_have_text(CAMERA_LINE)
    meta = page.lightbox.locator(".lightbox-meta")
    expect(meta).to_contain_text(f"{DAY} · 2400 × 1600 · ")
    expect(meta).to_contain_text(" · position removed")
    page.lightbox.get_by_role("link", name="Open page").click()
    expect(page.page.locator(".camera")).to_have_text(CAMERA_LINE)
    expect(page.page.get_by_text("20 October 2019, 18:34")).to_be_visible()
    told = get(f"{shown.url}/api/images/{images['photograph.jpg']}").json()
    assert told["positionRemoved"] is True and "latitude" not in str(told).lower()
    assert page.complaints == []


def test_pictures_that_move_say_so_and_move_in_the_lightbox(open_page, images):
    """A still in the grid with a mark that is read out; the original, large."""
    page, traffic = blank(open_page)
    visit(page)
    tile = page.tile(images["moving.gif"])
    expect(tile.get_by_role("link")).to_have_accessible_name(re.compile("Animated"))
    page.page.wait_for_load_state("networkidle")
    assert traffic.originals == []
    tile.click()
    expect(page.lightbox.locator("img").first).to_have_js_property("complete", True)
    assert [url.rsplit("/", 1)[-1] for url in traffic.originals] == [f"{images['moving.gif']}.gif"]


def test_every_link_can_be_copied_and_the_original_downloaded(open_page, images, gallery_server):
    """By the menu beside "Copy link", which Escape closes before the lightbox; under the file's own name."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")
    image = images["large 0.png"]
    page.tile(image).click()
    more = page.button("More to copy")
    more.focus()
    page.page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    results = Axe().run(page.page)
    assert results.violations_count == 0, results.generate_report()
    base = gallery_server.url
    shown = f'<img src="{base}/images/{image}.png" alt="large 0.png" width="2400" height="1600">'
    expected = {
        "Copy file address": f"{base}/images/{image}.png",
        "Copy Markdown": f"[![large 0.png]({base}/images/{image}.png)]({base}/i/{image})",
        "Copy HTML": f'<a href="{base}/i/{image}">{shown}</a>',
    }
    for name, text in expected.items():
        page.button(name).click()
        page.page.wait_for_function("text => navigator.clipboard.readText().then((held) => held === text)", arg=text)
    page.page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(page.lightbox).to_be_visible()
    with page.page.expect_download() as download:
        page.lightbox.get_by_role("link", name="Download original").click()
    assert download.value.suggested_filename == "large 0.png"
    page.page.keyboard.press("Escape")
    expect(page.lightbox).to_be_hidden()
    assert page.complaints == []


def test_without_scripts_there_are_sizes_and_colours(browser: Browser, gallery_server, images):
    """Renditions for the width at hand, and each picture's colour behind it."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(gallery_server.url, wait_until="networkidle")
    tile = page.locator(f'#gallery [data-id="{images["large 4.png"]}"]')
    color = tile.get_attribute("data-color")
    assert re.fullmatch("#[0-9a-f]{6}", color)
    expect(tile.locator("rect")).to_have_attribute("fill", color)
    found = {match[1]: int(match[2]) for url in asked if (match := RENDITION.search(url))}
    assert found[images["large 4.png"]] == 320
    context.close()
