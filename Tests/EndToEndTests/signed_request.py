"""Requests signed by botocore's header signer and sent exactly as they are told, right or wrong."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urlencode

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from http_client import Answer, request
from store_client import REGION, StoreAccess

Headers = dict[str, str] | None


@dataclass(frozen=True)
class Signed:
    """Signs requests to one store with its keys."""

    store: StoreAccess

    def url(self, key: str = "", **query: str | int) -> str:
        """The address of a key of the store's bucket, or of the bucket; a query value of "" is a bare name."""
        pairs = (name if value == "" else urlencode({name: value}, quote_via=quote) for name, value in query.items())
        asked = "&".join(pairs)
        path = f"/{self.store.bucket}/{quote(key)}" if key else f"/{self.store.bucket}"
        return self.store.endpoint + path + (f"?{asked}" if asked else "")

    def headers(self, method: str, url: str, body: bytes = b"", headers: Headers = None) -> dict[str, str]:
        """The headers with their signature."""
        prepared = AWSRequest(method, url, headers=headers or {}, data=body)
        S3SigV4Auth(Credentials(self.store.access_key, self.store.secret_key), "s3", REGION).add_auth(prepared)
        return {name.lower(): value for name, value in prepared.headers.items()}

    def send(self, method: str, url: str, body: bytes = b"", headers: Headers = None) -> Answer:
        """Signs and sends; the answer as it came."""
        return request(method, url, body, self.headers(method, url, body, headers))


def field(answer: Answer, name: str) -> str | None:
    """The text of the first element of that name in an XML answer, or nothing."""
    found = re.search(rf"<{name}>([^<]*)</{name}>", answer.text)
    return unescape(found[1]) if found else None
