"""`imgn serve --storage s3://…`: tickets lead straight to the store, and new pictures are noticed in every way."""

from time import monotonic, sleep
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

import hosting
import pictures
from gallery_client import Gallery, put
from http_client import Answer, get, post_json
from imgn_server import ImgnServer
from pictures import Picture
from storage_events import SECRET, created, post, removed
from store_client import StoreAccess, store_of

BUCKET_OWNER = "bucket-owner-full-control"
SWEEP_SECONDS = 45


@pytest.fixture(scope="module")
def hooked(tmp_path_factory, hostings) -> ImgnServer:
    """A gallery on SeaweedFS that listens to events."""
    folder = tmp_path_factory.mktemp("on-s3")
    place = hostings.place(hosting.SEAWEEDFS)
    variables = {"IMGN_HOOK_SECRET": SECRET}
    running = ImgnServer(folder / "data", folder / "log", variables=variables, store=place).start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def on_s3(hooked) -> Gallery:
    """Its client."""
    return Gallery(hooked.url)


@pytest.fixture
def place(hooked) -> StoreAccess:
    """Its place in the store."""
    return store_of(hooked)


def sent(gallery: Gallery, picture: Picture) -> dict:
    """The ticket of a picture whose bytes are in the store, and nobody has told the gallery."""
    ticket = gallery.ticket(picture)
    assert put(ticket, picture.data).status == 200
    return ticket


def key(place: StoreAccess, ticket: dict) -> str:
    """Where the ticket's bytes go."""
    return f"{place.prefix}incoming/{ticket['id']}"


def complete(gallery: Gallery, ticket: dict) -> Answer:
    """What the page says when it has sent everything."""
    return post_json(f"{gallery.url}/api/uploads/complete", {"token": ticket["token"]})


def named(gallery: Gallery, image_id: str) -> list[dict]:
    """The image as the gallery lists it: once, or not at all."""
    return [image for image in gallery.images() if image["id"] == image_id]


def test_tickets_lead_to_the_store_and_bind_what_law_demands(on_s3, hooked, place):
    """Size, type, digest and first use are in the store's own signature; our server sees no byte."""
    picture = pictures.png()
    ticket = on_s3.ticket(picture)
    assert ticket["url"].startswith(place.address(f"incoming/{ticket['id']}?"))
    signed = set(parse_qs(urlsplit(ticket["url"]).query)["X-Amz-SignedHeaders"][0].split(";"))
    assert {"content-length", "content-type", "host", "if-none-match", "x-amz-checksum-sha256"} <= signed
    assert place.access_key in ticket["url"] and place.secret_key not in str(ticket)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"x_amz_checksum_sha256": pictures.png().sha256}, 403),
        ({"if_none_match": None}, 403),
        ({"content_type": "text/html"}, 403),
    ],
)
def test_the_store_refuses_what_the_ticket_does_not_say(on_s3, place, wrong, refusal):
    """Nothing is stored under the ticket's key."""
    picture = pictures.png()
    ticket = on_s3.ticket(picture)
    assert put(ticket, picture.data, **wrong).status == refusal
    assert put(ticket, picture.data[:-1] + b"x").refusal == (400, "BadDigest")
    assert place.keys_under(f"incoming/{ticket['id']}") == []


def test_an_event_brings_the_picture_at_once(on_s3, hooked, place):
    """The store says so, and the next look finds it."""
    ticket = sent(on_s3, pictures.png())
    answer = post(hooked, created(place.bucket, key(place, ticket)))
    assert (answer.status, answer.json()) == (200, {"noticed": 1})
    assert on_s3.wait(ticket["id"])["state"] == "ready"
    assert place.waiting() == []


def test_events_twice_late_and_out_of_order_change_nothing(on_s3, hooked, place):
    """Three pictures, told of in the wrong order, doubly, long after they are public, and with a removal before."""
    tickets = [sent(on_s3, pictures.png()) for _ in range(3)]
    keys = [key(place, ticket) for ticket in tickets]
    assert post(hooked, removed(place.bucket, keys[0])).json() == {"noticed": 0}
    for _ in range(2):
        assert post(hooked, created(place.bucket, *reversed(keys), *keys)).status == 200
    first = [on_s3.wait(ticket["id"]) for ticket in tickets]
    assert post(hooked, created(place.bucket, *keys)).status == 200
    assert post(hooked, removed(place.bucket, keys[0])).status == 200
    assert [on_s3.wait(ticket["id"]) for ticket in tickets] == first
    assert all(len(named(on_s3, ticket["id"])) == 1 for ticket in tickets)
    assert len(place.keys_under("images/")) == len(on_s3.ids())


def test_forged_events_are_refused_and_foreign_ones_ignored(on_s3, hooked, place):
    """Another's signature; another's bucket, another's prefix, an upload that never came."""
    ticket = on_s3.ticket(pictures.png())
    event = created(place.bucket, key(place, ticket))
    assert post(hooked, event, secret="hook-secret-of-another").refusal == (403, "invalid-token")
    before = on_s3.ids()
    for bucket, name in [("other", key(place, ticket)), (place.bucket, f"elsewhere/incoming/{ticket['id']}")]:
        assert post(hooked, created(bucket, name)).json() == {"noticed": 0}
    assert post(hooked, event).status == 200
    assert get(f"{hooked.url}/api/images/{ticket['id']}").refusal == (404, "image-not-found")
    assert on_s3.ids() == before and on_s3.is_healthy()


def test_without_events_the_pages_own_word_is_enough(on_s3, place):
    """`complete` of a ticket for one PUT; before the bytes are there it says so."""
    picture = pictures.png()
    ticket = on_s3.ticket(picture)
    assert complete(on_s3, ticket).refusal == (409, "incomplete-upload")
    assert put(ticket, picture.data).status == 200
    assert complete(on_s3, ticket).status == 202
    assert on_s3.wait(ticket["id"])["state"] == "ready"
    assert complete(on_s3, ticket).status == 200


@pytest.mark.slow
def test_what_nobody_tells_of_the_sweep_finds(on_s3, place):
    """No event and no word of the sender: half a minute later it is public."""
    ticket = sent(on_s3, pictures.png())
    deadline = monotonic() + SWEEP_SECONDS
    while monotonic() < deadline and not named(on_s3, ticket["id"]):
        sleep(0.5)
    assert len(named(on_s3, ticket["id"])) == 1
    assert place.waiting() == []


def test_a_ticket_is_spent_after_its_picture_is_public(on_s3, place):
    """The same URL, still in its five minutes, puts nothing in the picture's place."""
    picture = pictures.png()
    ticket = sent(on_s3, picture)
    assert complete(on_s3, ticket).status == 202
    image = on_s3.wait(ticket["id"])
    assert put(ticket, picture.data).refusal == (412, "PreconditionFailed")
    assert get(image["src"]).body == picture.data


def test_an_original_is_downloaded_from_the_store_under_its_name(on_s3, hooked, place):
    """A redirect to a URL of the store, good for five minutes, whose answer carries the file's own name."""
    picture = pictures.jpeg(name='Grüße "7" ✓.jpg')
    ticket = sent(on_s3, picture)
    assert complete(on_s3, ticket).status == 202
    image = on_s3.wait(ticket["id"])
    answer = get(f"{hooked.url}/api/images/{image['id']}/original")
    location = answer.headers["location"]
    assert answer.status in (302, 303, 307) and answer.headers["cache-control"] == "no-store"
    assert location.startswith(place.address(f"images/{image['id']}.jpg?"))
    assert parse_qs(urlsplit(location).query)["X-Amz-Expires"] == ["300"]
    file = get(location)
    assert (file.status, file.body) == (200, picture.data)
    disposition = file.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == picture.name


def test_public_objects_are_for_ever_and_have_their_own_type(on_s3, place):
    """What a CDN before the bucket needs."""
    ticket = sent(on_s3, pictures.webp())
    assert complete(on_s3, ticket).status == 202
    image = on_s3.wait(ticket["id"])
    head = place.client().head_object(Bucket=place.bucket, Key=f"{place.prefix}images/{image['id']}.webp")
    assert head["ContentType"] == "image/webp" and "immutable" in head["CacheControl"]


def test_every_key_is_under_the_prefix(on_s3, place, hostings):
    """Two galleries in one bucket know nothing of each other, and no probe is left."""
    ticket = sent(on_s3, pictures.png())
    assert complete(on_s3, ticket).status == 202
    on_s3.wait(ticket["id"])
    listed = place.client().list_objects_v2(Bucket=place.bucket, Prefix=place.prefix)["Contents"]
    names = [item["Key"].removeprefix(place.prefix) for item in listed]
    folders = ("incoming/", "images/", "renditions/")
    assert all(name.startswith(folders) for name in names) and not [name for name in names if "probe" in name]
    other = hostings.place(hosting.SEAWEEDFS)
    assert other.prefix != place.prefix and other.keys_under("") == []


def test_an_acl_is_a_signed_header_of_every_put(start_server, hostings):
    """Of a PUT by ticket; the parts of a large file have it from their beginning."""
    server = start_server("--storage-acl", BUCKET_OWNER, store=hostings.place(hosting.SEAWEEDFS))
    gallery, picture = Gallery(server.url), pictures.png()
    ticket = gallery.ticket(picture)
    signed = parse_qs(urlsplit(ticket["url"]).query)["X-Amz-SignedHeaders"][0].split(";")
    assert "x-amz-acl" in signed and ticket["headers"]["x-amz-acl"] == BUCKET_OWNER
    assert put(ticket, picture.data, x_amz_acl=None).status == 403
    assert put(ticket, picture.data).status == 200
    assert complete(gallery, ticket).status == 202
    assert gallery.wait(ticket["id"])["state"] == "ready"


def test_pictures_may_have_an_address_of_their_own(start_server, hostings):
    """In `src`, and in the content policy of the pages, which name the store, too."""
    place = hostings.place(hosting.SEAWEEDFS)
    server = start_server("--pictures-url", "https://cdn.example/pictures", store=place)
    gallery = Gallery(server.url)
    ticket = sent(gallery, pictures.png())
    assert complete(gallery, ticket).status == 202
    image = gallery.wait(ticket["id"])
    assert image["src"] == f"https://cdn.example/pictures/images/{image['id']}.png"
    policy = get(f"{server.url}/").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
    assert "https://cdn.example" in rules["img-src"].split()
    assert place.endpoint in rules["connect-src"].split()


def test_without_scripts_the_server_itself_sends_to_the_store(on_s3, place):
    """The raw POST goes through us, into the store, and out again."""
    picture = pictures.gif()
    answer = on_s3.send(picture)
    assert answer.status == 201, answer
    image = answer.json()
    assert get(image["src"]).body == picture.data
    assert place.keys_under(f"images/{image['id']}") == [f"images/{image['id']}.gif"]


def test_a_picture_that_is_none_is_refused_and_its_bytes_go(on_s3, place):
    """Nothing public, nothing waiting."""
    ticket = sent(on_s3, Picture("words.png", "image/png", 0, 0, b"just words, many of them"))
    assert complete(on_s3, ticket).status == 202
    assert on_s3.wait(ticket["id"])["state"] == "rejected"
    assert place.waiting() == [] and place.keys_under(f"images/{ticket['id']}") == []
