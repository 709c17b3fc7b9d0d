"""What both functions do of everything they can do, so that the record of it can be held to their rights.

The part `deploy` compares that record (`IMGN_RECORD_OPERATIONS`) with deploy/aws/template.yaml; here it only has to
happen.
"""

import json

import pytest

import hosting
import pictures
from gallery_client import Gallery, put
from http_client import get, request


@pytest.fixture(scope="module")
def cloud(hostings, tmp_path_factory):
    """A gallery in the cloud of this machine."""
    server = hostings.server(hosting.CLOUD, tmp_path_factory.mktemp("rights")).start()
    yield server
    server.stop()


def remove(cloud, image_id: str, token: str) -> None:
    """Removes a picture, the only one there is."""
    bearer = {"authorization": f"Bearer {token}"}
    assert request("DELETE", f"{cloud.url}/api/images/{image_id}", b"", bearer).status == 204
    assert Gallery(cloud.url).images() == []


def test_a_picture_goes_through_its_whole_life(cloud):
    """A ticket, the gallery, a download, the removal."""
    gallery, picture = Gallery(cloud.url), pictures.png(40, 30)
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    image = gallery.wait(ticket["id"])
    assert [entry["id"] for entry in gallery.images()] == [image["id"]]
    download = get(f"{cloud.url}/api/images/{image['id']}/original")
    assert get(download.headers["location"]).body == picture.data
    remove(cloud, image["id"], ticket["deleteToken"])


def test_bytes_through_the_api_are_looked_at_by_the_other_function(cloud):
    """The API's own function waits for the verdict: it has no right to publish."""
    gallery, picture = Gallery(cloud.url), pictures.png(41, 30)
    answer = gallery.send(picture)
    assert (answer.status, answer.json()["state"]) == (201, "ready"), answer
    assert get(answer.json()["src"]).body == picture.data
    again = gallery.send(picture)
    assert (again.status, again.json()["id"]) == (200, answer.json()["id"]), again
    remove(cloud, answer.json()["id"], answer.json()["deleteToken"])


def test_a_sweep_sees_all_that_waits(cloud):
    """As EventBridge has it run."""
    ended = cloud.schedule.fire()
    assert not ended.failed, ended.payload
    assert json.loads(ended.payload)["failed"] == 0


def test_the_gallery_says_that_it_is_ready(cloud):
    """Store and table answer."""
    assert get(f"{cloud.url}/readyz").status == 200
