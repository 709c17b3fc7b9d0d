"""Rows of S3's error table that concern objects: bodies, digests, conditions, ranges, keys."""

import hashlib

from aws_chunked import SIGNED, UNSIGNED_TRAILER, ChunkedPut, crc32_trailer
from error_rows import ANY, Table
from error_rows_signing import KEY
from http_client import Answer, request
from multipart_client import md5, sha256
from raw_socket import RawConnection, head
from signed_request import Signed

ROWS = Table()
BODY = b"0123456789"
NEW = "errors/never-stored"
EMPTY_MD5, EMPTY_SHA256 = md5(b""), sha256(b"")
GIB = 1 << 30


def put(signed: Signed, body: bytes = BODY, key: str = NEW, **headers: str) -> Answer:
    """A PUT of the key that must never be stored; header names are written with underscores."""
    return signed.send("PUT", signed.url(key), body, {name.replace("_", "-"): value for name, value in headers.items()})


def read(signed: Signed, key: str = KEY, **headers: str) -> Answer:
    """A GET of the object that is there."""
    return signed.send("GET", signed.url(key), b"", {name.replace("_", "-"): value for name, value in headers.items()})


def half_sent(signed: Signed, changes: dict[str, str | None], sent: bytes) -> Answer:
    """A PUT whose head says one thing and whose connection another."""
    url = signed.url(NEW)
    headers = {"content-length": str(len(BODY))} | signed.headers("PUT", url, BODY) | changes
    with RawConnection(url) as connection:
        connection.send(head("PUT", url, {name: value for name, value in headers.items() if value is not None}) + sent)
        connection.finish_sending()
        return connection.answer()


@ROWS.row(
    400, "XAmzContentSHA256Mismatch",
    ClientComputedContentSHA256=hashlib.sha256(BODY[::-1]).hexdigest(),
    S3ComputedContentSHA256=hashlib.sha256(BODY).hexdigest(),
)  # fmt: skip
def other_bytes_than_signed(signed):
    headers = signed.headers("PUT", signed.url(NEW), BODY[::-1])
    return request("PUT", signed.url(NEW), BODY, headers)


@ROWS.row(400, "BadDigest", ExpectedDigest=EMPTY_MD5, CalculatedDigest=md5(BODY))
def wrong_md5(signed):
    return put(signed, content_md5=EMPTY_MD5)


@ROWS.row(400, "BadDigest", "SHA256 you specified did not match")
def wrong_sha256(signed):
    return put(signed, x_amz_checksum_sha256=EMPTY_SHA256)


@ROWS.row(400, "InvalidDigest", Content_MD5="short")
def md5_that_is_none(signed):
    return put(signed, content_md5="short")


@ROWS.row(400, "InvalidRequest", "Value for x-amz-checksum-sha256 header is invalid")
def sha256_that_is_none(signed):
    return put(signed, x_amz_checksum_sha256="short")


@ROWS.row(400, "InvalidRequest", "Expecting a single x-amz-checksum- header")
def two_checksums(signed):
    return put(signed, x_amz_checksum_sha256=sha256(BODY), x_amz_checksum_crc32="AAAAAA==")


@ROWS.row(400, "EntityTooLarge", "exceeds the maximum", ProposedSize=str(5 * GIB + 1), MaxSizeAllowed=str(5 * GIB))
def over_five_gigabytes(signed):
    return half_sent(signed, {"content-length": str(5 * GIB + 1)}, b"")


@ROWS.row(400, "IncompleteBody")
def half_a_body(signed):
    return half_sent(signed, {}, BODY[:5])


@ROWS.row(411, "MissingContentLength")
def body_of_unknown_length(signed):
    changes = {"content-length": None, "transfer-encoding": "chunked"}
    return half_sent(signed, changes, b"a\r\n" + BODY + b"\r\n0\r\n\r\n")


@ROWS.row(400, "InvalidChunkSizeError", "Only the last chunk")
def small_chunk_in_the_middle(signed):
    put = ChunkedPut(signed.store, NEW, SIGNED, [b"a" * 100, b"b" * 8192])
    headers, body = put.message()
    return request("PUT", put.url, body, headers)


@ROWS.row(400, "MalformedTrailerError")
def trailer_other_than_announced(signed):
    put = ChunkedPut(signed.store, NEW, UNSIGNED_TRAILER, [BODY], crc32_trailer(BODY))
    headers, body = put.message()
    other = body.replace(b"x-amz-checksum-crc32:", b"x-amz-checksum-sha1x:")
    return request("PUT", put.url, other, headers | {"content-length": str(len(other))})


@ROWS.row(412, "PreconditionFailed", "pre-conditions", Condition="If-None-Match")
def second_first_write(signed):
    return put(signed, key=KEY, if_none_match="*")


@ROWS.row(412, "PreconditionFailed", Condition="If-Match")
def write_over_another_version(signed):
    return put(signed, key=KEY, if_match='"00000000000000000000000000000000"')


@ROWS.row(404, "NoSuchKey", Key=NEW)
def write_over_nothing(signed):
    return put(signed, if_match='"00000000000000000000000000000000"')


@ROWS.row(501, "NotImplemented", Header="If-None-Match")
def first_write_by_etag(signed):
    return put(signed, if_none_match='"00000000000000000000000000000000"')


@ROWS.row(501, "NotImplemented", Header=ANY)
def both_conditions_of_a_write(signed):
    return put(signed, if_none_match="*", if_match='"00000000000000000000000000000000"')


@ROWS.row(412, "PreconditionFailed", Condition="If-Match")
def read_of_another_version(signed):
    return read(signed, if_match='"00000000000000000000000000000000"')


@ROWS.row(416, "InvalidRange", RangeRequested="bytes=10-", ActualObjectSize="10")
def range_past_the_end(signed):
    answer = read(signed, range="bytes=10-")
    assert answer.headers["content-range"] == "bytes */10"
    return answer


@ROWS.row(404, "NoSuchKey", "The specified key does not exist", Key="errors/missing")
def key_that_is_not_there(signed):
    return read(signed, "errors/missing")


@ROWS.row(400, "KeyTooLongError", "Your key is too long", MaxSizeAllowed="1024")
def key_of_1025_bytes(signed):
    return put(signed, key="k" * 1025)


@ROWS.row(400, "MetadataTooLarge", MaxSizeAllowed="2048")
def metadata_over_two_kilobytes(signed):
    return put(signed, x_amz_meta_long="x" * 2048)


@ROWS.row(400, "InvalidURI")
def percent_sign_alone(signed):
    url = signed.url(NEW)
    return request("PUT", url + "%zz", BODY, signed.headers("PUT", url, BODY))


@ROWS.row(400, "AccessControlListNotSupported", "does not allow ACLs")
def public_acl(signed):
    return put(signed, x_amz_acl="public-read")


@ROWS.row(400, "InvalidArgument", ArgumentName="x-amz-acl", ArgumentValue="everybody")
def acl_that_is_none(signed):
    return put(signed, x_amz_acl="everybody")


@ROWS.row(405, "MethodNotAllowed", Method="POST", ResourceType="OBJECT")
def method_that_objects_do_not_have(signed):
    return signed.send("POST", signed.url(KEY), b"")
