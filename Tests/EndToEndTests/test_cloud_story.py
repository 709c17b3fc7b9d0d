"""The mission's own story: a picture in a form, through gateways that ruin it and gateways that do not."""

import hashlib

import pytest

import forms
import pictures
from cloud.events import Setting
from cloud.gateway import HTTP, REST, URL, Gateway
from cloud.media import BinaryMediaTypes
from cloud.server import CloudServer
from gallery_client import Gallery
from hosting import CLOUD
from http_client import Answer, get, request
from pictures import Picture

MISSION_TYPES = ("image~1jpeg", "image~1png")
"""What the mission's first template said; its forms are `multipart/form-data`, which matches neither."""
CURED_TYPES = (*MISSION_TYPES, "multipart~1form-data")


@pytest.fixture(scope="module")
def cloud(tmp_path_factory, hostings) -> CloudServer:
    """A gallery in the cloud."""
    running = hostings.server(CLOUD, tmp_path_factory.mktemp("story")).start()
    yield running
    running.kill()


@pytest.fixture
def behind(cloud):
    """Opens one more gateway before the gallery's API function, and is its address."""
    opened = []

    def opening(kind, types: tuple[str, ...] = ()) -> str:
        setting = Setting("prod", binary=BinaryMediaTypes(types)) if kind is REST else Setting()
        opened.append(Gateway(kind, cloud.api, setting).__enter__())
        return opened[-1].url

    yield opening
    for gateway in opened:
        gateway.__exit__()


def sent_form(address: str, picture: Picture, path: str = "/api/images") -> Answer:
    """The picture in a form, as a browser without JavaScript sends it."""
    form = forms.closed(forms.part("file", picture.data, picture.name, picture.content_type))
    return request("POST", address + path, form, forms.TYPE | {"accept": "*/*"})


def sha256(data: bytes) -> str:
    """A digest to compare by."""
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("path", ["/api/images", "/upload"])
@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.webp])
def test_a_form_through_a_gateway_that_ruins_it_is_refused_with_the_cure(cloud, behind, make, path):
    """415: what happened, the setting that cures it, and the way that needs no cure; nothing is kept."""
    before = Gallery(cloud.url).ids()
    answer = sent_form(behind(REST, MISSION_TYPES), make(), path)
    assert answer.refusal == (415, "binary-body-mangled"), answer
    assert "BinaryMediaTypes" in answer.text and "multipart/form-data" in answer.text
    assert "/api/uploads" in answer.text
    assert cloud.store.waiting() == [] and Gallery(cloud.url).ids() == before


@pytest.mark.parametrize(("kind", "types"), [(REST, CURED_TYPES), (REST, ("*/*",)), (HTTP, ()), (URL, ())], ids=str)
def test_a_form_through_a_gateway_that_keeps_it_is_a_picture(cloud, behind, kind, types):
    """Byte for byte."""
    picture = pictures.noisy_png(30_000)
    answer = sent_form(behind(kind, types), picture)
    assert answer.status in (201, 202), answer
    image = Gallery(cloud.url).wait(answer.json()["id"])
    assert image["state"] == "ready"
    assert sha256(get(image["src"]).body) == sha256(picture.data)


def test_a_form_that_only_describes_the_file_passes_any_gateway(cloud, behind):
    """Text is text: the mission's second way never had the trouble, and its PUT goes to the store."""
    picture = pictures.jpeg()
    fields = {"name": "x.jpg", "type": "image/jpeg", "size": str(len(picture.data)), "sha256": picture.sha256}
    form = forms.closed(*(forms.part(name, value.encode()) for name, value in fields.items()))
    answer = request("POST", f"{behind(REST, MISSION_TYPES)}/upload", form, forms.TYPE)
    assert answer.status == 201, answer
    ticket = answer.json()
    assert ticket["url"].startswith(cloud.store.endpoint)
    assert request("PUT", ticket["url"], picture.data, ticket["headers"]).status == 200
    image = Gallery(cloud.url).wait(ticket["id"])
    assert sha256(get(image["src"]).body) == sha256(picture.data)


@pytest.mark.parametrize("size", [10_000, 7_000_000])
def test_a_presigned_upload_is_byte_identical_even_where_no_gateway_would_take_it(cloud, behind, size):
    """The picture may be larger than what any function is given."""
    picture = pictures.noisy_png(size)
    image = Gallery(behind(REST, MISSION_TYPES)).upload(picture)
    assert image["state"] == "ready"
    assert sha256(get(image["src"]).body) == sha256(picture.data)


def test_a_form_above_what_a_function_can_be_given_is_refused(behind):
    """By the gateway, in its words: the function never hears of it."""
    answer = sent_form(behind(HTTP), pictures.noisy_png(5_000_000))
    assert answer.status == 413, answer


def test_rest_answers_that_are_no_text_come_whole(cloud, behind):
    """A script of the page is text to a REST API, an icon is not; both must reach the browser as they are."""
    address = behind(REST, ("*/*",))
    for path in ("/", "/gallery", "/healthz"):
        through, direct = get(address + path, accept="*/*"), get(cloud.url + path)
        assert (through.status, through.body) == (direct.status, direct.body), path
