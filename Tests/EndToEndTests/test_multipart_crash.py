"""Power cuts in the middle of parts and joins: the upload can go on or never was, the object is whole or not there."""

import http.client
import random
import threading
from dataclasses import dataclass, field

import pytest

from http_client import Answer
from imgn_server import ImgnServer
from multipart_client import PART, MultipartUpload, etag_of, part_list
from signed_request import Signed
from signed_request import field as element
from store_client import store_of
from uploaders import Fuse, exchange

CRASHES = 20
CLIENTS = 3
STEPS_OF_A_ROUND = 560


@dataclass
class Promise:
    """What the server said to one client before it was killed."""

    key: str
    pieces: list[bytes]
    upload: str = ""
    parts: dict[int, str] = field(default_factory=dict)
    etag: str = ""


def pieces_of(chance: random.Random) -> list[bytes]:
    """Two parts, that no other upload has."""
    return [chance.randbytes(PART), chance.randbytes(chance.randrange(1, 300_000))]


def work(fuse: Fuse, promise: Promise) -> None:
    """One client: begins, sends its parts, completes, and writes down each thing that was acknowledged."""
    signed = Signed(store_of(fuse.server))
    try:
        begun = ask(fuse, signed, "POST", signed.url(promise.key, uploads=""))
        promise.upload = element(begun, "UploadId")
        upload = MultipartUpload(signed, promise.key, promise.upload)
        for number, piece in enumerate(promise.pieces, 1):
            promise.parts[number] = ask(fuse, signed, "PUT", upload.url(number), piece).headers["etag"]
        joined = ask(fuse, signed, "POST", upload.url(), part_list(sorted(promise.parts.items())))
        promise.etag = element(joined, "ETag")
    except (OSError, http.client.HTTPException):
        assert fuse.is_burnt, "a connection broke before the server was killed"


def ask(fuse: Fuse, signed: Signed, method: str, url: str, body: bytes = b"") -> Answer:
    """A signed request in small steps, any of which may be the server's last."""
    answer = exchange(fuse, method, url, signed.headers(method, url, body), body)
    assert answer.status == 200, answer
    return answer


def run_until_killed(server: ImgnServer, seed: int) -> list[Promise]:
    """Lets clients work at once until the fuse burns or all are done; the server is dead afterwards."""
    chance = random.Random(seed)
    fuse = Fuse(server, chance.randrange(3, STEPS_OF_A_ROUND))
    promises = [Promise(f"crash/{seed}-{number}", pieces_of(chance)) for number in range(CLIENTS)]
    clients = [threading.Thread(target=work, args=(fuse, promise)) for promise in promises]
    for client in clients:
        client.start()
    for client in clients:
        client.join(60)
    server.kill()
    return promises


@pytest.mark.slow
def test_twenty_kills_leave_each_upload_resumable_or_absent(tmp_path):
    """SIGKILL at a drawn step of three clients, restart, judge, go on; over one data folder."""
    server = ImgnServer(tmp_path / "data", tmp_path / "log")
    outcomes = []
    for seed in range(CRASHES):
        promises = run_until_killed(server.start(), seed)
        signed = Signed(store_of(server.start()))
        outcomes += [judge(signed, promise) for promise in promises]
        server.kill()
    server.start()
    left = store_of(server).client().list_multipart_uploads(Bucket="imgn").get("Uploads", [])
    server.stop()
    print({outcome: outcomes.count(outcome) for outcome in set(outcomes)})
    assert {"resumed", "whole"} <= set(outcomes), "the server was killed too early or too late to prove anything"
    assert left == [], "an upload that nobody was told of"
    assert [name for name in server.files() if "/tmp/" in name] == [], "a crash left something behind"


def judge(signed: Signed, promise: Promise) -> str:
    """Whatever was acknowledged is there; what is not there was not acknowledged, and goes on."""
    client, named = signed.store.client(), {"Bucket": signed.store.bucket, "Key": promise.key}
    if promise.key in signed.store.keys_under(promise.key):
        read = client.get_object(**named)
        assert read["Body"].read() == b"".join(promise.pieces), promise.key
        assert read["ETag"] == etag_of(*promise.pieces)
        return "whole"
    assert not promise.etag, f"{promise.key} was acknowledged and is gone"
    if not promise.upload:
        abort_unnamed(client, named)
        return "absent"
    return resume(signed, promise)


def resume(signed: Signed, promise: Promise) -> str:
    """Goes on from what ListParts tells: every acknowledged part is there as it was acknowledged."""
    client, named = signed.store.client(), {"Bucket": signed.store.bucket, "Key": promise.key}
    listed = client.list_parts(**named, UploadId=promise.upload).get("Parts", [])
    there = {part["PartNumber"]: part["ETag"] for part in listed}
    assert promise.parts.items() <= there.items(), promise.key
    upload = MultipartUpload(signed, promise.key, promise.upload)
    for number, piece in enumerate(promise.pieces, 1):
        if number not in there:
            there |= dict([upload.stored(number, piece)])
    assert upload.complete(sorted(there.items())).status == 200
    assert client.get_object(**named)["Body"].read() == b"".join(promise.pieces)
    return "resumed"


def abort_unnamed(client, named: dict) -> None:
    """Ends uploads whose id was on its way when the server died; a real client leaves them to the sweep."""
    for upload in client.list_multipart_uploads(Bucket=named["Bucket"], Prefix=named["Key"]).get("Uploads", []):
        client.abort_multipart_upload(**named, UploadId=upload["UploadId"])
