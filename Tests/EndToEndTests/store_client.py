"""boto3 clients and botocore's own signers, pointed at any S3 server."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from unittest import mock

import boto3
import botocore.auth
from botocore.config import Config

from pictures import Picture

REGION = "us-east-1"
BUCKET = "imgn"


@dataclass(frozen=True)
class StoreAccess:
    """Where an S3 server is, and the keys to it."""

    endpoint: str
    access_key: str
    secret_key: str
    bucket: str = BUCKET
    prefix: str = ""
    """What the gallery's keys begin with; empty, or text that ends with a slash."""

    def client(self, **options):
        """A boto3 client with the SDK's defaults, but no retries that would hide a refusal."""
        config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, signature_version="s3v4")
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=config.merge(Config(**options)),
        )

    def keys_under(self, prefix: str) -> list[str]:
        """The gallery's keys that begin with the text."""
        return [item["Key"].removeprefix(self.prefix) for item in self._listed(prefix)]

    def waiting(self) -> list[str]:
        """The uploads that wait for ingest. An empty object under `incoming/` is no upload but a used-up ticket."""
        found = [item["Key"] for item in self._listed("incoming/") if item["Size"] > 0]
        return [key.removeprefix(self.prefix) for key in found]

    def unfinished(self) -> list[str]:
        """The gallery's uploads in parts that were begun and neither completed nor aborted."""
        listed = self.client().list_multipart_uploads(Bucket=self.bucket, Prefix=self.prefix)
        return [item["Key"].removeprefix(self.prefix) for item in listed.get("Uploads", [])]

    def address(self, key: str) -> str:
        """Where an object of the gallery is, without a signature."""
        return f"{self.endpoint}/{self.bucket}/{self.prefix}{key}"

    def _listed(self, prefix: str) -> list[dict]:
        pages = self.client().get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self.prefix + prefix
        )
        return [item for page in pages for item in page.get("Contents", [])]

    def bound_put(self, key: str, picture: Picture, seconds: int = 300) -> tuple[str, dict[str, str]]:
        """A presigned PUT of botocore's signer, bound to size, type, digest and first use, and its headers."""
        bound = {
            "ContentLength": len(picture.data),
            "ContentType": picture.content_type,
            "ChecksumSHA256": picture.sha256,
            "IfNoneMatch": "*",
        }
        parameters = {"Bucket": self.bucket, "Key": key} | bound
        url = self.client().generate_presigned_url("put_object", Params=parameters, ExpiresIn=seconds)
        return url, bound_headers(picture)


def store_of(server) -> StoreAccess:
    """The object store a running imgn keeps its pictures in: its own, with its own keys, or the one it was given."""
    return server.store or StoreAccess(server.url, *server.keys())


def session(store: StoreAccess, document: dict) -> dict[str, str]:
    """Keys of SeaweedFS that may do what the policy says and nothing else, as variables."""
    sts = boto3.client(
        "sts",
        endpoint_url=store.endpoint,
        region_name=REGION,
        aws_access_key_id=store.access_key,
        aws_secret_access_key=store.secret_key,
    )
    words = json.dumps(document, separators=(",", ":"))
    keys = sts.assume_role(RoleArn="arn:aws:iam::role/uploader", RoleSessionName="doctor", Policy=words)["Credentials"]
    return {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }


def bound_headers(picture: Picture) -> dict[str, str]:
    """The headers that a bound PUT signs, but for the length."""
    return {
        "content-type": picture.content_type,
        "x-amz-checksum-sha256": picture.sha256,
        "if-none-match": "*",
    }


def at(offset: timedelta):
    """Lets botocore's signers believe that the time is off by so much, within a `with`."""
    real = botocore.auth.get_current_datetime

    def shifted(*arguments, **options) -> datetime:
        return real(*arguments, **options) + offset

    return mock.patch.object(botocore.auth, "get_current_datetime", shifted)
