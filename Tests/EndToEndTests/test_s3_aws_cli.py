"""The real `aws` command line against the embedded object store, with nothing but its keys file."""

import configparser
import os
import stat

import pytest

import pictures
from aws_cli import AWSCommand
from http_client import get


@pytest.fixture
def aws(server, tmp_path) -> AWSCommand:
    """The command with a configuration file that says nothing, until a test writes into it."""
    (tmp_path / "config").touch()
    return AWSCommand(server, tmp_path / "config", server.url)


def test_the_keys_file_is_for_its_owner_alone(server):
    """Mode 0600, in the format every AWS tool reads, with profile and region."""
    assert stat.S_IMODE(os.stat(server.credentials_path).st_mode) == 0o600
    profile = configparser.ConfigParser()
    profile.read(server.credentials_path)
    assert {"aws_access_key_id", "aws_secret_access_key"} <= set(profile["imgn"])
    assert profile["imgn"]["region"] == "us-east-1"


def test_ls_shows_the_bucket(aws):
    """The very line of the documentation."""
    assert aws("s3", "ls").split()[-1] == "imgn"


def test_cp_there_and_back_keeps_every_byte(aws, tmp_path):
    """Up, listed with its size, down, and equal."""
    picture = pictures.noisy_png(3 << 20)
    there, back = tmp_path / "there.png", tmp_path / "back.png"
    there.write_bytes(picture.data)
    aws("s3", "cp", str(there), "s3://imgn/cli/there.png")
    assert f"{len(picture.data)} there.png" in aws("s3", "ls", "s3://imgn/cli/")
    aws("s3", "cp", "s3://imgn/cli/there.png", str(back))
    assert back.read_bytes() == picture.data
    aws("s3", "rm", "s3://imgn/cli/there.png")
    aws("s3", "ls", "s3://imgn/cli/there.png", fails=True)


def test_cp_between_keys_copies(aws, tmp_path):
    """CopyObject, and `mv` which is a copy and a delete."""
    file = tmp_path / "a.png"
    file.write_bytes(pictures.png().data)
    aws("s3", "cp", str(file), "s3://imgn/copy/a.png")
    aws("s3", "cp", "s3://imgn/copy/a.png", "s3://imgn/copy/b c.png")
    aws("s3", "mv", "s3://imgn/copy/a.png", "s3://imgn/copy/d.png")
    listing = aws("s3", "ls", "s3://imgn/copy/")
    assert "b c.png" in listing and "d.png" in listing and "a.png" not in listing
    aws("s3", "rm", "--recursive", "s3://imgn/copy/")


def test_sync_sends_only_what_is_new_and_deletes_what_is_gone(aws, tmp_path):
    """A folder with odd names goes up, comes back, and follows its changes."""
    folder, copy = tmp_path / "folder", tmp_path / "copy"
    names = ["plain.png", "with space.png", "plus+sign.png", "ümlaut.png", "deep/er/still.png"]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(pictures.png().data)
    aws("s3", "sync", str(folder), "s3://imgn/sync/")
    assert aws("s3", "sync", str(folder), "s3://imgn/sync/").strip() == ""
    aws("s3", "sync", "s3://imgn/sync/", str(copy))
    assert {str(file.relative_to(copy)) for file in copy.rglob("*.png")} == set(names)
    (folder / "plain.png").unlink()
    aws("s3", "sync", "--delete", str(folder), "s3://imgn/sync/")
    listing = aws("s3", "ls", "--recursive", "s3://imgn/sync/")
    assert "plain.png" not in listing and "ümlaut.png" in listing
    aws("s3", "rm", "--recursive", "s3://imgn/sync/")
    aws("s3", "ls", "s3://imgn/sync/", fails=True)


def test_presign_of_the_command_line_opens_for_anyone(aws, tmp_path):
    """`aws s3 presign` makes a URL that needs no keys, once it is told to sign with version 4."""
    (tmp_path / "config").write_text("[profile imgn]\ns3 =\n    signature_version = s3v4\n")
    picture = pictures.png()
    file = tmp_path / "signed.png"
    file.write_bytes(picture.data)
    aws("s3", "cp", str(file), "s3://imgn/presigned.png")
    url = aws("s3", "presign", "s3://imgn/presigned.png", "--expires-in", "60").strip()
    assert get(url).body == picture.data
    aws("s3", "rm", "s3://imgn/presigned.png")


def test_a_wrong_bucket_is_said_by_name(aws):
    """NoSuchBucket, not a mystery."""
    assert "NoSuchBucket" in aws("s3", "ls", "s3://not-there/", fails=True)
