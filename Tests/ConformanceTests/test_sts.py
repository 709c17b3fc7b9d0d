"""Short-lived credentials: what our signer makes with them and their token is good for what their policy says."""

import json
from dataclasses import replace

import boto3
import pytest
from botocore.exceptions import ClientError

import pictures
from http_client import Answer, request
from judges import Judge
from presigner import bound_put
from store_client import REGION, StoreAccess, bound_headers

LENDERS = pytest.mark.parametrize("judge", ["seaweedfs", "radosgw"], indirect=True)


def sts(judge: Judge):
    """boto3's STS client of the server."""
    return boto3.client(
        "sts", endpoint_url=judge.store.endpoint, region_name=REGION,
        aws_access_key_id=judge.store.access_key, aws_secret_access_key=judge.store.secret_key,
    )  # fmt: skip


def narrowed(judge: Judge) -> tuple[StoreAccess, str]:
    """Keys of the role, narrowed to PUT below `conformance/`, and their token."""
    below = f"arn:aws:s3:::{judge.store.bucket}/conformance/*"
    allowed = {"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": [below]}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]}, separators=(",", ":"))
    lent = sts(judge).assume_role(RoleArn=judge.role, RoleSessionName="imgn", Policy=policy, DurationSeconds=900)
    return keys(judge, lent["Credentials"])


def keys(judge: Judge, credentials: dict) -> tuple[StoreAccess, str]:
    """The server with temporary keys, and their token."""
    store = replace(judge.store, access_key=credentials["AccessKeyId"], secret_key=credentials["SecretAccessKey"])
    return store, credentials["SessionToken"]


def put(store: StoreAccess, key: str, token: str, change=lambda url: url) -> Answer:
    """A bound PUT of a new picture by our signer."""
    picture = pictures.png()
    return request("PUT", change(bound_put(store, key, picture, token=token)), picture.data, bound_headers(picture))


@LENDERS
def test_lent_keys_do_what_their_policy_says(judge: Judge, key):
    """PUT below the prefix, and nothing else."""
    store, token = narrowed(judge)
    assert put(store, key, token).status == 200
    assert put(store, "elsewhere/picture.png", token).status == 403
    with pytest.raises(ClientError) as refused:
        boto3.client(
            "s3", endpoint_url=store.endpoint, region_name=REGION, aws_access_key_id=store.access_key,
            aws_secret_access_key=store.secret_key, aws_session_token=token,
        ).list_objects_v2(Bucket=store.bucket)  # fmt: skip
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


@LENDERS
def test_without_their_token_lent_keys_are_nothing(judge: Judge, key):
    """Left out, or changed by a letter: refused, and nothing is stored."""
    store, token = narrowed(judge)
    altered = put(store, key, token[:-8] + ("A" if token[-8] != "A" else "B") + token[-7:])
    assert put(store, key, "").status in (400, 403)
    assert altered.status in (400, 403), altered
    assert judge.store.keys_under("conformance/") == []


@pytest.mark.parametrize("judge", ["radosgw"], indirect=True)
def test_session_tokens_of_long_term_keys_work_too(judge: Judge, key):
    """GetSessionToken, which radosgw alone has."""
    store, token = keys(judge, sts(judge).get_session_token(DurationSeconds=900)["Credentials"])
    assert put(store, key, token).status == 200
    assert put(store, key, "").status == 403
