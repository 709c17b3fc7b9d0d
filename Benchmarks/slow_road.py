"""A road to a server on which each request waits before it goes on, and which costs next to no processor time.

Bodies go from socket to socket inside the kernel: a proxy that carried them itself would be what is measured.
"""

import fcntl
import os
import re
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

PIECE = 1 << 20


@dataclass
class SlowRoad:
    """Listens on a port of its own while entered; set `server_port` before the first request comes."""

    seconds: float
    server_port: int = 0

    def __enter__(self) -> "SlowRoad":
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def url(self) -> str:
        """The address that clients are given."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        """One connection, and one of its own to the server: request, wait, answer, and again."""
        with suppress(OSError), client, socket.create_connection(("127.0.0.1", self.server_port)) as server:
            with Lane(client, server) as there, Lane(server, client) as back:
                while there.pass_head(wait=self.seconds):
                    there.pass_body()
                    back.pass_head()
                    back.pass_body()


class Lane:
    """One direction: messages with a `Content-Length`, or without a body."""

    def __init__(self, source: socket.socket, target: socket.socket):
        self._source, self._target = source, target
        self._waiting, self._left = b"", 0
        self._pipe = os.pipe()
        fcntl.fcntl(self._pipe[0], fcntl.F_SETPIPE_SZ, PIECE)

    def __enter__(self) -> "Lane":
        return self

    def __exit__(self, *_) -> None:
        for end in self._pipe:
            os.close(end)

    def pass_head(self, wait: float = 0) -> bool:
        """Passes a head on after the wait; false when no more comes."""
        while b"\r\n\r\n" not in self._waiting:
            piece = self._source.recv(64 * 1024)
            if not piece:
                return False
            self._waiting += piece
        head, _, self._waiting = self._waiting.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        self._left = int(length[1]) if length else 0
        time.sleep(wait)
        self._target.sendall(head + b"\r\n\r\n")
        return True

    def pass_body(self) -> None:
        """Passes on what belongs to the head before."""
        begun, self._waiting = self._waiting[: self._left], self._waiting[self._left :]
        self._target.sendall(begun)
        self._left -= len(begun)
        while self._left > 0:
            self._left -= self._splice()

    def _splice(self) -> int:
        """Moves one piece by way of a pipe, as splice(2) wants it."""
        moved = os.splice(self._source.fileno(), self._pipe[1], min(self._left, PIECE))
        if not moved:
            raise ConnectionResetError("the body was cut off")
        left = moved
        while left > 0:
            left -= os.splice(self._pipe[0], self._target.fileno(), left)
        return moved
