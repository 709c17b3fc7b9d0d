"""The gateway before a function in Python on AWS's own runtime: what API Gateway does to requests and answers."""

import base64
import hashlib
import json
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

import forms
import pictures
from cloud.events import Setting
from cloud.functions import Function, FunctionPool
from cloud.gateway import BALANCER, HTTP, MIB, PAYLOAD, REST, URL, Gateway, Kind
from cloud.media import BinaryMediaTypes
from http_client import Answer, get, request

FORMS = Setting("prod", binary=BinaryMediaTypes(("multipart/form-data", "image/png")))
KINDS = [REST, HTTP, URL, BALANCER]
NAMES = ["rest", "http", "url", "balancer"]


@pytest.fixture(scope="module")
def function(tmp_path_factory) -> FunctionPool:
    """The function that echoes, in up to four sandboxes."""
    command = (sys.executable, "-m", "awslambdaric", "echo_function.handler")
    variables = {"PYTHONPATH": str(Path(__file__).parent), "PYTHONDONTWRITEBYTECODE": "1"}
    pool = FunctionPool(Function("echo", command, variables, timeout=20), tmp_path_factory.mktemp("echo"), most=4)
    yield pool
    pool.stop()


@pytest.fixture
def gateway(function):
    """Opens gateways before the function."""
    opened = []

    def opening(kind: Kind, setting: Setting = Setting(), **options) -> Gateway:
        opened.append(Gateway(kind, function, setting, **options).__enter__())
        return opened[-1]

    yield opening
    for each in opened:
        each.__exit__()


def echoed(answer: Answer) -> dict:
    """The event that the function got."""
    assert answer.status == 200, answer
    return answer.json()


def sent_form(gateway: Gateway, data: bytes) -> dict:
    """The event of a form with one file."""
    form = forms.closed(forms.part("file", data, "x.png"))
    return echoed(request("POST", f"{gateway.url}/upload", form, forms.TYPE | {"accept": "*/*"}))


def answering(gateway: Gateway, answer: object, **headers: str) -> Answer:
    """The HTTP answer to what the function answers."""
    return get(f"{gateway.url}/?answer={quote(json.dumps(answer))}", **headers)


def test_a_rest_api_ruins_binary_bodies_of_other_types(gateway):
    """The mission's lesson: bytes that are no UTF-8 become U+FFFD, the form around them survives, nothing says so."""
    picture = pictures.noisy_png(5_000)
    others = BinaryMediaTypes(("image/jpeg", "image/png"))
    event = sent_form(gateway(REST, Setting("prod", binary=others)), picture.data)
    assert event["isBase64Encoded"] is False
    assert "\ufffdPNG" in event["body"] and event["body"].count("\ufffd") > 1_000
    assert event["body"].endswith(forms.END.decode()), "the form itself looks well"


def test_a_rest_api_keeps_binary_bodies_of_its_binary_media_types(gateway):
    """As base64, byte for byte, whatever parameters the type has."""
    picture = pictures.noisy_png(5_000)
    event = sent_form(gateway(REST, FORMS), picture.data)
    assert event["isBase64Encoded"] is True
    assert picture.data in base64.b64decode(event["body"])


@pytest.mark.parametrize("kind", [HTTP, URL, BALANCER], ids=NAMES[1:])
def test_the_others_keep_binary_bodies_by_themselves(gateway, kind):
    """All but text is base64; text is text."""
    opened = gateway(kind)
    picture = pictures.noisy_png(5_000)
    event = sent_form(opened, picture.data)
    assert event["isBase64Encoded"] is True and picture.data in base64.b64decode(event["body"])
    event = echoed(request("POST", f"{opened.url}/", b'{"a": "\xc3\xa4"}', {"content-type": "application/json"}))
    assert (event["isBase64Encoded"], event["body"]) == (False, '{"a": "ä"}')


@pytest.mark.parametrize(
    ("accept", "decoded"),
    [("image/png", True), ("image/png, */*", True), ("*/*", False), ("text/html, image/png", False)],
)
def test_a_rest_api_decodes_answers_by_the_first_accepted_type(gateway, accept, decoded):
    """Else the client gets the base64 text itself."""
    answer = get(f"{gateway(REST, FORMS).url}/?payload=512", accept=accept)
    data = bytes(range(256)) * 2
    assert answer.body == (data if decoded else base64.b64encode(data))


def test_a_star_makes_everything_binary_both_ways(gateway):
    """JSON of requests comes as base64, too."""
    opened = gateway(REST, Setting("prod", binary=BinaryMediaTypes(("*~1*",))))
    event = echoed(request("POST", f"{opened.url}/", b"{}", {"content-type": "application/json", "accept": "*/*"}))
    assert (event["isBase64Encoded"], event["body"]) == (True, "e30=")
    assert get(f"{opened.url}/?payload=256", accept="*/*").body == bytes(range(256))


def test_rest_events_keep_paths_encoded_and_decode_queries(gateway):
    """Header names keep their case; of repeated ones there is the last, and all."""
    fields = {"X-Custom": "one", "cookie": "a=1; b=2"}
    event = echoed(request("GET", f"{gateway(REST, FORMS).url}/i/a%20b%2Fc?x=1%2B1&x=a+b&y", headers=fields))
    assert (event["path"], event["resource"]) == ("/i/a%20b%2Fc", "/{proxy+}")
    assert event["multiValueQueryStringParameters"] == {"x": ["1+1", "a b"], "y": [""]}
    assert event["queryStringParameters"] == {"x": "a b", "y": ""}
    assert event["headers"]["cookie"] == "a=1; b=2" and event["headers"]["x-custom"] == "one"
    assert event["multiValueHeaders"]["X-Forwarded-For"] == ["127.0.0.1"]
    assert event["body"] is None and event["isBase64Encoded"] is False


def test_http_events_decode_paths_and_keep_queries(gateway):
    """A decoded question mark ends the path; headers are in lower case and joined; cookies are apart."""
    event = echoed(get(f"{gateway(HTTP).url}/i/a%20b%2Fc%3Fd?x=1%2B1&x=a+b", cookie="a=1; b=2", X_Custom="One"))
    assert (event["version"], event["rawPath"], event["rawQueryString"]) == ("2.0", "/i/a b/c", "x=1%2B1&x=a+b")
    assert event["queryStringParameters"] == {"x": "1+1,a b"}
    assert event["cookies"] == ["a=1", "b=2"] and "cookie" not in event["headers"]
    assert event["headers"]["x-custom"] == "One" and "body" not in event


def test_function_urls_and_balancers_keep_paths_encoded(gateway):
    """And are told apart by their context."""
    url = echoed(get(f"{gateway(URL).url}/a%20b?x=%2B"))
    assert url["rawPath"] == "/a%20b" and ".lambda-url." in url["requestContext"]["domainName"]
    balancer = echoed(get(f"{gateway(BALANCER, Setting(multi_value=True)).url}/a%20b?x=%2B&x=2"))
    assert balancer["path"] == "/a%20b" and balancer["multiValueQueryStringParameters"] == {"x": ["%2B", "2"]}


def test_a_named_stage_is_in_the_address_and_prefixed_to_http_paths_only(gateway):
    """REST APIs take it off, HTTP APIs leave it in `rawPath`; who does not say it reaches nothing."""
    rest = gateway(REST, replace(FORMS, stage_in_path=True))
    event = echoed(get(f"{rest.url}/gallery"))
    assert (event["path"], event["requestContext"]["path"]) == ("/gallery", "/prod/gallery")
    http = gateway(HTTP, Setting("prod", stage_in_path=True))
    assert echoed(get(f"{http.url}/gallery"))["rawPath"] == "/prod/gallery"
    assert [get(f"{each.front.url}/gallery").status for each in (rest, http)] == [403, 404]


def test_rest_answers_merge_both_flavours_of_headers(gateway):
    """A header that is not the function's to say comes under another name."""
    answer = {
        "statusCode": 201,
        "headers": {"x-one": "dropped", "content-type": "text/plain", "server": "mine"},
        "multiValueHeaders": {"X-One": ["a", "b"]},
        "body": "ä",
    }
    seen = answering(gateway(REST, FORMS), answer)
    assert (seen.status, seen.text, seen.headers["content-type"]) == (201, "ä", "text/plain")
    assert seen.headers["x-one"] in ("a", "b") and seen.headers["x-amzn-remapped-server"] == "mine"


def test_http_answers_without_a_status_are_the_body(gateway):
    """Strings as they are, all else as JSON; cookies become headers."""
    opened = gateway(HTTP)
    assert answering(opened, {"ids": []}).json() == {"ids": []}
    assert answering(opened, "words").body == b"words"
    seen = answering(opened, {"statusCode": 200, "cookies": ["a=1"], "body": "YQ==", "isBase64Encoded": True})
    assert (seen.body, seen.headers["set-cookie"]) == (b"a", "a=1")


MALFORMED = [
    {},
    {"statusCode": "many"},
    {"statusCode": 99},
    {"statusCode": 200, "body": {"a": 1}},
    {"statusCode": 200, "headers": ["a"]},
    {"statusCode": 200, "headers": {"a": {"b": 1}}},
    {"statusCode": 200, "headers": {"a": "b\r\nset-cookie: c=d"}},
    [],
    None,
]


@pytest.mark.parametrize("answer", MALFORMED, ids=str)
def test_malformed_answers_are_the_gateways_own_failure(gateway, answer):
    """The client learns nothing of them."""
    seen = answering(gateway(REST, FORMS), answer)
    assert (seen.status, seen.json()) == (502, {"message": "Internal server error"})


@pytest.mark.parametrize("way", ["raise", "exit"])
@pytest.mark.parametrize(("kind", "status"), [(REST, 502), (HTTP, 500), (URL, 502), (BALANCER, 502)], ids=str)
def test_a_function_that_fails_is_the_gateways_failure(gateway, kind, status, way):
    """Whether it reports its error or ends; the next call is answered again."""
    opened = gateway(kind)
    assert get(f"{opened.url}/?fail={way}").status == status
    assert get(f"{opened.url}/").status == 200


def test_a_body_above_the_gateways_limit_is_refused_and_never_seen(gateway, function):
    """In its own words, and the function is not asked."""
    for kind, limit in ((REST, 10 * MIB), (HTTP, 10 * MIB), (URL, 6 * MIB), (BALANCER, MIB)):
        opened = gateway(kind)
        answer = request("POST", f"{opened.url}/?fail=raise", bytes(limit + 1), {"content-type": "text/plain"})
        assert answer.status == 413, answer


def test_an_event_above_the_functions_limit_is_refused(gateway):
    """6 MiB of JSON, base64 included: 4.4 MiB of bytes pass, 4.6 do not."""
    opened = gateway(HTTP)
    big = request("POST", f"{opened.url}/?payload=256", bytes(PAYLOAD * 3 // 4), {"content-type": "image/png"})
    assert big.status == 413 and "Too Large" in big.text
    fits = request("POST", f"{opened.url}/?payload=256", bytes(4_400_000), {"content-type": "image/png"})
    assert (fits.status, fits.body) == (200, bytes(range(256)))


def test_an_answer_above_the_functions_limit_is_a_failure(gateway):
    """The function may answer with 6 MiB and no more."""
    opened = gateway(HTTP)
    fits = get(f"{opened.url}/?payload={4 * MIB}")
    assert hashlib.sha256(fits.body).digest() == hashlib.sha256(bytes(range(256)) * (4 * MIB // 256)).digest()
    assert get(f"{opened.url}/?payload={5 * MIB}").status == 500


def test_headers_above_the_limit_of_http_apis_are_refused(gateway):
    """10,240 bytes of request line and headers."""
    assert get(f"{gateway(HTTP).url}/", x_long="x" * 10_240).status == 431


def test_a_function_that_takes_longer_than_the_gateway_waits_is_not_waited_for(gateway, function):
    """REST says 504, HTTP 503; the sandbox is busy until the function is done."""
    for kind, status in ((REST, 504), (HTTP, 503)):
        begun = time.monotonic()
        answer = get(f"{gateway(replace(kind, seconds=0.5)).url}/?sleep=2")
        assert answer.status == status and time.monotonic() - begun < 1.9


def test_calls_at_once_get_sandboxes_of_their_own(gateway, function):
    """Four calls of a second take about one, and a fifth waits; the emulator never sees two at once."""
    opened = gateway(HTTP)
    done: list[int] = []

    def call_once() -> None:
        done.append(get(f"{opened.url}/?sleep=1").status)

    calls = [threading.Thread(target=call_once) for _ in range(function.most + 1)]
    begun = time.monotonic()
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert done == [200] * len(calls)
    assert time.monotonic() - begun < len(calls) and len(function.sandboxes()) == function.most


def test_passages_are_kept_when_asked_for(gateway):
    """So that a test can look for bytes that should have gone another way."""
    opened = gateway(HTTP, keeps=True)
    request("POST", f"{opened.url}/", b"some bytes", {"content-type": "image/png"})
    (passage,) = opened.passages
    assert passage.call.body == b"some bytes" and passage.reply.status == 200
