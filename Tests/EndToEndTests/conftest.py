"""The fixtures every suite shares: servers and their clients."""

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from gallery_client import Gallery
from gallery_page import GalleryPage, chromium_context
from hosting import CLOUD, EMBEDDED, HOSTINGS, Hostings, hostings_of
from imgn_server import ImgnServer, binary
from machine import tool
from store_client import StoreAccess, store_of


@pytest.fixture(scope="session", autouse=True)
def _built():
    """The suite judges a built program: without one there is nothing to run."""
    if not binary().exists():
        pytest.exit(f"no program at {binary()}: build it with `swift build`, or set IMGN_BINARY", returncode=1)


def pytest_addoption(parser):
    """`--hosting NAME` runs everything on one hosting, whether or not the file is meant for it."""
    parser.addoption("--hosting", choices=HOSTINGS, help="where galleries keep their pictures")


def pytest_generate_tests(metafunc):
    """Runs a file's tests on each hosting that they are for."""
    if "hosting" in metafunc.fixturenames:
        names = hostings_of(metafunc.module.__name__, metafunc.config.getoption("--hosting"))
        if names != [EMBEDDED]:
            metafunc.parametrize("hosting", names, indirect=True, scope="module")


@pytest.fixture(scope="session")
def hostings(tmp_path_factory) -> Hostings:
    """The stores of this session."""
    with Hostings(tmp_path_factory.mktemp("hostings")) as running:
        yield running


@pytest.fixture(scope="module")
def hosting(request) -> str:
    """Where the module's galleries keep their pictures."""
    return getattr(request, "param", EMBEDDED)


@pytest.fixture(scope="session")
def servers(tmp_path_factory, hostings):
    """Starts one server with the default limits for each hosting."""
    started: dict[str, ImgnServer] = {}

    def on(hosting: str) -> ImgnServer:
        if hosting not in started:
            started[hosting] = hostings.server(hosting, tmp_path_factory.mktemp("imgn")).start()
        return started[hosting]

    yield on
    assert [server.stop() for server in started.values()] == [0 for _ in started]


@pytest.fixture(scope="module")
def server(servers, hosting) -> ImgnServer:
    """The server of its hosting that is shared by all tests that do not disturb it."""
    return servers(hosting)


@pytest.fixture
def start_server(tmp_path, hostings, hosting):
    """Starts further servers, each with its own flags and, unless given, its own data folder and store."""
    started, serial = [], itertools.count()

    def start(*flags: str, data: Path | None = None, **options) -> ImgnServer:
        number = next(serial)
        if hosting != CLOUD:
            options |= {"data": data or tmp_path / f"data-{number}", "log": tmp_path / f"log-{number}"}
        running = hostings.server(hosting, tmp_path / f"server-{number}", flags, **options)
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
    """The shared server's object store, and the keys to it."""
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
def gallery_flags() -> tuple[str, ...]:
    """The flags of the module's own server; modules say others."""
    return ()


@pytest.fixture(scope="module")
def gallery_server(tmp_path_factory, hostings, hosting, gallery_flags) -> ImgnServer:
    """A server of a test module's own, so that its pages show only what the module put there."""
    running = hostings.server(hosting, tmp_path_factory.mktemp("page"), gallery_flags).start()
    yield running
    running.kill()


@pytest.fixture
def shown(gallery_server) -> Gallery:
    """A client of the server whose pages are looked at."""
    return Gallery(gallery_server.url)
