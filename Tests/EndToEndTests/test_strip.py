"""`imgn probe` and `imgn strip`, judged by ExifTool and by the decoders of Pillow and libheif."""

import csv
import hashlib
import io
import os
import subprocess
import zipfile
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from imgn_client import ImgnClient
from private_tags import private, tags

pillow_heif.register_heif_opener()

PICTURES = Path(os.environ.get("IMGN_PICTURES", Path(__file__).parents[3] / "shared/pictures"))
# A fuzzed file without pixels, which no decoder opens; and formats that are not cleaned as they are.
REFUSED = {"mex-c-m1-1f97f040d0b6b26faeb0a1a7f1499590.png"}
FOREIGN = {"tiff", "bmp"}
SECRET = "SECRET owner of N51.5"
BUILT = {"a.jpg": "JPEG", "a.png": "PNG", "a.gif": "GIF", "a.webp": "WEBP", "a.avif": "AVIF", "a.heic": "HEIF"}


def expected_rows() -> list[dict[str, str]]:
    """The rows of `expected.tsv`, none where the pictures are not here."""
    table = PICTURES / "expected.tsv"
    if not table.exists():
        return []
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


ROWS = expected_rows()
CLEANED = [row["file"] for row in ROWS if row["format"] not in FOREIGN and row["file"] not in REFUSED]


@pytest.fixture(scope="module")
def user(tmp_path_factory) -> ImgnClient:
    """A user without a gallery."""
    return ImgnClient("http://127.0.0.1:9", tmp_path_factory.mktemp("home"))


def strip_all(user: ImgnClient, sources: list[Path], folder: Path) -> None:
    """Strips files into a folder, under their own names."""
    for source in sources:
        ended = user.run("strip", source, "-o", folder / source.name)
        assert ended.code == 0, (source.name, ended)


def decoded(data: bytes) -> list[tuple]:
    """Size, mode and digest of the pixels of each frame, as displayed formats have them; of an MPO, the first."""
    with Image.open(io.BytesIO(data)) as picture:
        count = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
        frames = []
        for number in range(count):
            picture.seek(number)
            pixels = picture.convert("RGBA").tobytes()
            frames.append((picture.size, picture.mode, hashlib.sha256(pixels).hexdigest()))
        return frames


@pytest.fixture(scope="module")
def cleaned(user, tmp_path_factory) -> tuple[Path, dict]:
    """The real pictures, cleaned, and what ExifTool finds in them."""
    folder = tmp_path_factory.mktemp("cleaned")
    strip_all(user, [PICTURES / name for name in CLEANED], folder)
    return folder, tags(folder)


@pytest.mark.skipif(not ROWS, reason="no expected.tsv in IMGN_PICTURES or ../shared/pictures")
class TestRealPictures:
    """The pictures of real cameras."""

    @pytest.mark.parametrize("name", CLEANED)
    def test_exiftool_finds_nothing_private(self, cleaned, name):
        """Only what is needed to show the picture is left."""
        assert private(cleaned[1][name]) == {}

    @pytest.mark.parametrize("name", CLEANED)
    def test_pixels_are_equal(self, cleaned, name):
        """Decoded before and after, every frame is the same."""
        assert decoded((cleaned[0] / name).read_bytes()) == decoded((PICTURES / name).read_bytes())

    def test_a_second_time_changes_nothing(self, user, cleaned, tmp_path):
        """Stripping what was stripped copies it."""
        strip_all(user, [cleaned[0] / name for name in CLEANED], tmp_path)
        for name in CLEANED:
            assert (tmp_path / name).read_bytes() == (cleaned[0] / name).read_bytes(), name

    def test_the_judge_sees_what_is_private(self, user, tmp_path):
        """The same look at the originals finds private tags in most of them: the test above can fail."""
        found = tags(PICTURES)
        assert sum(bool(private(found[name])) for name in CLEANED) > len(CLEANED) // 2

    def test_probe_agrees_with_exiftool_and_libvips(self, user):
        """Every row of the table is right, one line of JSON each."""
        ended = user.run("probe", "--json", *(PICTURES / row["file"] for row in ROWS))
        assert ended.code == 0, ended.err
        for row, found in zip(ROWS, ended.results, strict=True):
            assert found["file"].endswith(row["file"])
            for field in ("format", "width", "height", "orientation", "make", "model", "taken"):
                assert str(found.get(field, "")) == row[field], (row["file"], field)
            for field in ("latitude", "longitude"):
                assert found.get(field) == pytest.approx(float(row[field])) if row[field] else field not in found
            assert 0 < found["bytesRead"] <= min(1 << 20, (PICTURES / row["file"]).stat().st_size)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    """A picture of each format, laden with all that ExifTool or Pillow can write into it."""
    folder = tmp_path_factory.mktemp("loaded")
    picture = Image.linear_gradient("L").convert("RGB").resize((70, 30))
    exif = Image.Exif()
    exif[0x013B] = exif[0x8298] = SECRET
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    for name, kind in BUILT.items():
        options = {} if kind == "GIF" else {"exif": exif.tobytes()}
        if kind in {"AVIF", "HEIF", "WEBP"}:
            options["xmp"] = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
        picture.save(folder / name, kind, **options)
    write = ["exiftool", "-q", "-q", "-overwrite_original", f"-XMP-dc:Creator={SECRET}", f"-Comment={SECRET}"]
    subprocess.run([*write, f"-IPTC:By-line={SECRET}", str(folder / "a.jpg")], check=True)
    subprocess.run([*write, str(folder / "a.png"), str(folder / "a.gif")], check=True)
    return folder


@pytest.mark.parametrize("name", BUILT)
def test_everything_that_programs_write_is_taken_out(user, loaded, tmp_path, name):
    """In each format, by ExifTool and by the bytes themselves; the pixels stay."""
    assert private(tags(loaded)[name]) != {}
    strip_all(user, [loaded / name], tmp_path)
    assert private(tags(tmp_path)[name]) == {}
    clean = (tmp_path / name).read_bytes()
    assert b"SECRET" not in clean and b"Maker" not in clean
    assert decoded(clean) == decoded((loaded / name).read_bytes())


@pytest.mark.parametrize("name", BUILT)
def test_an_archive_behind_a_picture_goes(user, loaded, tmp_path, name):
    """A file that is a picture and an archive at once comes out as a picture alone."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("index.html", "<script>alert(1)</script>" * 100)
    double = tmp_path / name
    double.write_bytes((loaded / name).read_bytes() + archive.getvalue())
    assert zipfile.is_zipfile(double)
    assert user.run("strip", double, "-o", double).code == 0
    assert not zipfile.is_zipfile(double)
    assert decoded(double.read_bytes()) == decoded((loaded / name).read_bytes())


@pytest.mark.parametrize("name", BUILT)
def test_a_clean_picture_comes_out_as_it_is(user, loaded, tmp_path, name):
    """Byte for byte, and the command says so."""
    strip_all(user, [loaded / name], tmp_path)
    ended = user.run("strip", tmp_path / name, "-o", tmp_path / "again")
    assert ended.out.endswith("there was nothing to take out\n")
    assert (tmp_path / "again").read_bytes() == (tmp_path / name).read_bytes()


def test_refusals_say_the_way_out_and_write_nothing(user, tmp_path):
    """What is no picture, not there, a pipe, of a format that is not cleaned, or not to be written."""
    (tmp_path / "text.jpg").write_text("hello, this is text")
    Image.new("RGB", (7, 3)).save(tmp_path / "a.tiff")
    Image.new("RGB", (7, 3)).save(tmp_path / "a.png")
    os.mkfifo(tmp_path / "pipe")
    out = tmp_path / "out"
    for name, code, words in [
        ("text.jpg", 65, "plain text"),
        ("missing.jpg", 66, "No such file"),
        ("pipe", 66, "not a file"),
        ("a.tiff", 65, "make a JPEG or PNG of it"),
    ]:
        ended = user.run("strip", tmp_path / name, "-o", out)
        assert (ended.code, words in ended.err) == (code, True), ended
        assert not out.exists()
    ended = user.run("strip", tmp_path / "a.png", "-o", tmp_path / "no/such/folder")
    assert (ended.code, "Choose another place" in ended.err) == (73, True), ended


def test_probe_says_what_it_could_not_read(user, tmp_path):
    """One file that is none costs the exit code, not the other files."""
    Image.new("RGB", (70, 30)).save(tmp_path / "a.png")
    ended = user.run("probe", "--json", tmp_path / "missing", tmp_path / "a.png")
    assert ended.code == 1
    missing, found = ended.results
    assert set(missing) == {"file", "error"}
    assert (found["format"], found["width"], found["height"], found["orientation"]) == ("png", 70, 30, 1)
    table = user.run("probe", tmp_path / "a.png")
    assert (table.code, table.out.split()[1:]) == (0, ["png", "70x30", "1"])
