"""Debian's s3cmd against the embedded object store: it looks before it works, and checks MD5s itself."""

import subprocess
from collections.abc import Callable, Iterator

import pytest

from imgn_server import clean_environment
from large_files import MIB, make_noise, sha256_of
from machine import tool


@pytest.fixture
def s3cmd(store, tmp_path) -> Iterator[Callable[..., str]]:
    """Runs s3cmd with a configuration as people write it for a store of their own; parts of 5 MiB."""
    program, configuration = tool("s3cmd", "Debian package s3cmd"), tmp_path / "s3cfg"
    host = store.endpoint.removeprefix("http://")
    configuration.write_text(
        f"[default]\naccess_key = {store.access_key}\nsecret_key = {store.secret_key}\nhost_base = {host}\n"
        f"host_bucket = {host}\nbucket_location = us-east-1\nuse_https = False\nmultipart_chunk_size_mb = 5\n"
    )

    def run(*arguments: str, fails: bool = False) -> str:
        command = [program, "--config", str(configuration), "--no-progress", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=clean_environment(), timeout=120)
        assert (done.returncode != 0) == fails, (arguments, done.stdout[-2000:], done.stderr[-2000:])
        return done.stdout + done.stderr

    yield run
    if store.keys_under("s3cmd/"):
        run("del", "--recursive", "--force", "s3://imgn/s3cmd/")


@pytest.mark.parametrize("size", [0, 1000, 12 * MIB])
def test_a_file_goes_there_and_back(s3cmd, store, tmp_path, size):
    """`put`, `info`, `get`, equal; 12 MiB goes in three parts."""
    file, back = tmp_path / "with space+ü.bin", tmp_path / "back"
    digest = make_noise(file, size)
    s3cmd("put", str(file), "s3://imgn/s3cmd/with space+ü.bin")
    assert f"File size: {size}" in s3cmd("info", "s3://imgn/s3cmd/with space+ü.bin")
    s3cmd("get", "s3://imgn/s3cmd/with space+ü.bin", str(back))
    assert sha256_of(back) == digest
    head = store.client().head_object(Bucket="imgn", Key="s3cmd/with space+ü.bin")
    assert head["ETag"].endswith('-3"') == (size > 5 * MIB)


def test_a_listing_shows_md5_and_folders(s3cmd, tmp_path):
    """`ls` folds, `ls --recursive --list-md5` tells every MD5, `du` the sum."""
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")
    for name in ("a", "deep/b"):
        s3cmd("put", str(file), f"s3://imgn/s3cmd/{name}")
    assert "DIR  s3://imgn/s3cmd/deep/" in s3cmd("ls", "s3://imgn/s3cmd/")
    assert s3cmd("ls", "--recursive", "--list-md5", "s3://imgn/s3cmd/").count("781e5e245d69b566979b86e28d23f2c7") == 2
    assert s3cmd("du", "s3://imgn/s3cmd/").split()[:2] == ["20", "2"]


def test_sync_sends_what_changed_and_deletes_what_is_gone(s3cmd, store, tmp_path):
    """By MD5, both ways."""
    folder, back = tmp_path / "folder", tmp_path / "back"
    (folder / "deep").mkdir(parents=True)
    back.mkdir()
    digests = {name: make_noise(folder / name, 500, seed) for seed, name in enumerate(("a", "deep/b", "c d"))}
    s3cmd("sync", f"{folder}/", "s3://imgn/s3cmd/sync/")
    assert "upload:" not in s3cmd("sync", f"{folder}/", "s3://imgn/s3cmd/sync/")
    s3cmd("sync", "s3://imgn/s3cmd/sync/", f"{back}/")
    assert {str(file.relative_to(back)): sha256_of(file) for file in back.rglob("*") if file.is_file()} == digests
    (folder / "a").unlink()
    digests["c d"] = make_noise(folder / "c d", 501, 9)
    said = s3cmd("sync", "--delete-removed", f"{folder}/", "s3://imgn/s3cmd/sync/")
    assert said.count("upload:") == 1 and "delete: 's3://imgn/s3cmd/sync/a'" in said
    assert store.keys_under("s3cmd/sync/") == ["s3cmd/sync/c d", "s3cmd/sync/deep/b"]


def test_objects_are_copied_moved_and_deleted(s3cmd, store, tmp_path):
    """`cp`, `mv`, `del`."""
    file = tmp_path / "file"
    file.write_bytes(b"content")
    s3cmd("put", str(file), "s3://imgn/s3cmd/a")
    s3cmd("cp", "s3://imgn/s3cmd/a", "s3://imgn/s3cmd/b")
    s3cmd("mv", "s3://imgn/s3cmd/a", "s3://imgn/s3cmd/c")
    assert store.keys_under("s3cmd/") == ["s3cmd/b", "s3cmd/c"]
    s3cmd("del", "s3://imgn/s3cmd/b")
    assert store.keys_under("s3cmd/") == ["s3cmd/c"]


def test_an_upload_under_way_is_seen_and_taken_up_or_aborted(s3cmd, store, tmp_path):
    """`multipart`, `listmp`, `put --upload-id`, `abortmp`."""
    file = tmp_path / "file"
    digest = make_noise(file, 12 * MIB)
    client, named = store.client(), {"Bucket": "imgn", "Key": "s3cmd/half"}
    upload = client.create_multipart_upload(**named)["UploadId"]
    client.upload_part(**named, UploadId=upload, PartNumber=1, Body=file.read_bytes()[: 5 * MIB])
    assert upload in s3cmd("multipart", "s3://imgn")
    assert str(5 * MIB) in s3cmd("listmp", "s3://imgn/s3cmd/half", upload)
    s3cmd("put", "--upload-id", upload, str(file), "s3://imgn/s3cmd/half")
    s3cmd("get", "s3://imgn/s3cmd/half", str(tmp_path / "back"))
    assert sha256_of(tmp_path / "back") == digest
    other = client.create_multipart_upload(**named)["UploadId"]
    s3cmd("abortmp", "s3://imgn/s3cmd/half", other)
    assert other not in s3cmd("multipart", "s3://imgn")


def test_buckets_are_made_described_and_removed(s3cmd, tmp_path):
    """`mb`, `info` (which asks for all that a bucket may have), `rb`."""
    s3cmd("mb", "s3://s3cmd-bucket")
    assert "s3://s3cmd-bucket" in s3cmd("ls")
    assert "Location:  us-east-1" in s3cmd("info", "s3://s3cmd-bucket")
    s3cmd("rb", "s3://s3cmd-bucket")
    assert "s3://s3cmd-bucket" not in s3cmd("ls")


def test_a_missing_object_is_said_plainly(s3cmd, tmp_path):
    """The tool's own words for 404."""
    assert "does not exist" in s3cmd("get", "s3://imgn/s3cmd/missing", str(tmp_path / "missing"), fails=True)
