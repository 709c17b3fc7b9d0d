"""`imgn serve --role` and `imgn sweep`: the work of one gallery, shared among processes."""

import secrets
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import pictures
from cloud.services import make_table
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
def process(tmp_path, hostings) -> Iterator[Callable[[str], ImgnServer]]:
    """Starts processes of one gallery by their role: one store, one table, nothing else in common."""
    parts = hostings.parts()
    table = f"roles-{secrets.token_hex(4)}"
    make_table(parts.services.client("dynamodb"), table)
    variables = {
        "IMGN_CATALOG": f"dynamodb://{table}",
        "IMGN_CATALOG_ENDPOINT": parts.services.endpoint,
        "IMGN_CATALOG_REGION": "us-east-1",
        "IMGN_SEAL_SECRET": secrets.token_hex(32),
        "IMGN_SWEEP_INTERVAL": "1s",
    }
    started = []

    def start(role: str) -> ImgnServer:
        log, flags = tmp_path / f"{role}.log", ("--role", role)
        started.append(ImgnServer(tmp_path / role, log, flags, variables, parts.store).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def web(process) -> ImgnServer:
    """A process for visitors only."""
    return process("web")


def test_workers_look_at_what_web_processes_took(web, process):
    """As in deploy/kubernetes: visitors see the verdict of a process that they never speak to."""
    worker = process("worker")
    ticketed, sent = pictures.png(30, 20), pictures.png(31, 20)
    gallery = Gallery(web.url)
    assert gallery.upload(ticketed)["state"] == "ready"
    answer = gallery.send(sent)
    assert (answer.status, answer.json()["state"]) == (201, "ready"), answer
    assert [get(image["src"]).body for image in gallery.images()] == [sent.data, ticketed.data]
    assert get(f"{worker.url}/readyz").status == 200 and get(f"{worker.url}/gallery").status == 404


def test_a_web_process_leaves_uploads_to_others_and_a_sweep_takes_them_up(web):
    """The bytes wait while nobody looks; `imgn sweep` shows them and ends."""
    picture = pictures.png(30, 20)
    gallery = Gallery(web.url)
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    assert get(f"{web.url}/api/images/{ticket['id']}?wait=2").json()["state"] == "incoming"
    swept = sweep(web)
    assert (swept.returncode, swept.stdout) == (0, ""), swept.stderr
    assert gallery.wait(ticket["id"])["state"] == "ready"
    (image,) = gallery.images()
    assert get(image["src"]).body == picture.data


def sweep(server: ImgnServer, store: StoreAccess | None = None) -> subprocess.CompletedProcess:
    """Sweeps a server's gallery, in a process of its own."""
    store = store or server.store
    place = ["--storage", f"s3://{store.bucket}/{store.prefix}", "--storage-endpoint", store.endpoint]
    keys = {"AWS_ACCESS_KEY_ID": store.access_key, "AWS_SECRET_ACCESS_KEY": store.secret_key}
    return imgn("sweep", *place, **server.variables | keys)


def test_a_sweep_that_could_not_look_says_so_and_the_next_one_does(web):
    """By its exit code, so that a scheduler tells somebody."""
    picture = pictures.png(32, 20)
    ticket = Gallery(web.url).ticket(picture)
    assert put(ticket, picture.data).status == 200
    with FaultyStore(web.store) as faulty:
        faulty.fail(DENIED, times=-1, method="GET", target=f"/incoming/{ticket['id']}")
        failed = sweep(web, faulty.access)
        assert failed.returncode == 75 and "1 could not be looked at" in failed.stderr, failed.stderr
        faulty.heal()
        assert sweep(web, faulty.access).returncode == 0
    assert [image["id"] for image in Gallery(web.url).images()] == [ticket["id"]]


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
@pytest.mark.parametrize("variables", [{}, {"IMGN_STORAGE": "s3://pictures"}])
def test_a_role_needs_a_store_and_a_catalog_that_are_shared(role, variables, tmp_path):
    """Alone on its folder it would wait for others for ever."""
    started = imgn("serve", "--role", role, "--data", str(tmp_path), "--port", "0", **variables)
    assert started.returncode == 78 and "IMGN_STORAGE and IMGN_CATALOG" in started.stderr


def test_roles_that_do_not_exist_are_refused(tmp_path):
    """With those that do."""
    started = imgn("serve", "--data", str(tmp_path), "--port", "0", IMGN_ROLE="boss")
    assert started.returncode == 78 and "all, web or worker" in started.stderr
