"""What ingest makes of a picture, for the preview server: smaller sizes, placeholder, camera data. By Pillow."""

import base64
import io

import fast_thumbhash
from PIL import Image, ImageOps

WIDTHS = (320, 640, 1280, 2048)
EXIF_POINTER = 0x8769
TAGS = {
    "make": 0x010F, "model": 0x0110, "lens": 0xA434, "exposureSeconds": 0x829A, "aperture": 0x829D, "iso": 0x8827,
    "focalLength": 0x920A, "focalLength35mm": 0xA405, "taken": 0x9003,
}


def made_of(data):
    """The renditions by width, and what the API tells beside them; nothing of a picture Pillow cannot read."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            facts = {"camera": camera_of(image), "animated": getattr(image, "n_frames", 1) > 1 or None}
            upright = ImageOps.exif_transpose(image).convert("RGBA" if image.has_transparency_data else "RGB")
        return {width: smaller(upright, width) for width in WIDTHS if width <= upright.width}, upright, facts
    except (OSError, SyntaxError, ValueError):
        return {}, None, {}


def smaller(image, width):
    """A WebP of that width."""
    size = (width, max(1, round(image.height * width / image.width)))
    output = io.BytesIO()
    image.resize(size).save(output, "WEBP", quality=78)
    return size, output.getvalue()


def placeholder_of(image):
    """ThumbHash and mean colour."""
    small = image.convert("RGBA")
    small.thumbnail((100, 100))
    red, green, blue = image.convert("RGB").resize((1, 1)).getpixel((0, 0))
    digest = bytes(fast_thumbhash.rgba_to_thumb_hash(*small.size, small.tobytes()))
    return {"thumbhash": base64.b64encode(digest).decode(), "color": f"#{red:02x}{green:02x}{blue:02x}"}


def camera_of(image):
    """The camera's notes as the API tells them, or nothing."""
    exif = image.getexif()
    found = dict(exif) | dict(exif.get_ifd(EXIF_POINTER))
    notes = {name: found[tag] for name, tag in TAGS.items() if found.get(tag)}
    for name, value in notes.items():
        notes[name] = value.strip("\0 ") if isinstance(value, str) else float(value)
    if "taken" in notes:
        notes["taken"] = notes["taken"].replace(":", "-", 2).replace(" ", "T")
    return notes or None
