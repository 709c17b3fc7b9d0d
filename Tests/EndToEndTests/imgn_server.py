"""Starts, stops and kills the built `imgn serve`, and looks at what it leaves behind."""

import configparser
import os
import re
import selectors
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from store_client import StoreAccess

PACKAGE = Path(__file__).resolve().parents[2]
START_SECONDS = 30
STOP_SECONDS = 30


def binary() -> Path:
    """The program under test: `IMGN_BINARY`, or the package's debug build."""
    return Path(os.environ.get("IMGN_BINARY") or PACKAGE / ".build" / "debug" / "imgn")


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment without what would configure imgn or an AWS client behind the test's back."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IMGN_", "AWS_"))}
    return kept | extra


@dataclass
class ImgnServer:
    """One running server on a free loopback port, with its own data folder."""

    data: Path
    log_path: Path
    flags: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict, repr=False)
    store: StoreAccess | None = None
    """Another S3 server that keeps the pictures; nothing for the embedded store."""
    process: subprocess.Popen | None = field(default=None, repr=False)
    url: str = ""
    stdout_line: str = ""

    def start(self) -> "ImgnServer":
        """Starts the server and waits for the one line that says its address."""
        place = ["--host", "127.0.0.1", "--port", "0", "--data", str(self.data)]
        command = [str(binary()), "serve", *place, *self._store_flags(), *self.flags]
        with self.log_path.open("ab") as log:
            # Tests ask more quickly than people; those of the rate itself set one.
            environment = clean_environment(IMGN_TICKET_RATE="off") | self._store_keys() | self.variables
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=environment
            )
        self.stdout_line = self._first_line()
        address = re.fullmatch(r"imgn is ready at (http://127\.0\.0\.1:\d+)\n", self.stdout_line)
        assert address, f"said {self.stdout_line!r}; its log ends: {self.log()[-2000:]}"
        self.url = address[1]
        return self

    def _store_flags(self) -> list[str]:
        if not self.store:
            return []
        return ["--storage", f"s3://{self.store.bucket}/{self.store.prefix}", "--storage-endpoint", self.store.endpoint]

    def _store_keys(self) -> dict[str, str]:
        if not self.store:
            return {}
        return {"AWS_ACCESS_KEY_ID": self.store.access_key, "AWS_SECRET_ACCESS_KEY": self.store.secret_key}

    def _first_line(self) -> str:
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if not selector.select(START_SECONDS):
                self.kill()
                raise AssertionError(f"no address within {START_SECONDS} s; log: {self.log()[-2000:]}")
        return self.process.stdout.readline().decode()

    @property
    def port(self) -> int:
        """The port the system chose."""
        return int(self.url.rsplit(":", 1)[1])

    @property
    def authority(self) -> str:
        """Host and port, as in the Host header."""
        return self.url.removeprefix("http://")

    def is_running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """Ends the server without a warning (SIGKILL), as a power cut would."""
        if self.is_running():
            self.process.kill()
        self._reap()

    def signal_stop(self) -> None:
        """Asks the server to stop (SIGTERM) and does not wait."""
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """Asks the server to stop (SIGTERM), waits, and returns its exit code."""
        if self.is_running():
            self.signal_stop()
        return self._reap()

    def _reap(self) -> int:
        if self.process is None:
            return 0
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"did not stop within {STOP_SECONDS} s; log: {self.log()[-2000:]}") from None
        self.process.stdout.close()
        self.process = None
        return code

    def log(self) -> str:
        """What the server wrote to standard error, in all its starts."""
        return self.log_path.read_bytes().decode(errors="backslashreplace") if self.log_path.exists() else ""

    def peak_memory_mib(self) -> float:
        """The most memory the process ever held (VmHWM), in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[1]) / 1024

    @property
    def credentials_path(self) -> Path:
        """The file of the store's keys, in the AWS shared-credentials format."""
        return self.data / "credentials"

    def keys(self) -> tuple[str, str]:
        """The store's access key id and secret, from the profile `imgn`."""
        profile = configparser.ConfigParser()
        profile.read(self.credentials_path)
        return profile["imgn"]["aws_access_key_id"], profile["imgn"]["aws_secret_access_key"]

    def files(self) -> dict[str, int]:
        """Every file below the data folder but the catalog's own, with its size."""
        found = (path for path in self.data.rglob("*") if path.is_file())
        return {
            str(path.relative_to(self.data)): path.stat().st_size
            for path in found
            if not path.name.startswith("catalog.sqlite")
        }
