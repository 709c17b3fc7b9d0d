"""Speaks HTTP byte by byte over a socket: cut off, slow, or plainly wrong."""

import socket
from urllib.parse import urlsplit

from http_client import Answer


class RawConnection:
    """A TCP connection that sends what it is given and reads one answer."""

    def __init__(self, url: str, seconds: float = 30):
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=seconds)

    def __enter__(self) -> "RawConnection":
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Sends bytes."""
        self.socket.sendall(data)

    def finish_sending(self) -> None:
        """Says that nothing more will come, and still listens."""
        self.socket.shutdown(socket.SHUT_WR)

    def vanish(self) -> None:
        """Resets the connection, as a phone that lost its network seems to."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.socket.close()

    def receive(self) -> bytes:
        """All that comes until the server closes or falls silent."""
        received = b""
        try:
            while piece := self.socket.recv(65536):
                received += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return received

    def answer(self) -> Answer:
        """Reads one answer; one that was cut off or never came has the status 0."""
        received = b""
        try:
            while not _is_whole(received) and (piece := self.socket.recv(65536)):
                received += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return _parsed(received)

    def trickle(self, data: bytes, interval: float = 1) -> Answer:
        """Sends one byte each interval until the server answers or hangs up; it must do so before the bytes run out."""
        self.socket.settimeout(interval)
        received = b""
        for byte in data:
            try:
                piece = self.socket.recv(65536)
            except TimeoutError:
                self.send(bytes([byte]))
                continue
            except ConnectionResetError:
                return _parsed(received)
            received += piece
            if not piece or _is_whole(received):
                return _parsed(received)
        raise AssertionError(f"the server let {len(data)} bytes trickle in")


def head(method: str, url: str, headers: dict[str, str]) -> bytes:
    """The request line and headers, with the host the URL names."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{method} {target} HTTP/1.1"] + [f"{name}: {value}" for name, value in headers.items()]
    if "host" not in {name.lower() for name in headers}:
        lines.insert(1, f"host: {parts.netloc}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def _is_whole(received: bytes) -> bool:
    fields, gap, body = received.partition(b"\r\n\r\n")
    if not gap:
        return False
    answer = _parsed(received)
    if answer.headers.get("transfer-encoding") == "chunked":
        return body.endswith(b"0\r\n\r\n")
    return len(body) >= int(answer.headers.get("content-length", 0))


def _parsed(received: bytes) -> Answer:
    fields, _, body = received.partition(b"\r\n\r\n")
    lines = fields.decode("latin-1").split("\r\n")
    status = int(lines[0].split(" ")[1]) if lines[0].startswith("HTTP/1.") else 0
    pairs = (line.split(":", 1) for line in lines[1:] if ":" in line)
    return Answer(status, {name.strip().lower(): value.strip() for name, value in pairs}, body)
