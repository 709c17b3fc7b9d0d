"""What this machine offers to the tests, and an honest skip for what it does not."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from imgn_server import PACKAGE


def skip_without(thing: str, reason: str):
    """Skips the test by the name of what this machine lacks; on CI the test script turns that into a failure."""
    pytest.skip(f"missing: {thing} ({reason})")


def tool(name: str, reason: str) -> str:
    """The path of a program the test needs, or a skip that names it. The tests' own Python environment comes first."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    return found or skip_without(name, reason)


def pictures_folder() -> Path | None:
    """The folder of real pictures with known answers: `IMGN_PICTURES`, or `shared/pictures` beside the package."""
    named = os.environ.get("IMGN_PICTURES")
    folder = Path(named) if named else PACKAGE.parent / "shared" / "pictures"
    return folder if (folder / "expected.tsv").exists() else None
