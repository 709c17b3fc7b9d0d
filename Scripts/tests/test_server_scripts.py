"""The scripts that start S3 servers, as far as that can be told without starting one."""

import os
import pathlib
import subprocess

import pytest

SCRIPTS = pathlib.Path(__file__).resolve().parents[1]
SERVERS = ["seaweedfs", "radosgw"]


def run(name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Runs one of them to its end."""
    command = [str(SCRIPTS / name), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, env=os.environ | environment)


@pytest.mark.parametrize("name", SERVERS)
def test_help_tells_the_three_actions(name):
    """And ends well."""
    done = run(name, "--help")
    assert done.returncode == 0 and "start | stop | status" in done.stdout


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("arguments", [[], ["begin"], ["start", "--bogus"], ["start", "--folder"]])
def test_what_it_does_not_understand_it_says(name, arguments):
    """One sentence and a failure; nothing is started."""
    done = run(name, *arguments)
    assert done.returncode != 0 and done.stderr.strip() and done.stdout == ""


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_that_does_not_run_is_stopped_without_a_word(name, tmp_path):
    """And its status is a failure."""
    folder = ["--folder", str(tmp_path / "server")]
    assert run(name, "stop", *folder).returncode == 0
    status = run(name, "status", *folder)
    assert status.returncode == 1 and "does not run" in status.stderr


@pytest.mark.parametrize(("name", "file"), [("seaweedfs", "pid"), ("radosgw", "osd.0.pid")])
def test_a_stranger_with_an_old_number_is_left_alone(name, file, tmp_path):
    """A pid file outlives its process, and the system gives numbers again."""
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        (tmp_path / file).write_text(f"{stranger.pid}\n")
        assert run(name, "stop", "--folder", str(tmp_path)).returncode == 0
        assert stranger.poll() is None
        assert not (tmp_path / file).exists()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_program_that_is_missing_is_named_with_the_way_out(tmp_path):
    """Rather than a shell's own complaint."""
    done = run("seaweedfs", "start", "--folder", str(tmp_path / "weed"), SEAWEEDFS_PROGRAM=str(tmp_path / "missing"))
    assert done.returncode == 1 and "Scripts/bootstrap test" in done.stderr
