"""What functions answer, as the HTTP answers that API Gateway, function URLs and load balancers make of it."""

import base64
import binascii
import json
from typing import Any

from cloud.http_front import Call, Headers, Reply
from cloud.media import BinaryMediaTypes

# What a REST API does not let a function say: it answers under another name (AWS: "known issues", remapped headers).
REMAPPED = {
    "connection", "content-length", "content-md5", "date", "expect", "host", "max-forwards", "pragma",
    "proxy-authenticate", "server", "te", "trailer", "upgrade", "user-agent", "via", "warn", "www-authenticate",
}  # fmt: skip
HOPS = {"connection", "content-length", "transfer-encoding", "keep-alive"}


class MalformedAnswer(Exception):
    """The function answered something that is no HTTP answer."""


def message(status: int, text: str) -> Reply:
    """An answer of the gateway's own."""
    return Reply(status, (("content-type", "application/json"),), json.dumps({"message": text}).encode())


def rest_reply(payload: bytes, call: Call, binary: BinaryMediaTypes) -> Reply:
    """Payload 1.0. Base64 is decoded only for a client whose first accepted type is a binary media type."""
    answer = _object(payload)
    status, body, encoded = _status(answer), _text(answer), answer.get("isBase64Encoded") is True
    pairs = _pairs(answer.get("headers"), answer.get("multiValueHeaders"))
    pairs = [(f"x-amzn-Remapped-{name}" if name.lower() in REMAPPED else name, value) for name, value in pairs]
    accepted = call.header("accept").split(",")[0]
    decodes = encoded and bool(accepted) and binary.matches(accepted)
    return Reply(status, _with_type(pairs, "application/json"), _decoded(body) if decodes else _plain(body))


def http_reply(payload: bytes) -> Reply:
    """Payload 2.0. What has no `statusCode` is itself the body of a 200."""
    try:
        answer = json.loads(payload)
    except ValueError:
        raise MalformedAnswer("not JSON") from None
    if not isinstance(answer, dict) or "statusCode" not in answer:
        whole = _plain(answer) if isinstance(answer, str) else payload
        return Reply(200, (("content-type", "application/json"),), whole)
    body, cookies = _text(answer), answer.get("cookies") or []
    if not isinstance(cookies, list) or not all(isinstance(cookie, str) for cookie in cookies):
        raise MalformedAnswer("cookies")
    pairs = _pairs(answer.get("headers"), None) + [("set-cookie", cookie) for cookie in cookies]
    pairs = [(name, value) for name, value in pairs if name.lower() not in HOPS]
    data = _decoded(body) if answer.get("isBase64Encoded") is True else _plain(body)
    return Reply(_status(answer), _with_type(pairs, "text/plain; charset=utf-8"), data)


def balancer_reply(payload: bytes, multi_value: bool) -> Reply:
    """A target's answer; headers come in the flavour the request had, or are not seen at all."""
    answer = _object(payload)
    single, multi = (None, answer.get("multiValueHeaders")) if multi_value else (answer.get("headers"), None)
    pairs = [(name, value) for name, value in _pairs(single, multi) if name.lower() not in HOPS]
    body = _text(answer)
    data = _decoded(body) if answer.get("isBase64Encoded") is True else _plain(body)
    return Reply(_status(answer), _with_type(pairs, "application/octet-stream"), data)


def _object(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        raise MalformedAnswer("not JSON") from None
    if not isinstance(answer, dict):
        raise MalformedAnswer("not an object")
    return answer


def _status(answer: dict[str, Any]) -> int:
    try:
        status = int(answer["statusCode"])
    except (KeyError, TypeError, ValueError):
        raise MalformedAnswer("statusCode") from None
    if not 100 <= status <= 599:
        raise MalformedAnswer("statusCode")
    return status


def _text(answer: dict[str, Any]) -> str:
    body = answer.get("body")
    if body is not None and not isinstance(body, str):
        raise MalformedAnswer("body")
    return body or ""


def _plain(body: str) -> bytes:
    return body.encode("utf-8", "replace")


def _decoded(body: str) -> bytes:
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error:
        raise MalformedAnswer("base64") from None


def _pairs(single: Any, multi: Any) -> list[tuple[str, str]]:
    """Both flavours in one list; where a name is in both, the list of values counts."""
    single, multi = single or {}, multi or {}
    if not isinstance(single, dict) or not isinstance(multi, dict):
        raise MalformedAnswer("headers")
    if not all(isinstance(values, list) for values in multi.values()):
        raise MalformedAnswer("multiValueHeaders")
    known = {name.lower() for name in multi}
    pairs = [(name, value) for name, value in single.items() if name.lower() not in known]
    pairs += [(name, value) for name, values in multi.items() for value in values]
    return [(name, _field(value)) for name, value in pairs]


def _field(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, (str, int, float)):
        raise MalformedAnswer("header")
    if any(mark in str(value) for mark in "\r\n\0"):
        raise MalformedAnswer("header")
    return str(value).encode("utf-8", "replace").decode("latin-1")


def _with_type(pairs: list[tuple[str, str]], default: str) -> Headers:
    if not any(name.lower() == "content-type" for name, _ in pairs):
        pairs = [*pairs, ("content-type", default)]
    return tuple(pairs)
