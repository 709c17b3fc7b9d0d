"""What a hostile gallery says does not command the user's terminal."""

import json
import threading
import unicodedata
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import pictures
from imgn_client import ImgnClient

# Sets the clipboard of many terminals; the second form begins with the one-byte CSI.
COMMAND = "\x1b]52;c;cm0gLXJm\x07\x9b2J\r"
PICTURE = {
    "id": f"x{COMMAND}",
    "url": f"http://x/{COMMAND}",
    "src": f"http://x/{COMMAND}",
    "page": f"http://x/{COMMAND}",
    "name": f"cat{COMMAND}.png",
    "meta": "1x1",
    "width": 1,
    "height": 1,
    "size": 1,
    "type": "image/png",
    "createdAt": "2026-11-22T19:00:00Z",
}


class Hostile(BaseHTTPRequestHandler):
    """Answers every question with commands for a terminal."""

    def answer(self, status: int, body: dict) -> None:
        """Sends a JSON answer."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def refuse(self) -> None:
        """Refuses with a reason."""
        self.answer(403, {"status": 403, "code": "invalid-token", "detail": f"no{COMMAND}"})

    def do_GET(self) -> None:
        """One page of the gallery; everything else is refused."""
        if self.path.startswith("/api/images?"):
            self.answer(200, {"images": [PICTURE], "next": None})
        elif self.path == "/healthz":
            self.answer(200, {})
        else:
            self.refuse()

    def do_POST(self) -> None:
        """The gallery has every picture already."""
        self.answer(200, PICTURE)

    do_DELETE = refuse

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


@pytest.fixture
def user(tmp_path):
    """A user of the hostile gallery."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield ImgnClient(f"http://127.0.0.1:{server.server_port}", tmp_path / "home")
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ls"], "cat"),
        (["rm", "--token", "t", "someid"], "no"),
        (["upload", "{picture}"], "http://x/"),
        (["upload", "--quiet", "{picture}"], ""),
    ],
)
def test_no_command_reaches_the_terminal(user, tmp_path, arguments, said):
    """Control characters of names, addresses and reasons are left out; the words are not."""
    picture = tmp_path / "a.png"
    picture.write_bytes(pictures.png().data)
    ended = user.run(*[argument.format(picture=picture) for argument in arguments])
    text = ended.out + ended.err
    assert said in text, ended
    commands = [character for character in text if unicodedata.category(character) == "Cc" and character != "\n"]
    assert not commands, ended
