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

Colour = tuple[int, int, int]


class Landscape(NamedTuple):
    """One picture: its name, its size, and the colours of its sky and its ridges from far to near."""

    name: str
    width: int
    height: int
    sky: tuple[Colour, Colour]
    ridges: tuple[Colour, ...]


LANDSCAPES = (
    Landscape(
        "First light.png",
        720,
        480,
        sky=((38, 52, 96), (255, 196, 150)),
        ridges=((150, 110, 130), (92, 70, 104), (40, 34, 62)),
    ),
    Landscape(
        "Fjord.png",
        480,
        640,
        sky=((126, 172, 202), (226, 238, 240)),
        ridges=((112, 146, 168), (62, 98, 120), (24, 52, 68)),
    ),
    Landscape(
        "Dunes at noon.png",
        800,
        450,
        sky=((72, 150, 214), (206, 230, 240)),
        ridges=((238, 202, 146), (220, 170, 108)),
    ),
    Landscape(
        "Heather.png",
        600,
        600,
        sky=((210, 200, 226), (250, 240, 244)),
        ridges=((168, 132, 184), (122, 84, 144), (72, 48, 92)),
    ),
    Landscape(
        "Night watch.png",
        900,
        420,
        sky=((6, 10, 30), (44, 58, 108)),
        ridges=((26, 32, 66), (14, 18, 42), (6, 8, 22)),
    ),
    Landscape(
        "Spring valley.png",
        640,
        480,
        sky=((150, 206, 236), (244, 250, 236)),
        ridges=((168, 206, 150), (110, 168, 96), (58, 116, 62)),
    ),
    Landscape(
        "Ember.png",
        420,
        560,
        sky=((80, 16, 40), (255, 140, 66)),
        ridges=((168, 52, 46), (104, 26, 40), (46, 10, 26)),
    ),
    Landscape(
        "Snow line.png",
        760,
        500,
        sky=((180, 198, 222), (246, 248, 252)),
        ridges=((208, 220, 236), (160, 180, 206), (96, 120, 152)),
    ),
)


def ridge(seed: random.Random, level: float, landscape: Landscape) -> list[int]:
    """The height of a ridge above each column, as rows from the top: a few sines with random phases."""
    waves = [(seed.uniform(0.6, 1.4) * 2**octave, seed.uniform(0, math.tau), 0.06 / 1.7**octave) for octave in range(6)]
    columns = (math.tau * column / landscape.width for column in range(landscape.width))
    heights = (sum(size * math.sin(pitch * at + phase) for pitch, phase, size in waves) for at in columns)
    return [round((level + height) * landscape.height) for height in heights]


def blend(top: Colour, bottom: Colour, share: float) -> bytes:
    """A colour between two."""
    return bytes(round(a + (b - a) * share) for a, b in zip(top, bottom))


def draw(landscape: Landscape) -> bytes:
    """The rows of a picture, each with PNG's filter byte before it."""
    seed = random.Random(landscape.name)
    count = len(landscape.ridges)
    ridges = [ridge(seed, 0.45 + 0.45 * number / count, landscape) for number in range(count)]
    paint = [bytes(colour) for colour in landscape.ridges]
    rows = []
    for y in range(landscape.height):
        sky = blend(*landscape.sky, y / landscape.height)
        nearest = zip(*([paint[number] if y >= top else b"" for top in tops] for number, tops in enumerate(ridges)))
        pixels = (next((colour for colour in reversed(column) if colour), sky) for column in nearest)
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
    """Writes each landscape into the folder, unless it is there already."""
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for landscape in LANDSCAPES:
        path = folder / landscape.name
        if not path.exists():
            path.write_bytes(png(landscape.width, landscape.height, draw(landscape)))


if __name__ == "__main__":
    main()
