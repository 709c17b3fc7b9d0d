"""What API Gateway takes for binary, and what becomes of the rest."""

import base64
from dataclasses import dataclass

TEXT_TYPES = ("application/json", "application/javascript", "application/xml")


def essence(content_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return content_type.split(";")[0].strip().lower()


@dataclass(frozen=True)
class BinaryMediaTypes:
    """The setting `BinaryMediaTypes` of a REST API: the types whose bodies are left as they are."""

    types: tuple[str, ...] = ()

    def matches(self, content_type: str) -> bool:
        """Whether a type is one of them; a star stands for a half of a type."""
        found = essence(content_type) or "application/json"
        return any(_matches(pattern.replace("~1", "/").lower(), found) for pattern in self.types)


def _matches(pattern: str, found: str) -> bool:
    kind, _, detail = pattern.partition("/")
    kind_found, _, detail_found = found.partition("/")
    return kind in ("*", kind_found) and detail in ("*", detail_found)


def is_text(content_type: str, encoding: str = "") -> bool:
    """What HTTP APIs, function URLs and load balancers pass on as text."""
    found = essence(content_type)
    return not encoding and (found.startswith("text/") or found in TEXT_TYPES)


def encoded_body(body: bytes, binary: bool) -> tuple[str, bool]:
    """A body as an event carries it, with `isBase64Encoded`.

    Text is decoded as UTF-8, and each byte that is none becomes U+FFFD: this is what ruins a picture for good.
    """
    if binary:
        return base64.b64encode(body).decode(), True
    return body.decode("utf-8", "replace"), False
