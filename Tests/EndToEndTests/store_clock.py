"""A store whose clock is off: what it refuses, and how what it accepts is told to a store whose clock is right."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from faults import EXPIRED, Refuse
from http_wire import Head
from store_client import REGION, StoreAccess

FORMAT = "%Y%m%dT%H%M%SZ"
TOLERANCE = timedelta(minutes=15)
NOT_YET = Refuse(403, "AccessDenied", "Request is not valid yet")
SKEWED = Refuse(403, "RequestTimeTooSkewed", "The request's time and the current time are too far apart.")
QUERY_NAMES = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders"}


class _PayloadAuth(S3SigV4Auth):
    """botocore's header signer, with the payload's digest that the client said."""

    word = ""

    def payload(self, request):
        return self.word


def refusal(head: Head, clock: timedelta) -> Refuse | None:
    """What a store whose clock is off by so much says to the request's time; nothing when it has no objection."""
    now = datetime.now(UTC) + clock
    query = dict(parse_qsl(urlsplit(head.words[1]).query))
    if "X-Amz-Date" in query:
        made = _time(query["X-Amz-Date"])
        if now > made + timedelta(seconds=int(query["X-Amz-Expires"])):
            return EXPIRED
        return NOT_YET if made > now + TOLERANCE else None
    stamp = head.get("x-amz-date")
    return SKEWED if stamp and abs(_time(stamp) - now) > TOLERANCE else None


def is_genuine(head: Head, store: StoreAccess) -> bool:
    """Whether what a presigned URL binds came as it was signed, at whatever time; true of any other request."""
    target, _, signature = head.words[1].partition("&X-Amz-Signature=")
    if not signature:
        return True
    asked = dict(parse_qsl(urlsplit(target).query))
    auth = S3SigV4QueryAuth(Credentials(store.access_key, store.secret_key), "s3", REGION)
    request = _request(head, target, asked["X-Amz-SignedHeaders"].split(";"))
    request.context["timestamp"] = asked["X-Amz-Date"]
    return auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request) == signature


def sign_again(head: Head, store: StoreAccess) -> None:
    """Signs the request with the store's keys and the right time, in the form it came."""
    keys = Credentials(store.access_key, store.secret_key)
    if "X-Amz-Signature=" in head.words[1]:
        _presign_again(head, keys)
    elif head.get("authorization").startswith("AWS4-HMAC-SHA256"):
        names = head.get("authorization").partition("SignedHeaders=")[2].partition(",")[0].split(";")
        auth = _PayloadAuth(keys, "s3", REGION)
        auth.word = head.get("x-amz-content-sha256")
        request = _request(head, head.words[1], [name for name in names if name != "x-amz-date"])
        auth.add_auth(request)
        head.set(authorization=request.headers["Authorization"], x_amz_date=request.headers["X-Amz-Date"])


def _presign_again(head: Head, keys: Credentials) -> None:
    parts = urlsplit(head.words[1])
    query = parse_qsl(parts.query, keep_blank_values=True)
    asked = dict(query)
    kept = [pair for pair in query if pair[0] not in QUERY_NAMES | {"X-Amz-Signature"}]
    target = f"{parts.path}?{urlencode(kept, quote_via=quote)}"
    request = _request(head, target, asked["X-Amz-SignedHeaders"].split(";"))
    S3SigV4QueryAuth(keys, "s3", REGION, int(asked["X-Amz-Expires"])).add_auth(request)
    method, _, version = head.words
    signed = urlsplit(request.url)
    head.start = f"{method} {signed.path}?{signed.query} {version}"


def _request(head: Head, target: str, signed: list[str]) -> AWSRequest:
    headers = {name: head.get(name) for name in signed if head.get(name)}
    return AWSRequest(head.words[0], f"http://{head.get('host')}{target}", headers=headers)


def _time(stamp: str) -> datetime:
    return datetime.strptime(stamp, FORMAT).replace(tzinfo=UTC)
