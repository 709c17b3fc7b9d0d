"""Large files without structure, made and compared without holding them in memory."""

import hashlib
import random
from pathlib import Path

MIB = 1 << 20


def make_noise(path: Path, byte_count: int, seed: int = 1) -> str:
    """Writes a file that no compressor makes smaller and whose parts all differ; returns its SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for number in range(0, byte_count, MIB):
            piece = random.Random(seed * 1_000_003 + number).randbytes(min(MIB, byte_count - number))
            file.write(piece)
            digest.update(piece)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
