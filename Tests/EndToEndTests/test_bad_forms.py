"""Forms that are cut off, nameless, endless or absurd: a clear 400 and bounded memory."""

import pytest

import forms
import pictures
from forms import BOUNDARY, TYPE
from http_client import request
from raw_socket import RawConnection, head

ROUTES = ["/upload", "/api/images"]
FILE = forms.part("file", b"\x89PNG\r\n\x1a\n" + b"x" * 4000, "a.png")
BROKEN = {
    "cut off in the file": FILE[:-2000],
    "cut off in a header": FILE[:60],
    "cut off before the last boundary": FILE,
    "cut off in the last boundary": FILE + forms.END[:8],
    "something behind a boundary": FILE + f"--{BOUNDARY}?!\r\n".encode() + forms.END,
    "a part without a name": forms.closed(forms.part(None, b"x" * 2000, "a.png")),
    "a part without headers": f"--{BOUNDARY}\r\n\r\nbytes\r\n--{BOUNDARY}--\r\n".encode(),
    "ten thousand parts": forms.closed(*[forms.part(f"field{n}", b"x") for n in range(10_000)]),
    "ten thousand files": forms.closed(*[forms.part("other", b"x", f"{n}.png") for n in range(10_000)]),
    "a header of 100 KiB in a part": forms.closed(forms.part("file", b"x", "n" * (100 << 10))),
    "a field of 1 MiB": forms.closed(forms.part("name", b"x" * (1 << 20))),
    "no boundary at all": b"just text",
    "nothing": b"",
}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_form_gets_a_clear_400(server, unchanged, route, kind):
    """Problem JSON with the code `bad-form` and a sentence; nothing is stored."""
    answer = request("POST", server.url + route, BROKEN[kind], TYPE)
    assert answer.refusal == (400, "bad-form"), (kind, answer)
    assert len(answer.json()["detail"]) > 20


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "b" * 1000,
        'multipart/form-data; boundary="a\tb"',
    ],
)
def test_a_form_without_a_sensible_boundary_gets_a_clear_400(server, unchanged, route, content_type):
    """RFC 2046: one to seventy characters of a small alphabet."""
    answer = request("POST", server.url + route, FILE, {"content-type": content_type})
    assert answer.refusal == (400, "bad-form"), answer


@pytest.mark.parametrize("route", ROUTES)
def test_a_boundary_of_a_megabyte_gets_a_clear_refusal(server, unchanged, route):
    """It comes in a header far longer than any header may be, so the header limit answers before the form reader."""
    boundary = "b" * (1 << 20)
    answer = request("POST", server.url + route, FILE, {"content-type": f"multipart/form-data; boundary={boundary}"})
    assert answer.refusal in [(400, "bad-form"), (431, "headers-too-large")], answer


@pytest.mark.parametrize("route", ROUTES)
def test_a_form_that_ends_before_its_declared_length_stores_nothing(server, unchanged, route):
    """The connection closes in the middle of the file."""
    with RawConnection(server.url) as connection:
        connection.send(head("POST", server.url + route, TYPE | {"content-length": str(len(FILE) + 1000)}))
        connection.send(FILE[:-500])
        connection.finish_sending()
        answer = connection.answer()
    assert answer.status in (0, 400), answer


@pytest.mark.parametrize(("route", "content_type"), [("/upload", "text/plain"), ("/upload", "application/json")])
def test_a_form_route_without_a_form_says_what_it_wants(server, unchanged, route, content_type):
    """The body is not read as something it does not claim to be."""
    answer = request("POST", server.url + route, b"{}", {"content-type": content_type})
    assert answer.status in (400, 415), answer
    assert answer.code in ("bad-form", "unsupported-type")


def test_more_pictures_than_a_form_may_have_are_none(server, unchanged):
    """Ten thousand parts are none of a person's."""
    picture = pictures.png(4, 4).data
    files = [forms.part("other", picture, f"{number}.png") for number in range(1001)]
    answer = request("POST", f"{server.url}/api/images", forms.closed(*files), TYPE)
    assert answer.refusal == (400, "bad-form"), answer


def test_an_unknown_text_field_does_no_harm(server):
    """Forms of others carry fields we never asked for."""
    form = forms.closed(forms.part("csrf", b"1"), forms.part("file", pictures.png().data, "a.png"))
    assert request("POST", f"{server.url}/api/images", form, TYPE).status == 201


@pytest.mark.slow
def test_a_form_of_200_megabytes_needs_no_more_memory_than_one_of_2_kilobytes(start_server):
    """The file's bytes are counted and hashed as they stream by."""
    server = start_server("--upload-limit", "300MiB")
    peaks = []
    for byte_count in (2_000, 200_000_000):
        headers, pieces = forms.streamed_file(byte_count)
        answer = request("POST", f"{server.url}/upload", pieces, headers)
        assert answer.status == 201, answer
        peaks.append(server.peak_memory_mib())
    small, large = peaks
    assert large < 100
    assert large - small < 32, peaks
