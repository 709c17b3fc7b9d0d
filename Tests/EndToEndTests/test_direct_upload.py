"""The ways in that carry the bytes: a form without JavaScript, curl, ShareX."""

import subprocess

import pytest

import forms
import pictures
from http_client import get, request
from machine import tool

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def send_form(server, *parts: bytes, **headers: str):
    """POSTs the parts as a form to `/api/images`."""
    return request("POST", f"{server.url}/api/images", forms.closed(*parts), forms.TYPE | headers)


@pytest.mark.parametrize("picture", pictures.of_every_format(), ids=lambda picture: picture.name)
def test_a_raw_body_becomes_an_image_at_once(gallery, picture):
    """One request, and the answer is the finished image."""
    answer = gallery.send(picture)
    assert answer.status == 201, answer
    image = answer.json()
    assert (image["state"], image["meta"], image["name"]) == ("ready", picture.meta, picture.name)
    assert answer.headers["location"].endswith(f"/i/{image['id']}")
    assert get(image["src"]).body == picture.data
    assert gallery.ids()[0] == image["id"]


def test_a_form_becomes_an_image_at_once(server, gallery):
    """The field is called `file`; the file's name is shown."""
    picture = pictures.png()
    answer = send_form(server, forms.part("file", picture.data, "form.png"))
    assert answer.status == 201, answer
    assert (answer.json()["name"], answer.json()["meta"]) == ("form.png", picture.meta)
    assert answer.json()["id"] in gallery.ids()


def test_curl_uploads_in_one_line(server, gallery, tmp_path):
    """`curl -F file=@x.png …/api/images`."""
    curl = tool("curl", "the commonest client")
    file = tmp_path / "one-line.png"
    file.write_bytes(pictures.png().data)
    command = [curl, "-sS", "--fail-with-body", "-F", f"file=@{file}", f"{server.url}/api/images"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert gallery.images()[0]["name"] == "one-line.png"


def test_known_bytes_answer_with_the_first_image(gallery):
    """The second time nothing is made: 200 instead of 201."""
    picture = pictures.png()
    first = gallery.send(picture)
    again = gallery.send(picture)
    assert (first.status, again.status) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


def test_a_browser_is_sent_to_the_picture(server):
    """After a form without JavaScript a person wants to see the picture, not JSON."""
    answer = send_form(server, forms.part("file", pictures.png().data, "seen.png"), **BROWSER)
    assert answer.status == 303
    page = get(_absolute(server, answer.headers["location"]), **BROWSER)
    assert page.status == 200 and "seen.png" in page.text


def test_a_browser_with_several_files_is_sent_to_the_gallery(server, gallery):
    """All of them are taken."""
    before = len(gallery.ids())
    files = [forms.part("file", pictures.png().data, f"several-{n}.png") for n in range(3)]
    answer = send_form(server, *files, **BROWSER)
    assert (answer.status, _absolute(server, answer.headers["location"])) == (303, f"{server.url}/")
    assert len(gallery.ids()) == before + 3


def test_a_browser_gets_its_refusal_as_a_page(server, unchanged):
    """HTML for people, with what was wrong; no JSON."""
    answer = send_form(server, forms.part("file", b"just words", "words.png"), **BROWSER)
    assert answer.status == 415
    assert answer.headers["content-type"].startswith("text/html")
    assert "png" in answer.text.lower()


def test_a_form_without_a_file_is_explained(server, unchanged):
    """Pressing the button too early is nobody's crime."""
    answer = send_form(server, forms.part("note", b"no file here"))
    assert answer.refusal == (400, "bad-form")
    assert "file" in answer.json()["detail"]


def _absolute(server, location: str) -> str:
    return location if location.startswith("http") else server.url + location
