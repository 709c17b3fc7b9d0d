"""Each zip is run with nothing else there: no files of this machine, no variables but its own."""

import json
import signal
import socket

import pytest

from empty_root import EmptyRoot, can_change_root
from package import API, INGEST, Package
from runtime_api import RuntimeAPI

pytestmark = pytest.mark.skipif(not can_change_root(), reason="this machine lets nobody change the root folder")
COMPLETE = {
    "IMGN_STORAGE": "s3://pictures",
    "IMGN_CATALOG": "dynamodb://pictures",
    "IMGN_SEAL_SECRET": "a secret of this test, which is long enough",
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "AKIAALONE00000000001",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "token",
}


@pytest.fixture(params=[API, INGEST])
def root(request, tmp_path) -> EmptyRoot:
    """The zip's files in a root folder of their own."""
    return EmptyRoot(tmp_path / "root", Package(request.param))


@pytest.fixture
def api():
    """The Runtime API."""
    with RuntimeAPI() as api:
        yield api


def test_a_function_alone_asks_for_its_first_event(root, api):
    with root.running(AWS_LAMBDA_RUNTIME_API=api.address, **COMPLETE):
        assert api.hear().kind == "next"


def test_a_function_without_settings_tells_lambda_everything_that_is_missing(root, api):
    with root.running(AWS_LAMBDA_RUNTIME_API=api.address, IMGN_UPLOAD_LIMIT="much") as process:
        told = api.hear()
        assert told.kind == "init"
        assert told.object["errorType"] == "Runtime.BadConfiguration"
        for name in ("IMGN_STORAGE", "IMGN_CATALOG", "IMGN_UPLOAD_LIMIT"):
            assert name in told.object["errorMessage"]
        assert process.wait(10) == 78


@pytest.mark.parametrize("root", [API], indirect=True)
@pytest.mark.parametrize("path, type", [("/healthz", "application/json"), ("/ui/style.css", "text/css; charset=utf-8")])
def test_the_api_answers_alone_what_needs_no_store(root, api, path, type):
    api.events.put(http_event(path))
    with root.running(AWS_LAMBDA_RUNTIME_API=api.address, **COMPLETE):
        assert api.hear().kind == "next"
        told = api.hear()
    assert (told.kind, told.object["statusCode"]) == ("response", 200), told.body
    headers = {name.lower(): value for name, value in told.object["headers"].items()}
    assert headers["content-type"] == type


@pytest.mark.parametrize("root", [INGEST], indirect=True)
def test_ingest_takes_the_test_event_that_s3_sends_when_it_is_set_up(root, api):
    event = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "pictures"}
    record = {"eventSource": "aws:sqs", "messageId": "m1", "body": json.dumps(event)}
    for body in (event, {"Records": [record]}):
        api.events.put(json.dumps(body).encode())
    with root.running(AWS_LAMBDA_RUNTIME_API=api.address, **COMPLETE):
        said = [api.hear() for _ in range(4)]
    assert [each.kind for each in said] == ["next", "response"] * 2
    assert said[3].object == {"batchItemFailures": []}


@pytest.mark.parametrize("event", [b"", b"{", b"[]", b'{"Records":7}', b"\xff\xfe"])
def test_a_function_refuses_an_event_that_is_none_and_goes_on(root, api, event):
    api.events.put(event)
    with root.running(AWS_LAMBDA_RUNTIME_API=api.address, **COMPLETE):
        assert [api.hear().kind for _ in range(3)] == ["next", "error", "next"]


@pytest.mark.parametrize("root", [API], indirect=True)
def test_a_crash_is_told_without_tables_for_unwinding(root, api):
    """The way up the stack is known by frame pointers; the end of it, where C++ would look for tables, harms nobody."""
    with socket.create_server(("127.0.0.1", 0)) as table:  # takes connections, and never answers
        settings = COMPLETE | {"IMGN_CATALOG_ENDPOINT": f"http://127.0.0.1:{table.getsockname()[1]}"}
        api.events.put(http_event("/readyz"))
        with root.running(AWS_LAMBDA_RUNTIME_API=api.address, **settings) as process:
            assert api.hear().kind == "next"
            table.settimeout(20)
            table.accept()[0].close()
            process.send_signal(signal.SIGABRT)
            told = api.hear()
            assert (told.kind, told.object["errorType"]) == ("error", "Function.Abort"), told.body
            assert process.wait(10) == -signal.SIGABRT
            line = next(line for line in process.stdout.read().splitlines() if b'"FATAL"' in line)
    assert json.loads(line)["errorType"] == "Function.Abort"


def test_a_function_ends_well_when_it_is_told_to(root, api):
    with root.running(AWS_LAMBDA_RUNTIME_API=api.address, **COMPLETE) as process:
        assert api.hear().kind == "next"
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def http_event(path: str) -> bytes:
    """A GET as an HTTP API sends it (payload 2.0)."""
    http = {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test"}
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "pictures.example", "accept": "*/*"},
        "requestContext": {"http": http, "domainName": "pictures.example", "stage": "$default", "requestId": "q"},
        "isBase64Encoded": False,
    }
    return json.dumps(event).encode()
