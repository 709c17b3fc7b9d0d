"""The fixtures every suite shares: servers and their clients."""

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from gallery_client import Gallery
from gallery_page import GalleryPage, chromium_context
from imgn_server import ImgnServer, binary
from machine import tool
from store_client import StoreAccess, store_of


@pytest.fixture(scope="session", autouse=True)
def _built():
    """The suite judges a built program: without one there is nothing to run."""
    if not binary().exists():
        pytest.exit(f"no program at {binary()}: build it with `swift build`, or set IMGN_BINARY", returncode=1)


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> ImgnServer:
    """One server with the default limits, shared by all tests that do not disturb it."""
    folder = tmp_path_factory.mktemp("imgn")
    running = ImgnServer(folder / "data", folder / "log").start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def start_server(tmp_path):
    """Starts further servers, each with its own flags and, unless given, its own data folder."""
    started, serial = [], itertools.count()

    def start(*flags: str, data: Path | None = None) -> ImgnServer:
        number = next(serial)
        running = ImgnServer(data or tmp_path / f"data-{number}", tmp_path / f"log-{number}", flags)
        started.append(running)
        return running.start()

    yield start
    for running in started:
        running.kill()


@pytest.fixture
def gallery(server) -> Gallery:
    """A client of the shared server."""
    return Gallery(server.url)


@pytest.fixture
def store(server) -> StoreAccess:
    """The shared server's object store, with its own keys."""
    return store_of(server)


@pytest.fixture
def unchanged(gallery, store):
    """Holds a test to this: nothing came into the gallery, no upload waits, the server is well."""
    before = gallery.ids()
    yield
    assert gallery.ids() == before, "the gallery changed"
    assert store.waiting() == [], "something was left under incoming/"
    assert gallery.is_healthy()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, headless; `imgn.test` is a name of this machine that no browser takes for secure."""
    program = tool("chromium", "Debian package chromium")
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP imgn.test 127.0.0.1"]
    with sync_playwright() as session:
        launched = session.chromium.launch(executable_path=program, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser, gallery_server):
    """Opens the gallery in a fresh browser profile; at the end no page may have broken its own policy."""
    contexts, pages = [], []

    def open_one(path: str = "/", host: str = "127.0.0.1", **options) -> GalleryPage:
        contexts.append(chromium_context(browser, **options))
        pages.append(GalleryPage.open(contexts[-1], f"http://{host}:{gallery_server.port}{path}"))
        return pages[-1]

    yield open_one
    violations = [page.violations() for page in pages if not page.page.is_closed()]
    for context in contexts:
        context.close()
    assert violations == [[] for _ in violations]


@pytest.fixture(scope="module")
def gallery_server(tmp_path_factory) -> ImgnServer:
    """A server of a test module's own, so that its pages show only what the module put there."""
    folder = tmp_path_factory.mktemp("page")
    running = ImgnServer(folder / "data", folder / "log").start()
    yield running
    running.kill()


@pytest.fixture
def shown(gallery_server) -> Gallery:
    """A client of the server whose pages are looked at."""
    return Gallery(gallery_server.url)
