"""A root folder with nothing in it but a function's zip and the few libraries that Amazon Linux 2023 has for it.

And `/proc`, as on Lambda: a dispatch queue that waits for long looks there whether its threads run, and traps when it
cannot.
"""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from package import PRESENT, Package, interpreter, run

TASK = "/var/task"
ENTER = 'mount --rbind /proc "$0/proc" && exec chroot "$0" "$@"'


class EmptyRoot:
    """A folder that a program can be run in as if it were everything there is."""

    def __init__(self, folder: Path, package: Package):
        self.folder = folder
        (folder / "proc").mkdir(parents=True)
        task = folder / TASK.lstrip("/")
        task.mkdir(parents=True)
        files = package.unpack(task)
        self.program = task / "bootstrap"
        if linker := interpreter(self.program):
            self._copy_libraries(linker, files)

    def _copy_libraries(self, linker: str, files: list[Path]) -> None:
        """Copies the dynamic linker and the libraries that Amazon Linux 2023 has, and no other of this machine."""
        for line in [linker, *(line for file in files for line in run("ldd", str(file)).splitlines())]:
            path = line.partition("=>")[2].split(" (")[0].strip() or line.split(" (")[0].strip()
            if path.startswith("/") and os.path.basename(path) in PRESENT:
                copy = self.folder / path.lstrip("/")
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(os.path.realpath(path), copy)

    @contextmanager
    def running(self, *arguments: str, **variables: str) -> Iterator[subprocess.Popen]:
        """Runs the program with these variables and no others, without anything else of this machine."""
        enter = ["sh", "-c", ENTER, str(self.folder), f"{TASK}/bootstrap", *arguments]
        command = ["unshare", "--map-root-user", "--user", "--mount", *enter]
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
    command = ["unshare", "--map-root-user", "--user", "--mount", "true"]
    return subprocess.run(command, capture_output=True).returncode == 0
