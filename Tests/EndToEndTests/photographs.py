"""Makes pictures as cameras do, with notes and a position in EXIF, and pictures that move."""

import struct
from dataclasses import replace

import pictures
from pictures import Picture

ASCII, SHORT, LONG, RATIONAL = 2, 3, 4, 5
SIZES = {ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8}

CAMERA_LINE = "Canon EOS R5 · RF50mm F1.8 STM · 50 mm · f/1.8 · 1/250 s · ISO 100"
"""What the page says of `photograph`."""
DAY = "Taken 20 October 2019"


def photograph(width: int = 2400, height: int = 1600, name: str = "photograph.jpg") -> Picture:
    """A JPEG with what a camera notes, its position among it."""
    plain = pictures.jpeg(width, height, name)
    body = b"Exif\0\0" + exif()
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return replace(plain, data=plain.data[:2] + segment + plain.data[2:])


def moving_gif(width: int = 700, height: int = 500, name: str = "moving.gif") -> Picture:
    """A GIF of two frames, each of one colour."""
    still = pictures.gif(width, height, name).data
    frame = still.index(b",", 13 + 6)  # behind screen and palette
    pause = b"!\xf9\x04\x00\x14\x00\x00\x00"
    image = still[frame:-1]
    data = still[:frame] + pause + image + pause + image + b";"
    return Picture(name, "image/gif", width, height, data)


def exif() -> bytes:
    """A TIFF of three directories: the picture, the exposure, the position."""
    main = {0x010F: "Canon", 0x0110: "Canon EOS R5", 0x8769: 0, 0x8825: 0}
    exposure = {
        0x829A: (1, 250), 0x829D: (18, 10), 0x8827: 100, 0x9003: "2019:10:20 18:34:30", 0x9011: "+02:00",
        0x920A: (50, 1), 0xA434: "RF50mm F1.8 STM",
    }
    position = {1: "N", 2: ((43, 1), (28, 1), (281, 100)), 3: "E", 4: ((11, 1), (53, 1), (645, 100))}
    second = 8 + len(directory(main, 8))
    third = second + len(directory(exposure, second))
    main |= {0x8769: second, 0x8825: third}
    return b"II*\0\x08\0\0\0" + directory(main, 8) + directory(exposure, second) + directory(position, third)


def directory(tags: dict, start: int) -> bytes:
    """The tags in order, and what does not fit into them behind."""
    behind = start + 2 + 12 * len(tags) + 4
    entries, values = b"", b""
    for tag, value in sorted(tags.items()):
        kind, data = encoded(tag, value)
        count = len(data) // SIZES[kind]
        place = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack("<I", behind + len(values))
        values += data if len(data) > 4 else b""
        entries += struct.pack("<HHI", tag, kind, count) + place
    return struct.pack("<H", len(tags)) + entries + b"\0\0\0\0" + values


def encoded(tag: int, value) -> tuple[int, bytes]:
    """The type of a value, and its bytes."""
    if isinstance(value, str):
        return ASCII, value.encode() + b"\0"
    if isinstance(value, tuple):
        pairs = value if isinstance(value[0], tuple) else (value,)
        return RATIONAL, b"".join(struct.pack("<II", *pair) for pair in pairs)
    return (LONG, struct.pack("<I", value)) if tag in (0x8769, 0x8825) else (SHORT, struct.pack("<H", value))
