"""What browsers use beside PUT: form uploads by policy, and leave to send from another origin."""

from uuid import uuid4

import pytest

from http_client import Answer, request
from judges import Judge
from post_policy import PolicyForm

HERE = "https://here.example"
RULE = {
    "AllowedOrigins": [HERE],
    "AllowedMethods": ["PUT"],
    "AllowedHeaders": ["content-type", "x-amz-checksum-sha256", "if-none-match"],
    "ExposeHeaders": ["ETag"],
    "MaxAgeSeconds": 3000,
}


@pytest.mark.parametrize(
    ("size", "refusal"), [(10, (204, "")), (11, (400, "EntityTooLarge")), (4, (400, "EntityTooSmall"))]
)
def test_a_policy_bounds_the_size(judge: Judge, key, size, refusal):
    """`content-length-range`: the one way of S3 to say at most so many bytes."""
    form = PolicyForm(judge.store, key, [["content-length-range", 5, 10]], {"success_action_status": "204"}).signed()
    assert form.post(b"x" * size).refusal == refusal
    assert judge.store.keys_under("conformance/") == ([key] if refusal[0] == 204 else [])


def test_a_policy_is_held_to(judge: Judge, key):
    """Another key, a forged signature, a date long ago: 403, and nothing is stored."""
    other, forged = PolicyForm(judge.store, key).signed(), PolicyForm(judge.store, key).signed()
    other.fields["key"] = f"{key}-other"
    forged.fields["x-amz-signature"] = "0" * 64
    expired = PolicyForm(judge.store, key, expiration="2020-01-01T00:00:00Z").signed()
    assert [form.post(b"x").status for form in (other, forged, expired)] == [403] * 3
    assert judge.store.keys_under("conformance/") == []


@pytest.fixture
def bucket(judge: Judge) -> str:
    """A bucket of the test's own, with the rule."""
    client, name = judge.store.client(), f"cors-{uuid4()}"
    client.create_bucket(Bucket=name)
    client.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [RULE]})
    yield name
    client.delete_bucket(Bucket=name)


def preflight(judge: Judge, bucket: str, origin: str, method: str, headers: str) -> Answer:
    """What the browser asks first; no signature is looked at."""
    fields = {"origin": origin, "access-control-request-method": method, "access-control-request-headers": headers}
    return request("OPTIONS", f"{judge.store.endpoint}/{bucket}/key?X-Amz-Signature=0", headers=fields)


def test_the_rules_origin_may_send_what_they_name(judge: Judge, bucket):
    """A bound PUT's own headers pass the preflight."""
    answer = preflight(judge, bucket, HERE, "PUT", "content-type,if-none-match,x-amz-checksum-sha256")
    assert answer.status == 200, answer
    assert answer.headers["access-control-allow-origin"] == HERE
    assert "PUT" in answer.headers["access-control-allow-methods"]


def test_another_origin_may_not(judge: Judge, bucket):
    """No leave by status or by missing header: the browser sends nothing."""
    answer = preflight(judge, bucket, "https://elsewhere.example", "PUT", "content-type")
    assert "access-control-allow-origin" not in answer.headers, answer


@pytest.mark.parametrize(("method", "headers"), [("DELETE", "content-type"), ("PUT", "x-other")])
def test_another_method_or_header_may_not(judge: Judge, bucket, method, headers):
    """Refused by those who look at more than the origin."""
    answer = preflight(judge, bucket, HERE, method, headers)
    assert ("access-control-allow-origin" in answer.headers) == (not judge.checks_preflights), answer
