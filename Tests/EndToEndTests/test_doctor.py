"""`imgn doctor`: planted mistakes, each found, with the remedy; and nothing stays in the bucket, whatever happened."""

from datetime import timedelta

import pytest

from doctor_client import ORIGIN, Doctor, json_of, leftovers, run
from faults import SLOW_DOWN, LoseAnswer, Refuse, ResetUpload
from faulty_store import FaultyStore
from imgn_server import ImgnServer
from store_client import store_of
from web_page import serving_page

CHECKS = [
    "credentials", "bucket", "put, get, delete", "clock", "presigned upload", "conditional write", "checksum",
    "multipart upload", "ingest", "CORS", "lifecycle", "incoming is private", "public pictures",
    "lent keys",
]  # fmt: skip
CURL = "--storage-endpoint, or by AWS_ENDPOINT_URL.\nTry: curl -v "


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A store of the module's own, so that everything in its bucket is the doctor's."""
    folder = tmp_path_factory.mktemp("doctor")
    running = ImgnServer(folder / "data", folder / "log").start()
    yield store_of(running)
    assert running.stop() == 0


@pytest.fixture
def store(clinic):
    """The store; at the end it is as empty as before."""
    yield clinic
    assert leftovers(clinic) == []


@pytest.fixture
def faulty(store):
    """The store behind a proxy that fails on command."""
    with FaultyStore(store) as proxy:
        yield proxy


def only_fault(found, check: str, *words: str) -> str:
    """The remedy of the one fault there is; all that rests on it was left out."""
    assert (found.code, found.faults) == (1, [check]), found.out
    assert [line["check"] for line in found.lines] == CHECKS
    for part in words:
        assert part in found[check]["detail"], found[check]
    return found[check]["remedy"]


def test_a_healthy_store_is_found_healthy(store):
    """No fault, exit 0, every check made; the one advice is about what the embedded store does by itself."""
    found = Doctor(store).run("--public-url", ORIGIN)
    assert (found.code, found.err, found.faults, found.advice) == (0, "", [], ["lifecycle"])
    assert [line["check"] for line in found.lines] == CHECKS
    assert [line["check"] for line in found.lines if "remedy" in line] == ["lifecycle"]


def test_people_get_a_line_a_check_and_the_remedy_below(store):
    """Nothing but words, marked by how bad it is."""
    found = Doctor(store).run_plainly("--storage-region", "eu-west-1")
    lines = found.out.splitlines()
    assert lines[0] == f"ok       credentials: There is a lasting key, {store.access_key[:4]}…"
    assert lines[1].startswith("FAULT    bucket: AuthorizationHeaderMalformed (HTTP 400) ")
    assert lines[2] == "          The bucket is in another region: --storage-region us-east-1"
    assert lines[3] == "skipped  put, get, delete: Not looked at: bucket has to work first."
    assert (found.code, len(lines)) == (1, len(CHECKS) + 1)
    assert store.secret_key not in found.out + found.err


def test_without_keys(store):
    """Every place that was looked at is named, and the way out."""
    found = Doctor(store).run(AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
    remedy = only_fault(found, "credentials", "No AWS credentials were found.", "AWS_WEB_IDENTITY_TOKEN_FILE")
    assert remedy.startswith("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN")


WRONG_KEYS = {
    "InvalidAccessKeyId": (
        {"AWS_ACCESS_KEY_ID": "AKIANOBODYKNOWSTHIS0"},
        "The store does not know this access key. Check AWS_ACCESS_KEY_ID, or the profile in AWS_PROFILE.",
    ),
    "SignatureDoesNotMatch": (
        {"AWS_SECRET_ACCESS_KEY": "another secret"},
        "The secret key is not the one of this access key. Check AWS_SECRET_ACCESS_KEY, or the profile.",
    ),
    "InvalidToken": (
        {"AWS_SESSION_TOKEN": "made up"},
        "The session is over, or its token is not that of the keys. Get a new one, for example so:\n"
        'eval "$(aws configure export-credentials --format env)"',
    ),
}


@pytest.mark.parametrize("code", WRONG_KEYS)
def test_wrong_keys(store, code):
    """The store's own code, and which setting it comes from."""
    variables, remedy = WRONG_KEYS[code]
    assert only_fault(Doctor(store).run(**variables), "bucket", f"{code} (HTTP 40") == remedy


def test_a_session_that_is_over(faulty):
    """As AWS says it."""
    faulty.fail(Refuse(400, "ExpiredToken", "The provided token has expired."), times=-1)
    found = Doctor(faulty.access).run(AWS_SESSION_TOKEN="old")
    assert only_fault(found, "bucket", "ExpiredToken") == WRONG_KEYS["InvalidToken"][1]


@pytest.mark.parametrize("minutes, words", [(20, "behind the store's."), (-20, "ahead of the store's.")])
def test_a_clock_that_is_off_by_twenty_minutes(faulty, minutes, words):
    """It is said, and corrected for the rest of the checks."""
    faulty.clock = timedelta(minutes=minutes)
    remedy = only_fault(Doctor(faulty.access).run("--public-url", ORIGIN), "clock", words)
    assert remedy == "Set this machine's clock: sudo timedatectl set-ntp true"


def test_a_clock_that_is_off_by_ten_minutes(faulty):
    """Still works, so it is advice."""
    faulty.clock = timedelta(minutes=10)
    found = Doctor(faulty.access).run()
    assert (found.code, found.advice) == (0, ["clock", "lifecycle"])


def test_no_bucket_and_the_command_that_makes_it(store):
    """The command fits the endpoint."""
    remedy = only_fault(Doctor(store).run("--storage", "s3://another"), "bucket", "There is no bucket another at ")
    assert remedy == f"Make the bucket: aws s3api create-bucket --bucket another --endpoint-url {store.endpoint}"


def test_nobody_listens(faulty):
    """Where it looked, and how to look oneself."""
    faulty.die()
    remedy = only_fault(Doctor(faulty.access).run(), "bucket", "refused")
    assert remedy.endswith(CURL + faulty.access.endpoint)


@pytest.mark.parametrize("status", [200, 403, 404, 405])
def test_an_endpoint_that_is_no_s3(store, status):
    """A web page, whatever its status; above all it is no missing bucket."""
    with serving_page(status) as endpoint:
        remedy = only_fault(Doctor(store).run("--storage-endpoint", endpoint), "bucket")
        assert remedy == f"Does {endpoint} speak S3? Give the store's own address by --storage-endpoint."


def test_the_wrong_region(store):
    """The right one is told."""
    remedy = only_fault(Doctor(store).run("--storage-region", "eu-west-1"), "bucket", "AuthorizationHeaderMalformed")
    assert remedy == "The bucket is in another region: --storage-region us-east-1"


def test_acls_that_the_bucket_takes_none_of(store):
    """The remedy is to do without."""
    found = Doctor(store).run("--storage-acl", "authenticated-read")
    remedy = only_fault(found, "put, get, delete", "cannot be written: AccessControlListNotSupported")
    assert remedy == "The bucket takes no ACLs, which is what AWS recommends. Leave --storage-acl out."


DENIED = Refuse(403, "AccessDenied", "Access Denied.")


@pytest.mark.parametrize("acl", [None, "bucket-owner-full-control"])
def test_keys_that_may_not_write(faulty, acl):
    """The policy names the bucket, the prefix, and the ACL when there is one to set."""
    faulty.fail(DENIED, times=-1, method="PUT")
    flags = ["--storage-acl", acl] if acl else []
    found = Doctor(faulty.access).run("--storage", "s3://imgn/holiday*", *flags)
    remedy = only_fault(found, "put, get, delete", "s3://imgn/holiday*/incoming/probe-doctor-", "cannot be written: ")
    _, objects = json_of(remedy)["Statement"]
    arn = "arn:aws:s3:::imgn/holiday${*}"
    assert objects["Resource"] == [f"{arn}/{folder}/*" for folder in ("incoming", "images", "renditions")]
    assert ("s3:PutObjectAcl" in objects["Action"]) == bool(acl)


def test_keys_that_may_not_remove_and_what_is_left_then(clinic):
    """The one thing that cannot be cleaned up is named."""
    with FaultyStore(clinic) as faulty:
        faulty.fail(DENIED, times=-1, method="DELETE")
        found = Doctor(faulty.access).run()
    (left,) = leftovers(clinic)
    clinic.client().delete_object(Bucket="imgn", Key=left)
    words = f"s3://imgn/{left} cannot be removed, and is left there: AccessDenied"
    remedy = only_fault(found, "put, get, delete", words)
    assert "s3:DeleteObject" in json_of(remedy)["Statement"][1]["Action"]


INTERRUPTIONS = {
    "a part is refused": (DENIED, "PUT", "partNumber=1"),
    "parts are not listed": (DENIED, "GET", "uploadId="),
    "parts are not joined": (DENIED, "POST", "uploadId="),
    "the answer to joining is lost": (LoseAnswer(), "POST", "uploadId="),
    "an upload breaks off": (ResetUpload(), "PUT", "X-Amz-Signature"),
    "copies are refused": (DENIED, "PUT", "incoming/probe-"),
    "the store is busy": (SLOW_DOWN, "GET", "lifecycle"),
}


@pytest.mark.parametrize("name", INTERRUPTIONS)
def test_nothing_is_left_behind_by_a_check_that_fails(faulty, name):
    """The fixture looks into the bucket afterwards, and at uploads in parts."""
    fault, method, target = INTERRUPTIONS[name]
    faulty.fail(fault, times=-1, method=method, target=target)
    found = Doctor(faulty.access).run("--public-url", ORIGIN)
    assert (found.code, bool(found.faults)) == (1, True), found.out


def test_exit_codes_for_what_cannot_be_run():
    """All problems of the configuration at once; and a usage that makes no sense."""
    wrong = ["--storage", "x", "--storage-endpoint", "y", "--storage-style", "z", "--storage-acl", "public-read"]
    found = run("doctor", *wrong, "--pictures-url", "q", "--public-url", "r", IMGN_STORAGE_REGION="a/b")
    assert (found.code, found.out) == (78, "")
    assert "the configuration has 7 problems" in found.err
    assert "IMGN_STORAGE_REGION" in found.err
    assert "--public-url" in found.err
    found = run("doctor")
    assert found.code == 64
    assert "Name the storage to look at: --storage s3://bucket, or IMGN_STORAGE." in found.err
    assert run("doctor", "--nonsense").code == 64
