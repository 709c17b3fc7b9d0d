"""Multipart uploads done wrongly: each ends in a clear answer, nothing is lost, and nothing appears that should not."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from multipart_client import PART, MultipartUpload, composite_of, etag_of, etag_of_part, part_list, sha256
from raw_socket import RawConnection, head
from signed_request import Signed, field

KEY = "faults/object"
ONE, TWO, REST = bytes(PART), b"b" * PART, b"the rest"
NOBODY = '"00000000000000000000000000000000"'
RACERS = 8


@pytest.fixture
def signed(store) -> Signed:
    """The shared server's store; at the end this suite's key and uploads are gone."""
    yield Signed(store)
    client = store.client()
    client.delete_object(Bucket=store.bucket, Key=KEY)
    for upload in client.list_multipart_uploads(Bucket=store.bucket, Prefix=KEY).get("Uploads", []):
        client.abort_multipart_upload(Bucket=store.bucket, Key=KEY, UploadId=upload["UploadId"])


@pytest.fixture
def upload(signed) -> MultipartUpload:
    """An upload whose parts are known by their ETags alone."""
    return MultipartUpload.begin(signed, KEY)


@pytest.fixture
def checked(signed) -> MultipartUpload:
    """An upload whose parts carry SHA-256s, which Complete then has to list."""
    return MultipartUpload.begin(signed, KEY, {"x-amz-checksum-algorithm": "SHA256"})


def stored(upload: MultipartUpload) -> bytes | None:
    """The object's bytes, or nothing when there is none."""
    client = upload.signed.store.client()
    try:
        return client.get_object(Bucket=upload.signed.store.bucket, Key=KEY)["Body"].read()
    except client.exceptions.NoSuchKey:
        return None


def numbers(upload: MultipartUpload) -> list[int]:
    """The parts that the store has."""
    client = upload.signed.store.client()
    named = {"Bucket": upload.signed.store.bucket, "Key": KEY, "UploadId": upload.id}
    return [part["PartNumber"] for part in client.list_parts(**named).get("Parts", [])]


WRONG_PARTS = {
    "one byte more": (lambda upload: upload.presigned_put(1, REST, REST + b"x"), (403, "SignatureDoesNotMatch")),
    "one byte less": (lambda upload: upload.presigned_put(1, REST, REST[:-1]), (403, "SignatureDoesNotMatch")),
    "other bytes": (lambda upload: upload.presigned_put(1, REST, REST[::-1]), (400, "BadDigest")),
    "another digest": (
        lambda upload: upload.presigned_put(1, REST, x_amz_checksum_sha256=sha256(b"")),
        (403, "SignatureDoesNotMatch"),
    ),
    "number 0": (lambda upload: upload.presigned_put(0, REST), (400, "InvalidArgument")),
    "number 10001": (lambda upload: upload.presigned_put(10_001, REST), (400, "InvalidArgument")),
}


@pytest.mark.parametrize("name", WRONG_PARTS)
def test_a_part_that_is_not_what_its_url_bound_is_not_kept(checked, name):
    """Refused by status and code; the upload lives, empty, and goes on."""
    send, refusal = WRONG_PARTS[name]
    assert send(checked).refusal == refusal
    assert numbers(checked) == []
    assert checked.presigned_put(1, REST).status == 200
    assert numbers(checked) == [1]


def test_a_part_that_breaks_off_leaves_the_earlier_one(upload):
    """A connection reset in mid-part replaces nothing."""
    kept = upload.stored(1, REST)
    url = upload.url(1)
    headers = upload.signed.headers("PUT", url, ONE) | {"content-length": str(len(ONE))}
    with RawConnection(url) as connection:
        connection.send(head("PUT", url, headers) + ONE[:100_000])
        connection.vanish()
    assert upload.complete([kept]).status == 200
    assert stored(upload) == REST


def test_a_part_sent_twice_counts_as_the_last_one(upload):
    """The second replaces the first, whose ETag is no part any more."""
    first, second = upload.stored(1, b"first"), upload.stored(1, b"second")
    assert upload.complete([first]).refusal == (400, "InvalidPart")
    assert upload.complete([second]).status == 200
    assert stored(upload) == b"second"


def test_parts_may_come_in_any_order_and_leave_gaps(upload):
    """What is not listed is not joined; numbers up to 10,000 are good."""
    last, dropped, first = upload.stored(10_000, REST), upload.stored(7, TWO), upload.stored(2, ONE)
    assert numbers(upload) == [2, 7, 10_000]
    answer = upload.complete([first, last])
    assert (answer.status, field(answer, "ETag")) == (200, etag_of(ONE, REST)), (answer, dropped)
    assert stored(upload) == ONE + REST


def test_a_list_of_ten_thousand_parts_is_read_to_its_end(upload):
    """The longest list that S3 takes is judged part by part; one more is refused as such."""
    number, etag = upload.stored(1, ONE)
    parts = [(number, etag)] + [(missing, NOBODY) for missing in range(2, 10_001)]
    answer = upload.complete(parts)
    assert (answer.refusal, field(answer, "PartNumber")) == ((400, "InvalidPart"), "2")
    assert upload.complete([*parts, (10_001, NOBODY)]).status == 400
    assert numbers(upload) == [1]


@pytest.mark.parametrize("parts", ["missing", "backwards", "twice", "none", "too small"])
def test_a_list_that_is_wrong_leaves_the_upload_as_it_was(upload, parts):
    """400, no object, and the right list still completes."""
    one, two = upload.stored(1, ONE), upload.stored(2, REST)
    three = upload.stored(3, REST)
    lists = {"missing": [one, (4, NOBODY)], "backwards": [two, one], "twice": [one, one], "none": []}
    answer = upload.complete(lists.get(parts, [one, two, three]))
    assert answer.status == 400, answer
    assert stored(upload) is None
    assert upload.complete([one, three]).status == 200
    assert stored(upload) == ONE + REST


def test_complete_twice_is_one_object_and_the_same_answer(upload):
    """A client whose answer was lost asks again; another list is no repetition."""
    parts = [upload.stored(1, ONE), upload.stored(2, REST)]
    first, again = upload.complete(parts), upload.complete(parts)
    assert (first.status, again.status) == (200, 200), again
    assert field(first, "ETag") == field(again, "ETag") == etag_of(ONE, REST)
    assert upload.complete(parts[:1]).refusal == (404, "NoSuchUpload")
    assert stored(upload) == ONE + REST


def test_after_an_abort_nothing_of_the_upload_works(upload):
    """Part, list, complete, abort: NoSuchUpload, and no object."""
    part = upload.stored(1, REST)
    assert upload.abort().status == 204
    answers = [upload.put(1, REST), upload.list(), upload.complete([part]), upload.abort()]
    assert [answer.refusal for answer in answers] == [(404, "NoSuchUpload")] * 4
    assert stored(upload) is None


def test_after_complete_no_part_is_taken(upload):
    """The upload is over; the object stays as it is."""
    assert upload.complete([upload.stored(1, REST)]).status == 200
    assert upload.put(1, ONE).refusal == (404, "NoSuchUpload")
    assert stored(upload) == REST


def test_a_first_use_is_judged_when_the_parts_are_joined(upload):
    """`If-None-Match: *` on Complete: what came meanwhile stays, the upload too."""
    part = upload.stored(1, REST)
    client = upload.signed.store.client()
    client.put_object(Bucket="imgn", Key=KEY, Body=b"was faster")
    assert upload.complete([part], {"if-none-match": "*"}).refusal == (412, "PreconditionFailed")
    assert stored(upload) == b"was faster"
    client.delete_object(Bucket="imgn", Key=KEY)
    assert upload.complete([part], {"if-none-match": "*"}).status == 200


def test_checksums_of_parts_are_held_against_the_list(checked):
    """Missing or wrong they are refused; right ones become the composite checksum."""
    assert checked.presigned_put(1, REST).status == 200
    document = part_list([(1, etag_of_part(REST))]).decode()
    told = ["", *(f"<ChecksumSHA256>{sha256(body)}</ChecksumSHA256>" for body in (b"other", REST))]
    bodies = [document.replace("</ETag>", "</ETag>" + digest).encode() for digest in told]
    missing, wrong, right = [checked.signed.send("POST", checked.url(), body) for body in bodies]
    assert (missing.status, wrong.status) == (400, 400), (str(missing), str(wrong))
    assert (right.status, field(right, "ChecksumSHA256")) == (200, composite_of(REST)), right


def test_of_completes_that_race_exactly_one_makes_the_object(signed):
    """Eight uploads of one key, each `If-None-Match: *`, at once."""
    uploads = [MultipartUpload.begin(signed, KEY) for _ in range(RACERS)]
    parts = [[upload.stored(1, b"%d" % number)] for number, upload in enumerate(uploads)]
    with ThreadPoolExecutor(RACERS) as pool:
        race = [pool.submit(upload.complete, chosen, {"if-none-match": "*"}) for upload, chosen in zip(uploads, parts)]
    statuses = [entry.result().status for entry in race]
    assert statuses.count(200) == 1 and set(statuses) <= {200, 409, 412}, statuses
    assert stored(uploads[0]) == b"%d" % statuses.index(200)


def test_the_same_complete_at_once_is_one_object(upload):
    """Eight times the same list: all that is answered 200 names the same object."""
    parts = [upload.stored(1, ONE), upload.stored(2, REST)]
    with ThreadPoolExecutor(RACERS) as pool:
        answers = [entry.result() for entry in [pool.submit(upload.complete, parts) for _ in range(RACERS)]]
    good = [answer for answer in answers if answer.status == 200]
    assert good and {field(answer, "ETag") for answer in good} == {etag_of(ONE, REST)}
    assert {answer.status for answer in answers} <= {200, 404, 409}, [str(answer) for answer in answers]
    assert stored(upload) == ONE + REST
