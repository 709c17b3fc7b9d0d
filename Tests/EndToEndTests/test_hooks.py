"""`/hooks/s3` of the built program: who is believed, and what the log keeps of it."""

import hashlib
import hmac
import json

import pytest

from http_client import Answer, request
from imgn_server import ImgnServer

SECRET = "hook secret+of the tests"
EVENT = {
    "Records": [
        {
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "eventName": "ObjectCreated:Put",
            "s3": {"bucket": {"name": "imgn"}, "object": {"key": "incoming%2Fk7Tqk7Tqk7Tq", "size": 3}},
        }
    ]
}
BODY = json.dumps(EVENT).encode()


@pytest.fixture(scope="module")
def hooked(tmp_path_factory) -> ImgnServer:
    """A server that was given a secret."""
    folder = tmp_path_factory.mktemp("hooks")
    running = ImgnServer(folder / "data", folder / "log", variables={"IMGN_HOOK_SECRET": SECRET}).start()
    yield running
    assert running.stop() == 0


def post(server: ImgnServer, body: bytes = BODY, query: str = "", **headers: str) -> Answer:
    """Sends an event; header names are written with underscores."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return request("POST", f"{server.url}/hooks/s3{query}", body, fields | {"content-type": "text/plain"})


def signature(body: bytes) -> str:
    """The body's signature by the secret."""
    return "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


def test_a_store_that_knows_the_secret_is_heard(hooked):
    """By signature, or by the secret in the address, as a form writes it."""
    for answer in [
        post(hooked, x_imgn_signature=signature(BODY)),
        post(hooked, query="?token=hook+secret%2Bof%20the%20tests"),
    ]:
        assert (answer.status, answer.json()) == (200, {"noticed": 1})


def test_nobody_else_is(hooked):
    """No claim, a wrong one, and a good signature of other bytes."""
    assert post(hooked).refusal == (401, "unauthorized")
    assert post(hooked, query="?token=wrong").refusal == (403, "invalid-token")
    assert post(hooked, BODY + b" ", x_imgn_signature=signature(BODY)).refusal == (403, "invalid-token")


def test_without_a_secret_there_is_no_such_route(server):
    """Even the right words reach nothing."""
    assert post(server, x_imgn_signature=signature(BODY)).refusal == (404, "not-found")


def test_a_subscription_is_told_to_whoever_reads_the_log_and_the_secret_is_not(hooked):
    """The address to open is there, if it is SNS's own; nothing of the query is."""
    offer = {"Type": "SubscriptionConfirmation", "SubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Token=abc"}
    forged = offer | {"SubscribeURL": "https://evil.example/?sns.eu-west-1.amazonaws.com"}
    for message in (offer, forged):
        answer = post(hooked, json.dumps(message).encode(), query="?token=hook+secret%2Bof+the+tests")
        assert (answer.status, answer.json()) == (200, {"noticed": 0})
    log = hooked.log()
    assert "https://sns.eu-west-1.amazonaws.com/?Token=abc" in log
    assert "evil.example" not in log and "hook" not in log.replace("/hooks/s3", "")
