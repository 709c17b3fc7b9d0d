"""One multipart upload by raw signed requests, so that each step can be done wrongly."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from xml.sax.saxutils import escape

from http_client import Answer, request
from signed_request import Headers, Signed, field

MIB = 1 << 20
PART = 5 * MIB
"""The least that a part has, but for the last one."""


@dataclass(frozen=True)
class MultipartUpload:
    """An upload that was begun."""

    signed: Signed
    key: str
    id: str

    @classmethod
    def begin(cls, signed: Signed, key: str, headers: Headers = None) -> "MultipartUpload":
        """CreateMultipartUpload, granted."""
        answer = signed.send("POST", signed.url(key, uploads=""), b"", headers)
        assert answer.status == 200, answer
        return cls(signed, key, field(answer, "UploadId"))

    def url(self, number: int | str | None = None) -> str:
        """The address of the upload, or of one of its parts."""
        query = {"uploadId": self.id} if number is None else {"partNumber": number, "uploadId": self.id}
        return self.signed.url(self.key, **query)

    def put(self, number: int | str, data: bytes, headers: Headers = None) -> Answer:
        """UploadPart."""
        return self.signed.send("PUT", self.url(number), data, headers)

    def presigned_put(self, number: int, data: bytes, body: bytes | None = None, **changes: str) -> Answer:
        """UploadPart by a URL that botocore bound to number, size and digest; body and headers may be others."""
        client = self.signed.store.client()
        bound = {"ContentLength": len(data), "ChecksumSHA256": sha256(data)}
        named = {"Bucket": self.signed.store.bucket, "Key": self.key, "UploadId": self.id, "PartNumber": number}
        url = client.generate_presigned_url("upload_part", Params=named | bound, ExpiresIn=300)
        headers = {"x-amz-checksum-sha256": bound["ChecksumSHA256"]}
        headers |= {name.replace("_", "-"): value for name, value in changes.items()}
        return request("PUT", url, data if body is None else body, headers)

    def stored(self, number: int, data: bytes) -> tuple[int, str]:
        """UploadPart, granted: number and ETag, as Complete lists them."""
        answer = self.put(number, data)
        assert answer.status == 200, answer
        return number, answer.headers["etag"]

    def complete(self, parts: list[tuple[int, str]], headers: Headers = None) -> Answer:
        """CompleteMultipartUpload with a list of numbers and ETags."""
        return self.signed.send("POST", self.url(), part_list(parts), headers)

    def abort(self) -> Answer:
        """AbortMultipartUpload."""
        return self.signed.send("DELETE", self.url())

    def list(self) -> Answer:
        """ListParts."""
        return self.signed.send("GET", self.url())


def part_list(parts: list[tuple[int, str]]) -> bytes:
    """The document that Complete sends."""
    entries = (f"<Part><PartNumber>{number}</PartNumber><ETag>{escape(etag)}</ETag></Part>" for number, etag in parts)
    return f"<CompleteMultipartUpload>{''.join(entries)}</CompleteMultipartUpload>".encode()


def sha256(data: bytes) -> str:
    """The digest in base64, as in `x-amz-checksum-sha256`."""
    return b64encode(hashlib.sha256(data).digest()).decode()


def md5(data: bytes) -> str:
    """The digest in base64, as in `content-md5`."""
    return b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()


def etag_of_part(data: bytes) -> str:
    """The quoted ETag of one part."""
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


def etag_of(*parts: bytes) -> str:
    """The quoted ETag of an object that was joined from these parts."""
    joined = b"".join(hashlib.md5(part, usedforsecurity=False).digest() for part in parts)
    return f'"{hashlib.md5(joined, usedforsecurity=False).hexdigest()}-{len(parts)}"'


def composite_of(*parts: bytes) -> str:
    """The composite SHA-256 of an object that was joined from these parts."""
    joined = b"".join(hashlib.sha256(part).digest() for part in parts)
    return f"{sha256(joined)}-{len(parts)}"
