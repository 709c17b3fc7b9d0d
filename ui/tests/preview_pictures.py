"""Pictures of the preview server: kept in memory, measured by a small header reader that trusts well-formed files."""

import base64
import datetime
import hashlib
import itertools
import secrets
import struct
import threading

from preview_renditions import made_of, placeholder_of

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def measure(data):
    """The format and the dimensions of a picture, or None for anything else. Orientation is not looked at."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "png", *struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif", *struct.unpack("<HH", data[6:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp", *measure_webp(data)
    if data[:2] == b"\xff\xd8":
        return "jpeg", *measure_jpeg(data)
    return None


def measure_webp(data):
    """The dimensions of a WebP file by its first chunk."""
    kind = data[12:16]
    if kind == b"VP8X":
        return tuple(int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return tuple(side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))


def measure_jpeg(data):
    """The dimensions of a JPEG file by its frame header."""
    at = 2
    while at + 9 < len(data):
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def known_dimensions(folder):
    """The displayed dimensions of the sample pictures, by digest: they know about orientation, `measure` does not."""
    answers = {}
    table = folder / "expected.tsv"
    for line in table.read_text().splitlines()[1:] if table.exists() else []:
        name, _, width, height = line.split("\t")[:4]
        if (folder / name).exists():
            answers[digest_of((folder / name).read_bytes())] = (int(width), int(height))
    return answers


def digest_of(data):
    """The SHA-256 in base64."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def as_json(record, origin):
    """The record as the API tells it."""
    if record["state"] != "ready":
        return record
    addresses = {"src": f"{origin}/images/{record['id']}.{record['format']}", "page": f"{origin}/i/{record['id']}"}
    renditions = [one | {"src": origin + one["src"]} for one in record["renditions"]]
    told = {key: value for key, value in record.items() if key != "order" and value is not None}
    return told | addresses | {"renditions": renditions}


def as_tile(record):
    """The record as the templates want it; camera and day roughly, in place of the server's words."""
    source = f"/images/{record['id']}.{record['format']}"
    choices = [f"{one['src']} {one['width']}w" for one in record["renditions"]]
    color = (record["placeholder"] or {}).get("color", "")
    camera = record["camera"] or {}
    words = [camera.get("model"), "aperture" in camera and f"f/{camera['aperture']:g}"]
    shape = record["width"] / record["height"]
    width = f"min(100vw, {shape:.3f} * clamp(140px, 110px + 10.5vw, 340px))"
    return {key: record[key] for key in ("id", "width", "height", "name", "format")} | {
        "page": f"/i/{record['id']}", "src": source, "meta": f"{record['width']} × {record['height']}",
        "alt": record["name"], "srcset": ", ".join(choices),
        "sizes": f"(min-resolution: 2.5dppx) calc({width} * 2 / 3), {width}",
        "thumbhash": (record["placeholder"] or {}).get("thumbhash", ""), "color": color, "tone": color or "none",
        "camera": " · ".join(word for word in words if word), "size": f"{record['size'] / 1024:.0f} KiB",
        "day": f"Taken {camera['taken'][:10]}" if "taken" in camera else "Added 22 November 2026",
        "note": "position removed" if record["positionRemoved"] else "", "isAnimated": bool(record["animated"]),
    }


class Pictures:
    """Every picture and every upload under way."""

    def __init__(self, dimensions):
        self.dimensions = dimensions
        self.clock = itertools.count()
        self.lock = threading.Lock()
        self.tickets = {}
        self.records = {}
        self.bytes = {}

    def announce(self, description):
        """Notes a ticket; answers its id."""
        identifier = "".join(secrets.choice(ALPHABET) for _ in range(12))
        self.tickets[identifier] = description
        return identifier

    def twin(self, sha256):
        """The published picture with that digest, or None."""
        return next((r for r in self.records.values() if r.get("sha256") == sha256 and r["state"] == "ready"), None)

    def ingest(self, identifier, name, data):
        """Looks at the bytes and publishes or rejects them; answers the record."""
        with self.lock:
            measured, sha256 = measure(data), digest_of(data)
            if measured is None:
                record = {"id": identifier, "state": "rejected", "reason": "unsupported-type"}
                record["detail"] = "This is not a picture we can show. JPEG, PNG, GIF and WebP pictures are welcome."
            else:
                record = self.twin(sha256) or self.publish(identifier, name, data, measured)
            self.records[identifier] = record
            return record

    def publish(self, identifier, name, data, measured):
        """The record of a new picture."""
        kind, *sides = measured
        sha256 = digest_of(data)
        width, height = self.dimensions.get(sha256, sides)
        self.bytes[identifier] = data
        renditions, upright, facts = made_of(data)
        for side, (_, smaller) in renditions.items():
            self.bytes[f"{identifier}/{side}"] = smaller
        facts["renditions"] = [
            {"width": size[0], "height": size[1], "src": f"/renditions/{identifier}/{size[0]}.webp"}
            for size, _ in renditions.values()
        ]
        facts["placeholder"] = placeholder_of(upright) if upright else None
        facts |= {"animated": facts.get("animated"), "camera": facts.get("camera"), "positionRemoved": None}
        return facts | {
            "id": identifier, "state": "ready", "name": name, "format": kind, "type": f"image/{kind}",
            "width": width, "height": height, "meta": f"{width}x{height}", "size": len(data), "sha256": sha256,
            "createdAt": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "order": next(self.clock),
        }

    def newest(self, after, limit):
        """A page of records, newest first, and the cursor of the next one or None."""
        ready = {r["id"]: r for r in self.records.values() if r["state"] == "ready"}.values()
        ordered = sorted((r for r in ready if after is None or r["order"] < after), key=lambda r: -r["order"])
        page = ordered[:limit]
        return page, (str(page[-1]["order"]) if len(ordered) > limit else None)
