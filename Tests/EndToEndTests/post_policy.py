"""POST Object with a SigV4 policy made by botocore, and its form written by hand."""

from base64 import b64encode
from dataclasses import dataclass, field

from botocore.auth import S3SigV4PostAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import forms
from http_client import Answer, request
from store_client import REGION, StoreAccess


@dataclass
class PolicyForm:
    """A form for one object. What a test changes after `signed()` makes it wrong."""

    store: StoreAccess
    key: str
    conditions: list = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    expiration: str = "2099-01-01T00:00:00Z"

    @property
    def url(self) -> str:
        """Where it is posted to."""
        return f"{self.store.endpoint}/{self.store.bucket}"

    def signed(self) -> "PolicyForm":
        """Covers bucket, key and the fields by conditions, and adds policy and signature to the fields."""
        named = {"bucket": self.store.bucket, "key": self.key} | self.fields
        covered = [{name: value} for name, value in named.items()]
        policy = {"expiration": self.expiration, "conditions": covered + self.conditions}
        asked = AWSRequest("POST", self.url)
        asked.context["s3-presign-post-fields"] = {}
        asked.context["s3-presign-post-policy"] = policy
        S3SigV4PostAuth(Credentials(self.store.access_key, self.store.secret_key), "s3", REGION).add_auth(asked)
        self.fields = {"key": self.key} | self.fields | asked.context["s3-presign-post-fields"]
        return self

    def signing(self, text: str) -> "PolicyForm":
        """Signs any text as the policy."""
        auth = S3SigV4PostAuth(Credentials(self.store.access_key, self.store.secret_key), "s3", REGION)
        self.signed()
        encoded = b64encode(text.encode()).decode()
        asked = AWSRequest("POST", self.url)
        asked.context["timestamp"] = self.fields["x-amz-date"]
        self.fields |= {"policy": encoded, "x-amz-signature": auth.signature(encoded, asked)}
        return self

    def post(self, data: bytes | None, headers: dict[str, str] | None = None) -> Answer:
        """Sends the fields, and the file after them unless it is `None`."""
        parts = [forms.part(name, value.encode()) for name, value in self.fields.items()]
        if data is not None:
            parts.append(forms.part("file", data, "picture.png"))
        return request("POST", self.url, forms.closed(*parts), forms.TYPE | (headers or {}))

