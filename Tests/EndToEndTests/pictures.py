"""Makes valid, unique pictures of a given size with the standard library alone."""

import hashlib
import random
import struct
import zlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from pathlib import Path

_PRIVATE_CHUNK = 1 << 20
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


def write_large_png(path: Path, byte_count: int, width: int = 64, height: int = 48) -> str:
    """Writes a valid PNG of about `byte_count` bytes: a small picture, and noise in private chunks that viewers skip.

    Returns the SHA-256 of the file, in base64.
    """
    whole, seed = hashlib.sha256(), next(_SERIAL)
    small = png(width, height).data
    end = small.index(b"\0\0\0\0IEND")
    seeds = (f"{seed} {number}" for number in range(byte_count // _PRIVATE_CHUNK))
    noise = (random.Random(seed_of_chunk).randbytes(_PRIVATE_CHUNK) for seed_of_chunk in seeds)
    with path.open("wb") as file:
        for piece in chain([small[:end]], (_chunk_png(b"imGn", data) for data in noise), [small[end:]]):
            file.write(piece)
            whole.update(piece)
    return b64encode(whole.digest()).decode()


def claimed_png(width: int, height: int, name: str = "claimed.png") -> Picture:
    """A PNG of a few bytes whose header claims any size: what a decompression bomb looks like from outside."""
    return Picture(name, "image/png", width, height, _png_file(width, height, zlib.compress(_unique_bytes(8))))


def gif(width: int = 20, height: int = 10, name: str = "picture.gif") -> Picture:
    """A one-colour GIF. Its LZW stream clears the table before it grows, so every code has three bits."""
    header = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0)
    palette = _unique_bytes(3) + b"\xff\xff\xff"
    comment = b"!\xfe" + _block(_unique_bytes(8)) + b"\0"
    codes = []
    for index in range(width * height):
        codes += [4, 0] if index % 2 == 0 else [0]
    image = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02" + _blocks(_pack_bits(codes + [5], 3))
    return Picture(name, "image/gif", width, height, header + palette + comment + image + b"\0;")


def webp(width: int = 24, height: int = 18, name: str = "picture.webp") -> Picture:
    """A one-colour lossless WebP: five prefix codes of one symbol each, so that a pixel takes no bits at all."""
    red, green, blue = _unique_bytes(3)
    bits = [(0x2F, 8), (width - 1, 14), (height - 1, 14), (1, 1), (0, 3), (0, 1), (0, 1), (0, 1)]
    for symbol in (green, red, blue, 255):
        bits += [(1, 1), (0, 1), (1, 1), (symbol, 8)]
    bits += [(1, 1), (0, 1), (0, 1), (0, 1)]
    lossless = _chunk_riff(b"VP8L", _pack_fields(bits))
    unique = _chunk_riff(b"uniq", _unique_bytes(8))
    body = b"WEBP" + lossless + unique
    return Picture(name, "image/webp", width, height, b"RIFF" + struct.pack("<I", len(body)) + body)


def jpeg(width: int = 48, height: int = 32, name: str = "picture.jpg") -> Picture:
    """A grey baseline JPEG: one code says `same brightness as before`, one says `nothing more in this block`."""
    comment = _segment(0xFE, _unique_bytes(8))
    tables = _segment(0xDB, b"\0" + b"\1" * 64)
    frame = _segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    one_code = bytes([1] + [0] * 15) + b"\0"
    huffman = _segment(0xC4, b"\x00" + one_code) + _segment(0xC4, b"\x10" + one_code)
    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    scan = _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + _jpeg_scan(2 * blocks)
    data = b"\xff\xd8" + comment + tables + frame + huffman + scan + b"\xff\xd9"
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
    text = b"Comment\0" + _unique_bytes(8).hex().encode()
    chunks = [(b"IHDR", header), (b"tEXt", text), (b"IDAT", pixels), (b"IEND", b"")]
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
