"""The events that functions get, and the picture that they are about."""

import base64
import json
import os

from pictures import Picture

BODY_BYTES = 4_400_000
"""About the most that fits into an event as base64."""


def http_event(path: str, body: str, content_type: str, is_base64: bool = False) -> bytes:
    """A POST as an HTTP API sends it (payload 2.0)."""
    http = {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "b"}
    event = {
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "",
        "headers": {"host": "pictures.example", "content-type": content_type},
        "requestContext": {"http": http, "domainName": "pictures.example", "stage": "$default", "requestId": "q"},
        "body": body,
        "isBase64Encoded": is_base64,
    }  # fmt: skip
    return json.dumps(event).encode()


def ticket_event(picture: Picture) -> bytes:
    """`POST /api/uploads`."""
    asked = {"name": picture.name, "type": picture.content_type, "size": len(picture.data), "sha256": picture.sha256}
    return http_event("/api/uploads", json.dumps(asked), "application/json")


def heavy_event() -> bytes:
    """A body of the largest kind, to a route that does not take it: all that is done is to read the event."""
    body = base64.b64encode(os.urandom(BODY_BYTES)).decode()
    return http_event("/healthz", body, "application/octet-stream", is_base64=True)


def arrived_event(bucket: str, key: str) -> bytes:
    """A queue's message that S3 has an upload."""
    stored = {"bucket": {"name": bucket}, "object": {"key": key}}
    record = {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": stored}
    message = {"eventSource": "aws:sqs", "messageId": "m1", "body": json.dumps({"Records": [record]})}
    return json.dumps({"Records": [message]}).encode()
