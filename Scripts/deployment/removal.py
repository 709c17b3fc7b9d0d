"""Takes a gallery out of AWS. What people brought stays, unless it was asked for by name."""

from typing import Any

from Scripts.deployment.account import Refusal, outputs, stack_status


def remove_stack(session: Any, stack: str) -> dict[str, str]:
    """Deletes the stack, and waits; bucket, table and user pool stay.

    Returns the stack's outputs, which tell where they are.
    """
    status = stack_status(session, stack)
    if status is None:
        raise Refusal(f"there is no stack {stack} in {session.region_name}")
    if status.endswith("_IN_PROGRESS"):
        raise Refusal(f"the stack {stack} is busy ({status}). Wait until it is done")
    found = outputs(session, stack)
    client = session.client("cloudformation")
    client.delete_stack(StackName=stack)
    # CloudFront takes its time.
    client.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig={"Delay": 15, "MaxAttempts": 160})
    return found


def what_is_left(found: dict[str, str]) -> str:
    """Where what people brought still is, and what it costs."""
    lines = ["Left behind, since nothing brings it back:"]
    for name, kind in (("BucketName", "bucket"), ("TableName", "table"), ("UserPoolId", "user pool")):
        if name in found:
            lines.append(f"  {kind} {found[name]}")
    lines.append("They cost what they store. --with-pictures removes them for good.")
    return "\n".join(lines)


def remove_what_people_brought(session: Any, found: dict[str, str]) -> list[str]:
    """Deletes pictures, catalog and user pool for good; returns what was removed."""
    removed = []
    if "BucketName" in found:
        _remove_bucket(session, found["BucketName"])
        removed.append(f"bucket {found['BucketName']}")
    if "TableName" in found:
        table = session.client("dynamodb")
        table.update_table(TableName=found["TableName"], DeletionProtectionEnabled=False)
        table.get_waiter("table_exists").wait(TableName=found["TableName"])
        table.delete_table(TableName=found["TableName"])
        removed.append(f"table {found['TableName']}")
    if "UserPoolId" in found:
        pool = session.client("cognito-idp")
        pool.update_user_pool(UserPoolId=found["UserPoolId"], DeletionProtection="INACTIVE")
        pool.delete_user_pool(UserPoolId=found["UserPoolId"])
        removed.append(f"user pool {found['UserPoolId']}")
    return removed


def _remove_bucket(session: Any, name: str) -> None:
    client = session.client("s3")
    for page in client.get_paginator("list_multipart_uploads").paginate(Bucket=name):
        for upload in page.get("Uploads", []):
            client.abort_multipart_upload(Bucket=name, Key=upload["Key"], UploadId=upload["UploadId"])
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=name):
        keys = [{"Key": entry["Key"]} for entry in page.get("Contents", [])]
        if keys:
            errors = client.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True}).get("Errors", [])
            if errors:
                raise Refusal(f"{errors[0]['Key']} could not be removed: {errors[0]['Message']}")
    client.delete_bucket(Bucket=name)
