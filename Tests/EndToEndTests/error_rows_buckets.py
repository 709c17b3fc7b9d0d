"""Rows of S3's error table that concern buckets, listings, CORS and form uploads."""

from error_rows import ANY, Table
from error_rows_objects import NEW
from error_rows_signing import KEY
from http_client import Answer, request
from multipart_client import md5
from post_policy import PolicyForm
from signed_request import Signed

ROWS = Table()
PREFLIGHT = {"origin": "https://elsewhere.example", "access-control-request-method": "PUT"}
RULE = (
    b"<CORSConfiguration><CORSRule><AllowedOrigin>https://here.example</AllowedOrigin>"
    b"<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>"
)


def in_new_bucket(signed: Signed, ask) -> Answer:
    """Asks with the address of a bucket that exists only meanwhile."""
    url = f"{signed.store.endpoint}/errors-bucket"
    assert signed.send("PUT", url).status == 200
    try:
        return ask(url)
    finally:
        signed.send("DELETE", f"{url}/object")
        assert signed.send("DELETE", url).status == 204


def form(signed: Signed, *conditions, **options) -> PolicyForm:
    """A form for the key that must never be stored, not yet signed."""
    return PolicyForm(signed.store, NEW, list(conditions), **options)


@ROWS.row(404, "NoSuchBucket", BucketName="not-there")
def bucket_that_is_not_there(signed):
    return signed.send("GET", f"{signed.store.endpoint}/not-there?list-type=2")


@ROWS.row(400, "InvalidBucketName", BucketName="No_Name")
def bucket_name_against_the_rules(signed):
    return signed.send("PUT", f"{signed.store.endpoint}/No_Name")


@ROWS.row(409, "BucketNotEmpty", BucketName="errors-bucket")
def bucket_with_something_in_it(signed):
    def ask(url):
        assert signed.send("PUT", f"{url}/object", b"x").status == 200
        return signed.send("DELETE", url)

    return in_new_bucket(signed, ask)


@ROWS.row(403, "AccessDenied", "configured with this bucket", BucketName="imgn")
def bucket_that_the_gallery_stands_on(signed):
    return signed.send("DELETE", signed.url())


@ROWS.row(400, "IllegalLocationConstraintException", "mars-north-1")
def bucket_in_another_region(signed):
    wanted = b"<LocationConstraint>mars-north-1</LocationConstraint>"
    document = b"<CreateBucketConfiguration>" + wanted + b"</CreateBucketConfiguration>"
    return signed.send("PUT", f"{signed.store.endpoint}/errors-bucket", document)


@ROWS.row(404, "NoSuchVersion", Key=KEY, VersionId="3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH")
def version_that_is_not_there(signed):
    return signed.send("GET", signed.url(KEY, versionId="3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH"))


@ROWS.row(400, "InvalidArgument", ArgumentName="versionId", ArgumentValue="two")
def version_that_is_none(signed):
    return signed.send("GET", signed.url(KEY, versionId="two"))


@ROWS.row(501, "NotImplemented", Header=ANY)
def setting_that_cannot_be_made(signed):
    return signed.send("PUT", signed.url(policy=""), b"{}")


@ROWS.row(400, "InvalidArgument", ArgumentName="max-keys", ArgumentValue="-1")
def listing_of_less_than_nothing(signed):
    return signed.send("GET", signed.url(**{"list-type": 2, "max-keys": -1}))


@ROWS.row(400, "InvalidArgument", "continuation token provided is incorrect", ArgumentName="continuation-token")
def continuation_of_nothing(signed):
    return signed.send("GET", signed.url(**{"list-type": 2, "continuation-token": "made-up"}))


@ROWS.row(405, "MethodNotAllowed", Method="PATCH", ResourceType="BUCKET")
def method_that_buckets_do_not_have(signed):
    return signed.send("PATCH", signed.url())


@ROWS.row(404, "NoSuchCORSConfiguration", BucketName="errors-bucket")
def rules_of_a_new_bucket(signed):
    return in_new_bucket(signed, lambda url: signed.send("GET", f"{url}?cors"))


@ROWS.row(403, "AccessForbidden", "CORS is not enabled for this bucket", Method=ANY, ResourceType="BUCKET")
def preflight_without_rules(signed):
    return in_new_bucket(signed, lambda url: request("OPTIONS", f"{url}/object", headers=PREFLIGHT))


@ROWS.row(403, "AccessForbidden", "This CORS request is not allowed", Method=ANY, ResourceType="OBJECT")
def preflight_against_the_rules(signed):
    def ask(url):
        assert signed.send("PUT", f"{url}?cors", RULE, {"content-md5": md5(RULE)}).status == 200
        return request("OPTIONS", f"{url}/object", headers=PREFLIGHT)

    return in_new_bucket(signed, ask)


@ROWS.row(400, "BadRequest", "Origin request header needed")
def preflight_without_origin(signed):
    return request("OPTIONS", signed.url(NEW), headers={"access-control-request-method": "PUT"})


@ROWS.row(400, "MalformedXML")
def rules_in_broken_xml(signed):
    broken = b"<CORSConfiguration>"
    return signed.send("PUT", signed.url(cors=""), broken, {"content-md5": md5(broken)})


@ROWS.row(403, "AccessDenied", "Invalid according to Policy: Policy expired.")
def form_out_of_date(signed):
    return form(signed, expiration="2020-01-01T00:00:00Z").signed().post(b"x")


@ROWS.row(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed")
def form_against_its_policy(signed):
    changed = form(signed, ["starts-with", "$content-type", "image/"], fields={}).signed()
    changed.fields["content-type"] = "text/html"
    return changed.post(b"x")


@ROWS.row(403, "AccessDenied", "Invalid according to Policy: Extra input fields: x-amz-meta-added")
def form_with_a_field_too_many(signed):
    changed = form(signed).signed()
    changed.fields["x-amz-meta-added"] = "1"
    return changed.post(b"x")


@ROWS.row(403, "SignatureDoesNotMatch")
def form_with_a_forged_signature(signed):
    changed = form(signed).signed()
    changed.fields["x-amz-signature"] = "0" * 64
    return changed.post(b"x")


@ROWS.row(403, "InvalidAccessKeyId", AWSAccessKeyId=ANY)
def form_of_an_unknown_key(signed):
    changed = form(signed).signed()
    scope = changed.fields["x-amz-credential"].partition("/")[2]
    changed.fields["x-amz-credential"] = f"AKIAUNKNOWN000000000/{scope}"
    return changed.post(b"x")


@ROWS.row(400, "EntityTooLarge", ProposedSize=ANY, MaxSizeAllowed="10")
def form_with_a_file_too_large(signed):
    return form(signed, ["content-length-range", 1, 10]).signed().post(b"x" * 11)


@ROWS.row(400, "EntityTooSmall", ProposedSize="4", MinSizeAllowed="5")
def form_with_a_file_too_small(signed):
    return form(signed, ["content-length-range", 5, 10]).signed().post(b"xxxx")


@ROWS.row(400, "InvalidPolicyDocument")
def form_with_a_policy_that_is_none(signed):
    return form(signed).signing("{ not json").post(b"x")


@ROWS.row(400, "InvalidArgument", "file", ArgumentName="file")
def form_without_a_file(signed):
    return form(signed).signed().post(None)


@ROWS.row(400, "MaxPostPreDataLengthExceededError", MaxPostPreDataLengthBytes=ANY)
def form_with_too_much_before_its_file(signed):
    return form(signed, fields={"x-amz-meta-long": "x" * 30_000}).signed().post(b"x")


@ROWS.row(412, "PreconditionFailed", Condition="Bucket POST must be of the enclosure-type multipart/form-data")
def post_that_is_no_form(signed):
    return signed.send("POST", signed.url(), b"just text", {"content-type": "text/plain"})


@ROWS.row(400, "MalformedPOSTRequest")
def form_that_is_none(signed):
    return request("POST", signed.url(), b"just text", {"content-type": "multipart/form-data; boundary=none"})
