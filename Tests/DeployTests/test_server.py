"""The container and the service for one machine, before the judges that can be had without an engine."""

import contextlib
import http.server
import pathlib
import re
import shutil
import subprocess
import sys
import threading
from typing import Iterator

import pytest
import yaml

from sam_template import ROOT

FOLDER = ROOT / "deploy" / "server"
DOCKERFILE = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment or None)


def test_hadolint_finds_nothing():
    done = run(str(pathlib.Path(sys.executable).with_name("hadolint")), str(FOLDER / "Dockerfile"))
    assert (done.stdout, done.returncode) == ("", 0)


def test_what_is_copied_is_there_and_in_the_context():
    allowed = [line[1:] for line in (FOLDER / "Dockerfile.dockerignore").read_text().splitlines() if line[:1] == "!"]
    for line in re.findall(r"^COPY (?!--from)(?:--\S+ )*(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source in allowed, f"{source} is not in the build's context"


def test_the_last_stage_tells_what_it_is():
    stage = DOCKERFILE.rpartition("\nFROM ")[2]
    for label in ("title", "description", "licenses", "version", "revision", "created"):
        assert f"org.opencontainers.image.{label}=" in stage
    assert "HEALTHCHECK" in stage and "USER 10001:10001" in stage and 'ENTRYPOINT ["imgn"]' in stage


@contextlib.contextmanager
def answering(status: int) -> Iterator[tuple[str, list[str]]]:
    """A server that answers everything with this status; its port, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 (its name is given)
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield str(server.server_port), asked
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False), (404, False)])
def test_the_health_check_believes_200_only(status: int, healthy: bool):
    with answering(status) as (port, asked):
        assert (run(str(FOLDER / "healthcheck"), IMGN_PORT=port).returncode == 0) is healthy
        run(str(FOLDER / "healthcheck"), "/readyz", IMGN_PORT=port)
    assert asked == ["/healthz", "/readyz"]


def test_where_nobody_listens_nobody_is_healthy():
    with answering(200) as (port, _):
        pass
    assert run(str(FOLDER / "healthcheck"), IMGN_PORT=port).returncode != 0


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_service_is_locked_in(name: str):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    for port in service.get("ports", []):
        assert port.startswith("${IMGN_LISTEN:-127.0.0.1}:"), "nothing listens to the network unless told to"


def test_browsers_and_containers_know_the_store_by_one_name():
    services = COMPOSE["services"]
    address = re.search(r":-(http://([\w.]+):(\d+))}", services["gallery"]["environment"]["IMGN_STORAGE_ENDPOINT"])
    assert address[2] in services["store"]["networks"]["default"]["aliases"]
    assert any(port.endswith(f":{address[3]}:{address[3]}") for port in services["store"]["ports"])
    assert f"-s3.port={address[3]}" in services["store"]["command"]


def test_no_secret_has_a_default():
    for service in COMPOSE["services"].values():
        secret = service.get("environment", {}).get("AWS_SECRET_ACCESS_KEY", "${STORE_SECRET:?}")
        assert secret.startswith("${STORE_SECRET:?")


@pytest.fixture
def unit(tmp_path: pathlib.Path) -> pathlib.Path:
    """The unit, with a program that is on every machine in place of ours."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze here")
    text = (FOLDER / "imgn.service").read_text(encoding="utf-8")
    path = tmp_path / "imgn.service"
    path.write_text(text.replace("/usr/local/bin/imgn", shutil.which("true") or "/bin/true"), encoding="utf-8")
    return path


def test_systemd_understands_the_unit(unit: pathlib.Path):
    done = run("systemd-analyze", "verify", "--man=no", str(unit))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_unit_is_exposed_to_little(unit: pathlib.Path):
    done = run("systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=15", str(unit))
    assert done.returncode == 0, done.stdout[-400:]


def test_the_unit_keeps_everything_in_its_own_folder():
    text = (FOLDER / "imgn.service").read_text(encoding="utf-8")
    assert "Environment=IMGN_DATA=/var/lib/imgn" in text and "StateDirectory=imgn\n" in text
