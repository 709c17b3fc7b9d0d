"""Debian's rclone against the embedded object store: folders there and back, parts, checks, buckets."""

import json
import subprocess
from collections.abc import Callable, Iterator

import pytest

from imgn_server import clean_environment
from large_files import MIB, make_noise, sha256_of
from machine import tool

FILES = {"plain.bin": 1000, "empty": 0, "with space.bin": 10, "deep/er/ü+%&.bin": 2000, "large.bin": 23 * MIB}


@pytest.fixture
def rclone(store, tmp_path) -> Iterator[Callable[..., str]]:
    """Runs rclone with one remote, `imgn:`, that is our store; parts of 5 MiB, one try, so that nothing hides."""
    program = tool("rclone", "Debian package rclone")
    (tmp_path / "rclone.conf").touch()
    environment = clean_environment(
        RCLONE_CONFIG=str(tmp_path / "rclone.conf"), RCLONE_CONFIG_IMGN_TYPE="s3", RCLONE_CONFIG_IMGN_PROVIDER="Other",
        RCLONE_CONFIG_IMGN_ENDPOINT=store.endpoint, RCLONE_CONFIG_IMGN_REGION="us-east-1",
        RCLONE_CONFIG_IMGN_ACCESS_KEY_ID=store.access_key, RCLONE_CONFIG_IMGN_SECRET_ACCESS_KEY=store.secret_key,
        RCLONE_S3_UPLOAD_CUTOFF="5M", RCLONE_S3_CHUNK_SIZE="5M", RCLONE_RETRIES="1", RCLONE_LOW_LEVEL_RETRIES="1",
    )  # fmt: skip

    def run(*arguments: str, fails: bool = False, sent: bytes = b"") -> str:
        done = subprocess.run([program, *arguments], input=sent, capture_output=True, env=environment, timeout=120)
        assert (done.returncode != 0) == fails, (arguments, done.stdout[-2000:], done.stderr[-2000:])
        return (done.stdout + done.stderr).decode()

    yield run
    if store.keys_under("rclone/"):
        run("purge", "imgn:imgn/rclone")


@pytest.fixture
def folder(tmp_path):
    """Files with odd names and sizes, and their digests by name."""
    digests = {}
    for seed, (name, size) in enumerate(FILES.items()):
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digests[name] = make_noise(path, size, seed)
    return tmp_path / "folder", digests


def test_a_folder_goes_there_and_back(rclone, folder, store, tmp_path):
    """`copy` up in parts where large, `check` by checksum, `copy` down, equal."""
    path, digests = folder
    rclone("copy", str(path), "imgn:imgn/rclone")
    assert store.client().head_object(Bucket="imgn", Key="rclone/large.bin")["ETag"].endswith('-5"')
    assert "0 differences found" in rclone("check", str(path), "imgn:imgn/rclone")
    assert "0 differences found" in rclone("check", "--download", str(path), "imgn:imgn/rclone")
    back = tmp_path / "back"
    rclone("copy", "imgn:imgn/rclone", str(back))
    assert {str(file.relative_to(back)): sha256_of(file) for file in back.rglob("*") if file.is_file()} == digests


def test_a_listing_tells_sizes_times_and_checksums(rclone, folder):
    """`lsjson` and `md5sum` agree with the files, the large one's MD5 kept as metadata by rclone itself."""
    path, _ = folder
    rclone("copy", str(path), "imgn:imgn/rclone")
    listed = json.loads(rclone("lsjson", "--recursive", "--files-only", "imgn:imgn/rclone"))
    assert {item["Path"]: item["Size"] for item in listed} == FILES
    there, here = (sorted(rclone("md5sum", place).splitlines()) for place in ("imgn:imgn/rclone", str(path)))
    assert there == here and len(here) == len(FILES)


def test_sync_follows_changes_and_deletions(rclone, folder, store):
    """Nothing is sent twice; what is gone here goes there; a renamed file is copied on the server."""
    path, _ = folder
    rclone("sync", str(path), "imgn:imgn/rclone")
    assert "There was nothing to transfer" in rclone("sync", "-v", str(path), "imgn:imgn/rclone")
    (path / "plain.bin").unlink()
    (path / "with space.bin").write_bytes(b"changed!")
    rclone("sync", str(path), "imgn:imgn/rclone")
    assert "rclone/plain.bin" not in store.keys_under("rclone/")
    assert rclone("cat", "imgn:imgn/rclone/with space.bin") == "changed!"
    rclone("moveto", "imgn:imgn/rclone/large.bin", "imgn:imgn/rclone/moved.bin")
    keys = store.keys_under("rclone/")
    assert "rclone/moved.bin" in keys and "rclone/large.bin" not in keys


def test_buckets_are_made_and_removed(rclone):
    """`mkdir`, `lsd`, `rmdir`, and `purge` with something inside."""
    rclone("mkdir", "imgn:rclone-bucket")
    assert "rclone-bucket" in rclone("lsd", "imgn:")
    rclone("rmdir", "imgn:rclone-bucket")
    assert "rclone-bucket" not in rclone("lsd", "imgn:")


def test_a_part_of_a_file_is_read_by_range(rclone, tmp_path):
    """`cat` with an offset and a count."""
    (tmp_path / "digits").write_bytes(b"0123456789")
    rclone("copy", str(tmp_path / "digits"), "imgn:imgn/rclone")
    assert rclone("cat", "--offset", "3", "--count", "4", "imgn:imgn/rclone/digits") == "3456"


def test_a_stream_without_a_known_length_goes_in_parts(rclone, store, tmp_path):
    """`rcat` does not know how much will come."""
    file = tmp_path / "streamed"
    digest = make_noise(file, 11 * MIB)
    rclone("rcat", "imgn:imgn/rclone/streamed", sent=file.read_bytes())
    back = tmp_path / "back"
    rclone("copyto", "imgn:imgn/rclone/streamed", str(back))
    assert sha256_of(back) == digest
    assert store.client().head_object(Bucket="imgn", Key="rclone/streamed")["ETag"].endswith('-3"')
