"""HTTP/1.1 messages between asyncio streams: heads, and bodies that are passed on piece by piece."""

import socket
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

PIECE = 64 * 1024
HOP_BY_HOP = {"connection", "keep-alive", "expect"}


@dataclass
class Head:
    """A start line and header fields, names in lower case, in their order."""

    start: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    async def read(cls, reader: StreamReader) -> "Head":
        """Reads up to the blank line; `IncompleteReadError` when the other side has gone."""
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.split(":", 1) for line in lines[1:] if ":" in line)
        return cls(lines[0], [(name.strip().lower(), value.strip()) for name, value in pairs])

    def get(self, name: str) -> str:
        """A header's value, or nothing."""
        return next((value for other, value in self.fields if other == name), "")

    def set(self, **changes: str | None) -> None:
        """Replaces headers (names with underscores); `None` takes one out."""
        renamed = {name.replace("_", "-"): value for name, value in changes.items()}
        self.fields = [(name, value) for name, value in self.fields if name not in renamed]
        self.fields += [(name, value) for name, value in renamed.items() if value is not None]

    def without_hops(self) -> "Head":
        """The head without what concerns one connection only."""
        return Head(self.start, [pair for pair in self.fields if pair[0] not in HOP_BY_HOP])

    @property
    def words(self) -> list[str]:
        """The start line's three parts: method and target, or version and status."""
        return self.start.split(" ", 2)

    @property
    def status(self) -> int:
        """The status of an answer."""
        return int(self.words[1])

    def encoded(self) -> bytes:
        """The head as it goes over the line."""
        lines = [self.start] + [f"{name}: {value}" for name, value in self.fields]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def request_body(head: Head, reader: StreamReader) -> AsyncIterator[bytes]:
    """A request's body, framing included."""
    async for piece in _framed(head, reader):
        yield piece


async def answer_body(head: Head, method: str, reader: StreamReader) -> AsyncIterator[bytes]:
    """An answer's body, framing included; one without a length ends with the connection."""
    if method == "HEAD" or head.status in (204, 304) or head.status < 200:
        return
    if head.get("content-length") or head.get("transfer-encoding"):
        async for piece in _framed(head, reader):
            yield piece
    else:
        while piece := await reader.read(PIECE):
            yield piece


async def _framed(head: Head, reader: StreamReader) -> AsyncIterator[bytes]:
    if "chunked" in head.get("transfer-encoding").lower():
        async for piece in _chunks(reader):
            yield piece
    else:
        async for piece in _exactly(int(head.get("content-length") or 0), reader):
            yield piece


async def _exactly(count: int, reader: StreamReader) -> AsyncIterator[bytes]:
    while count > 0:
        piece = await reader.read(min(count, PIECE))
        if not piece:
            raise ConnectionResetError("the body was cut off")
        count -= len(piece)
        yield piece


async def _chunks(reader: StreamReader) -> AsyncIterator[bytes]:
    size = 1
    while size:
        line = await reader.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        yield line
        async for piece in _exactly(size + 2 if size else 0, reader):
            yield piece
    while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
        yield line
    yield line


def unframed(head: Head, body: bytes) -> bytes:
    """A whole body without the framing of chunks."""
    if "chunked" not in head.get("transfer-encoding").lower():
        return body
    content, rest = b"", body
    while rest:
        line, _, rest = rest.partition(b"\r\n")
        size = int(line.split(b";")[0], 16)
        if not size:
            break
        content, rest = content + rest[:size], rest[size + 2 :]
    return content


def reset(writer: StreamWriter) -> None:
    """Ends a connection as a power cut would: with RST."""
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
