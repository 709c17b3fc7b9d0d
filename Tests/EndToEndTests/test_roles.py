"""`imgn serve --role` and `imgn sweep`: the work of one gallery, shared among processes."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import pictures
from faults import Refuse
from faulty_store import FaultyStore
from gallery_client import Gallery, put
from http_client import get
from imgn_server import ImgnServer, binary, clean_environment
from store_client import StoreAccess

DENIED = Refuse(403, "AccessDenied", "Access Denied")


def imgn(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Runs a command of imgn to its end."""
    return subprocess.run(
        [str(binary()), *arguments], capture_output=True, text=True, timeout=60, env=clean_environment(**variables)
    )


@pytest.fixture
def web(tmp_path, hostings) -> Iterator[ImgnServer]:
    """A process for visitors only, on a store that is shared."""
    server = ImgnServer(tmp_path / "data", tmp_path / "log", flags=("--role", "web"), store=hostings.place("seaweedfs"))
    yield server.start()
    server.stop()


def test_a_web_process_leaves_uploads_to_others_and_a_sweep_takes_them_up(web):
    """The bytes wait while nobody looks; `imgn sweep` shows them and ends."""
    picture = pictures.png(30, 20)
    gallery = Gallery(web.url)
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    assert get(f"{web.url}/api/images/{ticket['id']}?wait=2").json()["state"] == "incoming"
    web.stop()
    swept = sweep(web.data, web.store)
    assert (swept.returncode, swept.stdout) == (0, ""), swept.stderr
    web.start()
    assert gallery_of(web).wait(ticket["id"])["state"] == "ready"
    (image,) = gallery_of(web).images()
    assert get(image["src"]).body == picture.data


def sweep(data: Path, store: StoreAccess) -> subprocess.CompletedProcess:
    """Sweeps a gallery whose pictures are in a store."""
    place = ["--storage", f"s3://{store.bucket}/{store.prefix}", "--storage-endpoint", store.endpoint]
    keys = {"AWS_ACCESS_KEY_ID": store.access_key, "AWS_SECRET_ACCESS_KEY": store.secret_key}
    return imgn("sweep", "--data", str(data), *place, **keys)


def test_a_sweep_that_could_not_look_says_so_and_the_next_one_does(web):
    """By its exit code, so that a scheduler tells somebody."""
    picture = pictures.png(32, 20)
    ticket = Gallery(web.url).ticket(picture)
    assert put(ticket, picture.data).status == 200
    web.stop()
    with FaultyStore(web.store) as faulty:
        faulty.fail(DENIED, times=-1, method="GET", target=f"/incoming/{ticket['id']}")
        failed = sweep(web.data, faulty.access)
        assert failed.returncode == 75 and "1 could not be looked at" in failed.stderr, failed.stderr
        faulty.heal()
        assert sweep(web.data, faulty.access).returncode == 0
    web.start()
    assert [image["id"] for image in gallery_of(web).images()] == [ticket["id"]]


def gallery_of(server: ImgnServer) -> Gallery:
    """A client; a server that was started again has another port."""
    return Gallery(server.url)


def test_a_sweep_leaves_a_folder_in_use_alone(server):
    """The running server sweeps by itself."""
    swept = imgn("sweep", "--data", str(server.data))
    assert swept.returncode == 75 and "another imgn uses the data folder" in swept.stderr


def test_a_sweep_that_cannot_reach_the_store_fails(tmp_path):
    """So that a scheduler tells somebody."""
    swept = imgn(
        "sweep", "--data", str(tmp_path), "--storage", "s3://pictures", "--storage-endpoint", "http://127.0.0.1:9",
        AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_MAX_ATTEMPTS="1",
    )
    assert swept.returncode == 69 and swept.stderr.startswith("imgn: ")


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_role_needs_a_store_that_is_shared(role, tmp_path):
    """Alone on its folder it would wait for others for ever."""
    started = imgn("serve", "--role", role, "--data", str(tmp_path), "--port", "0")
    assert started.returncode == 78 and "IMGN_STORAGE" in started.stderr


def test_roles_that_do_not_exist_are_refused(tmp_path):
    """With those that do."""
    started = imgn("serve", "--data", str(tmp_path), "--port", "0", IMGN_ROLE="boss")
    assert started.returncode == 78 and "all, web or worker" in started.stderr
