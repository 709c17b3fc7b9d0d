"""The Runtime API of Lambda, as far as a function needs it to start, to be asked once, and to fail."""

import json
import queue
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = "/2018-06-01/runtime"
EXTENSIONS = "/2020-01-01/extension"
LONG = 28
"""How long an invocation may take, in seconds."""


@dataclass(frozen=True)
class Told:
    """What a function said: that it is ready, what it answered, or that it cannot."""

    kind: str
    body: bytes = b""
    moment: float = 0.0

    @property
    def object(self) -> dict:
        """The body as JSON."""
        return json.loads(self.body)


class Server(ThreadingHTTPServer):
    """Keeps quiet about connections of functions that were ended."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class RuntimeAPI:
    """Listens on loopback; events put into `events` are delivered one by one."""

    def __enter__(self) -> "RuntimeAPI":
        self.events: queue.Queue[bytes | None] = queue.Queue()
        self.told: queue.Queue[Told] = queue.Queue()
        self.ended = threading.Event()
        self._server = Server(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.events.put(None)
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """For `AWS_LAMBDA_RUNTIME_API`."""
        return f"127.0.0.1:{self._server.server_port}"

    def hear(self, seconds: float = 20) -> Told:
        """What the function says next."""
        return self.told.get(timeout=seconds)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                if self.path == f"{EXTENSIONS}/event/next":
                    api.ended.wait()  # an extension that registered for no events hears of none
                    return self._reply(200, b"{}")
                if not self.path.endswith("/invocation/next"):
                    return self._reply(404)
                api.told.put(Told("next", moment=time.perf_counter()))
                if (event := api.events.get()) is not None:
                    deadline = str(int((time.time() + LONG) * 1000))
                    told = {"Lambda-Runtime-Aws-Request-Id": "r", "Lambda-Runtime-Deadline-Ms": deadline}
                    self._reply(200, event, told)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                if self.path.startswith(VERSION):
                    api.told.put(Told(self.path.rsplit("/", 2)[-2 if "init/error" in self.path else -1], body))
                    return self._reply(202)
                if self.path == f"{EXTENSIONS}/register":
                    return self._reply(200, b"{}", {"Lambda-Extension-Identifier": "e"})
                self._reply(404)

            def _reply(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None):
                self.send_response(status)
                for name, value in ((headers or {}) | {"Content-Length": str(len(body))}).items():
                    self.send_header(name, value)
                with suppress(ConnectionError):  # a function that was ended meanwhile hears nothing
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler
