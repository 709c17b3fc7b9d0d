"""Three `imgn serve` on one SeaweedFS and one table: uploads are ingested once, also when one of them is killed."""

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from time import monotonic, sleep

import pytest

import hosting
import pictures
import replicas
from gallery_client import Gallery, put
from http_client import get, request
from imgn_server import binary, clean_environment
from replicas import Replicas

TAKEOVER_SECONDS = 75
"""A lease of 30 s, the sweep after it, and a slow machine."""


@pytest.fixture(scope="module")
def three(tmp_path_factory, hostings) -> Replicas:
    """Three replicas that run; tests of this file leave them so."""
    with replicas.running(3, tmp_path_factory.mktemp("replicas"), hostings.place(hosting.SEAWEEDFS)) as running:
        yield running


def sent(gallery: Gallery, picture: pictures.Picture) -> str:
    """The id of an upload whose bytes are in the store, and nobody has told the gallery."""
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    return ticket["id"]


def final(of: Replicas, image_id: str) -> dict:
    """What became of an upload, asked of all that run at once."""
    with ThreadPoolExecutor(len(of)) as pool:
        answers = list(pool.map(lambda server: Gallery(server.url).wait(image_id), of.alive()))
    assert all(answer["state"] == answers[0]["state"] for answer in answers)
    return answers[0]


def test_uploads_that_all_are_told_of_are_ingested_once(three):
    """All replicas are asked for each picture at once, and sweep every second besides."""
    before = three.ingests()
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda number: sent(three.client(number), pictures.png()), range(30)))
        assert all(image["state"] == "ready" for image in pool.map(lambda image_id: final(three, image_id), ids))
    assert three.ingests() - before == dict.fromkeys(ids, 1)
    for number in range(3):
        shown = three.client(number).ids()
        assert sorted(set(shown) & set(ids)) == sorted(ids) and len(shown) == len(set(shown))


def test_equal_bytes_through_all_become_one_picture(three):
    """One upload wins, the others lead to it."""
    picture = pictures.png()
    tickets = [three.client(number).ticket(picture) for number in range(6)]
    for ticket in tickets:
        assert put(ticket, picture.data).status == 200
    with ThreadPoolExecutor(6) as pool:
        images = list(pool.map(lambda ticket: final(three, ticket["id"])["id"], tickets))
    assert len(set(images)) == 1
    assert three.client(0).ids().count(images[0]) == 1


def test_whoever_waits_at_one_learns_of_what_another_ingested(three):
    """The one that is asked is asked before there are bytes, so nothing has it look; some of them another ingests."""
    elsewhere = 0
    with ThreadPoolExecutor(1) as pool:
        for _ in range(8):
            picture = pictures.png()
            ticket = three.client(0).ticket(picture)
            waiting = pool.submit(three.client(2).wait, ticket["id"])
            sleep(0.3)
            began = monotonic()
            assert put(ticket, picture.data).status == 200
            three.client(0).wait(ticket["id"])
            assert waiting.result()["state"] == "ready"
            assert monotonic() - began < 10, "not at the end of its wait of 20 s"
            elsewhere += three.servers[2].log().count(ticket["id"]) == 0
    assert elsewhere, "the one that waited ingested all of them itself"


def test_a_killed_replica_loses_nothing_and_doubles_nothing(tmp_path, hostings):
    """SIGKILL in the middle of many uploads.

    Every picture ends ready and stands in the gallery once. Each was ingested once; of those that the killed process
    had in hand, its log may lack the line, since it may have died between the commit and the line.
    """
    with replicas.running(3, tmp_path, hostings.place(hosting.SEAWEEDFS)) as running:
        victim, ids, guard = running.servers[0], [], threading.Lock()

        def upload(number: int) -> None:
            image_id = sent(Gallery(running.servers[1 + number % 2].url), pictures.png())
            _tell(victim, image_id)
            with guard:
                ids.append(image_id)
                if len(ids) == 30:
                    victim.kill()

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(upload, range(60)))
            assert not victim.is_running()
            deadline = monotonic() + TAKEOVER_SECONDS
            states = list(pool.map(lambda image_id: _settled(running, image_id, deadline), ids))
        assert states == ["ready"] * 60
        counts = running.ingests()
        assert all(count == 1 for count in counts.values()), counts
        assert set(counts) <= set(ids)
        shown = running.client(0).ids()
        assert sorted(shown) == sorted(ids), "each once"
        unlogged = len(set(ids) - set(counts))
        assert unlogged <= 4, "no more than one process has in hand at once"


def _tell(server, image_id: str) -> None:
    """Has a replica look at an upload, for to ask is to tell; it may be dead."""
    with suppress(OSError, HTTPException):
        get(f"{server.url}/api/images/{image_id}?wait=1")


def _settled(running: Replicas, image_id: str, deadline: float) -> str:
    while True:
        state = get(f"{running.client(0).url}/api/images/{image_id}?wait=10").json()["state"]
        if state != "incoming" or monotonic() > deadline:
            return state


def test_a_token_of_one_is_good_for_all(three):
    """What one lets in, another may take away."""
    picture = pictures.png()
    ticket = three.client(0).ticket(picture)
    assert put(ticket, picture.data).status == 200
    assert final(three, ticket["id"])["state"] == "ready"
    url = f"{three.client(1).url}/api/images/{ticket['id']}"
    assert request("DELETE", url, b"", {"authorization": f"Bearer {ticket['deleteToken']}"}).status == 204
    assert all(get(f"{server.url}/api/images/{ticket['id']}").status == 404 for server in three.alive())


def test_a_table_that_is_not_there_is_said_at_once(tmp_path, three):
    """With the table's name, the way out, and the exit code of a service that is not available."""
    variables = three.servers[0].variables | {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    done = subprocess.run(
        [str(binary()), "serve", "--port", "0", "--data", str(tmp_path), "--catalog", "dynamodb://absent"],
        capture_output=True, text=True, timeout=60, env=clean_environment(**variables),
    )  # fmt: skip
    assert done.returncode == 69, done
    assert "no table absent" in done.stderr and "pk and sk" in done.stderr
