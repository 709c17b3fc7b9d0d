"""The process that decodes: colours, orientation and privacy of what it makes, judged by Pillow and LittleCMS."""

import io
import os
import subprocess

import pytest
from PIL import Image, ImageCms

from color_profile import display_p3
from decoder_worker import Worker
from imgn_server import binary

BUDGET = (str(1 << 30), "30")
TOLERANCE = 4
ORIENTATION, MAKE, POSITION, LATITUDE = 0x0112, 0x010F, 0x8825, 2
COLOR = (200, 100, 50)


@pytest.fixture(scope="module")
def worker():
    """A worker of the built program."""
    process = start()
    yield Worker(process)
    process.stdin.close()
    assert process.wait(10) == 0


def start(**variables: str) -> subprocess.Popen:
    """A worker's process with these variables and no others of ours."""
    return subprocess.Popen(
        [binary(), "thumbnail-worker", *BUDGET], env={"PATH": os.environ["PATH"]} | variables,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def saved(image: Image.Image, picture_format: str, **options) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    image.save(file, picture_format, **options)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    """A file as a picture, as it is stored."""
    return Image.open(io.BytesIO(content))


def is_near(color: tuple[int, ...], wanted: tuple[int, ...], tolerance: int = TOLERANCE) -> bool:
    """Whether two colours look the same."""
    return all(abs(one - other) <= tolerance for one, other in zip(color, wanted, strict=True))


def middle(content: bytes) -> tuple[int, ...]:
    """The colour in the middle of a file."""
    image = opened(content).convert("RGB")
    return image.getpixel((image.width // 2, image.height // 2))


def made(worker: Worker, picture_format: str, content: bytes):
    """The renditions and the picture that come of a file."""
    answer = worker.make(picture_format, content)
    assert answer.refusal is None, answer.refusal
    *renditions, picture = answer.files
    return renditions, picture


@pytest.mark.parametrize("picture_format", ["jpeg", "png", "webp", "tiff"])
def test_colors_of_display_p3_are_those_that_littlecms_says(worker, picture_format):
    profile, image = display_p3(), Image.new("RGB", (900, 600), COLOR)
    srgb = ImageCms.profileToProfile(
        image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
    )  # fmt: skip
    wanted = srgb.getpixel((0, 0))
    assert not is_near(wanted, COLOR, 8), "the two spaces hardly differ"
    options = {"lossless": True} if picture_format == "webp" else {}
    renditions, picture = made(worker, picture_format, saved(image, picture_format, icc_profile=profile, **options))
    assert all(is_near(middle(file.content), wanted) for file in renditions)
    if picture_format == "tiff":
        assert is_near(middle(picture.content), wanted)
    else:
        assert opened(picture.content).info["icc_profile"] == profile


def test_cmyk_is_not_taken_for_its_negative(worker):
    for cmyk, wanted in (((0, 255, 255, 0), "red"), ((0, 0, 0, 255), "black"), ((0, 0, 0, 0), "white")):
        renditions, _ = made(worker, "jpeg", saved(Image.new("CMYK", (500, 500), cmyk), "jpeg", quality=95))
        red, green, blue = middle(renditions[0].content)
        look = "red" if red > 180 > 90 > max(green, blue) else "white" if min(red, green, blue) > 245 else "black"
        assert look == wanted and (wanted != "black" or max(red, green, blue) < 70)


@pytest.mark.parametrize("value", [0, 257 * 100, 65535])
def test_16_bits_become_8(worker, value):
    renditions, _ = made(worker, "png", saved(Image.new("I;16", (500, 400), value), "png"))
    assert is_near(middle(renditions[0].content), (value // 257,) * 3)


@pytest.mark.parametrize("picture_format", ["jpeg", "webp", "png", "tiff"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_renditions_are_upright_and_tell_nothing(worker, picture_format, orientation):
    upright = Image.new("RGB", (400, 300), "white")
    upright.paste("red", (0, 0, 200, 150))
    upright.paste("blue", (200, 0, 400, 150))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "a camera of mine"
    exif.get_ifd(POSITION)[LATITUDE] = (52.0, 31.0, 12.0)
    renditions, picture = made(worker, picture_format, saved(stored, picture_format, exif=exif))
    assert (picture.width, picture.height) == (400, 300)
    for file in renditions:
        image = opened(file.content).convert("RGB")
        width, height = image.size
        assert width > height
        assert is_near(image.getpixel((width // 4, height // 4)), (255, 0, 0), 30)
        assert is_near(image.getpixel((3 * width // 4, height // 4)), (0, 0, 255), 30)
    for file in [*renditions, picture]:
        assert b"a camera of mine" not in file.content
        assert POSITION not in opened(file.content).getexif()
    for file in renditions:
        assert not {"exif", "xmp", "icc_profile"} & opened(file.content).info.keys()


def test_transparency_stays_in_renditions(worker):
    image = Image.new("RGBA", (900, 600), (200, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, 450, 600))
    renditions, _ = made(worker, "png", saved(image, "png"))
    for file in renditions:
        small = opened(file.content).convert("RGBA")
        assert small.getpixel((small.width // 4, 5))[3] == 0
        assert is_near(small.getpixel((3 * small.width // 4, 5)), (200, 0, 0, 255))


def test_a_broken_color_profile_is_no_reason_to_refuse_a_picture(worker):
    content = saved(Image.new("RGB", (400, 300), COLOR), "jpeg", icc_profile=b"no profile at all" * 20)
    renditions, _ = made(worker, "jpeg", content)
    assert is_near(middle(renditions[0].content), COLOR)


def test_bytes_of_another_format_than_was_announced_reach_no_decoder(worker):
    answer = worker.make("png", saved(Image.new("RGB", (400, 300)), "tiff"))
    assert answer.refusal is not None and not answer.files


def test_without_libvips_the_worker_says_so():
    process = start(IMGN_LIBVIPS="/nowhere/libvips.so.42")
    with pytest.raises(AssertionError, match="nowhere"):
        Worker(process)
    assert process.wait(10) == 69
