"""A small HTTP client over the standard library that sends exactly what it is told to."""

import http.client
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """An HTTP answer read to its end; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8 text."""
        return self.body.decode()

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The refusal's code: of the problem JSON, or of S3's error XML, or nothing."""
        kind = self.headers.get("content-type", "")
        if kind.startswith("application/problem+json") and self.body:
            return self.json()["code"]
        found = re.search(rb"<Error>.*?<Code>([^<]+)</Code>", self.body, re.DOTALL)
        return found[1].decode() if found else ""

    @property
    def refusal(self) -> tuple[int, str]:
        """Status and code: what a client decides by."""
        return self.status, self.code

    def __str__(self) -> str:
        return f"{self.status} {self.headers.get('content-type', '')}: {self.body[:600]!r}"


def request(
    method: str, url: str, body: bytes | Iterable[bytes] | None = None, headers: dict[str, str] | None = None
) -> Answer:
    """Sends one request on a connection of its own; follows nothing, decodes nothing, adds no header but the host's.

    A body that is not bytes needs its own `content-length`.
    """
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fields = {name.lower(): value for name, value in (headers or {}).items()}
    if isinstance(body, bytes) and "content-length" not in fields:
        fields["content-length"] = str(len(body))
    try:
        return _exchange(connection, (method, target), fields, body)
    finally:
        connection.close()


def _exchange(connection, line: tuple[str, str], fields: dict[str, str], body) -> Answer:
    connection.putrequest(*line, skip_host="host" in fields, skip_accept_encoding=True)
    for name, value in fields.items():
        connection.putheader(name, value.encode() if isinstance(value, str) else value)
    connection.endheaders()
    _send(connection, body)
    response = connection.getresponse()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


def _send(connection, body) -> None:
    """Sends the body; a server that answered and closed early still gets its answer read."""
    try:
        for piece in [body] if isinstance(body, bytes) else body or []:
            connection.send(piece)
    except (BrokenPipeError, ConnectionResetError):
        pass


def get(url: str, **headers: str) -> Answer:
    """GETs a URL; header names are written with underscores."""
    return request("GET", url, headers={name.replace("_", "-"): value for name, value in headers.items()})


def post_json(url: str, value: Any) -> Answer:
    """POSTs a value as JSON."""
    return request("POST", url, json.dumps(value).encode(), {"content-type": "application/json"})
