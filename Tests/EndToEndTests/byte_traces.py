"""Looks for a picture's bytes where they should not have been."""

import base64
from collections.abc import Iterable

from pictures import Picture

WINDOW = 24


def traces(pictures: Iterable[Picture], bodies: Iterable[bytes]) -> int:
    """How many pieces of the pictures are in the bodies, as they are or as base64, at whatever offset."""
    pieces = {piece for picture in pictures for piece in _pieces(picture.data)}
    return sum(body[start : start + WINDOW] in pieces for body in bodies for start in range(len(body) - WINDOW + 1))


def _pieces(data: bytes) -> Iterable[bytes]:
    """Windows side by side, so that any stretch of twice the window holds a whole one."""
    texts = [base64.b64encode(data[offset : offset + len(data) // 3 * 3]) for offset in range(3)]
    for whole in [data, *texts]:
        for start in range(0, len(whole) - WINDOW + 1, WINDOW):
            piece = whole[start : start + WINDOW]
            if len(set(piece)) > WINDOW // 3:
                yield piece
