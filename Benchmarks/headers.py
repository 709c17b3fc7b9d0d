"""How many picture headers a second imgn reads, against Pillow and ExifTool, on the pictures of IMGN_PICTURES.

All three open the same files one after the other and tell dimensions and camera data; they take turns. Then, by format,
nanoseconds and instructions for a header that lies in memory. Usage: headers.py PATH-OF-HeaderRate [--record]
"""

import csv
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import pillow_heif
from PIL import ExifTags, Image

from report import median, publish, table

ROUNDS = 3
SECONDS = 2
PICTURES = Path(os.environ.get("IMGN_PICTURES", Path(__file__).parents[2] / "shared/pictures"))
# Fuzzed files that only some of the three open.
LEFT_OUT = {"mex-c-m1-1f97f040d0b6b26faeb0a1a7f1499590.png"}


def rows() -> list[dict[str, str]]:
    """The pictures that all three read."""
    lines = (PICTURES / "expected.tsv").read_text(encoding="utf-8").splitlines()
    return [row for row in csv.DictReader(lines, delimiter="\t") if row["file"] not in LEFT_OUT]


def pillow_rate(paths: list[str]) -> float:
    """Files a second: size, and the camera's data where there is any."""
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        for path in paths:
            with Image.open(path) as picture:
                exif = picture.getexif()
                _ = picture.size, exif.get(ExifTags.Base.Make), exif.get_ifd(ExifTags.IFD.GPSInfo)
        count += len(paths)
    return count / (time.perf_counter() - start)


def exiftool_rate(paths: list[str]) -> float:
    """Files a second of one process that is given all files at once; its start is part of it."""
    tags = ["ImageSize", "Orientation", "Make", "Model", "DateTimeOriginal", "GPSPosition"]
    start = time.perf_counter()
    command = ["exiftool", "-j", "-n", "-fast2", *(f"-{tag}" for tag in tags), *paths]
    subprocess.run(command, check=True, capture_output=True)
    return len(paths) / (time.perf_counter() - start)


def imgn_rate(program: str, paths: list[str]) -> tuple[float, float]:
    """Files a second, and bytes read of each."""
    printed = subprocess.run([program, str(SECONDS), *paths], check=True, capture_output=True, text=True).stdout
    rate, byte_count = printed.split()
    return float(rate), float(byte_count)


def in_memory(program: str, path: str) -> tuple[float, float]:
    """Nanoseconds and instructions of one header."""
    command = [program, "memory"]
    spent = subprocess.run([*command, "20000", path], check=True, capture_output=True, text=True).stdout
    counts = []
    for count in ("1", "101"):
        judge = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command, count, path]
        said = subprocess.run(judge, check=True, capture_output=True, text=True).stderr
        counts.append(int(re.search(r"Collected : (\d+)", said)[1]))
    return float(spent), (counts[1] - counts[0]) / 100


def main() -> None:
    """Measures and reports."""
    pillow_heif.register_heif_opener()
    program, pictures = sys.argv[1], rows()
    paths = [str(PICTURES / row["file"]) for row in pictures]
    rounds = [(imgn_rate(program, paths), pillow_rate(paths), exiftool_rate(paths)) for _ in range(ROUNDS)]
    imgn, pillow, exiftool = (median(rates) for rates in zip(*((r[0][0], r[1], r[2]) for r in rounds), strict=True))
    lines = [
        [name, f"{rate:,.0f}", f"{1e6 / rate:,.1f}", f"{imgn / rate:,.1f}"]
        for name, rate in (("imgn", imgn), ("Pillow with pillow-heif", pillow), ("ExifTool, one process", exiftool))
    ]
    figures = table([f"{len(paths)} pictures, one thread", "files a second", "µs each", "imgn is faster by"], lines)
    by_format = defaultdict(list)
    for row in pictures:
        by_format[row["format"]].append(in_memory(program, str(PICTURES / row["file"])))
    lines = [
        [name, str(len(found)), f"{median([f[0] for f in found]):,.0f}", f"{median([f[1] for f in found]):,.0f}"]
        for name, found in sorted(by_format.items())
    ]
    figures += f"\n\nOf each file {rounds[0][0][1] / 1024:,.1f} KiB were read on average. In memory:\n\n"
    figures += table(["format", "files", "ns a header, median", "instructions, median"], lines)
    publish("headers", figures)


if __name__ == "__main__":
    main()
