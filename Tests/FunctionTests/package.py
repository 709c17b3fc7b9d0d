"""A function's zip as Lambda unpacks it, and what the programs in it want of the system."""

import re
import stat
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".build" / "lambda"
API, INGEST = "imgn-lambda-api", "imgn-lambda-ingest"
Version = tuple[int, ...]
PRESENT = {"libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libz.so.1", "ld-linux-x86-64.so.2"}
PRESENT |= {"ld-linux-aarch64.so.1"}
"""The libraries that provided.al2023 has, as far as we count on them."""


@dataclass(frozen=True)
class Package:
    """One zip of `make lambda`."""

    name: str

    @property
    def path(self) -> Path:
        """The zip."""
        return FOLDER / f"{self.name}.zip"

    @property
    def symbols(self) -> Path:
        """The program before it was stripped."""
        return FOLDER / f"{self.name}.symbols"

    def unpack(self, folder: Path) -> list[Path]:
        """Writes the files with their modes, as Lambda does; tells their paths."""
        with zipfile.ZipFile(self.path) as archive:
            for entry in archive.infolist():
                file = Path(archive.extract(entry, folder))
                file.chmod(stat.S_IMODE(entry.external_attr >> 16))
        return [file for file in folder.rglob("*") if file.is_file()]


def wanted(program: Path, prefix: str) -> Version:
    """The highest version of symbols, `GLIBC` say, that a program or library wants of others; () for none."""
    said = run("readelf", "-W", "--version-info", str(program))
    needs = said.partition("Version needs section")[2]
    found = re.findall(rf"Name: {prefix}_([0-9]+(?:\.[0-9]+)*)", needs)
    return max((tuple(map(int, version.split("."))) for version in found), default=())


def dotted(version: Version) -> str:
    """2.34; a dash for none."""
    return ".".join(map(str, version)) or "–"


def libraries(program: Path) -> set[str]:
    """The shared libraries that a program is linked against."""
    return set(re.findall(r"\(NEEDED\).*\[(.*?)\]", run("readelf", "-W", "-d", str(program))))


def interpreter(program: Path) -> str | None:
    """The dynamic linker that the program asks for; nothing when it needs none."""
    found = re.search(r"program interpreter: (.*?)\]", run("readelf", "-W", "-l", str(program)))
    return found[1] if found else None


def defines(program: Path, symbol: str) -> bool:
    """Whether a program with its symbols has the code of a function."""
    return re.search(rf" [TtWw] {symbol}(_\d+)?$", run("nm", "-a", str(program)), re.MULTILINE) is not None


def run(*command: str) -> str:
    """What a tool says."""
    return subprocess.run(command, check=True, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"}).stdout
