"""Nothing private in any public byte of any picture: whatever is published, under every route, judged by ExifTool."""

import io
from pathlib import Path

import pytest
from PIL import Image

import pictures
from gallery_client import Gallery
from http_client import get
from pictures import Picture
from private_tags import private, tags
from test_strip import PICTURES, ROWS
from store_client import store_of

FOREIGN = {"tiff", "bmp"}
AS_JPEG = {"heic"}
TAKEN = [row for row in ROWS if row["format"] not in FOREIGN]


def travels() -> Picture:
    """A JPEG that tells where it was taken, by whose camera, with a thumbnail of something else, and a tail."""
    image, thumbnail = Image.new("RGB", (900, 600), "teal"), io.BytesIO()
    Image.new("RGB", (160, 120), "red").save(thumbnail, "JPEG")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Maker", "Model", "Jane Doe"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "E", 4: (7.0, 0.0, 0.0)})
    exif.get_ifd(0x8769).update({0xA431: "SERIAL-12345", 0xA430: "Jane Doe"})
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif, comment=b"by Jane Doe", quality=90)
    return Picture("travels.jpg", "image/jpeg", 900, 600, file.getvalue() + thumbnail.getvalue() + b"SERIAL-12345")


def keep_public_files(image: dict, folder: Path, name: str) -> list[bytes]:
    """Writes every public file of an image into a folder; their bytes."""
    found = []
    for number, source in enumerate([image["src"], *(one["src"] for one in image["renditions"])]):
        answer = get(source)
        assert answer.status == 200, source
        (folder / f"{name}-{number}{Path(source).suffix}").write_bytes(answer.body)
        found.append(answer.body)
    return found


def test_a_picture_that_tells_all_about_its_owner(server, tmp_path):
    """Camera and time may be told; place, serial number, names, thumbnail and tail are gone from every public file."""
    gallery = Gallery(server.url)
    image = gallery.upload(travels())
    assert image["camera"]["model"] == "Model" and image["positionRemoved"] is True
    assert [one["width"] for one in image["renditions"]] == [320, 640, 900]
    for body in keep_public_files(image, tmp_path, "travels"):
        for secret in (b"Jane", b"SERIAL", b"Maker"):
            assert secret not in body
    assert {name: private(found) for name, found in tags(tmp_path).items() if private(found)} == {}
    for route in (f"/api/images/{image['id']}", "/gallery", f"/i/{image['id']}"):
        page = get(f"{server.url}{route}").body
        assert b"Jane" not in page and b"SERIAL" not in page and b"51.5" not in page
    assert store_of(server).keys_under("originals/") == []


@pytest.mark.skipif(not ROWS, reason="no expected.tsv in IMGN_PICTURES or ../shared/pictures")
def test_every_public_file_of_real_pictures(start_server, tmp_path):
    """Each row of the table is published at its displayed size, or refused; ExifTool finds nothing private."""
    running, folder = start_server(), tmp_path / "public"
    folder.mkdir()
    gallery, refused = Gallery(running.url), {}
    for row in TAKEN:
        data = (PICTURES / row["file"]).read_bytes()
        picture = Picture(row["file"], f"image/{row['format']}", int(row["width"]), int(row["height"]), data)
        if gallery.ask_ticket(picture).status == 200:
            continue  # Some files of the table are equal.
        image = gallery.upload(picture)
        if image["state"] == "rejected":
            refused[row["file"]] = image["reason"]
            continue
        kept = keep_public_files(image, folder, image["id"])
        assert image["meta"] == picture.meta, row["file"]
        assert image["format"] == ("jpeg" if row["format"] in AS_JPEG else row["format"]), row["file"]
        assert image.get("positionRemoved", False) == bool(row["latitude"]), row["file"]
        assert all(len(body) > 0 for body in kept)
    assert set(refused.values()) <= {"unreadable"} and len(refused) <= 2, refused
    found = tags(folder)
    assert len(found) >= len({(PICTURES / row["file"]).read_bytes() for row in TAKEN}) - len(refused)
    assert {name: private(one) for name, one in found.items() if private(one)} == {}


def test_originals_are_kept_only_where_that_is_wished(start_server):
    """`IMGN_KEEP_ORIGINALS=on` keeps the upload in the store, where only its owner reads it, until it is removed."""
    for wish in ("on", "off"):
        running = start_server(variables={"IMGN_KEEP_ORIGINALS": wish})
        gallery, picture = Gallery(running.url), travels()
        image = gallery.upload(picture)
        assert get(f"{running.url}/originals/{image['id']}").status == 404
        store, key = store_of(running), f"originals/{image['id']}"
        assert get(store.address(key)).status == 403
        assert store.keys_under("originals/") == ([key] if wish == "on" else [])
        if wish == "on":
            assert store.client().get_object(Bucket=store.bucket, Key=key)["Body"].read() == picture.data


def test_a_file_with_nothing_private_is_published_as_it_came(server):
    """Byte for byte, in every format that browsers show."""
    gallery = Gallery(server.url)
    for picture in pictures.of_every_format():
        assert get(gallery.upload(picture)["src"]).body == picture.data, picture.name
