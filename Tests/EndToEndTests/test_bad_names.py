"""Hostile file names: shown safely in the page, in JSON, in headers and in the log."""

import json
from html import unescape
from html.parser import HTMLParser

import pytest

import forms
import pictures
from gallery_client import Gallery, put
from hostile_names import BIDI, CONTROLS, NAMES
from http_client import get, request


class Tags(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def images(server) -> dict[str, dict]:
    """One image for each hostile name, uploaded by ticket."""
    gallery, found = Gallery(server.url), {}
    for kind, name in NAMES.items():
        picture = pictures.png(name=name)
        ticket = gallery.ticket(picture)
        answer = put(ticket, picture.data)
        assert answer.status == 200, (kind, answer)
        found[kind] = gallery.wait(ticket["id"])
    return found


@pytest.mark.parametrize("kind", NAMES)
def test_a_hostile_name_is_only_a_name(server, images, kind):
    """The picture is stored under its id; the name is short, free of controls, and empty at worst."""
    image = images[kind]
    assert image["state"] == "ready"
    name = image["name"]
    assert not CONTROLS & set(name) and not BIDI & set(name), ascii(name)
    assert len(name.encode()) <= 255
    assert get(image["src"]).status == 200
    assert image["id"] in image["src"] and ".." not in image["src"]
    outside = {path.name for path in server.data.parent.iterdir()}
    assert outside == {"data", "log"}


@pytest.mark.parametrize("kind", NAMES)
def test_a_hostile_name_adds_nothing_to_the_pages(server, images, kind):
    """No element, no attribute, no address that is not ours; neither on the first page nor on its own."""
    for url in (images[kind]["page"], f"{server.url}/"):
        answer = get(url)
        assert answer.status == 200
        assert not (CONTROLS - set("\n\t\r")) & set(answer.text) and not BIDI & set(answer.text)
        for tag, attributes in Tags(answer.text).found:
            assert not [name for name in attributes if name.startswith("on") or name == "http-equiv"], (tag, attributes)
            assert (attributes.get("src") or "/").startswith(("/", server.url)), (tag, attributes)
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize("kind", ["tag", "emoji", "template"])
def test_a_name_is_still_shown_to_people(images, kind):
    """Escaped is not removed: the page says what the file was called."""
    assert NAMES[kind] in unescape(get(images[kind]["page"]).text)


@pytest.mark.parametrize("kind", NAMES)
def test_a_hostile_name_stays_inside_its_json(server, images, kind):
    """The answer is JSON to the last byte, without a raw control character."""
    answer = get(f"{server.url}/api/images/{images[kind]['id']}")
    assert answer.json() == images[kind]
    assert not CONTROLS & set(answer.text)
    assert json.loads(json.dumps(answer.json())) == answer.json()


@pytest.mark.parametrize("kind", NAMES)
def test_a_hostile_name_stays_out_of_the_headers(server, images, kind):
    """Headers are printable ASCII, and nobody got a cookie."""
    for url in (images[kind]["src"], images[kind]["page"], f"{server.url}/api/images/{images[kind]['id']}"):
        headers = get(url).headers
        assert "set-cookie" not in headers
        assert all(value.isprintable() and value.isascii() for value in headers.values()), headers


@pytest.mark.parametrize("kind", [kind for kind in NAMES if kind != "nul"])
def test_a_hostile_name_in_a_form_is_only_a_name(server, kind):
    """The same names as a browser's form would carry them."""
    form = forms.closed(forms.part("file", pictures.png().data, NAMES[kind]))
    answer = request("POST", f"{server.url}/api/images", form, forms.TYPE)
    assert answer.status == 201, answer
    assert not CONTROLS & set(answer.json()["name"]) and not BIDI & set(answer.json()["name"])


def test_the_log_tells_no_secrets_and_cannot_be_forged(server, images, gallery):
    """One line a request: no query, no key, no control character, no line of the client's making."""
    access_key, secret_key = server.keys()
    get(f"{server.url}/images/%0d%0aforged%1b%5b31m?token=confidential")
    assert gallery.is_healthy()
    log = server.log()
    assert "POST /api/uploads" in log, "requests are logged by route"
    for hidden in (access_key, secret_key, "X-Amz-Signature", "X-Amz-Credential", "confidential", "Set-Cookie"):
        assert hidden not in log
    assert not (CONTROLS - {"\n"}) & set(log)
    assert not [line for line in log.splitlines() if line.startswith("forged")]
