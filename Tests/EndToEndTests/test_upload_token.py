"""A gallery whose uploads take a token: the page asks for it, keeps it as one wishes, and asks again."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import pictures
from gallery_page import GalleryPage
from http_client import get

pytestmark = pytest.mark.browser
TOKEN = "page-token-0123456789"
STORED = "[sessionStorage, localStorage].map((storage) => storage.getItem('imgn.upload-token'))"


@pytest.fixture(scope="module")
def gallery_server(tmp_path_factory, hostings, hosting):
    """Uploads need the token."""
    variables = {"IMGN_UPLOADS": "token", "IMGN_UPLOAD_TOKEN": TOKEN}
    running = hostings.server(hosting, tmp_path_factory.mktemp("token"), variables=variables).start()
    yield running
    running.kill()


def field(page: GalleryPage):
    """Where the token is typed."""
    return page.page.get_by_label("Uploading here takes a token")


def say(page: GalleryPage, token: str) -> None:
    """Types a token, with the keyboard alone."""
    field(page).focus()
    page.page.keyboard.type(token)
    page.page.keyboard.press("Enter")


def test_files_wait_for_the_token_and_then_go(open_page, shown):
    """Chosen before, sent after; the field is gone, and the tab remembers through a reload."""
    page = open_page()
    page.choose(pictures.png(name="patient.png"))
    expect(page.row("patient.png")).to_contain_text("Waits for the upload token")
    page.button("Enter the upload token").click()
    expect(field(page)).to_be_focused()
    page.page.keyboard.type(TOKEN)
    page.page.keyboard.press("Enter")
    page.expect_state("patient.png", "done")
    expect(field(page)).to_be_hidden()
    page.page.reload()
    page.choose(pictures.png(name="again.png"))
    page.expect_state("again.png", "done")
    assert page.page.evaluate(STORED) == [TOKEN, None]
    assert {image["name"] for image in get(f"{shown.url}/api/images").json()["images"]} == {"patient.png", "again.png"}
    assert page.complaints == []


def test_a_wrong_token_is_refused_in_the_server_s_words_and_asked_for_again(open_page):
    """The field is back with the reason, for eyes and ears, and the file goes with the right one."""
    page = open_page()
    say(page, "wrong-token-0123456789")
    page.choose(pictures.png(name="refused.png"))
    alert = page.page.get_by_role("alert")
    expect(alert).to_contain_text("That token was not accepted.")
    expect(alert).to_contain_text("Ask whoever runs the gallery for it.")
    expect(field(page)).to_be_visible()
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    expect(field(page)).to_have_accessible_description(alert.text_content())
    say(page, TOKEN)
    page.expect_state("refused.png", "done")
    expect(alert).to_have_count(0)
    # The browser itself notes each answer of 401.
    assert [text for text in page.complaints if "401" not in text] == []


def test_the_token_is_kept_in_the_browser_only_when_one_says_so(open_page):
    """A new tab of the same browser knows it then, and "Forget it" forgets it in both."""
    page = open_page()
    page.page.get_by_label("Remember it in this browser").check()
    say(page, TOKEN)
    expect(page.button("Forget it")).to_be_focused()
    assert page.page.evaluate(STORED) == [None, TOKEN]
    other = GalleryPage.open(page.page.context, page.url)
    other.choose(pictures.png(name="other tab.png"))
    other.expect_state("other tab.png", "done")
    other.button("Forget it").click()
    expect(field(other)).to_be_focused()
    assert other.page.evaluate(STORED) == [None, None]
    assert other.violations() == [] and page.complaints == other.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_field_is_fit_for_everybody(open_page, scheme, width):
    """Axe has nothing to say: not before, not after a refusal, not with a token; and nothing is too wide."""
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    for step in ("before", "refused", "given"):
        if step == "refused":
            say(page, "wrong-token-0123456789")
            page.choose(pictures.png(name=f"{scheme} {width}.png"))
            expect(page.page.get_by_role("alert")).to_be_visible()
        if step == "given":
            say(page, TOKEN)
            page.expect_all_final(1)
        results = Axe().run(page.page)
        assert results.violations_count == 0, f"{step}: {results.generate_report()}"
        assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), step


def test_without_scripts_nothing_asks_for_what_could_not_be_sent(browser, gallery_server):
    """The form of a page without scripts could not send a token, so the field is not there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(gallery_server.url)
    expect(page.get_by_label("Uploading here takes a token")).to_be_hidden()
    context.close()
