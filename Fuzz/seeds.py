"""Makes the first inputs of each fuzz target: small pictures laden with metadata, forms, signatures, documents.

usage: python Fuzz/seeds.py FOLDER    (needs Pillow and pillow-heif, which `make bootstrap` puts into .venv)

Nothing of it is a real picture, and nothing is committed: libFuzzer adds what it finds to the same folders.
"""

import io
import struct
import sys
import zlib
from pathlib import Path
from typing import Iterator

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()


def exif(orientation: int) -> Image.Exif:
    """An EXIF block with a camera, a position and an orientation."""
    block = Image.Exif()
    block[0x010F], block[0x0110], block[0x0112] = "Maker", "Model", orientation
    block.get_ifd(0x8769).update({0x829A: 0.004, 0x829D: 2.8, 0x8827: 200, 0x9003: "2019:10:20 18:34:30"})
    block.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return block


def saved(kind: str, picture: Image.Image, **options) -> bytes:
    """A picture's file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def pictures() -> Iterator[bytes]:
    """Small pictures of each format, still and animated, with metadata of each kind."""
    still = Image.linear_gradient("L").convert("RGB").resize((9, 7))
    frames = [Image.new("RGB", (9, 7), color) for color in ("red", "blue")]
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>text</x:xmpmeta>"
    block = exif(6).tobytes()
    yield saved("JPEG", still, exif=block, comment=b"comment", icc_profile=b"profile" * 9, quality=5)
    yield saved("JPEG", still, progressive=True, quality=5) + saved("JPEG", still, quality=5)
    yield saved("JPEG", still.convert("CMYK"), quality=5)
    yield saved("MPO", still, save_all=True, append_images=frames, quality=5)
    png = saved("PNG", still, exif=block)
    profile = b"\nexif\n%8d\n%s\n" % (len(block), block.hex().encode())
    text = chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(profile))
    yield png
    yield png[:33] + text + chunk(b"tEXt", b"Comment\0text") + chunk(b"tIME", bytes(7)) + png[33:] + b"tail"
    yield saved("PNG", frames[0], save_all=True, append_images=frames[1:])
    yield saved("GIF", frames[0], save_all=True, append_images=frames[1:], loop=0, comment=b"comment")
    yield saved("WEBP", still, exif=block, xmp=xmp, lossless=True)
    yield saved("WEBP", still, quality=5)
    yield saved("WEBP", frames[0], save_all=True, append_images=frames[1:], exif=block)
    yield saved("AVIF", still, exif=block, xmp=xmp, quality=5)
    yield saved("AVIF", frames[0], save_all=True, append_images=frames[1:], quality=5)
    yield saved("HEIF", still, exif=block, xmp=xmp, quality=5)
    yield saved("TIFF", still)
    yield saved("BMP", still)


def forms() -> Iterator[bytes]:
    """Forms with the boundary `x`."""
    yield (
        b'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nvalue\r\n--x\r\n'
        b"content-disposition: form-data; name=\"f\"; filename=\"a\\\"b%22.png\"; filename*=UTF-8''na%C3%AFve.jpg\r\n"
        b"content-type: image/png\r\n\r\n\r\n--y\r\n-\r\n--x--\r\n"
    )
    yield b"preamble\r\n--x  \r\n\r\n\r\n--x--"


def chunked() -> Iterator[bytes]:
    """Bodies in chunks, behind the byte that chooses how they are signed."""
    data = b"4e20\r\n" + bytes(20_000) + b"\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"
    yield b"\0" + data
    yield b"\1" + data.replace(b"\r\n", b";chunk-signature=" + b"0" * 64 + b"\r\n", 1)
    yield b"\0" + b"2000\r\n" + bytes(8192) + b"\r\n2E20\r\n" + bytes(11_808) + b"\r\n0\r\n\r\n"


SCOPE = "AKIDEXAMPLE/20261130/us-east-1/s3/aws4_request"
SEEDS = {
    "Header": pictures,
    "Stripper": pictures,
    "Exif": lambda: (exif(value).tobytes()[6:] for value in (1, 6)),
    "Form": forms,
    "Chunks": chunked,
    "Authorization": lambda: iter([
        f"AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
        f"Signature={'0' * 64}".encode(),
        b"AWS AKIDEXAMPLE:c2lnbmF0dXJl",
        b"Bearer token",
    ]),
    "Query": lambda: iter([
        f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={SCOPE.replace('/', '%2F')}&X-Amz-Date=20261130T000000Z"
        f"&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature={'0' * 64}".encode(),
        b"AWSAccessKeyId=AKIDEXAMPLE&Expires=1795996800&Signature=c2ln",
        b"a=%20&b&=c&%zz=%F0%9F%98%80",
    ]),
    "XML": lambda: iter([
        b'<?xml version="1.0" encoding="UTF-8"?>\n<Upload xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><!-- x -->'
        b"<Part><PartNumber>1</PartNumber><ETag>&quot;a&#x26;&lt;&quot;</ETag></Part></Upload>",
        b"<a><b/>text&amp;</a>",
    ]),
    "Reply": lambda: iter([
        b"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n"
        b"2;a=b\r\n{}\r\n0\r\nTrailer: x\r\n\r\nHTTP/1.1",
        b"HTTP/1.1 204 None\n\n",
    ]),
}


def main() -> None:
    """Writes a folder of inputs for each target."""
    for name, inputs in SEEDS.items():
        folder = Path(sys.argv[1]) / name
        folder.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(inputs()):
            (folder / f"seed-{number}").write_bytes(data)


if __name__ == "__main__":
    main()
