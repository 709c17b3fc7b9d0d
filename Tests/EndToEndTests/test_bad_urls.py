"""A ticket's URL used in any other way than it was granted: refused, nothing stored, nothing lost."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

import pictures
from gallery_client import put
from http_client import request
from store_client import at


@pytest.fixture
def picture():
    """What the ticket is for."""
    return pictures.png()


MISUSES = {
    "another size": (lambda ticket, picture: put(ticket, picture.data + b"x"), (403, "SignatureDoesNotMatch")),
    "another type": (
        lambda ticket, picture: put(ticket, picture.data, content_type="text/html"),
        (403, "SignatureDoesNotMatch"),
    ),
    "another digest": (
        lambda ticket, picture: put(ticket, picture.data, x_amz_checksum_sha256=pictures.png().sha256),
        (403, "SignatureDoesNotMatch"),
    ),
    "another body": (lambda ticket, picture: put(ticket, picture.data[:-1] + b"x"), (400, "BadDigest")),
    "no if-none-match": (
        lambda ticket, picture: put(ticket, picture.data, if_none_match=None),
        (403, "SignatureDoesNotMatch"),
    ),
    "another key": (
        lambda ticket, picture: put(_moved(ticket, "/imgn/incoming/zzzzzzzzzzzz"), picture.data),
        (403, "SignatureDoesNotMatch"),
    ),
    "a published key": (
        lambda ticket, picture: put(_moved(ticket, "/imgn/images/zzzzzzzzzzzz.png"), picture.data),
        (403, "SignatureDoesNotMatch"),
    ),
    "a longer life": (
        lambda ticket, picture: put(_changed(ticket, "X-Amz-Expires=300", "X-Amz-Expires=3000"), picture.data),
        (403, "SignatureDoesNotMatch"),
    ),
    "another name": (
        lambda ticket, picture: put(_changed(ticket, "picture.png", "virus.exe"), picture.data),
        (403, "SignatureDoesNotMatch"),
    ),
    "to read": (lambda ticket, picture: request("GET", ticket["url"]), (403, "SignatureDoesNotMatch")),
    "to delete": (lambda ticket, picture: request("DELETE", ticket["url"]), (403, "SignatureDoesNotMatch")),
    "without signature": (lambda ticket, picture: put(_bare(ticket), picture.data), (403, "AccessDenied")),
}


def _moved(ticket: dict, path: str) -> dict:
    return _changed(ticket, urlsplit(ticket["url"]).path, path)


def _changed(ticket: dict, old: str, new: str) -> dict:
    assert old in ticket["url"], "the test's own assumption about the URL"
    return ticket | {"url": ticket["url"].replace(old, new, 1)}


def _bare(ticket: dict) -> dict:
    return ticket | {"url": ticket["url"].partition("?")[0]}


@pytest.mark.parametrize("name", MISUSES)
def test_a_misused_ticket_is_refused_and_stays_good(gallery, store, picture, name):
    """The refusal has its S3 code, nothing is stored, and the rightful upload still works afterwards."""
    misuse, refusal = MISUSES[name]
    ticket = gallery.ticket(picture)
    before = gallery.ids()
    answer = misuse(ticket, picture)
    assert answer.refusal == refusal, answer
    assert (store.waiting(), gallery.ids()) == ([], before)
    assert put(ticket, picture.data).status == 200
    assert gallery.wait(ticket["id"])["state"] == "ready"
    assert gallery.is_healthy()


def test_an_expired_ticket_is_refused(gallery, store, picture, unchanged):
    """The same URL as a ticket's, made with the store's own keys five minutes and a second ago."""
    with at(timedelta(seconds=-301)):
        url, headers = store.bound_put("incoming/expiredabcde", picture)
    answer = request("PUT", url, picture.data, headers)
    assert answer.refusal == (403, "AccessDenied")
    assert "Request has expired" in answer.text


def test_a_replayed_ticket_changes_nothing(gallery, picture):
    """The second use is refused while the first waits for ingest; afterwards the picture is there once."""
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    replayed = put(ticket, picture.data)
    image = gallery.wait(ticket["id"])
    assert replayed.refusal == (412, "PreconditionFailed")
    assert [shown["sha256"] for shown in gallery.images()].count(picture.sha256) == 1
    assert image["state"] == "ready"


def test_a_ticket_replayed_after_ingest_changes_nothing(gallery, store, picture):
    """Even when the incoming object has moved on, the URL is used up."""
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    first = gallery.wait(ticket["id"])
    assert put(ticket, picture.data).refusal == (412, "PreconditionFailed")
    assert gallery.wait(ticket["id"]) == first
    assert [shown["sha256"] for shown in gallery.images()].count(picture.sha256) == 1
    assert store.waiting() == []


def test_a_refusal_is_explained_to_programs_and_people(gallery, picture):
    """Error XML with code, message and request id, and a header with the same id for the log."""
    answer = put(gallery.ticket(picture), picture.data, content_type="text/html")
    assert answer.headers["content-type"].startswith("application/xml")
    for element in ("Code", "Message", "RequestId", "CanonicalRequest", "StringToSign"):
        assert f"<{element}>" in answer.text, element
    assert answer.headers["x-amz-request-id"] in answer.text
