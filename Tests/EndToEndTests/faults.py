"""What a store can do wrong, as values that a `FaultyStore` acts out."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape


@dataclass(frozen=True)
class Refuse:
    """Answers with an error document, and never asks the real store."""

    status: int
    code: str
    message: str = "A planted fault."
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """S3's error document."""
        code, message = escape(self.code), escape(self.message)
        text = f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>PLANTED</RequestId></Error>"
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()


INTERNAL_ERROR = Refuse(500, "InternalError", "We encountered an internal error. Please try again.")
SLOW_DOWN = Refuse(503, "SlowDown", "Please reduce your request rate.")
EXPIRED = Refuse(403, "AccessDenied", "Request has expired")


def slow_down(retry_after: int) -> Refuse:
    """503 SlowDown that says when to come again, in seconds."""
    return Refuse(503, SLOW_DOWN.code, SLOW_DOWN.message, {"retry-after": str(retry_after)})


@dataclass(frozen=True)
class CutDocument:
    """The real answer's body ends early, framed as if that were all of it: XML that stops in mid-element."""

    share: float = 0.5


@dataclass(frozen=True)
class EndlessDocument:
    """A listing that goes on for so many bytes, or until the client has had enough."""

    byte_count: int = 1 << 30
    start: bytes = b'<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult>'
    piece: bytes = b"<Contents><Key>again</Key><Size>1</Size></Contents>" * 1024


@dataclass(frozen=True)
class Trickle:
    """The real answer's body comes one piece each interval."""

    interval: float = 1
    piece: int = 1


@dataclass(frozen=True)
class ResetUpload:
    """The connection is reset once so many bytes of the request's body were taken; the real store hears nothing."""

    after: int = 0


@dataclass(frozen=True)
class ResetDownload:
    """The request is done, but the connection is reset after so many bytes of the answer's body."""

    after: int = 0


@dataclass(frozen=True)
class LoseAnswer:
    """The request is done, and the connection is reset before the first byte of its answer."""


Fault = Refuse | CutDocument | EndlessDocument | Trickle | ResetUpload | ResetDownload | LoseAnswer
