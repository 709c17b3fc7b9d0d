"""People sign in at a user pool of moto's Cognito: on the page in a real browser, and by tokens at the API.

The same on one machine and in the cloud, where the API function judges the tokens.
"""

import json
import time

import pytest
from playwright.sync_api import expect

import pictures
from cognito import PASSWORD, UserPool, changed, forged
from gallery_client import Gallery, put
from gallery_page import GalleryPage
from http_client import get, request
from identity_provider import IdentityProvider
from imgn_client import ImgnClient


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    """Ada and Ben."""
    with UserPool(tmp_path_factory.mktemp("cognito") / "log") as running:
        running.add_person("ada")
        running.add_person("ben")
        yield running


@pytest.fixture(scope="module")
def provider(pool):
    """Where they sign in."""
    with IdentityProvider(pool) as running:
        yield running


@pytest.fixture(scope="module")
def gallery_server(tmp_path_factory, hostings, hosting, pool, provider):
    """A gallery where only people who signed in may upload."""
    variables = {
        "IMGN_UPLOADS": "signed-in",
        "IMGN_OIDC_ISSUER": pool.issuer,
        "IMGN_OIDC_CLIENT_ID": pool.client_id,
        "IMGN_OIDC_DISCOVERY": provider.discovery_url,
    }
    running = hostings.server(hosting, tmp_path_factory.mktemp("signed-in"), variables=variables).start()
    provider.callbacks.add(f"{running.url}/")
    yield running
    running.kill()


def bearer(token: str) -> dict[str, str]:
    """The header that says who asks."""
    return {"authorization": f"Bearer {token}"}


def ask(gallery: Gallery, picture, token: str | None):
    """Asks for a ticket as somebody."""
    facts = {"type": picture.content_type, "size": len(picture.data), "sha256": picture.sha256}
    body = json.dumps({"name": picture.name} | facts).encode()
    headers = {"content-type": "application/json"} | (bearer(token) if token else {})
    return request("POST", f"{gallery.url}/api/uploads", body, headers)


def upload(gallery: Gallery, picture, token: str) -> str:
    """Uploads as somebody, and returns the id."""
    ticket = ask(gallery, picture, token)
    assert ticket.status == 201, ticket
    assert put(ticket.json(), picture.data).status == 200
    return gallery.wait(ticket.json()["id"])["id"]


def sign_in(page: GalleryPage, button, name: str = "ada", press: str = "Enter") -> None:
    """Signs in, in the window that the button opens."""
    with page.page.expect_popup() as opened:
        button.click()
    window = opened.value
    window.get_by_label("Name").fill(name)
    window.get_by_label("Password").fill(PASSWORD)
    with window.expect_event("close"):
        window.get_by_role("button", name=press).click()


@pytest.mark.parametrize("kind", ["IdToken", "AccessToken"])
def test_people_delete_their_own_pictures_and_no_other(shown, pool, kind):
    """Both kinds of token say who asks; nobody else learns whose a picture is."""
    ada, ben = pool.tokens("ada")[kind], pool.tokens("ben")[kind]
    image = upload(shown, pictures.png(name=f"{kind}.png"), ada)
    url = f"{shown.url}/api/images/{image}"
    assert request("GET", url, None, bearer(ada)).json()["mine"] is True
    for headers in ({}, bearer(ben)):
        told = request("GET", url, None, headers).json()
        assert "mine" not in told and "owner" not in told
    assert request("DELETE", url, None, bearer(ben)).status == 403
    assert get(url).status == 200
    assert request("DELETE", url, None, bearer(ada)).status == 204
    assert get(url).status == 404


def test_tokens_that_do_not_hold_are_refused(shown, pool):
    """Of another client, audience, issuer or time, of another key, of no key at all; and no token."""
    good = pool.tokens("ada")["IdToken"]
    head, claims, signature = good.split(".")
    bad = {
        "client": pool.tokens("ada", client_id=pool.create_client("other"))["IdToken"],
        "audience": changed(good, aud="somebody-else"),
        "issuer": changed(good, iss="https://issuer.example"),
        "expired": changed(good, exp=int(time.time()) - 120),
        "not yet": changed(good, nbf=int(time.time()) + 600),
        "unsigned": f"eyJhbGciOiJub25lIn0.{claims}.",
        "unknown key": forged(good, kid="of-nobody"),
        "another key": forged(good),
        "spoilt": f"{head}.{claims}.{signature[:-8]}AAAAAAAA",
        "garbage": "not-a-token",
    }
    for name, token in bad.items():
        answer = ask(shown, pictures.png(name="foreign.png"), token)
        assert (name, answer.status, answer.json()["code"]) == (name, 401, "token-refused")
        assert answer.headers["www-authenticate"].startswith("Bearer")
    answer = ask(shown, pictures.png(name="nobody.png"), None)
    assert (answer.status, answer.json()["code"]) == (401, "sign-in-needed")


def test_the_command_line_says_who_uploads(shown, pool, tmp_path):
    """By `IMGN_TOKEN`; without it, it says what is missing."""
    client = ImgnClient(shown.url, tmp_path)
    picture = tmp_path / "terminal.png"
    picture.write_bytes(pictures.png(name="terminal.png").data)
    token = pool.tokens("ada")["IdToken"]
    refused = client.run("upload", picture)
    assert refused.code == 1 and "signed in" in refused.err, refused
    assert client.run("upload", picture, IMGN_TOKEN="two words").code == 64
    ended = client.run("upload", "--json", picture, IMGN_TOKEN=token)
    assert ended.code == 0, ended
    image = request("GET", f"{shown.url}/api/images", None, bearer(token)).json()["images"][0]
    assert (image["name"], image["mine"]) == ("terminal.png", True)


@pytest.mark.browser
def test_files_wait_until_somebody_signs_in(open_page, shown, pool):
    """Dropped before, sent after, without choosing them again; then they are that person's."""
    page = open_page()
    page.choose(pictures.png(name="patient.png"))
    expect(page.row("patient.png")).to_contain_text("Waits until you have signed in")
    sign_in(page, page.button("Sign in to send them"))
    page.expect_state("patient.png", "done")
    expect(page.button("Sign out")).to_be_visible()
    assert page.page.url == f"{shown.url}/"
    image = request("GET", f"{shown.url}/api/images", None, bearer(pool.tokens("ada")["IdToken"])).json()["images"][0]
    assert (image["name"], image["mine"]) == ("patient.png", True)
    assert page.complaints == []


@pytest.mark.browser
def test_signing_in_outlasts_a_reload_and_ends_with_signing_out(open_page):
    """The tab remembers until it is told to forget."""
    page = open_page()
    sign_in(page, page.button("Sign in"), "ben")
    expect(page.button("Sign out")).to_have_attribute("title", "Signed in as ben")
    page.page.reload()
    page.button("Sign out").click()
    expect(page.button("Sign in")).to_be_visible()
    assert page.page.evaluate("sessionStorage.length") == 0
    assert page.complaints == []


@pytest.mark.browser
def test_where_windows_are_forbidden_the_page_goes_there_and_back(open_page):
    """The same by the page itself."""
    page = open_page()
    page.page.evaluate("window.open = () => null")
    page.button("Sign in").click()
    page.page.get_by_label("Name").fill("ada")
    page.page.get_by_label("Password").fill(PASSWORD)
    page.page.get_by_role("button", name="Enter").click()
    expect(page.button("Sign out")).to_be_visible()
    assert "code=" not in page.page.url
    assert page.complaints == []


@pytest.mark.browser
def test_a_sign_in_that_is_called_off_or_forged_signs_nobody_in(open_page, shown):
    """It is said in words, and another try is possible."""
    page = open_page()
    sign_in(page, page.button("Sign in"), press="Cancel")
    expect(page.page.get_by_role("alert")).to_have_text("Signing in was called off.")
    page.page.goto(f"{shown.url}/?code=stolen&state=p.forged")
    expect(page.page.get_by_role("alert")).to_have_text("That sign-in was not begun here. Sign in again.")
    expect(page.button("Sign in")).to_be_visible()
    assert page.complaints == []


@pytest.mark.browser
def test_people_delete_their_own_pictures_on_their_pages(open_page, shown, pool):
    """After a second thought; pictures of others have no button for it."""
    mine = upload(shown, pictures.png(name="mine.png"), pool.tokens("ada")["IdToken"])
    other = upload(shown, pictures.png(name="other.png"), pool.tokens("ben")["IdToken"])
    page = open_page()
    sign_in(page, page.button("Sign in"))
    expect(page.button("Sign out")).to_be_visible()
    page.page.goto(f"{shown.url}/i/{other}", wait_until="networkidle")
    expect(page.button("Delete picture")).to_have_count(0)
    page.page.goto(f"{shown.url}/i/{mine}")
    page.button("Delete picture").click()
    page.button("Keep it").click()
    page.button("Delete picture").click()
    page.button("Delete for good").click()
    page.page.wait_for_url(f"{shown.url}/")
    assert get(f"{shown.url}/api/images/{mine}").status == 404
    assert page.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_bar_fits_with_its_further_button(open_page, width):
    """Nothing is wider than the screen, signed in or not."""
    page = open_page(viewport={"width": width, "height": 740})
    expect(page.button("Sign in")).to_be_visible()
    overflow = "document.querySelector('.bar').scrollWidth - document.querySelector('.bar').clientWidth"
    assert page.page.evaluate(overflow) <= 0
    sign_in(page, page.button("Sign in"))
    expect(page.button("Sign out")).to_be_visible()
    assert page.page.evaluate(overflow) <= 0
