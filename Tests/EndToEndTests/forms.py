"""Writes `multipart/form-data` by hand, so that a test can write it wrongly too."""

from collections.abc import Iterator

BOUNDARY = "imgn-test-boundary"
TYPE = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


def part(name: str | None, data: bytes, filename: str | None = None, content_type: str = "image/png") -> bytes:
    """One part; without a name when `name` is `None`, a file when `filename` is given."""
    return part_head(name, filename, content_type) + data + b"\r\n"


def part_head(name: str | None, filename: str | None = None, content_type: str = "image/png") -> bytes:
    """What comes before a part's bytes."""
    disposition = "form-data" + (f'; name="{name}"' if name is not None else "")
    if filename is not None:
        escaped = filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        disposition += f'; filename="{escaped}"'
    kind = f"Content-Type: {content_type}\r\n" if filename is not None else ""
    return f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n{kind}\r\n".encode()


def closed(*parts: bytes) -> bytes:
    """The whole form: its parts and the closing boundary."""
    return b"".join(parts) + END


END = f"--{BOUNDARY}--\r\n".encode()


def streamed_file(byte_count: int) -> tuple[dict[str, str], Iterator[bytes]]:
    """Headers and pieces of a form with one zero-filled file of `byte_count` bytes, never whole in memory."""
    head, tail = part_head("file", "large.png"), b"\r\n" + END
    piece = bytes(1 << 20)

    def pieces() -> Iterator[bytes]:
        yield head
        for start in range(0, byte_count, len(piece)):
            yield piece[: byte_count - start]
        yield tail

    return TYPE | {"content-length": str(len(head) + byte_count + len(tail))}, pieces()
