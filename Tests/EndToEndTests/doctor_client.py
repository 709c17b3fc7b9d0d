"""Runs `imgn doctor` on a store as an operator does, and reads what it found."""

import json
import subprocess
from dataclasses import dataclass, field

from imgn_server import binary, clean_environment
from store_client import StoreAccess

RUN_SECONDS = 120
ORIGIN = "https://pictures.example"


@dataclass(frozen=True)
class Findings:
    """What one run found."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict]:
        """The lines of `--json`, in their order."""
        return [json.loads(line) for line in self.out.splitlines()]

    def __getitem__(self, check: str) -> dict:
        """What one check found."""
        return next(line for line in self.lines if line["check"] == check)

    @property
    def faults(self) -> list[str]:
        """The checks that found something wrong."""
        return [line["check"] for line in self.lines if line["verdict"] == "fault"]

    @property
    def advice(self) -> list[str]:
        """The checks that had something to say."""
        return [line["check"] for line in self.lines if line["verdict"] == "advice"]


@dataclass(frozen=True)
class Doctor:
    """An operator with a store, the keys to it, and settings."""

    store: StoreAccess
    flags: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, *flags: str, **variables: str) -> Findings:
        """Runs the doctor with `--json`; later flags go before earlier ones."""
        return self.run_plainly("--json", *flags, **variables)

    def run_plainly(self, *flags: str, **variables: str) -> Findings:
        """Runs the doctor as it prints for people."""
        place = ["--storage", f"s3://{self.store.bucket}", "--storage-endpoint", self.store.endpoint]
        keys = {"AWS_ACCESS_KEY_ID": self.store.access_key, "AWS_SECRET_ACCESS_KEY": self.store.secret_key}
        return run("doctor", *place, *self.flags, *flags, **(keys | self.variables | variables))


def run(*arguments: str, **variables: str) -> Findings:
    """Runs the program in an environment of nothing but these variables; empty ones are left out."""
    quiet = {"HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"}
    environment = clean_environment(**{name: text for name, text in (quiet | variables).items() if text})
    ended = subprocess.run(
        [str(binary()), *arguments], capture_output=True, text=True, env=environment, timeout=RUN_SECONDS
    )
    return Findings(ended.returncode, ended.stdout, ended.stderr)


def json_of(remedy: str) -> dict:
    """The JSON in a remedy, whatever stands around it."""
    return json.JSONDecoder().raw_decode(remedy[remedy.index("{") :])[0]


def leftovers(store: StoreAccess) -> list[str]:
    """What is in the bucket: keys, and uploads in parts."""
    uploads = store.client().list_multipart_uploads(Bucket=store.bucket).get("Uploads", [])
    return store.keys_under("") + [upload["Key"] for upload in uploads]
