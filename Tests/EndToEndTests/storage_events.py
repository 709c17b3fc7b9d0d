"""Events as an S3 store posts them to `/hooks/s3`, and forged ones."""

import hashlib
import hmac
import json

from http_client import Answer, request
from imgn_server import ImgnServer

SECRET = "hook-secret-of-the-tests"


def created(bucket: str, *keys: str) -> bytes:
    """S3's message that objects were created, in this order."""
    return json.dumps({"Records": [_record(bucket, key, "ObjectCreated:Put") for key in keys]}).encode()


def removed(bucket: str, key: str) -> bytes:
    """S3's message that an object was removed."""
    return json.dumps({"Records": [_record(bucket, key, "ObjectRemoved:Delete")]}).encode()


def _record(bucket: str, key: str, name: str) -> dict:
    place = {"bucket": {"name": bucket}, "object": {"key": key, "size": 1}}
    return {"eventVersion": "2.1", "eventSource": "aws:s3", "eventName": name, "s3": place}


def post(server: ImgnServer, body: bytes, secret: str = SECRET) -> Answer:
    """Posts the message, signed with the secret."""
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-imgn-signature": f"sha256={signature}"}
    return request("POST", f"{server.url}/hooks/s3", body, headers)
