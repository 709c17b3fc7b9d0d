"""The commands that are compared: `imgn upload`, and `aws s3 cp` with its own defaults."""

import os
from dataclasses import dataclass
from pathlib import Path

from imgn_client import ImgnClient
from imgn_server import ImgnServer, binary, clean_environment
from machine import tool
from store_client import BUCKET, store_of

AWS_KEY = "benchmark/large.png"


@dataclass(frozen=True)
class Command:
    """A program with its arguments and its environment."""

    arguments: tuple[str, ...]
    environment: dict[str, str]


def user_of(server: ImgnServer) -> ImgnClient:
    """Whoever uploads to a server, and may remove what was uploaded."""
    return ImgnClient(server.url, server.data.parent / "home")


def imgn_upload(server: ImgnServer, picture: Path, *options: str) -> Command:
    """Uploads into the gallery."""
    return Command((str(binary()), "upload", "--json", *options, str(picture)), user_of(server).environment())


def aws_copy(server: ImgnServer, picture: Path, endpoint: str) -> Command:
    """Copies into the server's store, seen at an address of choice."""
    aws = tool("aws", "PyPI awscli, in requirements.txt")
    environment = clean_environment(
        AWS_SHARED_CREDENTIALS_FILE=str(server.credentials_path),
        AWS_CONFIG_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
    )
    to = ("--profile", "imgn", "--endpoint-url", endpoint)
    return Command((aws, *to, "s3", "cp", "--no-progress", str(picture), f"s3://{BUCKET}/{AWS_KEY}"), environment)


def remove_from_gallery(server: ImgnServer, uploaded: dict) -> None:
    """Removes what `imgn upload --json` said that it had uploaded; anything else is an error."""
    if uploaded["status"] != "uploaded":
        raise RuntimeError(f"not uploaded: {uploaded}")
    removed = user_of(server).run("rm", uploaded["id"])
    if removed.code != 0:
        raise RuntimeError(removed.err)


def remove_from_store(server: ImgnServer) -> None:
    """Removes what `aws s3 cp` has copied."""
    store_of(server).client().delete_object(Bucket=BUCKET, Key=AWS_KEY)
