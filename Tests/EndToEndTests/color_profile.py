"""A colour profile of Display P3, made from its definition (SMPTE EG 432-1 primaries, white D65, the curve of sRGB)."""

import struct

WHITE = (0.9642, 1.0, 0.8249)
"""D50, in which profiles speak."""
PRIMARIES = {"r": (0.51512, 0.24120, -0.00105), "g": (0.29198, 0.69225, 0.04189), "b": (0.15710, 0.06657, 0.78407)}
"""Of Display P3, adapted to D50."""
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def display_p3() -> bytes:
    """The profile: a matrix and one curve (ICC.1, version 4)."""
    tags = [("desc", text("Display P3")), ("cprt", text("public domain")), ("wtpt", place(WHITE))]
    tags += [(f"{name}XYZ", place(value)) for name, value in PRIMARIES.items()]
    tags += [(f"{name}TRC", curve()) for name in PRIMARIES]
    offset, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags:
        table += name.encode() + struct.pack(">II", offset + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    size = offset + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"", 0x04000000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + struct.pack(">3i", *map(fixed, WHITE))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def fixed(value: float) -> int:
    """A number with 16 bits behind the point."""
    return round(value * 65536)


def place(value: tuple[float, float, float]) -> bytes:
    """A place in the space of colours."""
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *map(fixed, value))


def curve() -> bytes:
    """The curve of sRGB, by its formula."""
    return b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + struct.pack(">5i", *map(fixed, SRGB_CURVE))


def text(words: str) -> bytes:
    """Words in English."""
    encoded = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded
