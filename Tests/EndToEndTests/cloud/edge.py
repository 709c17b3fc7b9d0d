"""A CDN before gateway and bucket, so that page, pictures and API have one origin, as CloudFront does it.

Pictures come from the private bucket by signed requests (origin access control); all else goes to the gateway.
"""

import http.client
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from cloud.events import REGION
from cloud.http_front import PIECE, Call, Reply
from store_client import StoreAccess

PUBLIC = ("/images/", "/renditions/")
ASKED = ("range", "if-none-match", "if-modified-since", "if-match", "if-range")
HIDDEN = ("connection", "date", "server", "transfer-encoding", "keep-alive")
PROTECTED = (
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "sandbox"),
    ("access-control-allow-origin", "*"),
    ("cross-origin-resource-policy", "cross-origin"),
)
"""What the distribution's policy says of pictures, whatever the bucket says."""


@dataclass(frozen=True)
class Edge:
    """Answers calls from the bucket, or hands them to the gateway."""

    gateway: Callable[[Call], Reply]
    store: StoreAccess
    domain: str
    """The gateway's own name: it never sees the one the browser used."""

    def respond(self, call: Call) -> Reply:
        """Answers one call."""
        if call.path.startswith(PUBLIC):
            return self._picture(call)
        headers = tuple(pair for pair in call.headers if pair[0].lower() not in ("host", "x-forwarded-for"))
        way = [value for name, value in call.headers if name.lower() == "x-forwarded-for"] + [call.source]
        added = (("Host", self.domain), ("X-Forwarded-For", ", ".join(way)), ("Via", "1.1 edge"))
        return self.gateway(replace(call, headers=headers + added))

    def _picture(self, call: Call) -> Reply:
        if call.method not in ("GET", "HEAD"):
            return Reply(405, (("allow", "GET, HEAD"),))
        if ".." in call.path or "%" in call.path or "//" in call.path:
            return Reply(404)
        asked = {name: call.header(name) for name in ASKED if call.header(name)}
        return self._fetched(call.method, f"{self.store.address(call.path[1:])}", asked)

    def _fetched(self, method: str, url: str, asked: dict[str, str]) -> Reply:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        connection.request(method, parts.path, headers=self._signed(method, url, asked))
        answer = connection.getresponse()
        replaced = {*HIDDEN, *dict(PROTECTED)}
        kept = [pair for pair in answer.getheaders() if pair[0].lower() not in replaced]
        body = _pieces(connection, answer)
        return Reply(answer.status, (*kept, *PROTECTED), iter(list(body)) if method == "HEAD" else body)

    def _signed(self, method: str, url: str, asked: dict[str, str]) -> dict[str, str]:
        request = AWSRequest(method, url, headers=asked)
        S3SigV4Auth(Credentials(self.store.access_key, self.store.secret_key), "s3", REGION).add_auth(request)
        return dict(request.headers.items())


def _pieces(connection: http.client.HTTPConnection, answer: http.client.HTTPResponse) -> Iterable[bytes]:
    try:
        while piece := answer.read(PIECE):
            yield piece
    finally:
        connection.close()
