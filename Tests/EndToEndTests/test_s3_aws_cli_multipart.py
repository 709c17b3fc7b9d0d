"""The real `aws` command line with a file that it cuts into parts, over http and over TLS."""

import json
import re

import pytest

import tls_front
from aws_cli import AWSCommand
from faults import LoseAnswer
from faulty_store import FaultyStore
from large_files import MIB, make_noise, sha256_of
from machine import tool
from multipart_client import PART
from store_client import store_of

LARGE = 200 * MIB


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A file of 200 MB and its SHA-256."""
    path = tmp_path_factory.mktemp("large") / "large.bin"
    return path, make_noise(path, LARGE)


@pytest.fixture(scope="module")
def tls(server, tmp_path_factory):
    """The shared server by https."""
    openssl = tool("openssl", "Debian package openssl")
    with tls_front.running(openssl, server.url, tmp_path_factory.mktemp("tls")) as front:
        yield front


@pytest.fixture(params=["http", "https"])
def aws(request, server, tmp_path) -> AWSCommand:
    """The command line over plain http, which sends checksums as headers, and over TLS, which sends trailers."""
    configuration = tmp_path / "config"
    configuration.touch()
    if request.param == "http":
        return AWSCommand(server, configuration, server.url)
    front = request.getfixturevalue("tls")
    return AWSCommand(server, configuration, front.url, front.certificate)


@pytest.mark.slow
def test_200_megabytes_go_there_and_back(aws, store, large, tmp_path):
    """Sent in parts, as its ETag says, listed with its size, fetched in ranges, equal, and gone after `rm`."""
    path, digest = large
    aws("s3", "cp", "--no-progress", str(path), "s3://imgn/cli/large.bin")
    head = store.client().head_object(Bucket="imgn", Key="cli/large.bin")
    assert head["ContentLength"] == LARGE
    assert re.fullmatch(r'"[0-9a-f]{32}-25"', head["ETag"]), "200 MiB in parts of 8 MiB"
    assert f"{LARGE} large.bin" in aws("s3", "ls", "s3://imgn/cli/")
    aws("s3", "cp", "--no-progress", "s3://imgn/cli/large.bin", str(tmp_path / "back"))
    assert sha256_of(tmp_path / "back") == digest
    aws("s3", "rm", "s3://imgn/cli/large.bin")
    aws("s3", "ls", "s3://imgn/cli/large.bin", fails=True)


def test_a_folder_of_small_and_large_files_is_synchronised(aws, tmp_path):
    """A multipart object is not sent again when nothing changed, and comes back equal."""
    folder, back = tmp_path / "folder", tmp_path / "back"
    (folder / "deep").mkdir(parents=True)
    sizes = {"small": 10, "empty": 0, "deep/with space.bin": 9 * MIB, "deep/ü+%.bin": MIB}
    digests = {name: make_noise(folder / name, size, seed) for seed, (name, size) in enumerate(sizes.items())}
    aws("s3", "sync", "--no-progress", str(folder), "s3://imgn/sync-large/")
    assert aws("s3", "sync", "--no-progress", str(folder), "s3://imgn/sync-large/").strip() == ""
    aws("s3", "sync", "--no-progress", "s3://imgn/sync-large/", str(back))
    assert {str(file.relative_to(back)): sha256_of(file) for file in back.rglob("*") if file.is_file()} == digests
    aws("s3", "rm", "--recursive", "s3://imgn/sync-large/")
    aws("s3", "ls", "s3://imgn/sync-large/", fails=True)


def test_a_large_object_is_copied_by_its_parts(aws, store, tmp_path):
    """`aws s3 cp` between keys uses UploadPartCopy above its limit."""
    file = tmp_path / "source.bin"
    digest = make_noise(file, 17 * MIB)
    aws("s3", "cp", "--no-progress", str(file), "s3://imgn/copy-large/a")
    aws("s3", "cp", "--no-progress", "s3://imgn/copy-large/a", "s3://imgn/copy-large/b c")
    assert store.client().head_object(Bucket="imgn", Key="copy-large/b c")["ETag"].endswith('-3"')
    aws("s3", "cp", "--no-progress", "s3://imgn/copy-large/b c", str(tmp_path / "back"))
    assert sha256_of(tmp_path / "back") == digest
    aws("s3", "rm", "--recursive", "s3://imgn/copy-large/")


def test_the_calls_of_a_multipart_upload_one_by_one(aws, tmp_path):
    """Create, two parts, both lists, complete, and an abort that leaves nothing."""
    one, two = tmp_path / "one", tmp_path / "two"
    make_noise(one, PART, 1)
    make_noise(two, 1000, 2)
    named = ["--bucket", "imgn", "--key", "api/joined"]
    upload = ["--upload-id", json.loads(aws("s3api", "create-multipart-upload", *named))["UploadId"]]
    parts = []
    for number, file in enumerate((one, two), start=1):
        answer = aws("s3api", "upload-part", *named, *upload, "--part-number", str(number), "--body", str(file))
        parts.append({"PartNumber": number, "ETag": json.loads(answer)["ETag"]})
    listed = json.loads(aws("s3api", "list-parts", *named, *upload))["Parts"]
    assert [(part["PartNumber"], part["Size"], part["ETag"]) for part in listed] == [
        (1, PART, parts[0]["ETag"]),
        (2, 1000, parts[1]["ETag"]),
    ]
    waiting = json.loads(aws("s3api", "list-multipart-uploads", "--bucket", "imgn"))["Uploads"]
    assert ("api/joined", upload[1]) in [(item["Key"], item["UploadId"]) for item in waiting]
    chosen = json.dumps({"Parts": parts})
    aws("s3api", "complete-multipart-upload", *named, *upload, "--multipart-upload", chosen)
    aws("s3api", "get-object", *named, str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == one.read_bytes() + two.read_bytes()
    second = json.loads(aws("s3api", "create-multipart-upload", *named))["UploadId"]
    aws("s3api", "abort-multipart-upload", *named, "--upload-id", second)
    assert "NoSuchUpload" in aws("s3api", "list-parts", *named, "--upload-id", second, fails=True)
    aws("s3api", "delete-object", *named)


def test_buckets_are_made_and_removed(aws, tmp_path):
    """`mb`, something in it, `rb` refuses, `rb --force` takes all."""
    file = tmp_path / "file"
    file.write_bytes(b"x")
    aws("s3", "mb", "s3://cli-bucket")
    aws("s3", "cp", str(file), "s3://cli-bucket/file")
    assert "cli-bucket" in aws("s3", "ls")
    assert "BucketNotEmpty" in aws("s3", "rb", "s3://cli-bucket", fails=True)
    aws("s3", "rb", "--force", "s3://cli-bucket")
    assert "cli-bucket" not in aws("s3", "ls")


def test_over_tls_the_command_line_does_send_trailers(server, store, tmp_path):
    """What the tests above mean by TLS: the body is chunked, with its checksum behind it."""
    openssl = tool("openssl", "Debian package openssl")
    file, configuration = tmp_path / "file", tmp_path / "config"
    file.write_bytes(b"trailing checksum")
    configuration.touch()
    with FaultyStore(store_of(server)) as seen, tls_front.running(openssl, seen.access.endpoint, tmp_path) as front:
        AWSCommand(server, configuration, front.url, front.certificate)("s3", "cp", str(file), "s3://imgn/trailed")
        sent = seen.exchanges[-1].received
    assert store.client().get_object(Bucket="imgn", Key="trailed")["Body"].read() == file.read_bytes()
    assert sent > len(file.read_bytes()) + len("x-amz-checksum-crc64nvme:"), "no trailer was sent"
    store.client().delete_object(Bucket="imgn", Key="trailed")


def test_a_lost_answer_to_complete_is_survived(server, store, tmp_path):
    """The join was done, its answer was lost: the command asks again, and takes the same answer for success."""
    file, configuration = tmp_path / "file", tmp_path / "config"
    digest = make_noise(file, 9 * MIB)
    configuration.touch()
    with FaultyStore(store_of(server)) as faulty:
        faulty.fail(LoseAnswer(), method="POST", target="uploadId=")
        command = AWSCommand(server, configuration, faulty.access.endpoint, attempts=3)
        command("s3", "cp", "--no-progress", str(file), "s3://imgn/lost-answer")
        command("s3", "cp", "--no-progress", "s3://imgn/lost-answer", str(tmp_path / "back"))
        completions = [seen for seen in faulty.exchanges if seen.method == "POST" and "uploadId=" in seen.target]
    assert len(completions) == 2
    assert sha256_of(tmp_path / "back") == digest
    store.client().delete_object(Bucket="imgn", Key="lost-answer")
