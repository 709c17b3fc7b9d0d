"""What `make deploy` and `make undeploy` ask of AWS and of the zips; each function returns what people shall read.

It runs in .venv/deploy, which has the AWS SDK of the pinned sam.
"""

import io
import pathlib
import struct
import zipfile
from typing import Any

# The prefix list that AWS keeps of the addresses CloudFront comes from.
CLOUDFRONT = "com.amazonaws.global.cloudfront.origin-facing"
# ELF's e_machine, and what Lambda calls it.
MACHINES = {62: "x86_64", 183: "arm64"}
# States of a stack from which no update starts, and the way out.
STUCK = {
    "ROLLBACK_COMPLETE": "its first deployment failed. Remove what is left of it: make undeploy",
    "ROLLBACK_FAILED": "its first deployment failed. Remove what is left of it: make undeploy",
    "DELETE_FAILED": "it could not be removed entirely. See why in the CloudFormation console, then: make undeploy",
    "UPDATE_ROLLBACK_FAILED": "continue its rollback in the CloudFormation console first",
}


class Refusal(Exception):
    """Why nothing is done, in a sentence with the way out."""


def architecture(path: pathlib.Path) -> str:
    """What a zip's `bootstrap` was built for, in Lambda's words."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("bootstrap") as file:
            head = file.read(20)
    except FileNotFoundError:
        raise Refusal(f"{path} is not there. Build it: make lambda") from None
    except (KeyError, zipfile.BadZipFile):
        raise Refusal(f"{path} holds no `bootstrap`. Build it again: make lambda") from None
    if len(head) < 20 or head[:4] != b"\x7fELF":
        raise Refusal(f"the `bootstrap` in {path} is no program for Linux. Build on Linux, or in a container")
    (machine,) = struct.unpack_from("<H", head, 18)
    if machine not in MACHINES:
        raise Refusal(f"the `bootstrap` in {path} is for a machine that Lambda does not have")
    return MACHINES[machine]


def common_architecture(paths: list[pathlib.Path]) -> str:
    """What all zips were built for."""
    found = {architecture(path) for path in paths}
    if len(found) != 1:
        raise Refusal("the zips were built for different machines. Build both again: make lambda")
    return found.pop()


def identity(session: Any) -> str:
    """Who would deploy, and where to."""
    if session.region_name is None:
        raise Refusal("no region is chosen. Give one: --region eu-central-1, or set AWS_REGION")
    try:
        caller = session.client("sts").get_caller_identity()
    except Exception as error:  # noqa: BLE001 (whatever keeps us from it is said)
        raise Refusal(f"AWS does not know who you are ({error}). Set AWS_PROFILE, or: aws configure") from None
    return f"account {caller['Account']}, region {session.region_name}, as {caller['Arn']}"


def stack_status(session: Any, stack: str) -> str | None:
    """The state of a stack; nothing when there is none."""
    client = session.client("cloudformation")
    try:
        return client.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
    except client.exceptions.ClientError as error:
        if "does not exist" in str(error):
            return None
        raise Refusal(f"CloudFormation says: {error}") from None


def require_ready(session: Any, stack: str) -> None:
    """Refuses when a deployment could not begin."""
    status = stack_status(session, stack)
    if status is None:
        return
    if status.endswith("_IN_PROGRESS"):
        raise Refusal(f"the stack {stack} is busy ({status}). Wait until it is done")
    if status in STUCK:
        raise Refusal(f"the stack {stack} is {status}: {STUCK[status]}")


def cloudfront_addresses(session: Any) -> str:
    """CloudFront's addresses, with commas between."""
    client = session.client("ec2")
    lists = client.describe_managed_prefix_lists(
        Filters=[{"Name": "prefix-list-name", "Values": [CLOUDFRONT]}]
    )["PrefixLists"]
    if not lists:
        raise Refusal(f"AWS has no prefix list {CLOUDFRONT} in this region")
    pages = client.get_paginator("get_managed_prefix_list_entries").paginate(PrefixListId=lists[0]["PrefixListId"])
    return ",".join(sorted(entry["Cidr"] for page in pages for entry in page["Entries"]))


def outputs(session: Any, stack: str) -> dict[str, str]:
    """A stack's outputs by name; none when there is no stack."""
    if stack_status(session, stack) is None:
        return {}
    found = session.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
    return {entry["OutputKey"]: entry["OutputValue"] for entry in found}


def hints(found: dict[str, str]) -> str:
    """What to do with a gallery that has just been deployed."""
    text = io.StringIO()
    print(f"The gallery is at {found.get('Url')}", file=text)
    for name, purpose in (("UploadTokenArn", "upload"), ("OwnerTokenArn", "remove any picture")):
        if name in found:
            command = "aws secretsmanager get-secret-value --query SecretString --output text --secret-id"
            print(f"The secret that lets people {purpose}:\n  {command} {found[name]}", file=text)
    if "UserPoolId" in found:
        command = "aws cognito-idp admin-create-user --username somebody@example.com --user-pool-id"
        print(f"To let somebody sign in:\n  {command} {found['UserPoolId']}", file=text)
    print(f"A DNS record of a name of your own leads to {found.get('DistributionDomain')}", file=text)
    return text.getvalue()
