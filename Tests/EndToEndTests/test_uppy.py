"""Uppy, unchanged: both generations of its S3 uploader against `/s3`, by the bytes they were seen to send."""

import pytest

import pictures
from http_client import Answer, request
from uppy_client import Uppy5, Uppy6, pieces

BLOG = "https://blog.example"


@pytest.fixture(params=[Uppy6, Uppy5], ids=["uppy-6", "uppy-5"])
def uppy(request, server):
    """Each generation, talking to the shared server."""
    return request.param(server.url)


@pytest.fixture(scope="module")
def large():
    """A picture of three parts, its name with what URLs and headers stumble over."""
    return pictures.noisy_png(11 << 20, "ein grüner+roter.png")


def image_id(begun: dict) -> str:
    """The id in an object's key."""
    return begun["key"].removeprefix("incoming/")


def begin(uppy, picture) -> dict:
    """An upload in parts, begun."""
    answer = uppy.begin(picture)
    assert answer.status == 200, answer
    return answer.json()


def refusal(answer: Answer) -> tuple[int, str]:
    """Status and code of a refusal, which has both words that Uppy's generations read."""
    said = answer.json()
    assert said["error"] == said["message"] != ""
    return answer.status, said["code"]


def test_a_small_file_goes_by_form_and_becomes_a_picture(uppy, gallery):
    """All fields in the answer's order, the file last; the store says 201 and where it is."""
    picture = pictures.png(name="ein grüner+roter.png")
    params = uppy.params(picture).json()
    assert params["method"] == "POST" and params["url"].endswith("/imgn/")
    answer = uppy.post(params, picture.data)
    assert answer.status == 201, answer
    assert f"{params['url']}{params['fields']['key']}" == answer.headers["location"]
    image = gallery.wait(image_id(params["fields"]))
    assert (image["state"], image["meta"], image["name"]) == ("ready", picture.meta, picture.name)


def test_a_form_is_good_once_and_for_its_own_fields(uppy, gallery, store):
    """A second post, another type and another key are refused by the store."""
    picture = pictures.png()
    params = uppy.params(picture).json()
    for change in [{"content-type": "text/html"}, {"key": "images/x.png"}, {"if-none-match": ""}]:
        assert uppy.post(params | {"fields": params["fields"] | change}, picture.data).status == 403
    assert uppy.post(params, b"").status == 400
    assert store.waiting() == []
    assert uppy.post(params, picture.data).status == 201
    assert uppy.post(params, pictures.png().data).status == 412
    assert gallery.wait(image_id(params["fields"]))["state"] == "ready"


def test_version_5_can_bind_size_and_digest(server, gallery):
    """With both said, the answer is a PUT that takes these bytes and no others."""
    uppy, picture = Uppy5(server.url), pictures.png()
    params = uppy.params(picture, size=str(len(picture.data)), sha256=picture.sha256).json()
    assert (params["method"], params["fields"]) == ("PUT", {})
    assert uppy.send(params, pictures.png().data).status in (400, 403)
    assert uppy.send(params, picture.data).status == 200
    found = params["url"].split("?")[0].rsplit("/", 1)[1]
    assert gallery.wait(found)["meta"] == picture.meta


def test_a_large_file_goes_in_parts(uppy, gallery, large):
    """Begin, sign right before each part, complete; the answer leads to the picture's page."""
    begun = begin(uppy, large)
    assert set(begun) == {"key", "uploadId", "bucket"}
    answer = uppy.resume(begun, large.data)
    assert answer.status == 200, answer
    done = answer.json()
    assert (done["key"], done["bucket"]) == (begun["key"], begun["bucket"])
    assert done["location"].endswith(f"/i/{image_id(begun)}")
    image = gallery.wait(image_id(begun))
    assert (image["state"], image["meta"]) == ("ready", large.meta)
    assert uppy.complete(begun, []).status == 200, "a lost answer may be asked for again"


def test_an_upload_goes_on_where_it_stopped(uppy, gallery):
    """Listed parts are not sent again; their ETags come back as they were listed, quotes and all."""
    picture = pictures.noisy_png(11 << 20)
    begun = begin(uppy, picture)
    uppy.send_part(begun, 1, pieces(picture.data)[0])
    listed = uppy.stored(begun)
    assert [(part["PartNumber"], part["Size"]) for part in listed] == [(1, 5 << 20)]
    assert listed[0]["ETag"].startswith('"')
    assert uppy.resume(begun, picture.data).status == 200
    assert gallery.wait(image_id(begun))["state"] == "ready"


def test_a_list_that_is_not_the_store_s_joins_nothing(uppy, store, large):
    """A part that is missing or has another ETag is named; after an abort nothing is left."""
    begun = begin(uppy, large)
    etag = uppy.send_part(begun, 1, b"x")
    sent, other = {"PartNumber": 1, "ETag": etag}, {"PartNumber": 2, "ETag": "y"}
    for parts in [[], [sent | {"ETag": "y"}], [sent, other]]:
        assert refusal(uppy.complete(begun, parts)) == (400, "bad-request")
    assert uppy.ask("DELETE", begun).json() == {}
    assert uppy.ask("DELETE", begun).status == 200
    assert refusal(uppy.ask("GET", begun)) == (404, "upload-gone")
    assert store.waiting() == []


def test_a_batch_is_signed_at_once(uppy, large):
    """Old clients ask for several URLs; each takes its part."""
    begun = begin(uppy, large)
    urls = uppy.ask("GET", begun, "/batch", query="&partNumbers=1,2").json()["presignedUrls"]
    assert set(urls) == {"1", "2"}
    assert request("PUT", urls["2"], b"two").status == 200
    assert [part["PartNumber"] for part in uppy.stored(begun)] == [2]
    uppy.ask("DELETE", begun)


def test_one_upload_s_names_are_worth_nothing_for_another(uppy, large):
    """`uploadId` and `key` have to belong together."""
    one, other = begin(uppy, large), begin(uppy, large)
    for mixed in [one | {"key": other["key"]}, one | {"uploadId": "UP/1+x="}, one | {"key": "images/x.png"}]:
        for step in [("GET", ""), ("GET", "/1"), ("DELETE", "")]:
            assert refusal(uppy.ask(step[0], mixed, step[1])) == (403, "invalid-token")
    for begun in (one, other):
        assert uppy.stored(begun) == []
        uppy.ask("DELETE", begun)


def test_too_large_is_told_when_it_is_known(start_server):
    """A form is refused by the store as it grows over the limit, parts when they shall be joined."""
    server = start_server("--upload-limit", "6MiB")
    uppy, picture = Uppy6(server.url), pictures.noisy_png(7 << 20)
    refused = uppy.post(uppy.params(picture).json(), picture.data)
    assert refused.refusal == (400, "EntityTooLarge")
    begun = begin(uppy, picture)
    assert refusal(uppy.resume(begun, picture.data)) == (413, "too-large")
    assert refusal(uppy.ask("GET", begun)) == (404, "upload-gone")


def test_pages_of_a_named_origin_may_upload_from_elsewhere(start_server):
    """The preflight and each answer, refusals too, name the origin; no other is named."""
    server = start_server("--allowed-origins", f"{BLOG}, https://two.example")
    asked = {"origin": BLOG, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    preflight = request("OPTIONS", f"{server.url}/s3/multipart", headers=asked)
    assert (preflight.status, preflight.headers["access-control-allow-origin"]) == (204, BLOG)
    for path in ["params?filename=x", "params", "sts", "nothing"]:
        answer = request("GET", f"{server.url}/s3/{path}", headers={"origin": BLOG})
        assert answer.headers["access-control-allow-origin"] == BLOG
        other = request("GET", f"{server.url}/s3/{path}", headers={"origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers


def test_this_store_lends_no_keys(uppy):
    """The embedded store has no STS."""
    answer = request("GET", f"{uppy.url}/s3/sts")
    assert refusal(answer) == (400, "no-sts")
