"""Makes four renditions of a picture by libvips in this process, as the worker does, and says the CPU time of it.

usage: python vips_pipeline.py PICTURE ROUNDS

Prints the median of the rounds in seconds. Opening and starting the library is not counted.
"""

import ctypes
import statistics
import sys
import time
from pathlib import Path

WIDTHS = (2048, 1280, 640, 320)
ANY_HEIGHT, DOWN_ONLY = 10_000_000, 2
QUALITY, EFFORT = 79, 2

vips = ctypes.CDLL("libvips.so.42")
vips.vips_image_copy_memory.restype = ctypes.c_void_p


def check(failed: int) -> None:
    """Ends the program with libvips's own words."""
    if failed:
        vips.vips_error_exit(None)


def in_memory(image: ctypes.c_void_p) -> ctypes.c_void_p:
    """Computes a picture and gives back what it was made of."""
    computed = ctypes.c_void_p(vips.vips_image_copy_memory(image))
    vips.g_object_unref(image)
    return computed


def make_renditions(content: bytes) -> None:
    """One decode, the widest first, each smaller one of the one before."""
    size = (b"height", ctypes.c_int(ANY_HEIGHT), b"size", ctypes.c_int(DOWN_ONLY), None)
    image = ctypes.c_void_p()
    check(vips.vips_thumbnail_buffer(content, ctypes.c_size_t(len(content)), ctypes.byref(image), WIDTHS[0], *size))
    image = in_memory(image)
    for width in WIDTHS:
        if width != WIDTHS[0]:
            smaller = ctypes.c_void_p()
            check(vips.vips_thumbnail_image(image, ctypes.byref(smaller), width, *size))
            smaller = in_memory(smaller)
            vips.g_object_unref(image)
            image = smaller
        encoded, length = ctypes.c_void_p(), ctypes.c_size_t()
        options = (b"Q", ctypes.c_int(QUALITY), b"effort", ctypes.c_int(EFFORT), b"strip", ctypes.c_int(1), None)
        check(vips.vips_webpsave_buffer(image, ctypes.byref(encoded), ctypes.byref(length), *options))
        vips.g_free(encoded)
    vips.g_object_unref(image)


def main() -> None:
    """Measures."""
    content, rounds = Path(sys.argv[1]).read_bytes(), int(sys.argv[2])
    check(vips.vips_init(b"benchmark"))
    vips.vips_concurrency_set(1)
    vips.vips_cache_set_max(0)
    times = []
    for _ in range(rounds):
        start = time.process_time()
        make_renditions(content)
        times.append(time.process_time() - start)
    print(statistics.median(times))


main()
