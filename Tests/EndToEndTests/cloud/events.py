"""HTTP requests as the events that API Gateway, function URLs and load balancers make of them."""

import secrets
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, unquote_plus

from cloud.http_front import Call
from cloud.media import BinaryMediaTypes, encoded_body, is_text

ACCOUNT = "123456789012"
REGION = "us-east-1"


@dataclass(frozen=True)
class Setting:
    """How an API is set up, as far as its events show it."""

    stage: str = "$default"
    stage_in_path: bool = False
    """Whether clients must say the stage (`/prod/…`), as at the API's own address; a domain of one's own spares it."""
    binary: BinaryMediaTypes = BinaryMediaTypes()
    """Only REST APIs have this."""
    api_id: str = "a1b2c3d4e5"
    multi_value: bool = False
    """Only load balancers have this: lists of values instead of the last one."""


def rest_event(call: Call, setting: Setting) -> dict:
    """Payload 1.0. The path stays encoded; headers keep their case; the binary media types decide on the body."""
    body, encoded = encoded_body(call.body, setting.binary.matches(call.header("content-type")))
    headers = _grouped([pair for pair in _forwarded(call) if pair[0].lower() != "content-length"])
    query = _query_values(call.query, unquote_plus)
    proxy = call.path.lstrip("/")
    return {
        "resource": "/{proxy+}" if proxy else "/",
        "path": call.path,
        "httpMethod": call.method,
        "headers": _last(headers),
        "multiValueHeaders": headers,
        "queryStringParameters": _last(query) or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": {"proxy": proxy} if proxy else None,
        "stageVariables": None,
        "requestContext": _rest_context(call, setting),
        "body": body if call.body else None,
        "isBase64Encoded": encoded and bool(call.body),
    }


def _rest_context(call: Call, setting: Setting) -> dict:
    now = datetime.now(UTC)
    resource = "/{proxy+}" if call.path.strip("/") else "/"
    return {
        "accountId": ACCOUNT,
        "apiId": setting.api_id,
        "domainName": call.header("host"),
        "domainPrefix": call.header("host").split(".")[0],
        "extendedRequestId": secrets.token_urlsafe(11),
        "httpMethod": call.method,
        "identity": {"sourceIp": call.source, "userAgent": call.header("user-agent") or None, "accessKey": None},
        "path": f"/{setting.stage}{call.path}" if setting.stage_in_path else call.path,
        "protocol": "HTTP/1.1",
        "requestId": str(uuid.uuid4()),
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "resourceId": "res123",
        "resourcePath": resource,
        "stage": setting.stage,
    }


def http_event(call: Call, setting: Setting) -> dict:
    """Payload 2.0 of an HTTP API, which decodes the path, and ends it where a question mark comes out of that."""
    path = unquote(call.path).partition("?")[0]
    if setting.stage != "$default":
        path = f"/{setting.stage}{path}"
    return _second_payload(call, path, setting.stage, f"{setting.api_id}.execute-api.{REGION}.amazonaws.com")


def url_event(call: Call, setting: Setting) -> dict:
    """Payload 2.0 of a function URL, which leaves the path as it is."""
    return _second_payload(call, call.path, "$default", f"{setting.api_id}.lambda-url.{REGION}.on.aws")


def _second_payload(call: Call, path: str, stage: str, domain: str) -> dict:
    pairs = [(name.lower(), value) for name, value in _forwarded(call)]
    cookies = [crumb.strip() for name, value in pairs if name == "cookie" for crumb in value.split(";")]
    headers = _grouped([pair for pair in pairs if pair[0] != "cookie"])
    query = _query_values(call.query, unquote_plus)
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": call.query,
        "headers": _joined(headers),
        "requestContext": _second_context(call, path, stage, domain),
        "isBase64Encoded": False,
    }
    if cookies:
        event["cookies"] = cookies
    if query:
        event["queryStringParameters"] = _joined(query)
    if call.body:
        binary = not is_text(call.header("content-type"), call.header("content-encoding"))
        event["body"], event["isBase64Encoded"] = encoded_body(call.body, binary)
    return event


def _second_context(call: Call, path: str, stage: str, domain: str) -> dict:
    return {
        "accountId": "anonymous" if ".lambda-url." in domain else ACCOUNT,
        "apiId": domain.split(".")[0],
        "domainName": domain,
        "domainPrefix": domain.split(".")[0],
        "http": {
            "method": call.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": call.source,
            "userAgent": call.header("user-agent"),
        },
        "requestId": secrets.token_urlsafe(11),
        "routeKey": "$default",
        "stage": stage,
        "time": datetime.now(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(time.time() * 1000),
    }


def balancer_event(call: Call, setting: Setting) -> dict:
    """The event of a load balancer's target: nothing decoded, values as lists if the target group says so."""
    headers = _grouped([(name.lower(), value) for name, value in _forwarded(call)])
    query = _query_values(call.query, lambda text: text)
    binary = not is_text(call.header("content-type"), call.header("content-encoding"))
    body, encoded = encoded_body(call.body, binary and bool(call.body))
    group = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/imgn/6d0ecf831eec9f09"
    values = {"multiValueHeaders": headers, "multiValueQueryStringParameters": query}
    if not setting.multi_value:
        values = {"headers": _last(headers), "queryStringParameters": _last(query)}
    return {
        "requestContext": {"elb": {"targetGroupArn": group}},
        "httpMethod": call.method,
        "path": call.path,
        **values,
        "body": body,
        "isBase64Encoded": encoded,
    }


def _forwarded(call: Call) -> list[tuple[str, str]]:
    """The request's headers, and what the gateway says of its way. The client's own word comes before the gateway's."""
    hops = {"connection", "keep-alive", "transfer-encoding", "expect", "x-forwarded-for", "x-forwarded-proto", "te"}
    kept = [(name, value) for name, value in call.headers if name.lower() not in hops]
    way = [value for name, value in call.headers if name.lower() == "x-forwarded-for"] + [call.source]
    trace = f"Root=1-{int(time.time()):08x}-{secrets.token_hex(12)}"
    added = [("X-Amzn-Trace-Id", trace), ("X-Forwarded-For", ", ".join(way)), ("X-Forwarded-Proto", "https")]
    return kept + added + [("X-Forwarded-Port", "443")]


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Values by name; a name in another spelling is the same name."""
    spelling: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(spelling.setdefault(name.lower(), name), []).append(value)
    return found


def _query_values(query: str, decoded) -> dict[str, list[str]]:
    """The values of a query by name, each as `decoded` makes it."""
    found: dict[str, list[str]] = {}
    for name, _, value in (pair.partition("=") for pair in query.split("&") if pair):
        found.setdefault(decoded(name), []).append(decoded(value))
    return found


def _last(values: dict[str, list[str]]) -> dict[str, str]:
    return {name: each[-1] for name, each in values.items()}


def _joined(values: dict[str, list[str]]) -> dict[str, str]:
    return {name: ",".join(each) for name, each in values.items()}
