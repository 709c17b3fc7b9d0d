"""The store that fails on command does fail as it is told, and else is the real one."""

import http.client
from datetime import timedelta
from time import monotonic

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    IncompleteReadError,
    ResponseStreamingError,
)

import pictures
from faults import (
    EXPIRED,
    INTERNAL_ERROR,
    CutDocument,
    EndlessDocument,
    LoseAnswer,
    ResetDownload,
    ResetUpload,
    Trickle,
    slow_down,
)
from faulty_store import FaultyStore
from http_client import get, request
from signed_request import Signed
from store_client import at

BODY = bytes(range(256)) * 4096
PUT = {"Bucket": "imgn", "Key": "faulty/object", "Body": BODY}
GET = {"Bucket": "imgn", "Key": "faulty/object"}
RESET = (ConnectionResetError, http.client.RemoteDisconnected)


@pytest.fixture
def faulty(store):
    """The shared server's store behind the proxy, with one object in it."""
    store.client().put_object(**PUT)
    with FaultyStore(store) as proxy:
        yield proxy
    store.client().delete_object(**GET)


def test_without_a_fault_it_is_the_real_store(faulty):
    """Bytes, listings and refusals pass through, and are counted."""
    client = faulty.access.client()
    client.put_object(**PUT)
    assert client.get_object(**GET)["Body"].read() == BODY
    assert client.list_objects_v2(Bucket="imgn", Prefix="faulty/")["KeyCount"] == 1
    seen = [(exchange.method, exchange.status) for exchange in faulty.exchanges]
    assert seen == [("PUT", 200), ("GET", 200), ("GET", 200)]
    assert (faulty.exchanges[0].received, faulty.exchanges[1].sent) == (len(BODY), len(BODY))


@pytest.mark.parametrize("fault", [INTERNAL_ERROR, slow_down(7), EXPIRED])
def test_a_refusal_is_said_as_often_as_asked_and_only_to_whom(faulty, fault):
    """Status, code and headers of the fault; the next request is fine."""
    faulty.fail(fault, times=2, method="PUT")
    client = faulty.access.client()
    for _ in range(2):
        assert client.head_object(**GET)["ContentLength"] == len(BODY)
        with pytest.raises(ClientError) as refused:
            client.put_object(**PUT)
        meta = refused.value.response["ResponseMetadata"]
        assert (meta["HTTPStatusCode"], refused.value.response["Error"]["Code"]) == (fault.status, fault.code)
        assert meta["HTTPHeaders"].get("retry-after") == fault.headers.get("retry-after")
    client.put_object(**PUT)


def test_a_cut_document_is_framed_as_if_whole(faulty):
    """Half of the XML, and no word that more was to come."""
    url = faulty.access.client().generate_presigned_url("list_objects_v2", Params={"Bucket": "imgn"})
    whole = get(url)
    faulty.fail(CutDocument(0.5))
    cut = get(url)
    assert cut.status == 200 and cut.body == whole.body[: len(cut.body)] and 0 < len(cut.body) < len(whole.body)


def test_an_endless_document_goes_on_while_it_is_read(faulty):
    """Far more than any listing, and the proxy is well after the client has left."""
    url = faulty.access.client().generate_presigned_url("list_objects_v2", Params={"Bucket": "imgn"})
    faulty.fail(EndlessDocument(8 << 20))
    assert len(get(url).body) >= 8 << 20
    faulty.fail(EndlessDocument())
    connection = http.client.HTTPConnection(*faulty.access.endpoint.removeprefix("http://").split(":"), timeout=10)
    connection.request("GET", "/imgn?list-type=2")
    assert connection.getresponse().read(1 << 20)
    connection.close()
    assert get(url).body.endswith(b"</ListBucketResult>")


def test_a_trickle_is_slow_but_whole(faulty):
    """Piece after piece, with a pause between them."""
    faulty.fail(Trickle(interval=0.05, piece=len(BODY) // 4))
    begun = monotonic()
    assert faulty.access.client().get_object(**GET)["Body"].read() == BODY
    assert monotonic() - begun > 0.15


def test_resets_cut_where_they_are_told(faulty, store):
    """In the middle of a put nothing is stored; in the middle of a get some bytes came."""
    client = faulty.access.client()
    faulty.fail(ResetUpload(after=100_000), method="PUT")
    with pytest.raises((ConnectionClosedError, EndpointConnectionError, *RESET)):
        client.put_object(**PUT | {"Body": BODY[::-1]})
    assert 100_000 <= faulty.exchanges[-1].received < len(BODY)
    assert store.client().get_object(**GET)["Body"].read() == BODY
    faulty.fail(ResetDownload(after=100_000))
    body = client.get_object(**GET)["Body"]
    with pytest.raises((ResponseStreamingError, IncompleteReadError)):
        body.read()
    assert faulty.exchanges[-1].sent == 100_000


def test_a_lost_answer_leaves_the_work_done(faulty, store):
    """The classical doubt: it was stored, and nobody was told."""
    picture = pictures.png()
    url, headers = faulty.access.bound_put("faulty/lost", picture)
    faulty.fail(LoseAnswer())
    with pytest.raises(RESET):
        request("PUT", url, picture.data, headers)
    assert request("PUT", url, picture.data, headers).refusal == (412, "PreconditionFailed")
    store.client().delete_object(Bucket="imgn", Key="faulty/lost")


def test_a_dead_store_refuses_connections_and_comes_back(faulty):
    """By hand, and by itself after its time."""
    client = faulty.access.client()
    client.head_object(**GET)
    faulty.die()
    with pytest.raises((ConnectionClosedError, EndpointConnectionError)):
        client.head_object(**GET)
    faulty.revive()
    client.head_object(**GET)
    faulty.die(seconds=0.3)
    deadline = monotonic() + 10
    tries = 0
    while monotonic() < deadline:
        try:
            client.head_object(**GET)
            break
        except (ConnectionClosedError, EndpointConnectionError):
            tries += 1
    assert 0 < tries and monotonic() < deadline


def test_latency_is_added_to_each_request(faulty):
    """Two requests, two waits."""
    client = faulty.access.client()
    client.head_object(**GET)
    faulty.latency = 0.15
    begun = monotonic()
    client.head_object(**GET)
    client.head_object(**GET)
    assert monotonic() - begun >= 0.3


@pytest.mark.parametrize("minutes", [20, -20])
def test_a_wrong_clock_refuses_right_times_and_accepts_its_own(faulty, minutes):
    """RequestTimeTooSkewed, a Date that tells by how much, and success for who listens to it."""
    faulty.clock = timedelta(minutes=minutes)
    client = faulty.access.client()
    with pytest.raises(ClientError) as skewed:
        client.list_objects_v2(Bucket="imgn")
    assert skewed.value.response["Error"]["Code"] == "RequestTimeTooSkewed"
    assert get(client.generate_presigned_url("get_object", Params=GET, ExpiresIn=300)).refusal == (403, "AccessDenied")
    signed, url = Signed(faulty.access), Signed(faulty.access).url("faulty/object")
    with at(faulty.clock):
        headers = signed.headers("PUT", url, BODY[::-1])
        presigned = faulty.access.client().generate_presigned_url("get_object", Params=GET)
    assert request("PUT", url, BODY[::-1], headers).status == 200
    assert get(presigned).body == BODY[::-1]
