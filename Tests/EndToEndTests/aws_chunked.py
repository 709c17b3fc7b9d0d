"""Writes `aws-chunked` bodies by hand, in every form that today's SDKs send; botocore's key derivation signs them.

Over plain http botocore itself sends no chunked bodies, so a loopback test has to write them.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass, field
from zlib import crc32

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from store_client import REGION, StoreAccess

SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
SIGNED_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
EMPTY = hashlib.sha256(b"").hexdigest()


class _StreamingAuth(S3SigV4Auth):
    """botocore's header signer, with a streaming word for the payload's digest."""

    word = ""

    def payload(self, request):
        return self.word


@dataclass
class ChunkedPut:
    """One PutObject with a chunked body. Fields that a test changes after `signed()` make it wrong."""

    store: StoreAccess
    key: str
    word: str
    chunks: list[bytes]
    trailer: tuple[bytes, bytes] | None = None
    decoded_length: int | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it goes."""
        return f"{self.store.endpoint}/{self.store.bucket}/{self.key}"

    def message(self) -> tuple[dict[str, str], bytes]:
        """The signed headers and the framed body."""
        auth = _StreamingAuth(Credentials(self.store.access_key, self.store.secret_key), "s3", REGION)
        auth.word = self.word
        request = AWSRequest("PUT", self.url, headers=self._unsigned_headers())
        auth.add_auth(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = self._body(auth, request)
        return headers | {"content-length": str(len(body))}, body

    def _unsigned_headers(self) -> dict[str, str]:
        length = sum(map(len, self.chunks)) if self.decoded_length is None else self.decoded_length
        headers = {"content-encoding": "aws-chunked", "x-amz-decoded-content-length": str(length)}
        if self.trailer:
            headers["x-amz-trailer"] = self.trailer[0].decode()
        return headers | self.headers

    def _body(self, auth, request) -> bytes:
        sign = _ChunkSigner(auth, request)
        framed = b""
        for chunk in [*self.chunks, b""]:
            signature = b"" if self.word == UNSIGNED_TRAILER else b";chunk-signature=" + sign.chunk(chunk)
            framed += b"%x" % len(chunk) + signature + b"\r\n" + (chunk + b"\r\n" if chunk else b"")
        return framed + self._trailer(sign) + b"\r\n"

    def _trailer(self, sign: "_ChunkSigner") -> bytes:
        if not self.trailer:
            return b""
        name, value = self.trailer
        line = name + b":" + value + b"\r\n"
        if self.word == SIGNED_TRAILER:
            line += b"x-amz-trailer-signature:" + sign.trailer(name + b":" + value + b"\n") + b"\r\n"
        return line


class _ChunkSigner:
    """Signs chunk after chunk, each over the signature before it."""

    def __init__(self, auth, request):
        self.auth, self.request = auth, request
        self.previous = request.headers["Authorization"].rpartition("Signature=")[2]

    def chunk(self, data: bytes) -> bytes:
        """The signature of the next chunk."""
        return self._sign("AWS4-HMAC-SHA256-PAYLOAD", EMPTY, hashlib.sha256(data).hexdigest())

    def trailer(self, lines: bytes) -> bytes:
        """The signature of the trailer."""
        return self._sign("AWS4-HMAC-SHA256-TRAILER", hashlib.sha256(lines).hexdigest())

    def _sign(self, algorithm: str, *digests: str) -> bytes:
        scope = self.auth.credential_scope(self.request)
        lines = [algorithm, self.request.context["timestamp"], scope, self.previous, *digests]
        self.previous = self.auth.signature("\n".join(lines), self.request)
        return self.previous.encode()


def crc32_trailer(data: bytes) -> tuple[bytes, bytes]:
    """The trailer that SDKs send by default since 2025."""
    return b"x-amz-checksum-crc32", b64encode(crc32(data).to_bytes(4, "big"))
