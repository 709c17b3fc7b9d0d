"""The script that starts the cloud, as far as that can be told without starting it."""

import pathlib
import subprocess

import pytest

SCRIPT = pathlib.Path(__file__).resolve().parents[1] / "cloud"


def run(*arguments: str) -> subprocess.CompletedProcess:
    """Runs it to its end."""
    return subprocess.run([str(SCRIPT), *arguments], capture_output=True, text=True, timeout=60)


def test_help_tells_every_option():
    """And ends well."""
    done = run("--help")
    assert done.returncode == 0
    for option in ("--zips", "--port", "--rest", "--binary-media-types", "--flags", "--no-browser"):
        assert option in done.stdout


@pytest.mark.parametrize("arguments", [["--bogus"], ["--port", "many"], ["--port"], ["start"], ["--res"]])
def test_what_it_does_not_understand_it_says_before_it_builds(arguments):
    """In its own name, and nothing is started."""
    done = run(*arguments)
    assert done.returncode != 0 and done.stdout == ""
    assert "Scripts/cloud: error" in done.stderr
