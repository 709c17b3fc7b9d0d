"""The real `aws` command line, with nothing but a store's keys file."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from imgn_server import ImgnServer, clean_environment
from machine import tool

SECONDS = 240


@dataclass(frozen=True)
class AWSCommand:
    """Runs `aws` as the README says, against a server's store at an address of choice."""

    server: ImgnServer
    configuration: Path
    endpoint: str
    certificate: Path | None = None
    attempts: int = 1

    def __call__(self, *arguments: str, fails: bool = False) -> str:
        """What the command printed; its exit code must be what was expected."""
        command = [tool("aws", "PyPI awscli, in requirements.txt"), "--profile", "imgn"]
        done = subprocess.run(
            [*command, "--endpoint-url", self.endpoint, *arguments],
            capture_output=True, text=True, env=self._environment(), timeout=SECONDS,
        )  # fmt: skip
        assert (done.returncode != 0) == fails, (arguments, done.stdout[-2000:], done.stderr[-2000:])
        return done.stdout + done.stderr

    def _environment(self) -> dict[str, str]:
        settings = {
            "AWS_SHARED_CREDENTIALS_FILE": str(self.server.credentials_path),
            "AWS_CONFIG_FILE": str(self.configuration),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": str(self.attempts),
        }
        if self.certificate:
            settings["AWS_CA_BUNDLE"] = str(self.certificate)
        return clean_environment(**settings)
