"""Tickets for files above 16 MiB: the right way, and each wrong one, which loses nothing and publishes nothing."""

import pytest

import pictures
from gallery_client import Gallery
from http_client import Answer, get, request
from hosting import EMBEDDED
from large_upload import PART, LargeUpload, composite
from multipart_client import sha256
from pictures import digest

MIB = 1 << 20
GRANTED = sha256(b"whatever")


@pytest.fixture(scope="module")
def picture() -> pictures.Picture:
    """A picture of three parts, the last one short."""
    return pictures.noisy_png(20 * MIB, name="large.png")


@pytest.fixture
def upload(gallery: Gallery, picture) -> LargeUpload:
    """An upload that has begun; whatever became of it, it is gone afterwards."""
    begun = LargeUpload.begin(gallery, picture)
    yield begun
    ended = begun.abort()
    if ended.refusal == (409, "already-complete"):
        ended = delete(begun)
    assert ended.status == 204, ended


def delete(upload: LargeUpload) -> Answer:
    """Takes the picture out of the gallery with the token that came with its ticket."""
    upload.gallery.wait(upload.ticket["id"])
    bearer = {"authorization": f"Bearer {upload.ticket['deleteToken']}"}
    return request("DELETE", f"{upload.gallery.url}/api/images/{upload.ticket['id']}", headers=bearer)


def numbers(upload: LargeUpload) -> list[int]:
    """The parts that have arrived whole."""
    answer = upload.there()
    assert answer.status == 200, answer
    return [part["number"] for part in answer.json()["parts"]]


def test_parts_in_any_order_become_the_picture(upload, hosting):
    """The plan is the server's, the list the store's, the public bytes the file's, and the digest its composite."""
    assert upload.ticket["multipart"] == {"partSize": PART, "partCount": 3}
    upload.send(3, 1, 2)
    stored = upload.there().json()["parts"]
    assert [(part["number"], part["size"]) for part in stored] == [(n, len(upload.piece(n))) for n in (1, 2, 3)]
    told = [sha256(upload.piece(number)) if hosting == EMBEDDED else None for number in (1, 2, 3)]
    assert [part.get("sha256") for part in stored] == told, "SeaweedFS checks the digests of parts and forgets them"
    assert upload.complete().status in (200, 202)
    image = upload.gallery.wait(upload.ticket["id"])
    assert (image["state"], image["sha256"]) == ("ready", composite(upload.picture.data))
    assert digest(get(image["src"]).body) == upload.picture.sha256


def test_a_file_that_the_gallery_has_need_not_be_sent(upload):
    """Who hashes first learns it from the ticket's answer."""
    upload.send()
    upload.complete()
    image = upload.gallery.wait(upload.ticket["id"])
    known = upload.gallery.ask_ticket(upload.picture, sha256=composite(upload.picture.data))
    assert (known.status, known.json()["id"]) == (200, image["id"])


@pytest.mark.parametrize("wrong", ["longer", "shorter", "other bytes", "another part's"])
def test_a_part_that_is_not_what_was_granted_is_not_kept(upload, wrong):
    """Refused by the store, and asked for again by Complete."""
    piece, other = upload.piece(3), upload.piece(1)
    bodies = {"longer": piece + b"x", "shorter": piece[:-1], "other bytes": piece[::-1], "another part's": other}
    assert upload.put(3, bodies[wrong]).status in (400, 403)
    assert numbers(upload) == []
    upload.send(1)
    answer = upload.complete()
    assert (answer.refusal, answer.json()["missing"]) == ((409, "incomplete-upload"), [2, 3])


@pytest.mark.parametrize("number", [0, -1, 4, 10_001])
def test_a_number_that_the_file_does_not_have_is_refused(upload, number):
    """With the numbers that it has."""
    answer = upload.ask_parts((number, GRANTED))
    assert answer.refusal == (400, "bad-request") and "1 to 3" in answer.json()["detail"]


@pytest.mark.parametrize("parts", [[], [(1, GRANTED), (1, GRANTED)], [(1, "short")], [(1, GRANTED)] * 101])
def test_a_list_of_parts_that_makes_no_sense_is_refused(upload, parts):
    """None, one twice, a digest that is none, more than a hundred."""
    assert upload.ask_parts(*parts).refusal == (400, "bad-request")


def test_a_part_sent_twice_is_one_part(upload):
    """A lost answer makes a client send again."""
    upload.send(1, 1, 2, 3)
    assert numbers(upload) == [1, 2, 3]
    assert upload.complete().status in (200, 202)
    assert upload.gallery.wait(upload.ticket["id"])["state"] == "ready"


def test_complete_may_be_said_twice_and_nothing_goes_on_after_it(upload):
    """The same answer, no second picture, no more parts, no abort."""
    upload.send()
    assert [upload.complete().status in (200, 202) for _ in range(3)] == [True] * 3
    before = upload.gallery.ids()
    late = upload.put(1)
    assert late.refusal == (404, "NoSuchUpload")
    assert upload.there().refusal == upload.abort().refusal == (409, "already-complete")
    upload.gallery.wait(upload.ticket["id"])
    assert len(set(upload.gallery.ids())) <= len(before) + 1


def test_after_an_abort_the_upload_is_gone(upload):
    """Parts, list and complete say so; abort again is fine."""
    upload.send(1)
    granted = upload.url(2)
    assert [upload.abort().status for _ in range(2)] == [204, 204]
    put = request("PUT", granted["url"], upload.piece(2), granted["headers"])
    assert put.refusal == (404, "NoSuchUpload")
    assert upload.there().refusal == upload.complete().refusal == (404, "upload-gone")


def test_the_token_of_another_upload_reaches_only_its_own(upload, picture):
    """Parts that were sent for one are none of the other's."""
    other = LargeUpload.begin(upload.gallery, picture)
    upload.send(1)
    assert numbers(other) == []
    assert other.complete().refusal == (409, "incomplete-upload")
    assert other.abort().status == 204
    assert numbers(upload) == [1]


@pytest.mark.parametrize("forge", [lambda token: token[:-2], lambda token: "x" + token[1:], lambda token: "made-up"])
def test_a_forged_token_is_worth_nothing(upload, forge):
    """403 by every route."""
    token = forge(upload.token)
    answers = [upload.ask_parts((1, GRANTED), token=token), upload.complete(token), upload.abort(token)]
    assert [answer.refusal for answer in answers] == [(403, "invalid-token")] * 3
    assert numbers(upload) == []


def test_the_token_of_a_single_put_signs_no_parts(upload):
    """A small file's ticket is for one PUT."""
    small = upload.gallery.ticket(pictures.png())
    assert upload.ask_parts((1, GRANTED), token=small["token"]).refusal == (400, "bad-request")


def test_what_is_no_picture_is_refused_after_its_parts(gallery):
    """Looked at when it is whole: rejected, and nothing of it is public."""
    noise = pictures.Picture("noise.png", "image/png", 0, 0, bytes(17 * MIB))
    upload = LargeUpload.begin(gallery, noise)
    before = gallery.ids()
    upload.send()
    upload.complete()
    assert gallery.wait(upload.ticket["id"])["state"] == "rejected"
    assert gallery.ids() == before
