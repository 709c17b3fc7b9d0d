"""Every test here runs on each judge: the same request, and for each server what it is known to do with it."""

import os

import pytest
from botocore.exceptions import ClientError

import judges
from imgn_server import ImgnServer, binary
from judges import Judge
from store_client import store_of

NAMES = ("imgn", "seaweedfs", "radosgw")


@pytest.fixture(scope="session", autouse=True)
def _prepared():
    """The servers are started by the script; without them there is nothing to ask."""
    if not {"IMGN_SEAWEEDFS", "IMGN_RADOSGW"} <= set(os.environ) or not binary().exists():
        pytest.exit("start this by Scripts/conformance", returncode=1)


@pytest.fixture(scope="session")
def imgn(tmp_path_factory) -> ImgnServer:
    """Our own server."""
    folder = tmp_path_factory.mktemp("imgn")
    running = ImgnServer(folder / "data", folder / "log").start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session", params=NAMES)
def judge(request) -> Judge:
    """Each of the servers, with the bucket `imgn` in it."""
    if request.param == "imgn":
        return judges.imgn(store_of(request.getfixturevalue("imgn")))
    judge = getattr(judges, request.param)()
    try:
        judge.store.client().create_bucket(Bucket=judge.store.bucket)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "BucketAlreadyOwnedByYou"
    return judge


@pytest.fixture
def key(judge) -> str:
    """A key that is free before and after."""
    name = "conformance/a b+ü.png"
    judge.store.client().delete_object(Bucket=judge.store.bucket, Key=name)
    yield name
    judge.store.client().delete_object(Bucket=judge.store.bucket, Key=name)
