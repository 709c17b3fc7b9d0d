"""`make deploy` and `make undeploy`, as far as they go without an account."""

import os
import subprocess

import pytest

from sam_template import ROOT


def run(name: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Runs one of them with keys that AWS does not know, and no network to ask by."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {
        "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }
    command = [str(ROOT / "Scripts" / name), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, input=text)


@pytest.mark.parametrize("name", ["deploy", "undeploy"])
def test_help_says_what_it_costs(name: str):
    done = run(name, "--help")
    assert done.returncode == 0 and f"Scripts/{name}" in done.stdout and "USD" in done.stdout


@pytest.mark.parametrize("arguments", [["--bogus"], ["--stack"], ["--stack", "a b"], ["Nonsense=1"], ["alarmemail=x"]])
def test_deploy_says_what_it_does_not_understand(arguments: list[str]):
    done = run("deploy", *arguments)
    assert done.returncode == 1 and done.stderr.startswith("imgn: ") and done.stdout == ""


@pytest.mark.parametrize("arguments", [["--bogus"], ["--stack"], ["imgn"]])
def test_undeploy_says_what_it_does_not_understand(arguments: list[str]):
    done = run("undeploy", *arguments)
    assert done.returncode == 1 and done.stderr.startswith("imgn: ") and done.stdout == ""


def test_undeploy_without_an_account_changes_nothing():
    done = run("undeploy", "--region", "eu-central-1", text="imgn\n")
    assert done.returncode == 1 and "AWS does not know who you are" in done.stderr


def test_deploy_takes_a_parameter_of_the_template_and_stops_before_it_changes_anything():
    done = run("deploy", "--region", "eu-central-1", "--no-build", "AlarmEmail=a@b.example")
    assert done.returncode == 1 and "checking the template" in done.stderr
    assert "Build it: make lambda" in done.stderr or "AWS does not know who you are" in done.stderr
