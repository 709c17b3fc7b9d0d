"""Draws landscapes as PNG files, so that a gallery has something to show: no two alike, nobody's property.

Usage: samples.py FOLDER
"""

import math
import pathlib
import random
import struct
import sys
import zlib
from typing import Callable, NamedTuple


class Landscape(NamedTuple):
    """One picture: its name and size, the colours of its sky from top to bottom, and of its ridges from far to near."""

    name: str
    width: int
    height: int
    sky: str
    ridges: str


LANDSCAPES = (
    Landscape("First light", 720, 480, "263460 ffc496", "966e82 5c4668 28223e"),
    Landscape("Fjord", 480, 640, "7eacca e2eef0", "7092a8 3e6278 183444"),
    Landscape("Dunes at noon", 800, 450, "4896d6 cee6f0", "eeca92 dcaa6c"),
    Landscape("Heather", 600, 600, "d2c8e2 faf0f4", "a884b8 7a5490 48305c"),
    Landscape("Night watch", 900, 420, "060a1e 2c3a6c", "1a2042 0e122a 060816"),
    Landscape("Spring valley", 640, 480, "96ceec f4faec", "a8ce96 6ea860 3a743e"),
    Landscape("Ember", 420, 560, "501028 ff8c42", "a8342e 681a28 2e0a1a"),
    Landscape("Snow line", 760, 500, "b4c6de f6f8fc", "d0dcec a0b4ce 607898"),
    Landscape("Terracotta", 640, 420, "f4d8b4 fdf0dc", "d98c5f b4603f 6e3426"),
    Landscape("Harbour fog", 820, 460, "a8b4ba dfe4e4", "9aa8ae 7c8c94 5a6a72"),
    Landscape("Lilac hour", 500, 620, "5a4a8a f0a8c0", "8e6aa8 5e4684 2e2452"),
    Landscape("Tea terraces", 760, 500, "cfe6d4 f6faec", "9ac48e 6aa46a 3c7a4e 1e4e36"),
    Landscape("Storm coming", 900, 480, "2e3640 8a949a", "5a646a 3c464c 1e262c"),
    Landscape("Apricot", 460, 460, "ffd9a0 fff2dc", "f4a66a d87a4a a04e38"),
    Landscape("Glacier", 700, 520, "6fb4d8 e8f6fa", "c4e2ee 8cc0d8 4a8cb0 20587c"),
    Landscape("Last bus home", 840, 440, "141030 a04a7a", "4e2a5e 2c1a40 120c22"),
)


def ridge(seed: random.Random, level: float, landscape: Landscape) -> list[int]:
    """The height of a ridge above each column, as rows from the top: a few sines with random phases."""
    waves = [(seed.uniform(0.6, 1.4) * 2**octave, seed.uniform(0, math.tau), 0.06 / 1.7**octave) for octave in range(6)]
    columns = (math.tau * column / landscape.width for column in range(landscape.width))
    heights = (sum(size * math.sin(pitch * at + phase) for pitch, phase, size in waves) for at in columns)
    return [round((level + height) * landscape.height) for height in heights]


def colours(words: str) -> list[bytes]:
    """The red, green and blue of each colour in a row of six-digit words."""
    return [bytes.fromhex(word) for word in words.split()]


def blend(top: bytes, bottom: bytes, share: float) -> bytes:
    """A colour between two."""
    return bytes(round(a + (b - a) * share) for a, b in zip(top, bottom))


def draw(landscape: Landscape) -> bytes:
    """The rows of a picture, each with PNG's filter byte before it."""
    seed = random.Random(landscape.name)
    top, bottom = colours(landscape.sky)
    paint = colours(landscape.ridges)
    ridges = [ridge(seed, 0.45 + 0.45 * number / len(paint), landscape) for number in range(len(paint))]
    rows = []
    for y in range(landscape.height):
        sky = blend(top, bottom, y / landscape.height)
        layers = ([colour if y >= start else b"" for start in starts] for colour, starts in zip(paint, ridges))
        pixels = (next((colour for colour in reversed(column) if colour), sky) for column in zip(*layers))
        rows.append(b"\0" + b"".join(pixels))
    return b"".join(rows)


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG file of 8-bit RGB rows."""
    chunk: Callable[[bytes, bytes], bytes] = lambda kind, data: (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def main() -> None:
    """Writes each landscape into the folder, unless it is there already, and a table of their sizes."""
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    table = ["file\tformat\twidth\theight"]
    for landscape in LANDSCAPES:
        path = folder / f"{landscape.name}.png"
        table.append(f"{path.name}\tpng\t{landscape.width}\t{landscape.height}")
        if not path.exists():
            path.write_bytes(png(landscape.width, landscape.height, draw(landscape)))
    (folder / "expected.tsv").write_text("\n".join(table) + "\n")


if __name__ == "__main__":
    main()
