"""A JPEG as a telephone's camera makes them, in size and in what a decoder has to do: colour, all blocks full.

Nobody's pictures are needed for it: a few hundred tiles of noise, each of them whole bytes by restart markers, are laid
out at random.
"""

import os
import random
import struct

from pictures import Picture

SIDES = (4000, 3000)
"""12 megapixels."""
TILES = 256
AC_SYMBOLS = bytes([0x00, 0x01, 0x02, 0x03, 0x04, 0x11, 0x12, 0x21])
"""The end of a block, and zeros to skip (high half) before a number of so many bits (low half)."""
PRIVATE_BYTES = 0x4000


def photograph(sides: tuple[int, int] = SIDES, name: str = "photograph.jpg") -> Picture:
    """A picture that no other is equal to: 4:2:0, one tile of 16 by 16 pixels after the other."""
    width, height = sides
    chance = random.Random(os.urandom(16))
    tiles = [tile(chance) for _ in range(TILES)]
    count = -(-width // 16) * -(-height // 16)
    scan = b"".join(chance.choice(tiles) + bytes((0xFF, 0xD0 + index % 8)) for index in range(count))[:-2]
    return Picture(name, "image/jpeg", width, height, head(width, height) + scan + b"\xff\xd9")


def head(width: int, height: int) -> bytes:
    """All that stands before the pixels, private metadata as large as cameras' among it."""
    private = b"Exif\0\0MM\0*\0\0\0\x08" + bytes(PRIVATE_BYTES)
    components = b"\x01\x22\x00\x02\x11\x00\x03\x11\x00"
    frame = struct.pack(">BHHB", 8, height, width, 3) + components
    lengths = bytes([0, 0, 0])
    direct = b"\x00" + lengths + bytes([12]) + bytes(12) + bytes(range(12))
    alternating = b"\x10" + lengths + bytes([len(AC_SYMBOLS)]) + bytes(12) + AC_SYMBOLS
    scan = b"\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00"
    parts = [(0xE1, private), (0xDB, b"\x00" + bytes([8] * 64)), (0xC0, frame), (0xC4, direct), (0xC4, alternating)]
    parts += [(0xDD, b"\x00\x01"), (0xDA, scan)]
    return b"\xff\xd8" + b"".join(struct.pack(">BBH", 0xFF, kind, len(data) + 2) + data for kind, data in parts)


def tile(chance: random.Random) -> bytes:
    """Four blocks of brightness and two of colour, filled up to whole bytes."""
    bits = "".join(block(chance, 22) for _ in range(4)) + "".join(block(chance, 10) for _ in range(2))
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8).replace(b"\xff", b"\xff\x00")


def block(chance: random.Random, numbers: int) -> str:
    """A mean, some numbers, and the end; codes have four bits each."""
    size = chance.randrange(5)
    bits = f"{size:04b}" + noise(chance, size)
    for _ in range(numbers):
        code = chance.randrange(1, len(AC_SYMBOLS))
        bits += f"{code:04b}" + noise(chance, AC_SYMBOLS[code] & 15)
    return bits + "0000"


def noise(chance: random.Random, size: int) -> str:
    """So many bits."""
    return f"{chance.getrandbits(size):0{size}b}" if size else ""
