"""Rows of S3's error table that concern multipart uploads."""

from error_rows import ANY, Table
from error_rows_objects import NEW
from error_rows_signing import KEY
from http_client import Answer
from multipart_client import PART, MultipartUpload, md5, sha256
from signed_request import Signed

ROWS = Table()
BODY = b"a part"
NOBODY = '"00000000000000000000000000000000"'


def begun(signed: Signed, **headers: str) -> MultipartUpload:
    """An upload of the key that must never be stored; the test's server sweeps what is left of it."""
    return MultipartUpload.begin(signed, NEW, {name.replace("_", "-"): value for name, value in headers.items()})


def gone(signed: Signed) -> MultipartUpload:
    """An upload that was aborted."""
    upload = begun(signed)
    assert upload.abort().status == 204
    return upload


def judged(upload: MultipartUpload, answer: Answer) -> Answer:
    """The answer, with the upload aborted."""
    assert upload.abort().status == 204
    return answer


@ROWS.row(404, "NoSuchUpload", UploadId=ANY)
def part_of_an_aborted_upload(signed):
    return gone(signed).put(1, BODY)


@ROWS.row(404, "NoSuchUpload", UploadId=ANY)
def list_of_an_aborted_upload(signed):
    return gone(signed).list()


@ROWS.row(404, "NoSuchUpload", UploadId=ANY)
def completion_of_an_aborted_upload(signed):
    return gone(signed).complete([(1, NOBODY)])


@ROWS.row(404, "NoSuchUpload", UploadId=ANY)
def second_abort(signed):
    return gone(signed).abort()


@ROWS.row(404, "NoSuchUpload", UploadId="made-up")
def upload_that_never_was(signed):
    return MultipartUpload(signed, NEW, "made-up").put(1, BODY)


@ROWS.row(404, "NoSuchUpload", UploadId=ANY)
def upload_of_another_key(signed):
    upload = begun(signed)
    return judged(upload, MultipartUpload(signed, NEW + "-other", upload.id).put(1, BODY))


def bad_number(number: str):
    """A row for a part number that S3 does not have."""

    def ask(signed: Signed) -> Answer:
        upload = begun(signed)
        return judged(upload, upload.put(number, BODY))

    ask.__name__ = f"part_{number}"
    return ROWS.row(
        400, "InvalidArgument", "between 1 and 10000, inclusive", ArgumentName="partNumber", ArgumentValue=number
    )(ask)


for bad in ("0", "10001", "one"):
    bad_number(bad)


@ROWS.row(400, "BadDigest", ExpectedDigest=md5(b""), CalculatedDigest=md5(BODY))
def part_of_another_md5(signed):
    upload = begun(signed)
    return judged(upload, upload.put(1, BODY, {"content-md5": md5(b"")}))


@ROWS.row(400, "BadDigest", "SHA256")
def part_of_another_sha256(signed):
    upload = begun(signed, x_amz_checksum_algorithm="SHA256")
    return judged(upload, upload.put(1, BODY, {"x-amz-checksum-sha256": sha256(b"")}))


@ROWS.row(400, "InvalidRequest", "Checksum Type mismatch")
def part_with_another_algorithm(signed):
    upload = begun(signed, x_amz_checksum_algorithm="CRC32")
    return judged(upload, upload.put(1, BODY, {"x-amz-checksum-sha256": sha256(BODY)}))


@ROWS.row(400, "InvalidRequest")
def algorithm_that_is_none(signed):
    return signed.send("POST", signed.url(NEW, uploads=""), b"", {"x-amz-checksum-algorithm": "ROT13"})


@ROWS.row(400, "InvalidPart", UploadId=ANY, PartNumber="2", ETag=ANY)
def completion_with_a_missing_part(signed):
    upload = begun(signed)
    return judged(upload, upload.complete([upload.stored(1, bytes(PART)), (2, NOBODY)]))


@ROWS.row(400, "InvalidPart", UploadId=ANY, PartNumber="1", ETag=ANY)
def completion_with_another_etag(signed):
    upload = begun(signed)
    upload.stored(1, BODY)
    return judged(upload, upload.complete([(1, NOBODY)]))


@ROWS.row(400, "InvalidPartOrder", "ascending")
def completion_backwards(signed):
    upload = begun(signed)
    parts = [upload.stored(number, bytes(PART)) for number in (1, 2)]
    return judged(upload, upload.complete(parts[::-1]))


@ROWS.row(400, "InvalidPartOrder")
def completion_with_a_part_twice(signed):
    upload = begun(signed)
    return judged(upload, upload.complete([upload.stored(1, bytes(PART))] * 2))


@ROWS.row(400, "EntityTooSmall", ProposedSize="6", MinSizeAllowed=str(PART), PartNumber="1", ETag=ANY)
def small_part_in_the_middle(signed):
    upload = begun(signed)
    return judged(upload, upload.complete([upload.stored(number, BODY) for number in (1, 2)]))


@ROWS.row(400, "MalformedXML")
def completion_of_no_parts(signed):
    upload = begun(signed)
    return judged(upload, upload.complete([]))


@ROWS.row(400, "MalformedXML")
def completion_in_broken_xml(signed):
    upload = begun(signed)
    return judged(upload, signed.send("POST", upload.url(), b"<CompleteMultipartUpload><Part>"))


@ROWS.row(416, "InvalidPartNumber", PartNumberRequested="2", ActualPartCount="1")
def part_that_an_object_does_not_have(signed):
    return signed.send("GET", signed.url(KEY, partNumber=2))


@ROWS.row(400, "InvalidRequest", "Cannot specify both Range header and partNumber")
def part_and_range_at_once(signed):
    return signed.send("GET", signed.url(KEY, partNumber=1), b"", {"range": "bytes=0-1"})


@ROWS.row(400, "InvalidRequest", "checksum for each part")
def completion_without_the_checksums_it_needs(signed):
    upload = begun(signed, x_amz_checksum_algorithm="SHA256")
    part = upload.put(1, BODY, {"x-amz-checksum-sha256": sha256(BODY)})
    return judged(upload, upload.complete([(1, part.headers["etag"])]))


@ROWS.row(501, "NotImplemented", Header="If-None-Match")
def completion_by_etag(signed):
    upload = begun(signed)
    return judged(upload, upload.complete([upload.stored(1, BODY)], {"if-none-match": NOBODY}))
