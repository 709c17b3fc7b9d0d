"""`imgn serve` as a program: one line, its folder, its stop, its mistakes."""

import socket
import subprocess

import pytest

import pictures
from gallery_client import Gallery
from http_client import get
from imgn_server import binary, clean_environment
from raw_socket import RawConnection, head


def test_it_says_its_address_once_in_one_line(server):
    """The line is for people and for scripts; logs go to standard error."""
    assert server.stdout_line == f"imgn is ready at {server.url}\n"
    assert get(f"{server.url}/healthz").json() == {"status": "ok"}
    assert get(f"{server.url}/readyz").status == 200


def test_everything_is_kept_over_a_restart(start_server):
    """Keys, pictures and their order are in the data folder."""
    server = start_server()
    ids = [Gallery(server.url).upload(pictures.png())["id"] for _ in range(3)]
    keys = server.keys()
    assert server.stop() == 0
    server.start()
    assert server.keys() == keys
    images = Gallery(server.url).images()
    assert [image["id"] for image in images] == ids[::-1]
    assert all(get(image["src"]).status == 200 for image in images)


def test_a_second_data_folder_has_other_keys(server, start_server):
    """No shipped default: keys are made at first start."""
    assert start_server().keys()[1] != server.keys()[1]


def test_sigterm_lets_a_request_in_flight_finish(start_server):
    """The upload that was half there is answered, then the program ends with 0."""
    server = start_server()
    picture = pictures.noisy_png(400_000)
    ticket = Gallery(server.url).ticket(picture)
    with RawConnection(server.url) as connection:
        connection.send(head("PUT", ticket["url"], ticket["headers"] | {"content-length": str(len(picture.data))}))
        connection.send(picture.data[:200_000])
        server.signal_stop()
        _until_refused(server.port)
        connection.send(picture.data[200_000:])
        answer = connection.answer()
    assert answer.status == 200, answer
    assert server.stop() == 0
    server.start()
    assert Gallery(server.url).wait(ticket["id"])["state"] == "ready"


def _until_refused(port: int) -> None:
    """Returns once the server takes no new connection: the stop has begun."""
    for _ in range(10_000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return
    raise AssertionError("the server went on taking connections")


def run(*arguments: str) -> subprocess.CompletedProcess:
    """Runs imgn to its end."""
    return subprocess.run(
        [str(binary()), *arguments], capture_output=True, text=True, timeout=30, env=clean_environment()
    )


def test_mistakes_in_the_configuration_are_reported_all_at_once(tmp_path):
    """Exit code 78 (EX_CONFIG), and every mistake by name."""
    wrong = {"--upload-limit": "plenty", "--keep-free": "some", "--slow-body-timeout": "soon"}
    done = run("serve", "--data", str(tmp_path), *(word for flag in wrong.items() for word in flag))
    assert done.returncode == 78, (done.returncode, done.stderr)
    assert all(flag.removeprefix("--") in done.stderr for flag in wrong)
    assert done.stdout == ""


def test_a_port_that_is_taken_is_named(server, tmp_path):
    """One sentence and a code, no stack trace."""
    done = run("serve", "--port", str(server.port), "--data", str(tmp_path / "data"))
    assert done.returncode == 75
    assert str(server.port) in done.stderr and "--port" in done.stderr


def test_a_data_folder_that_is_used_is_named(server):
    """Two servers in one folder would be one too many."""
    done = run("serve", "--port", "0", "--data", str(server.data))
    assert done.returncode == 75
    assert str(server.data) in done.stderr and "--data" in done.stderr


def test_the_environment_configures_too(tmp_path):
    """`IMGN_…` stands below the flags."""
    environment = clean_environment(IMGN_UPLOAD_LIMIT="plenty", IMGN_DATA=str(tmp_path))
    command = [str(binary()), "serve", "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, env=environment)
    assert done.returncode == 78 and "plenty" in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"]])
def test_help_is_help(arguments):
    """It names what it does, on standard output, with success."""
    done = run(*arguments)
    assert done.returncode == 0 and "serve" in done.stdout
