"""Speaks to the process that decodes pictures, as the function does: Sources/Thumbnails/Wire."""

import struct
from dataclasses import dataclass, field
from subprocess import Popen

FORMATS = ["jpeg", "png", "gif", "webp", "avif", "heic", "tiff", "bmp"]
REQUEST, BYTES, READY, FILE, DONE, REFUSED = 1, 2, 16, 17, 18, 19
PIECE = 1 << 16
STEPS = (320, 640, 1280, 2048)
PIXELS, SIDE, FRAMES = 100_000_000, 32_767, 1000


@dataclass
class File:
    """A public file of a picture."""

    is_rendition: bool
    format: str
    width: int
    height: int
    size: int
    content: bytes = b""


@dataclass
class Answer:
    """What became of a picture."""

    files: list[File] = field(default_factory=list)
    refusal: bytes | None = None


class Worker:
    """The server's end of its pipes."""

    def __init__(self, process: Popen):
        self._process = process
        kind, self.greeting = self._message()
        assert kind == READY, self.greeting

    @property
    def is_confined(self) -> bool:
        """Whether the kernel lets nothing through that decoding does not need."""
        return self.greeting[1] == 1

    def make(self, picture_format: str, content: bytes) -> Answer:
        """Has the files of one picture made."""
        fields = struct.pack("<BQQIIB", FORMATS.index(picture_format), len(content), PIXELS, SIDE, FRAMES, len(STEPS))
        self._send(REQUEST, fields + struct.pack(f"<{len(STEPS)}I", *STEPS))
        for start in range(0, len(content), PIECE):
            self._send(BYTES, content[start : start + PIECE])
        self._process.stdin.flush()
        answer = Answer()
        while True:
            kind, payload = self._message()
            if kind == FILE:
                role, file_format, width, height, size = struct.unpack("<BBIIQ", payload)
                answer.files.append(File(role == 1, FORMATS[file_format], width, height, size))
            elif kind == BYTES:
                answer.files[-1].content += payload
            else:
                answer.refusal = payload if kind == REFUSED else None
                return answer

    def _send(self, kind: int, payload: bytes) -> None:
        self._process.stdin.write(struct.pack("<BI", kind, len(payload)) + payload)

    def _message(self) -> tuple[int, bytes]:
        kind, length = struct.unpack("<BI", self._process.stdout.read(5))
        return kind, self._process.stdout.read(length)
