"""The page on a network that fails, and where browsers hold back what they give to secure pages."""

import pytest
from playwright.sync_api import expect

import pictures

pytestmark = pytest.mark.browser
STORE = "**/imgn/incoming/**"


def test_an_upload_can_be_cancelled_and_taken_up_again(open_page, shown):
    """Cancel stops the bytes, Retry sends them."""
    page = open_page()
    page.page.route(STORE, lambda route: None)
    before = shown.ids()
    page.choose(pictures.png(name="cancel.png"))
    page.expect_state("cancel.png", "sending")
    page.button("Cancel cancel.png").click()
    page.expect_state("cancel.png", "cancelled")
    assert shown.ids() == before
    page.page.unroute(STORE)
    page.button("Retry cancel.png").click()
    page.expect_state("cancel.png", "done")
    assert len(shown.ids()) == len(before) + 1


def test_a_lost_connection_is_tried_again_by_itself(open_page, shown):
    """Two lost connections in a row need no one's help."""
    page = open_page()
    losses = iter([True, True])
    page.page.route(STORE, lambda route: route.abort() if next(losses, False) else route.continue_())
    page.choose(pictures.png(name="shaky.png"))
    page.expect_state("shaky.png", "done")
    assert shown.images()[0]["name"] == "shaky.png"


def test_a_connection_that_stays_lost_can_be_retried_by_hand(open_page, shown):
    """After its tries the row says that it failed, and a button tries again."""
    page = open_page()
    page.page.route(STORE, lambda route: route.abort())
    page.choose(pictures.png(name="lost.png"))
    row = page.expect_state("lost.png", "failed")
    assert len(row.locator(".upload-message").inner_text()) > 10
    page.page.unroute(STORE)
    page.button("Retry lost.png").click()
    page.expect_state("lost.png", "done")


def test_a_worn_out_ticket_is_renewed_once(open_page):
    """Any 403 of the store means: ask for a fresh URL; by status, not by text."""
    page = open_page()
    refusals = iter([True])
    page.page.route(STORE, lambda route: route.fulfill(status=403) if next(refusals, False) else route.continue_())
    page.choose(pictures.png(name="renewed.png"))
    page.expect_state("renewed.png", "done")


def test_an_answer_lost_after_the_bytes_arrived_is_no_failure(open_page, shown):
    """The bytes are there, the answer is not: the second try meets 412, and the picture appears."""
    page = open_page()
    losses = iter([True])

    def lose_the_answer(route):
        if next(losses, False):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.page.route(STORE, lose_the_answer)
    page.choose(pictures.png(name="answerless.png"))
    page.expect_state("answerless.png", "done")
    assert [image["name"] for image in shown.images()].count("answerless.png") == 1


def test_an_upload_waits_while_the_network_is_away(open_page):
    """Offline is no error: the row waits and goes on when the network is back."""
    page = open_page()
    page.page.context.set_offline(True)
    page.choose(pictures.png(name="patient.png"))
    expect(page.row("patient.png")).to_be_visible()
    page.page.context.set_offline(False)
    page.expect_state("patient.png", "done")


def test_plain_http_in_a_local_network_works_too(open_page, shown):
    """Without `crypto.subtle` and the clipboard API: our own hash, and a link to copy by hand."""
    page = open_page(host="imgn.test")
    assert page.page.evaluate("[isSecureContext, typeof crypto.subtle, typeof navigator.clipboard]") == [
        False,
        "undefined",
        "undefined",
    ]
    picture = pictures.noisy_png(2 << 20, name="insecure.png")
    page.choose(picture)
    page.expect_state("insecure.png", "done")
    image = shown.images()[0]
    assert image["sha256"] == picture.sha256
    page.tile(image["id"]).click()
    page.lightbox.get_by_role("button", name="Copy link").click()
    copied = page.lightbox.get_by_role("button", name="Copied")
    selected = page.lightbox.get_by_role("textbox")
    expect(copied.or_(selected).first).to_be_visible()
    assert page.complaints == []


def test_without_javascript_a_form_uploads_and_pages_lead_on(open_page, shown):
    """The first page renders, the form sends, and the picture's own page appears."""
    page = open_page(java_script_enabled=False)
    page.page.locator("input[type=file][name=file]").set_input_files(
        {"name": "scriptless.png", "mimeType": "image/png", "buffer": pictures.png(33, 22).data}
    )
    page.button("Send").click()
    page.page.wait_for_url("**/i/*")
    assert "33 × 22" in page.page.content() and "scriptless.png" in page.page.content()
    page.page.goto(page.url)
    expect(page.tile(shown.ids()[0]).locator("img")).to_be_visible()
