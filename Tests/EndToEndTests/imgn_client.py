"""Runs `imgn upload`, `ls` and `rm` as a user does, each user with a home of their own."""

import json
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from imgn_server import binary, clean_environment

RUN_SECONDS = 120


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def results(self) -> list[dict]:
        """The lines of `--json`."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class ImgnClient:
    """A user of the command line, with a server and a place for what is remembered."""

    server: str
    home: Path

    def environment(self, **extra: str) -> dict[str, str]:
        """The user's environment."""
        state = {"IMGN_SERVER": self.server, "HOME": str(self.home), "XDG_STATE_HOME": str(self.state)}
        return clean_environment(**(state | extra))

    @property
    def state(self) -> Path:
        """The folder for state, as XDG calls it."""
        return self.home / "state"

    def run(self, *arguments: str | Path, stdin: bytes = b"", **extra: str) -> Ended:
        """Runs a command to its end."""
        ended = subprocess.run(
            [str(binary()), *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env=self.environment(**extra),
            timeout=RUN_SECONDS,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def start(self, *arguments: str | Path) -> subprocess.Popen:
        """Starts a command that is going to be stopped."""
        return subprocess.Popen(
            [str(binary()), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment(),
        )


def interrupt(process: subprocess.Popen) -> Ended:
    """Presses Ctrl-C."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=RUN_SECONDS)
    return Ended(process.returncode, out.decode(), err.decode())
