"""A root folder with nothing in it but a function's zip and the few libraries that Amazon Linux 2023 has for it."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from package import Package, interpreter, run

TASK = "/var/task"


class EmptyRoot:
    """A folder that a program can be run in as if it were everything there is."""

    def __init__(self, folder: Path, package: Package):
        self.folder = folder
        task = folder / TASK.lstrip("/")
        task.mkdir(parents=True)
        package.unpack(task)
        self.program = task / "bootstrap"
        if linker := interpreter(self.program):
            self._copy_libraries(linker)

    def _copy_libraries(self, linker: str) -> None:
        """Copies the dynamic linker and the libraries, which test_package.py holds to those of Amazon Linux 2023."""
        for line in [linker, *run("ldd", str(self.program)).splitlines()]:
            path = line.partition("=>")[2].split(" (")[0].strip() or line.split(" (")[0].strip()
            if path.startswith("/"):
                copy = self.folder / path.lstrip("/")
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(os.path.realpath(path), copy)

    @contextmanager
    def running(self, *arguments: str, **variables: str) -> Iterator[subprocess.Popen]:
        """Runs the program with these variables and no others, without anything else of this machine."""
        command = ["unshare", "--map-root-user", "--user", "chroot", str(self.folder), f"{TASK}/bootstrap", *arguments]
        process = subprocess.Popen(
            command, env={"PATH": "/usr/sbin:/usr/bin:/bin"} | variables,
            stdin=subprocess.PIPE if arguments else subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=None if arguments else subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def can_change_root() -> bool:
    """Whether this machine lets us."""
    return subprocess.run(["unshare", "--map-root-user", "--user", "true"], capture_output=True).returncode == 0
