"""Rows of S3's error table that concern the signature: who asks, when, and how that is proven."""

from dataclasses import replace
from datetime import timedelta

from error_rows import ANY, Table
from http_client import Answer, get, request
from signed_request import Signed
from store_client import at

ROWS = Table()
KEY = "errors/object"


def presigned(signed: Signed, **options) -> str:
    """A presigned GET."""
    return signed.store.client().generate_presigned_url(
        "get_object", Params={"Bucket": signed.store.bucket, "Key": KEY}, ExpiresIn=300, **options
    )


def changed(signed: Signed, old: str, new: str) -> Answer:
    """A presigned GET with a piece of its URL replaced."""
    url = presigned(signed)
    assert old in url
    return get(url.replace(old, new, 1))


@ROWS.row(403, "AccessDenied", "Request has expired", X_Amz_Expires="300", Expires=ANY, ServerTime=ANY)
def expired_url(signed):
    with at(timedelta(seconds=-301)):
        url = presigned(signed)
    return get(url)


@ROWS.row(403, "AccessDenied", "Request is not valid yet")
def url_of_tomorrow(signed):
    with at(timedelta(minutes=16)):
        url = presigned(signed)
    return get(url)


@ROWS.row(403, "AccessDenied", "not signed", HeadersNotSigned="x-amz-meta-added")
def unsigned_amazon_header(signed):
    return get(presigned(signed), x_amz_meta_added="1")


@ROWS.row(403, "AccessDenied")
def anonymous(signed):
    return get(signed.url(KEY))


@ROWS.row(
    403, "SignatureDoesNotMatch", "Check your key and signing method", AWSAccessKeyId=ANY, StringToSign=ANY,
    SignatureProvided=ANY, StringToSignBytes=ANY, CanonicalRequest=ANY, CanonicalRequestBytes=ANY,
)  # fmt: skip
def wrong_secret(signed):
    forged = Signed(replace(signed.store, secret_key="x" * 40))
    return forged.send("GET", signed.url(KEY))


@ROWS.row(403, "SignatureDoesNotMatch", CanonicalRequest=ANY)
def tampered_url(signed):
    return changed(signed, "Expires=300", "Expires=301")


@ROWS.row(403, "InvalidAccessKeyId", "does not exist in our records", AWSAccessKeyId="AKIAUNKNOWN000000000")
def unknown_key(signed):
    return Signed(replace(signed.store, access_key="AKIAUNKNOWN000000000")).send("GET", signed.url(KEY))


@ROWS.row(403, "RequestTimeTooSkewed", RequestTime=ANY, ServerTime=ANY, MaxAllowedSkewMilliseconds="900000")
def clock_off(signed):
    with at(timedelta(minutes=20)):
        return signed.send("GET", signed.url(KEY))


@ROWS.row(400, "AuthorizationQueryParametersError", "requires the X-Amz-Algorithm")
def parameter_missing(signed):
    return changed(signed, "&X-Amz-Expires=300", "")


@ROWS.row(400, "AuthorizationQueryParametersError", "X-Amz-Expires should be a number")
def life_in_words(signed):
    return changed(signed, "Expires=300", "Expires=soon")


@ROWS.row(400, "AuthorizationQueryParametersError", "must be non-negative")
def negative_life(signed):
    return changed(signed, "Expires=300", "Expires=-1")


@ROWS.row(400, "AuthorizationQueryParametersError", "less than a week")
def life_over_a_week(signed):
    return changed(signed, "Expires=300", "Expires=604801")


@ROWS.row(400, "AuthorizationQueryParametersError", "the region 'mars-north-1' is wrong; expecting 'us-east-1'")
def url_for_another_region(signed):
    return changed(signed, "us-east-1", "mars-north-1")


@ROWS.row(400, "AuthorizationHeaderMalformed", "expecting 'us-east-1'", Region="us-east-1")
def header_for_another_region(signed):
    headers = signed.headers("GET", signed.url(KEY))
    changed_scope = headers["authorization"].replace("us-east-1", "mars-north-1")
    return request("GET", signed.url(KEY), headers=headers | {"authorization": changed_scope})


@ROWS.row(400, "InvalidToken", "token")
def token_of_nobody(signed):
    return signed.send("GET", signed.url(KEY), headers={"x-amz-security-token": "made-up"})


@ROWS.row(400, "InvalidArgument", "Unsupported Authorization Type", ArgumentName="Authorization")
def basic_authorization(signed):
    return get(signed.url(KEY), authorization="Basic dXNlcjpwYXNz")


@ROWS.row(400, "InvalidArgument", "Only one auth mechanism allowed", ArgumentName="Authorization")
def both_forms(signed):
    url = presigned(signed)
    return request("GET", url, headers=signed.headers("GET", url))


@ROWS.row(400, "InvalidArgument", ArgumentName="x-amz-content-sha256", ArgumentValue="nonsense")
def payload_word_unknown(signed):
    headers = signed.headers("GET", signed.url(KEY))
    return request("GET", signed.url(KEY), headers=headers | {"x-amz-content-sha256": "nonsense"})


@ROWS.row(400, "InvalidRequest", "Please use AWS4-HMAC-SHA256")
def signature_version_two(signed):
    client = signed.store.client(signature_version="s3")
    return get(client.generate_presigned_url("get_object", Params={"Bucket": signed.store.bucket, "Key": KEY}))
