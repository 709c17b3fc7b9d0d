"""A multipart upload by presigned parts, completed from the server's own list, as the gallery does it."""

import pytest

from judges import Judge
from multipart_client import PART, MultipartUpload, composite_of, etag_of, sha256
from signed_request import Signed, field

PIECES = [b"a" * PART, b"b" * PART, b"the rest"]


@pytest.fixture
def upload(judge: Judge, key) -> MultipartUpload:
    """An upload whose parts carry SHA-256s."""
    begun = MultipartUpload.begin(Signed(judge.store), key, {"x-amz-checksum-algorithm": "SHA256"})
    yield begun
    begun.abort()


def listed(upload: MultipartUpload) -> list[dict]:
    """What the server says it has."""
    named = {"Bucket": upload.signed.store.bucket, "Key": upload.key, "UploadId": upload.id}
    return upload.signed.store.client().list_parts(**named).get("Parts", [])


def test_parts_by_url_become_one_object(judge: Judge, upload):
    """Sent in any order, completed by the list of the server; ETag and composite checksum are S3's."""
    for number in (3, 1, 2):
        assert upload.presigned_put(number, PIECES[number - 1]).status == 200
    parts = listed(upload)
    assert [(part["PartNumber"], part["Size"]) for part in parts] == [(1, PART), (2, PART), (3, len(PIECES[2]))]
    client, named = judge.store.client(), {"Bucket": judge.store.bucket, "Key": upload.key}
    digests = {"ChecksumSHA256": None} if judge.checks_digests else {}
    chosen = [
        {"PartNumber": part["PartNumber"], "ETag": part["ETag"]} | {name: sha256(piece) for name in digests}
        for part, piece in zip(parts, PIECES, strict=True)
    ]
    client.complete_multipart_upload(**named, UploadId=upload.id, MultipartUpload={"Parts": chosen}, IfNoneMatch="*")
    head = client.head_object(**named, ChecksumMode="ENABLED")
    assert head["ETag"] == etag_of(*PIECES)
    assert head.get("ChecksumSHA256") == (composite_of(*PIECES) if judge.checks_digests else None)
    assert client.get_object(**named)["Body"].read() == b"".join(PIECES)


def test_a_part_of_another_length_is_refused(upload):
    """The URL bound the length: 403 before a byte is kept."""
    answers = [upload.presigned_put(1, PIECES[2], body) for body in (PIECES[2] + b"x", PIECES[2][:-1])]
    assert [answer.status for answer in answers] == [403, 403]
    assert listed(upload) == []


def test_a_part_of_other_bytes_meets_its_digest(judge: Judge, upload):
    """Where digests are checked."""
    answer = upload.presigned_put(1, PIECES[2], PIECES[2][::-1])
    assert answer.status == (400 if judge.checks_digests else 200), answer
    assert len(listed(upload)) == (0 if judge.checks_digests else 1)


def test_a_part_sent_again_replaces_the_first(judge: Judge, key):
    """One part of that number, the last one; a list may still name both, so a reader must take the right one."""
    upload = MultipartUpload.begin(Signed(judge.store), key)
    first, second = upload.stored(1, b"first"), upload.stored(1, b"second!")
    assert (len(listed(upload)) == 1) == judge.forgets_replaced_parts, (first, second)
    assert upload.complete([second]).status == 200
    assert judge.store.client().get_object(Bucket=judge.store.bucket, Key=key)["Body"].read() == b"second!"


@pytest.mark.parametrize("number", [0, 10_001])
def test_a_number_that_s3_does_not_have(judge: Judge, upload, number):
    """400, but for who takes everything."""
    answer = upload.presigned_put(number, PIECES[2])
    assert answer.status == (200 if judge.accepts_any_part_number else 400), answer


def test_after_an_abort_nothing_is_left(upload):
    """404 for part and list; the code differs."""
    upload.presigned_put(1, PIECES[2])
    assert upload.abort().status == 204
    assert [upload.put(1, PIECES[2]).status, upload.list().status] == [404, 404]


def test_a_list_with_a_missing_part_is_refused(judge: Judge, key):
    """400 InvalidPart, and the upload lives."""
    upload = MultipartUpload.begin(Signed(judge.store), key)
    refused = upload.complete([upload.stored(1, PIECES[0]), (2, '"00000000000000000000000000000000"')])
    assert refused.refusal == (400, "InvalidPart")
    assert field(upload.list(), "PartNumber") == "1"
    assert upload.abort().status == 204
