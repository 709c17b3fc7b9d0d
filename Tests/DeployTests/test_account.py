"""What `make deploy` asks before it changes anything, against AWS's own SDK with its answers written down."""

import pathlib
import zipfile

import boto3
import pytest
from botocore.stub import Stubber

from Scripts.deployment import account, removal
from Scripts.deployment.account import Refusal

STACK = {"StackName": "imgn", "CreationTime": "2026-01-01T00:00:00Z"}


class Session:
    """A session whose clients answer what was written down, in that order, and refuse all else."""

    def __init__(self, region: str | None = "eu-central-1") -> None:
        self.region_name = region
        self.stubs: dict[str, Stubber] = {}

    def client(self, service: str):
        """The client of a service."""
        return self.stub(service).client

    def stub(self, service: str) -> Stubber:
        """Where answers are written down."""
        if service not in self.stubs:
            client = boto3.client(service, region_name="eu-central-1", aws_access_key_id="x", aws_secret_access_key="x")
            self.stubs[service] = Stubber(client)
            self.stubs[service].activate()
        return self.stubs[service]

    def in_state(self, status: str, times: int = 1, **more: object) -> "Session":
        """Says what state the stack is in."""
        for _ in range(times):
            answer = {"Stacks": [STACK | {"StackStatus": status} | more]}
            self.stub("cloudformation").add_response("describe_stacks", answer, {"StackName": "imgn"})
        return self


def elf(machine: int) -> bytes:
    return b"\x7fELF" + bytes(14) + machine.to_bytes(2, "little") + bytes(44)


def packed(path: pathlib.Path, bootstrap: bytes | None) -> pathlib.Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other" if bootstrap is None else "bootstrap", bootstrap or b"")
    return path


@pytest.mark.parametrize(("machine", "name"), [(62, "x86_64"), (183, "arm64")])
def test_zips_say_what_they_were_built_for(tmp_path: pathlib.Path, machine: int, name: str):
    zips = [packed(tmp_path / f"{number}.zip", elf(machine)) for number in range(2)]
    assert account.common_architecture(zips) == name


def test_zips_for_different_machines_are_refused(tmp_path: pathlib.Path):
    zips = [packed(tmp_path / f"{machine}.zip", elf(machine)) for machine in (62, 183)]
    with pytest.raises(Refusal, match="different machines"):
        account.common_architecture(zips)


@pytest.mark.parametrize("bootstrap", [None, b"", b"MZ", elf(8), b"\xcf\xfa\xed\xfe" + bytes(40)])
def test_what_lambda_could_not_run_is_refused(tmp_path: pathlib.Path, bootstrap: bytes | None):
    with pytest.raises(Refusal):
        account.architecture(packed(tmp_path / "function.zip", bootstrap))


def test_a_zip_that_is_not_there_or_no_zip_is_refused(tmp_path: pathlib.Path):
    with pytest.raises(Refusal, match="make lambda"):
        account.architecture(tmp_path / "function.zip")
    (tmp_path / "function.zip").write_bytes(b"not a zip")
    with pytest.raises(Refusal, match="make lambda"):
        account.architecture(tmp_path / "function.zip")


def test_without_a_region_nothing_begins():
    with pytest.raises(Refusal, match="region"):
        account.identity(Session(region=None))


def test_whom_aws_does_not_know_is_told_what_to_do():
    session = Session()
    session.stub("sts").add_client_error("get_caller_identity", "InvalidClientTokenId")
    with pytest.raises(Refusal, match="AWS_PROFILE"):
        account.identity(session)


def test_account_and_region_are_said():
    session = Session()
    session.stub("sts").add_response("get_caller_identity", {"Account": "123456789012", "Arn": "arn:aws:iam::1:user/a"})
    assert account.identity(session) == "account 123456789012, region eu-central-1, as arn:aws:iam::1:user/a"


@pytest.mark.parametrize("status", ["UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", *account.STUCK])
def test_a_stack_that_cannot_be_updated_is_refused(status: str):
    with pytest.raises(Refusal, match=status):
        account.require_ready(Session().in_state(status), "imgn")


@pytest.mark.parametrize("status", ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])
def test_a_stack_that_rests_is_updated(status: str):
    account.require_ready(Session().in_state(status), "imgn")


def test_a_first_deployment_needs_no_stack():
    session = Session()
    session.stub("cloudformation").add_client_error("describe_stacks", "ValidationError", "imgn does not exist")
    account.require_ready(session, "imgn")


def test_the_addresses_of_cloudfront_come_from_aws():
    session = Session()
    ec2 = session.stub("ec2")
    ec2.add_response("describe_managed_prefix_lists", {"PrefixLists": [{"PrefixListId": "pl-1"}]})
    ec2.add_response("get_managed_prefix_list_entries", {"Entries": [{"Cidr": "9.0.0.0/8"}, {"Cidr": "1.2.3.0/24"}]})
    assert account.cloudfront_addresses(session) == "1.2.3.0/24,9.0.0.0/8"


def test_only_pictures_catalog_and_accounts_outlive_the_stack():
    outputs = [{"OutputKey": "BucketName", "OutputValue": "imgn-1"}, {"OutputKey": "TableName", "OutputValue": "t"}]
    session = Session().in_state("CREATE_COMPLETE", times=3, Outputs=outputs)
    session.stub("cloudformation").add_response("delete_stack", {}, {"StackName": "imgn"})
    session.in_state("DELETE_COMPLETE")
    found = removal.remove_stack(session, "imgn")
    assert found == {"BucketName": "imgn-1", "TableName": "t"}
    assert "bucket imgn-1" in removal.what_is_left(found) and "user pool" not in removal.what_is_left(found)


def test_pictures_are_removed_only_when_asked_for():
    session = Session()
    store = session.stub("s3")
    upload = {"Key": "incoming/a", "UploadId": "u"}
    store.add_response("list_multipart_uploads", {"Uploads": [upload]}, {"Bucket": "b"})
    store.add_response("abort_multipart_upload", {}, upload | {"Bucket": "b"})
    store.add_response("list_objects_v2", {"Contents": [{"Key": "images/a.jpg"}]}, {"Bucket": "b"})
    wanted = {"Bucket": "b", "Delete": {"Objects": [{"Key": "images/a.jpg"}], "Quiet": True}}
    store.add_response("delete_objects", {}, wanted)
    store.add_response("delete_bucket", {}, {"Bucket": "b"})
    assert removal.remove_what_people_brought(session, {"BucketName": "b"}) == ["bucket b"]
    store.assert_no_pending_responses()
