"""Files that are no pictures, or none that the gallery takes: said so in words, and not kept."""

import pytest

import forms
import pictures
from gallery_client import Gallery, put
from http_client import get, request
from pictures import Picture

HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XML_SVG = b'<?xml version="1.0"?>\n<!-- hello -->\n' + SVG
NO_PICTURES = {
    "text": (b"This is not a picture, only its name says so.\n" * 4, "text"),
    "html": (HTML, "HTML"),
    "svg": (SVG, "SVG"),
    "svg after a prologue": (XML_SVG, "SVG"),
    "pdf": (b"%PDF-1.7\n" + b"0" * 200, "PDF"),
    "zip": (b"PK\x03\x04" + b"\0" * 200, ""),
    "zeros": (b"\0" * 4096, ""),
    "tiff": (b"II*\0\x08\0\0\0" + b"\0" * 200, ""),
    "bmp": (b"BM" + b"\0" * 200, ""),
}


def disguised(data: bytes) -> Picture:
    """The bytes under the name and type of a PNG."""
    return Picture("innocent.png", "image/png", 0, 0, data)


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_rejected_after_its_put(gallery, unchanged, kind):
    """The name says .png; the bytes decide, and the reason names what was found and what is welcome."""
    data, found = NO_PICTURES[kind]
    ticket = gallery.ticket(disguised(data))
    assert put(ticket, data).status == 200
    image = gallery.wait(ticket["id"])
    assert (image["state"], image["reason"]) == ("rejected", "unsupported-type"), image
    assert found.lower() in image["detail"].lower()
    assert "png" in image["detail"].lower() and "jpeg" in image["detail"].lower()


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_refused_when_it_comes_directly(gallery, unchanged, kind):
    """The one-shot way says the same at once, with 415."""
    data, found = NO_PICTURES[kind]
    answer = gallery.send(disguised(data))
    assert answer.refusal == (415, "unsupported-type"), answer
    assert found.lower() in answer.json()["detail"].lower()


@pytest.mark.parametrize("picture", pictures.of_every_format(), ids=lambda picture: picture.name)
def test_a_picture_cut_off_in_its_header_is_unreadable(gallery, unchanged, picture):
    """Its first bytes promise a format, and then it ends."""
    answer = gallery.send(disguised(picture.data[:9]))
    assert answer.refusal in [(422, "unreadable"), (415, "unsupported-type")], answer


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (32_768, 1), (1, 0x7FFFFFFF)])
def test_too_many_pixels_are_refused_from_the_header(gallery, unchanged, width, height):
    """A file of a hundred bytes must not cost gigabytes."""
    answer = gallery.send(pictures.claimed_png(width, height))
    assert answer.refusal == (422, "too-many-pixels"), answer


def test_too_many_pixels_are_rejected_after_their_put(gallery, unchanged):
    """The ticket way comes to the same reason."""
    picture = pictures.claimed_png(20_000, 20_000)
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    image = gallery.wait(ticket["id"])
    assert (image["state"], image["reason"]) == ("rejected", "too-many-pixels")


@pytest.mark.parametrize("width", [0, 0x80000000])
def test_a_size_that_cannot_be_is_unreadable(gallery, unchanged, width):
    """No picture is nothing wide, none has more pixels a side than PNG allows."""
    assert gallery.send(pictures.claimed_png(width, 10)).refusal == (422, "unreadable")


def test_nothing_at_all_is_refused(server, gallery, unchanged):
    """An empty body and an empty file."""
    assert gallery.send(disguised(b"")).status in (400, 415, 422)
    form = forms.closed(forms.part("file", b"", "empty.png"))
    assert request("POST", f"{server.url}/api/images", form, forms.TYPE).status in (400, 415, 422)


def test_more_than_the_limit_is_refused_while_it_comes(start_server):
    """A server with a small limit stops reading there, and says where it lies."""
    small = start_server("--upload-limit", "1MiB")
    gallery = Gallery(small.url)
    files = set(small.files())
    answer = gallery.send(pictures.noisy_png(2 << 20))
    assert answer.refusal == (413, "too-large")
    assert answer.json()["limit"] == 1 << 20
    assert gallery.ids() == [] and set(small.files()) == files
    assert gallery.send(pictures.png()).status == 201


ODD_NAMES = ["HOLIDAY.JPG", "photo.JPEG", "no-extension", "archive.tar.gz", "page.html", "a.php.png"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_extension_does_not_matter(gallery, name):
    """Upper case, none, or a lie: the bytes decide, and the public address gets the true one."""
    answer = gallery.send(pictures.jpeg(name=name))
    assert answer.status == 201
    assert answer.json()["src"].endswith((".jpg", ".jpeg"))
    assert answer.json()["type"] == "image/jpeg"


def test_a_picture_with_a_page_behind_it_stays_a_picture(gallery):
    """A polyglot is served as what its header says, unsniffed and sandboxed."""
    picture = pictures.gif()
    answer = gallery.send(Picture("both.gif", "text/html", 20, 10, picture.data + HTML))
    served = get(answer.json()["src"])
    assert served.headers["content-type"] == "image/gif"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in served.headers["content-security-policy"]
