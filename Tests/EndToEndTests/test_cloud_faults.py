"""What goes wrong between store, queue, function and table: nothing is lost, and no picture is blamed for it."""

import json
import os
import signal
import time
from contextlib import suppress

import pytest

import pictures
from cloud.bucket_events import Created, notification
from cloud.http_front import Reply
from cloud.server import CloudServer
from cloud.watching import slow, throttled
from gallery_client import Gallery, put
from http_client import get
from pictures import Picture

HOSTILE_KEYS = ["a b", "a+b", "100%", "%2B+ %20", "grüße/日本語", "😀.png", "a&b=c?d#e", "'quotes\"", "a" * 200]
READS = ("GetObject", "HeadObject")
RECEIVES, TIMEOUT = 2, 5
UNAVAILABLE = Reply(503, (("content-type", "application/xml"),), b"<Error><Code>ServiceUnavailable</Code></Error>")


@pytest.fixture(scope="module")
def cloud(tmp_path_factory, hostings) -> CloudServer:
    """A gallery whose store and table can fail, whose ingest has little time, and whose messages die young.

    A message must stay hidden for longer than the function may take, or it dies while it is being handled.
    """
    running = CloudServer(
        hostings.parts(watched=True), tmp_path_factory.mktemp("faults"),
        visibility=TIMEOUT + 1, receives=RECEIVES, ingest_timeout=TIMEOUT, sweep_seconds=3600,
    )  # fmt: skip
    running.start()
    yield running
    running.kill()


@pytest.fixture(autouse=True)
def healed(cloud):
    """No fault outlives its test, and no message."""
    yield
    cloud.parts.s3.heal()
    cloud.parts.dynamodb.heal()
    cloud.wait_until_settled()
    cloud.queue.bury()


@pytest.fixture
def gallery(cloud) -> Gallery:
    """Its client."""
    return Gallery(cloud.url)


def sent(gallery: Gallery, picture: Picture) -> dict:
    """The ticket of a picture whose bytes are in the store."""
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    return ticket


def told(cloud: CloudServer, *ids: str) -> str:
    """S3's message of uploads."""
    store = cloud.store
    return notification(*(Created(store.bucket, f"{store.prefix}incoming/{one}", 1, "") for one in ids))


def dead_about(cloud: CloudServer, image_id: str) -> list[str]:
    """The dead letters that tell of an upload."""
    return [body for body in cloud.queue.dead() if image_id in body]


def until_dead(cloud: CloudServer, image_id: str, seconds: float = 40) -> None:
    """Waits until the upload's message is a dead letter."""
    deadline = time.monotonic() + seconds
    while not dead_about(cloud, image_id):
        assert time.monotonic() < deadline, cloud.log()[-4000:]
        time.sleep(0.2)


def test_foreign_keys_are_taken_and_change_nothing(cloud, gallery):
    """Spaces, plus signs, percent signs, slashes, emoji: each is decoded as S3 encodes it, and is no upload of ours."""
    before, client = gallery.ids(), cloud.parts.store.client()
    handled = len(cloud.mapping.deliveries)
    for key in HOSTILE_KEYS:
        client.put_object(Bucket=cloud.store.bucket, Key=f"{cloud.store.prefix}incoming/{key}", Body=b"no picture")
    deadline = time.monotonic() + 30
    while sum(len(one.bodies) for one in cloud.mapping.deliveries[handled:]) < len(HOSTILE_KEYS):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert [one.failed for one in cloud.mapping.deliveries[handled:] if one.failed] == []
    assert gallery.ids() == before
    for key in HOSTILE_KEYS:
        client.delete_object(Bucket=cloud.store.bucket, Key=f"{cloud.store.prefix}incoming/{key}")


def test_events_of_what_is_gone_are_done(cloud, gallery):
    """No retry, no dead letter, no picture."""
    ticket = gallery.ticket(pictures.png())
    handled = len(cloud.mapping.deliveries)
    cloud.queue.send(told(cloud, ticket["id"]))
    cloud.wait_until_settled()
    assert {len(one.failed) for one in cloud.mapping.deliveries[handled:]} == {0}
    assert get(f"{cloud.url}/api/images/{ticket['id']}").status == 404


def test_events_twice_and_out_of_order_make_one_picture_each(cloud, gallery):
    """And long after it is public they change nothing."""
    tickets = [sent(gallery, pictures.png()) for _ in range(3)]
    ids = [ticket["id"] for ticket in tickets]
    for _ in range(2):
        cloud.queue.send(told(cloud, *reversed(ids), *ids))
    first = [gallery.wait(one) for one in ids]
    assert {image["state"] for image in first} == {"ready"}
    cloud.queue.send(told(cloud, *ids))
    cloud.wait_until_settled()
    assert [gallery.wait(one) for one in ids] == first
    assert [gallery.ids().count(one) for one in ids] == [1, 1, 1]


@pytest.mark.parametrize("body", ["no JSON", "[]", "{}", '{"Records": [{}]}', '{"Records": [{"s3": 1}]}', "\ufffd"])
def test_messages_that_make_no_sense_harm_no_other(cloud, gallery, body):
    """What becomes of them is between queue and function; the picture beside them appears."""
    cloud.queue.send(body)
    assert gallery.upload(pictures.png())["state"] == "ready"
    cloud.wait_until_settled()


def signal_ingest(cloud: CloudServer, number: signal.Signals):
    """Signals ingest in the middle of its work: SIGKILL as the kernel does when memory runs out, SIGSTOP to hang it."""

    def act(_) -> None:
        for sandbox in cloud.ingest.sandboxes():
            for process in sandbox.programs():
                with suppress(ProcessLookupError):
                    os.kill(process, number)

    return act


SAID = {
    "hang": b"Task timed out",
    "memory": b"Runtime exited",
    "time": b"batchItemFailures",
    "store": b"batchItemFailures",
    "table": b"batchItemFailures",
}
"""What Lambda says of each attempt: it killed the function, the function ended, or the function says it itself."""


@pytest.mark.parametrize("way", SAID)
def test_ingest_that_cannot_end_its_work_blames_no_picture(cloud, gallery, way):
    """Tried again, then a dead letter; the picture is not rejected, and appears when the fault is over."""
    acts = {
        "time": slow(2 * TIMEOUT),
        "hang": signal_ingest(cloud, signal.SIGSTOP),
        "memory": signal_ingest(cloud, signal.SIGKILL),
        "store": lambda _: UNAVAILABLE,
    }
    picture = pictures.png()
    ticket = gallery.ticket(picture)
    for operation in READS if way in acts else ():
        cloud.parts.s3.plan(operation, acts[way], times=-1)
    if way == "table":
        cloud.parts.dynamodb.plan("*", throttled, times=-1)
    assert put(ticket, picture.data).status == 200
    until_dead(cloud, ticket["id"])
    cloud.parts.s3.heal()
    cloud.parts.dynamodb.heal()
    attempts = [one for one in cloud.mapping.deliveries if any(ticket["id"] in body for body in one.bodies)]
    assert len(attempts) == RECEIVES and all(one.failed for one in attempts), attempts
    assert all(SAID[way] in one.invoked.payload for one in attempts), attempts
    seen = get(f"{cloud.url}/api/images/{ticket['id']}")
    assert seen.status == 404 or seen.json()["state"] == "incoming", seen
    assert not cloud.schedule.fire().failed, "the sweep finds what no message tells of any more"
    assert gallery.wait(ticket["id"])["state"] == "ready"


def test_a_short_throttling_of_the_table_is_not_noticed(cloud, gallery):
    """The client tries again."""
    cloud.parts.dynamodb.plan("*", throttled, times=2)
    ticket = gallery.ticket(pictures.png())
    assert ticket["id"]
    cloud.parts.dynamodb.plan("*", throttled, times=2)
    assert gallery.upload(pictures.png())["state"] == "ready"


def test_a_table_that_is_throttled_for_long_is_told_as_such(cloud):
    """503 and when to come again, not 500, and nothing of the table in it."""
    cloud.parts.dynamodb.plan("*", throttled, times=-1)
    answer = get(f"{cloud.url}/api/images")
    assert answer.status == 503 and answer.headers.get("retry-after"), answer
    assert "Provisioned" not in answer.text and cloud.name not in answer.text


@pytest.mark.parametrize("way, failing", [("dynamodb", "catalog"), ("s3", "storage")])
def test_readiness_names_what_fails(cloud, way, failing):
    """The function itself goes on, and is ready again when the fault is over."""
    if way == "dynamodb":
        cloud.parts.dynamodb.plan("*", throttled, times=-1)
    else:
        cloud.parts.s3.plan("*", lambda _: UNAVAILABLE, times=-1)
    answer = get(f"{cloud.url}/readyz")
    assert (answer.status, answer.json()) == (503, {"status": "unavailable", "failing": [failing]})
    assert get(f"{cloud.url}/healthz").status == 200
    cloud.parts.s3.heal()
    cloud.parts.dynamodb.heal()
    assert get(f"{cloud.url}/readyz").json() == {"status": "ok"}


def test_of_a_batch_only_what_failed_comes_again(cloud, gallery):
    """The others are done, and their messages are."""
    with cloud.mapping.paused():
        good, bad, better = (sent(gallery, pictures.png())["id"] for _ in range(3))
        messages = {bad: "bad", good: "good", better: "better"}
        for operation in READS:
            cloud.parts.s3.plan(operation, lambda call: UNAVAILABLE if bad in call.target else None, times=-1)
        records = [record(name, told(cloud, one)) for one, name in messages.items()]
        invoked = cloud.ingest.invoke(json.dumps({"Records": records}).encode())
        assert json.loads(invoked.payload) == {"batchItemFailures": [{"itemIdentifier": "bad"}]}, invoked
        assert {gallery.wait(one)["state"] for one in (good, better)} == {"ready"}
        cloud.parts.s3.heal()
    assert gallery.wait(bad)["state"] == "ready"


def record(message_id: str, body: str) -> dict:
    """One message as Lambda hands it over."""
    return {"messageId": message_id, "body": body, "eventSource": "aws:sqs", "attributes": {}, "receiptHandle": "r"}
