"""Makes valid, unique pictures of a given size with the standard library alone.

None of them holds anything that is private, so each is published byte for byte as it is; what makes one unique are its
colours, or tables that its decoder does not use.
"""

import hashlib
import random
import struct
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from pathlib import Path

_STORED_BLOCK = 65_535
_SERIAL = count(random.SystemRandom().randrange(1 << 40))


@dataclass(frozen=True)
class Picture:
    """A picture's bytes, with what the gallery must say about them."""

    name: str
    content_type: str
    width: int
    height: int
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, in base64 as in `x-amz-checksum-sha256`."""
        return digest(self.data)

    @property
    def meta(self) -> str:
        """The dimensions as `GET /gallery` writes them."""
        return f"{self.width}x{self.height}"


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in standard base64."""
    return b64encode(hashlib.sha256(data).digest()).decode()


def png(width: int = 40, height: int = 30, name: str = "picture.png", compression: int = 6) -> Picture:
    """A PNG with a soft vertical gradient whose colours no other picture has; large when not compressed (0)."""
    top, bottom = _two_colours()
    rows = b"".join(b"\0" + bytes(_blend(top, bottom, row, height)) * width for row in range(height))
    return Picture(name, "image/png", width, height, _png_file(width, height, zlib.compress(rows, compression)))


def noisy_png(byte_count: int, name: str = "noise.png") -> Picture:
    """A PNG of about `byte_count` bytes: noise that no compressor makes smaller."""
    width = 512
    height = max(1, byte_count // (3 * width + 1))
    noise = random.Random(next(_SERIAL)).randbytes(3 * width * height)
    rows = b"".join(b"\0" + noise[start : start + 3 * width] for start in range(0, len(noise), 3 * width))
    return Picture(name, "image/png", width, height, _png_file(width, height, zlib.compress(rows, 0)))


def write_large_png(path: Path, byte_count: int, width: int = 4096) -> str:
    """Writes a valid PNG of about `byte_count` bytes: noise, a row at a time, stored as it is.

    Returns the SHA-256 of the file, in base64. The gallery's limit of pixels leaves room for 300 MB.
    """
    row_length = 3 * width + 1
    height = max(1, byte_count // row_length)
    noise, whole = random.Random(next(_SERIAL)), hashlib.sha256()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + noise.randbytes(3 * width) for _ in range(height))
    with path.open("wb") as file:
        for piece in chain(
            [b"\x89PNG\r\n\x1a\n", _chunk_png(b"IHDR", head)], _stored_chunks(rows), [_chunk_png(b"IEND", b"")]
        ):
            file.write(piece)
            whole.update(piece)
    return b64encode(whole.digest()).decode()


def _stored_chunks(rows: Iterable[bytes]) -> Iterator[bytes]:
    """The rows as IDAT chunks, one for each, in zlib blocks that store them (RFC 1950, RFC 1951 §3.2.4)."""
    checksum, lead = 1, b"\x78\x01"
    for row in rows:
        checksum = zlib.adler32(row, checksum)
        blocks = (row[start : start + _STORED_BLOCK] for start in range(0, len(row), _STORED_BLOCK))
        stored = (b"\0" + struct.pack("<HH", len(block), len(block) ^ 0xFFFF) + block for block in blocks)
        yield _chunk_png(b"IDAT", lead + b"".join(stored))
        lead = b""
    yield _chunk_png(b"IDAT", b"\x01\0\0\xff\xff" + struct.pack(">I", checksum))


def claimed_png(width: int, height: int, name: str = "claimed.png") -> Picture:
    """A PNG of a few bytes whose header claims any size: what a decompression bomb looks like from outside."""
    return Picture(name, "image/png", width, height, _png_file(width, height, zlib.compress(_unique_bytes(8))))


def gif(width: int = 20, height: int = 10, name: str = "picture.gif") -> Picture:
    """A one-colour GIF. Its LZW stream clears the table before it grows, so every code has three bits."""
    header = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0)
    palette = _unique_bytes(6)
    codes = []
    for index in range(width * height):
        codes += [4, 0] if index % 2 == 0 else [0]
    image = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02" + _blocks(_pack_bits(codes + [5], 3))
    return Picture(name, "image/gif", width, height, header + palette + image + b"\0;")


def webp(width: int = 24, height: int = 18, name: str = "picture.webp") -> Picture:
    """A one-colour lossless WebP: five prefix codes of one symbol each, so that a pixel takes no bits at all."""
    red, green, blue = (next(_SERIAL) & 0xFFFFFF).to_bytes(3)
    bits = [(0x2F, 8), (width - 1, 14), (height - 1, 14), (1, 1), (0, 3), (0, 1), (0, 1), (0, 1)]
    for symbol in (green, red, blue, 255):
        bits += [(1, 1), (0, 1), (1, 1), (symbol, 8)]
    bits += [(1, 1), (0, 1), (0, 1), (0, 1)]
    lossless = _chunk_riff(b"VP8L", _pack_fields(bits))
    body = b"WEBP" + lossless
    return Picture(name, "image/webp", width, height, b"RIFF" + struct.pack("<I", len(body)) + body)


def jpeg(width: int = 48, height: int = 32, name: str = "picture.jpg") -> Picture:
    """A grey baseline JPEG: one code says `same brightness as before`, one says `nothing more in this block`."""
    unique = bytes(byte | 1 for byte in _unique_bytes(16))
    tables = _segment(0xDB, b"\0\1" + unique + b"\1" * (63 - len(unique)))
    frame = _segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    one_code = bytes([1] + [0] * 15) + b"\0"
    huffman = _segment(0xC4, b"\x00" + one_code) + _segment(0xC4, b"\x10" + one_code)
    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    scan = _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + _jpeg_scan(2 * blocks)
    data = b"\xff\xd8" + tables + frame + huffman + scan + b"\xff\xd9"
    return Picture(name, "image/jpeg", width, height, data)


def of_every_format() -> list[Picture]:
    """One picture of each format that the gallery takes."""
    return [jpeg(), png(), gif(), webp()]


def _unique_bytes(length: int) -> bytes:
    return hashlib.sha256(str(next(_SERIAL)).encode()).digest()[:length]


def _two_colours() -> tuple[bytes, bytes]:
    seed = _unique_bytes(6)
    return seed[:3], seed[3:]


def _blend(top: bytes, bottom: bytes, row: int, height: int) -> list[int]:
    return [a + (b - a) * row // max(1, height - 1) for a, b in zip(top, bottom, strict=True)]


def _png_file(width: int, height: int, pixels: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk_png(kind, data) for kind, data in chunks)


def _chunk_png(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunk_riff(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def _jpeg_scan(zero_bits: int) -> bytes:
    whole, rest = divmod(zero_bits, 8)
    return b"\0" * whole + (bytes([(1 << (8 - rest)) - 1]) if rest else b"")


def _block(data: bytes) -> bytes:
    return bytes([len(data)]) + data


def _blocks(data: bytes) -> bytes:
    return b"".join(_block(data[start : start + 255]) for start in range(0, len(data), 255))


def _pack_bits(codes: list[int], width: int) -> bytes:
    return _pack_fields([(code, width) for code in codes])


def _pack_fields(fields: list[tuple[int, int]]) -> bytes:
    """Packs (value, bit count) pairs, lowest bit first."""
    value = used = 0
    for field, width in fields:
        value |= field << used
        used += width
    return value.to_bytes((used + 7) // 8, "little")
