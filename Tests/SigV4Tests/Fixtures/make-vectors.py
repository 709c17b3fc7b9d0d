#!/usr/bin/env python3
"""Makes request-vectors.json and streaming-vectors.json with botocore as the signer.

usage: make-vectors.py [--help]

Header signatures come from botocore's S3SigV4Auth, odd presigned queries from its S3SigV4QueryAuth, the unsigned
chunked body from its AwsChunkedWrapper. botocore cannot sign chunks, so their signatures are computed here from the
published formula with Python's hmac, independent of the Swift code under test. The date is fixed: the same botocore
writes the same files.
"""

import base64
import binascii
import datetime
import hashlib
import hmac
import io
import json
import pathlib
import sys
from urllib.parse import urlsplit

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.httpchecksum import AwsChunkedWrapper, Crc32Checksum

ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "FwoGZXIvYXdzEBYaDExample/Token+With=Signs=="
REGION = "us-east-1"
DATE = datetime.datetime(2025, 1, 2, 3, 4, 5)
TIMESTAMP = "20250102T030405Z"
SCOPE = f"20250102/{REGION}/s3/aws4_request"
HOST = "127.0.0.1:9000"
HERE = pathlib.Path(__file__).parent

botocore.auth.get_current_datetime = lambda *_, **__: DATE


def credentials(token=None):
    return Credentials(ACCESS_KEY, SECRET_KEY, token)


class StreamingAuth(botocore.auth.S3SigV4Auth):
    """Signs one of the streaming words instead of a digest."""

    word = ""

    def payload(self, request):
        return self.word


def signed(name, method, target, headers=None, body=b"", token=None, word=None):
    """One header-signed request as the vector files hold it."""
    auth = StreamingAuth(credentials(token), "s3", REGION)
    if word:
        auth.word = word
    else:
        auth = botocore.auth.S3SigV4Auth(credentials(token), "s3", REGION)
    request = AWSRequest(method=method, url=f"http://{HOST}{target}", headers=headers or {}, data=body)
    auth.add_auth(request)
    canonical = auth.canonical_request(_without_authorization(request))
    return {
        "name": name,
        "method": method,
        "host": HOST,
        "target": target,
        "headers": [[key, value] for key, value in request.headers.items()],
        "sessionToken": token,
        "payload": request.headers["X-Amz-Content-SHA256"],
        "canonicalRequest": canonical,
        "stringToSign": auth.string_to_sign(request, canonical),
        "signature": request.headers["Authorization"].rpartition("Signature=")[2],
    }


def _without_authorization(request):
    copy = AWSRequest(method=request.method, url=request.url, headers=dict(request.headers), data=request.data)
    del copy.headers["Authorization"]
    copy.context["timestamp"] = TIMESTAMP
    return copy


def header_vectors():
    yield signed("get", "GET", "/examplebucket/a.png")
    yield signed("get, range", "GET", "/examplebucket/a.png", {"Range": "bytes=0-9"})
    yield signed("put with a body", "PUT", "/examplebucket/a.txt", {"Content-Type": "text/plain"}, b"hello")
    yield signed("put with a session token", "PUT", "/examplebucket/a.txt", {}, b"hello", token=TOKEN)
    yield signed("list, unsorted", "GET", "/examplebucket?prefix=a%2Fb%20c&list-type=2&delimiter=%2F")
    yield signed("list, empty values", "GET", "/examplebucket?uploads&prefix=")
    yield signed("repeated parameters", "GET", "/examplebucket?tag=b&tag=a&tag=a")
    yield signed("a name that is another's prefix", "GET", "/examplebucket?a-b=1&a=2&ab=3&A=4")
    yield signed("headers with blanks", "PUT", "/examplebucket/b", {"X-Amz-Meta-Text": "  two   words  and  more "})
    left_out = {"User-Agent": "x", "Expect": "100-continue"}
    yield signed("user agent and expect are left out", "PUT", "/examplebucket/c", left_out)
    yield signed("key with everything", "GET", "/examplebucket/%C3%BC%20%2B%21%2A%27%28%29~._-/%00%FF//x/../y/./")
    yield signed("delete", "DELETE", "/examplebucket/c")
    yield signed("service root", "GET", "/")


def presigned(name, method, target, headers=None, token=None, expires=300):
    auth = botocore.auth.S3SigV4QueryAuth(credentials(token), "s3", REGION, expires)
    request = AWSRequest(method=method, url=f"http://{HOST}{target}", headers=headers or {})
    auth.add_auth(request)
    parts = urlsplit(request.url)
    return {
        "name": name,
        "method": method,
        "host": HOST,
        "target": f"{parts.path}?{parts.query}",
        "unsignedTarget": target,
        "headers": [[key, value] for key, value in request.headers.items()],
        "sessionToken": token,
        "expires": expires,
        "signature": request.url.rpartition("X-Amz-Signature=")[2],
    }


def presigned_vectors():
    ticket = {
        "Content-Length": "12345",
        "Content-Type": "image/jpeg",
        "X-Amz-Checksum-SHA256": "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
        "If-None-Match": "*",
    }
    yield presigned("ticket", "PUT", "/imgn/incoming/abcdefghjkmn", ticket)
    yield presigned("a week", "GET", "/imgn/x", expires=604800)
    yield presigned("part", "PUT", "/imgn/x?partNumber=7&uploadId=a.b_c-d~e", {"Content-Length": "8388608"})
    yield presigned("token with signs", "GET", "/imgn/x", token=TOKEN)
    yield presigned("parameters that sort before ours", "GET", "/imgn/x?A=1&X-Amz=2&versionId=%2F")


def hmac_hex(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def signing_key():
    key = ("AWS4" + SECRET_KEY).encode()
    for part in ("20250102", REGION, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def chunked(body, chunk_size, seed):
    """The signed framing of a body, and the last signature of the chain."""
    wire, previous = b"", seed
    pieces = [body[start:start + chunk_size] for start in range(0, len(body), chunk_size)] + [b""]
    for piece in pieces:
        text = "\n".join([
            "AWS4-HMAC-SHA256-PAYLOAD", TIMESTAMP, SCOPE, previous,
            hashlib.sha256(b"").hexdigest(), hashlib.sha256(piece).hexdigest(),
        ])
        previous = hmac_hex(signing_key(), text)
        wire += f"{len(piece):x};chunk-signature={previous}\r\n".encode() + piece
        wire += b"\r\n" if piece else b""
    return wire, previous


def streaming(name, body, word, trailer, chunk_size):
    checksum = base64.b64encode(binascii.crc32(body).to_bytes(4, "big")).decode()
    headers = {"Content-Encoding": "aws-chunked", "X-Amz-Decoded-Content-Length": str(len(body))}
    if trailer:
        headers["X-Amz-Trailer"] = "x-amz-checksum-crc32"
    vector = signed(name, "PUT", "/examplebucket/stream", headers, word=word)
    if word == "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
        wrapper = AwsChunkedWrapper(
            io.BytesIO(body), checksum_cls=Crc32Checksum, checksum_name="x-amz-checksum-crc32", chunk_size=chunk_size
        )
        wire = wrapper.read()
    else:
        wire, last = chunked(body, chunk_size, vector["signature"])
        if trailer:
            line = f"x-amz-checksum-crc32:{checksum}"
            digest = hashlib.sha256(f"{line}\n".encode()).hexdigest()
            text = "\n".join(["AWS4-HMAC-SHA256-TRAILER", TIMESTAMP, SCOPE, last, digest])
            wire += f"{line}\r\nx-amz-trailer-signature:{hmac_hex(signing_key(), text)}\r\n".encode()
        wire += b"\r\n"
    vector["body"] = base64.b64encode(body).decode()
    vector["wire"] = base64.b64encode(wire).decode()
    vector["trailers"] = [["x-amz-checksum-crc32", checksum]] if trailer else []
    return vector


def streaming_vectors():
    body = bytes((7 * i + i // 256) % 256 for i in range(8192 + 1000))
    forms = [
        ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", False),
        ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", True),
        ("STREAMING-UNSIGNED-PAYLOAD-TRAILER", True),
    ]
    for word, trailer in forms:
        yield streaming(f"{word}, two chunks", body, word, trailer, 8192)
        yield streaming(f"{word}, one small chunk", b"hello", word, trailer, 8192)
        yield streaming(f"{word}, empty body", b"", word, trailer, 8192)


def write(name, cases, **more):
    document = {
        "accessKey": ACCESS_KEY,
        "secretKey": SECRET_KEY,
        "region": REGION,
        "date": TIMESTAMP,
        "madeBy": f"botocore {botocore.__version__}",
        **more,
        "cases": cases,
    }
    (HERE / name).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def main():
    if len(sys.argv) > 1:
        print(__doc__)
        return
    write("request-vectors.json", list(header_vectors()), presigned=list(presigned_vectors()))
    write("streaming-vectors.json", list(streaming_vectors()))


if __name__ == "__main__":
    main()
