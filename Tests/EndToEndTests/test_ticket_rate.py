"""Many files at once, at a gallery that lets clients begin few uploads in a second: all of them arrive."""

import pytest

import pictures
from gallery_client import Gallery
from http_client import post_json
from imgn_client import ImgnClient

RATE, BURST, FILES = "20/s", 10, 200


@pytest.fixture
def limited(start_server):
    """A gallery with a rate that 200 files exceed."""
    return start_server(variables={"IMGN_TICKET_RATE": RATE, "IMGN_TICKET_BURST": str(BURST)})


def described(number: int) -> dict:
    """What a ticket is asked for."""
    picture = pictures.png(name=f"{number}.png")
    return {"name": picture.name, "type": "image/png", "size": len(picture.data), "sha256": picture.sha256}


def test_who_asks_too_often_is_told_when_to_go_on(limited):
    """The answer is a problem with the wait; those before it say what is left."""
    answers = [post_json(f"{limited.url}/api/uploads", described(number)) for number in range(3 * BURST)]
    refused = [answer for answer in answers if answer.status == 429]
    assert refused and answers[0].status == 201
    assert answers[0].headers["ratelimit-remaining"] == str(BURST - 1)
    assert refused[0].json()["code"] == "too-many-requests"
    assert int(refused[0].headers["retry-after"]) >= 1


def test_two_hundred_files_at_once_all_arrive(limited, tmp_path):
    """The command line waits by itself."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.png").write_bytes(pictures.png(width=20 + number, name=f"{number}.png").data)
    ended = ImgnClient(limited.url, tmp_path).run("upload", "--json", folder)
    assert ended.code == 0, ended.err
    assert len(Gallery(limited.url).ids()) == FILES
