"""The way in that the page takes: ticket, presigned PUT, long poll, gallery."""

import json
import re
import subprocess
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

import forms
import pictures
from gallery_client import next_link, put
from hosting import EMBEDDED
from http_client import get, post_json, request
from machine import tool

TICKET_FIELDS = {"id", "token", "deleteToken", "method", "url", "headers", "expiresAt", "serverTime"}
BOUND_HEADERS = {"content-length", "content-type", "host", "if-none-match", "x-amz-checksum-sha256"}


def test_a_ticket_has_exactly_the_promised_fields(gallery, store, hosting):
    """The ticket names the image, where and how to send the bytes, and until when.

    The file's name goes in the URL where the store takes metadata from there, as ours does, and else in a header.
    """
    picture = pictures.png()
    ticket = gallery.ticket(picture)
    assert set(ticket) == TICKET_FIELDS
    assert ticket["method"] == "PUT"
    name = {} if hosting == EMBEDDED else {"x-amz-meta-name": picture.name}
    assert ticket["headers"] == name | {
        "content-type": "image/png",
        "x-amz-checksum-sha256": picture.sha256,
        "if-none-match": "*",
    }
    assert re.fullmatch(r"[0-9A-Za-z]{12}", ticket["id"])
    assert ticket["url"].startswith(store.address(f"incoming/{ticket['id']}") + "?")


def test_a_ticket_binds_size_type_digest_and_first_use_for_five_minutes(gallery):
    """What law 2 promises is in the URL's own signed headers."""
    ticket = gallery.ticket(pictures.png())
    query = parse_qs(urlsplit(ticket["url"]).query)
    assert BOUND_HEADERS <= set(query["X-Amz-SignedHeaders"][0].split(";"))
    assert query["X-Amz-Expires"] == ["300"]
    life = datetime.fromisoformat(ticket["expiresAt"]) - datetime.fromisoformat(ticket["serverTime"])
    assert timedelta(seconds=298) <= life <= timedelta(seconds=300)
    assert ticket["expiresAt"].endswith("Z") and ticket["serverTime"].endswith("Z")


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.gif, pictures.webp])
def test_an_uploaded_picture_is_in_the_gallery_with_its_dimensions(gallery, server, make):
    """Every format goes the whole way and comes out byte for byte."""
    picture = make()
    image = gallery.upload(picture)
    assert image["state"] == "ready"
    first = gallery.images()[0]
    assert (first["id"], first["meta"], first["name"]) == (image["id"], picture.meta, picture.name)
    assert (first["width"], first["height"], first["size"]) == (picture.width, picture.height, len(picture.data))
    assert (first["type"], first["sha256"]) == (picture.content_type, picture.sha256)
    assert first["src"].startswith(f"{server.url}/images/{image['id']}.")
    assert get(first["src"]).body == picture.data
    assert picture.meta.replace("x", " × ") in get(first["page"]).text


def test_the_mission_in_two_lines_of_curl(server, gallery, tmp_path):
    """`curl -F file=@x.jpg …/upload` gives a URL, `curl -X PUT` to it puts the picture into the gallery."""
    curl = tool("curl", "the mission's own client")
    picture = pictures.jpeg(name="x.jpg")
    file = tmp_path / "x.jpg"
    file.write_bytes(picture.data)
    ticket = json.loads(_run(curl, "-sS", "--fail-with-body", "-F", f"file=@{file}", f"{server.url}/upload"))
    headers = [part for name, value in ticket["headers"].items() for part in ("-H", f"{name}: {value}")]
    _run(curl, "-sS", "--fail-with-body", "-X", "PUT", "--data-binary", f"@{file}", *headers, ticket["url"])
    assert gallery.wait(ticket["id"])["state"] == "ready"
    shown = json.loads(_run(curl, "-sS", f"{server.url}/gallery"))
    assert [image["meta"] for image in shown if image["id"] == ticket["id"]] == ["48x32"]


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


def test_a_form_answers_with_the_url_alone_when_asked_for_text(server, store):
    """A shell script needs no JSON reader."""
    picture = pictures.png()
    form = forms.closed(forms.part("file", picture.data, "shell.png"))
    answer = request("POST", f"{server.url}/upload", form, forms.TYPE | {"accept": "text/plain"})
    assert answer.status == 201
    assert answer.headers["content-type"].startswith("text/plain")
    assert re.fullmatch(rf"{store.address('incoming/')}\S+\n", answer.text)


def test_a_form_that_only_describes_the_file_gets_the_same_ticket(server, gallery):
    """The bytes need not travel twice: name, type, size and digest are enough."""
    picture = pictures.gif()
    fields = {"name": "described.gif", "type": "image/gif", "size": str(len(picture.data)), "sha256": picture.sha256}
    form = forms.closed(*(forms.part(name, value.encode()) for name, value in fields.items()))
    answer = request("POST", f"{server.url}/upload", form, forms.TYPE)
    assert answer.status == 201 and set(answer.json()) == TICKET_FIELDS, answer
    assert put(answer.json(), picture.data).status == 200
    assert gallery.wait(answer.json()["id"])["name"] == "described.gif"


def test_a_form_that_carries_the_file_stores_nothing(server, store, gallery):
    """The bytes are counted and hashed as they stream by; only the PUT stores them."""
    before = gallery.ids()
    form = forms.closed(forms.part("file", pictures.png().data, "only-counted.png"))
    ticket = request("POST", f"{server.url}/upload", form, forms.TYPE).json()
    assert store.keys_under(f"incoming/{ticket['id']}") == []
    assert gallery.ids() == before


@pytest.mark.parametrize("claimed", ["", "text/plain", "application/octet-stream", "image/jpeg"])
def test_an_empty_or_wrong_type_is_no_reason_to_refuse(gallery, claimed):
    """Browsers guess the type from the name; the bytes decide."""
    picture = pictures.png()
    ticket = gallery.ticket(picture, type=claimed)
    assert put(ticket, picture.data).status == 200
    assert gallery.wait(ticket["id"])["type"] == "image/png"


def test_the_same_bytes_twice_are_one_picture(gallery):
    """A second ticket for known bytes is the known image, and a second upload that raced comes to the same end."""
    picture = pictures.png()
    early, late = gallery.ticket(picture), gallery.ticket(picture)
    assert put(early, picture.data).status == 200
    first = gallery.wait(early["id"])
    assert put(late, picture.data).status == 200
    assert gallery.wait(late["id"])["id"] == first["id"]
    again = gallery.ask_ticket(picture)
    assert (again.status, again.json()["id"]) == (200, first["id"])
    assert [image["sha256"] for image in gallery.images()].count(picture.sha256) == 1


def test_the_same_name_twice_is_two_pictures(gallery):
    """Names are for people; they identify nothing."""
    one, two = (gallery.upload(pictures.png(name="holiday.png")) for _ in range(2))
    assert one["id"] != two["id"]
    assert {one["id"], two["id"]} <= set(gallery.ids())


def test_an_unknown_image_is_a_problem_that_explains_itself(server):
    """A refusal names its status, its code and what was wrong."""
    answer = get(f"{server.url}/api/images/zzzzzzzzzzzz")
    assert answer.refusal == (404, "image-not-found")
    assert answer.json()["detail"] and answer.json()["status"] == 404


def test_the_gallery_is_paged_by_links_without_gap_or_repeat(server, gallery):
    """`Link: rel="next"` leads through every image once, newest first."""
    newest = [gallery.upload(pictures.png())["id"] for _ in range(3)][::-1]
    seen, url = [], f"{server.url}/gallery?limit=2"
    while url:
        page = get(url)
        assert len(page.json()) <= 2
        seen += [image["id"] for image in page.json()]
        url = next_link(page)
    assert seen[:3] == newest
    assert len(seen) == len(set(seen)) and seen == gallery.ids()


def test_the_api_pages_by_cursor(server, gallery):
    """`next` of one page is `after` of the following one."""
    gallery.upload(pictures.png())
    first = get(f"{server.url}/api/images?limit=1").json()
    second = get(f"{server.url}/api/images?limit=1&after={first['next']}").json()
    assert [first["images"][0]["id"], second["images"][0]["id"]] == gallery.ids()[:2]


@pytest.mark.parametrize("wrong", [{"size": -1}, {"size": "many"}, {"sha256": "AAAA"}, {"sha256": None}, {"size": 0}])
def test_a_question_that_makes_no_sense_gets_no_ticket(gallery, unchanged, wrong):
    """A ticket is granted for a size and a digest, or not at all."""
    answer = gallery.ask_ticket(pictures.png(), **wrong)
    assert answer.status == 400 and answer.code == "bad-request", answer


def test_a_question_that_is_no_json_or_too_long_gets_no_ticket(server, unchanged):
    """The API reads at most 64 KiB of JSON."""
    url = f"{server.url}/api/uploads"
    assert request("POST", url, b"{", {"content-type": "application/json"}).refusal == (400, "bad-request")
    assert post_json(url, {"name": "x" * (65 << 10)}).refusal == (413, "too-large")


def test_a_picture_above_the_limit_is_refused_before_it_is_sent(gallery, unchanged):
    """The answer says what the limit is."""
    answer = gallery.ask_ticket(pictures.png(), size=(100 << 20) + 1)
    assert answer.refusal == (413, "too-large")
    assert answer.json()["limit"] == 100 << 20
