"""What becomes of pictures in the cloud once they are public: downloaded by name, removed without a trace."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

import pictures
from cloud.server import CloudServer
from gallery_client import Gallery, put
from hosting import CLOUD
from http_client import Answer, get, request


@pytest.fixture(scope="module")
def cloud(tmp_path_factory, hostings) -> CloudServer:
    """A gallery in the cloud."""
    running = hostings.server(CLOUD, tmp_path_factory.mktemp("pictures")).start()
    yield running
    running.kill()


@pytest.fixture
def gallery(cloud) -> Gallery:
    """Its client."""
    return Gallery(cloud.url)


def remove(cloud: CloudServer, ticket: dict, token: str) -> Answer:
    """Takes the ticket's picture out of the gallery."""
    return request("DELETE", f"{cloud.url}/api/images/{ticket['id']}", headers={"authorization": f"Bearer {token}"})


def test_an_original_is_downloaded_from_the_bucket_under_its_name(cloud, gallery):
    """By a URL that the API signs on the click; the bytes come from the store."""
    picture = pictures.jpeg(name='Grüße "7" ✓.jpg')
    image = gallery.upload(picture)
    answer = get(f"{cloud.url}/api/images/{image['id']}/original")
    location = answer.headers["location"]
    assert answer.status in (302, 303, 307) and location.startswith(cloud.store.address(f"images/{image['id']}.jpg?"))
    assert parse_qs(urlsplit(location).query)["X-Amz-Expires"] == ["300"]
    file = get(location)
    assert (file.status, file.body) == (200, picture.data)
    assert unquote(file.headers["content-disposition"].partition("filename*=UTF-8''")[2]) == picture.name


def test_a_removed_picture_is_gone_and_so_is_all_that_led_to_it(cloud, gallery):
    """Bytes, entry, and the second upload of the same bytes; the same picture may then come anew."""
    picture = pictures.noisy_png(20_000)
    early, late = gallery.ticket(picture), gallery.ticket(picture)
    assert put(early, picture.data).status == 200
    image = gallery.wait(early["id"])
    assert put(late, picture.data).status == 200
    assert gallery.wait(late["id"])["id"] == image["id"]
    assert remove(cloud, early, late["token"]).status in (401, 403)
    assert remove(cloud, early, early["deleteToken"]).status == 204
    for ticket in (early, late):
        assert get(f"{cloud.url}/api/images/{ticket['id']}").status == 404
    assert get(image["src"]).status in (403, 404)
    assert image["id"] not in gallery.ids()
    assert gallery.ask_ticket(picture).status == 201
    assert gallery.upload(picture)["id"] != image["id"]
