"""DynamoDB and SQS, played by ministack (PyPI), and the table that the gallery needs."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from botocore.config import Config

from cloud.events import REGION
from imgn_server import clean_environment
from lambda_emulator import free_port

START_SECONDS = 30


@dataclass
class Ministack:
    """One ministack on a free loopback port; what it keeps goes with it."""

    folder: Path
    process: subprocess.Popen | None = field(default=None, repr=False)
    endpoint: str = ""

    def __enter__(self) -> "Ministack":
        port = free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "hypercorn", "-b", f"127.0.0.1:{port}", "ministack.app:app"]
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "ministack.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, env=clean_environment(),
                start_new_session=True,
            )  # fmt: skip
        self._wait()
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(f"{self.endpoint}/_ministack/health"):
                return
            time.sleep(0.1)
        self.__exit__()
        raise AssertionError(f"ministack did not start: {(self.folder / 'ministack.log').read_text()[-2000:]}")

    def __exit__(self, *_) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def client(self, service: str):
        """A boto3 client of one of its services."""
        return service_client(service, self.endpoint)


def service_client(service: str, endpoint: str):
    """A boto3 client of a service that is played at an address."""
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="AKIACLOUD00000000001",
        aws_secret_access_key="secret",
        config=Config(max_pool_connections=32, retries={"total_max_attempts": 1}),
    )


def make_table(client, name: str) -> None:
    """The gallery's table as the template makes it: one key of two parts, on demand, `expires` in seconds."""
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    life = {"Enabled": True, "AttributeName": "expires"}
    client.update_time_to_live(TableName=name, TimeToLiveSpecification=life)
