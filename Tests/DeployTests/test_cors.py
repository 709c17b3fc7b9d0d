"""Whether the bucket lets browsers send exactly what a ticket binds."""

import re

from sam_template import ROOT, Template

# What the signer always binds; metadata comes from UploadName.
ALWAYS = {"content-type", "if-none-match", "x-amz-checksum-sha256"}


def bound_metadata() -> set[str]:
    """The names of the metadata that an upload carries, as GalleryAWS writes them."""
    folder = ROOT / "Sources/GalleryAWS/Keys"
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.swift")))
    return {f"x-amz-meta-{name}" for name in re.findall(r'HTTPField\.Name\("(\w+)"\)', text)}


def test_exactly_the_signed_headers_are_allowed():
    bucket = Template.read(MoreUploadOrigins="https://blog.example").properties("Bucket")
    for rule in bucket["CorsConfiguration"]["CorsRules"]:
        assert set(rule["AllowedHeaders"]) == ALWAYS | bound_metadata()
        assert "*" not in rule["AllowedOrigins"]


def test_other_origins_are_only_those_that_were_named():
    assert len(Template.read().properties("Bucket")["CorsConfiguration"]["CorsRules"]) == 1
    rules = Template.read(MoreUploadOrigins="https://a.example,https://b.example").properties("Bucket")
    assert rules["CorsConfiguration"]["CorsRules"][1]["AllowedOrigins"] == ["https://a.example", "https://b.example"]


def test_a_companion_form_is_a_post_and_the_page_sends_none():
    rules = Template.read(MoreUploadOrigins="https://a.example").properties("Bucket")["CorsConfiguration"]["CorsRules"]
    assert [("POST" in rule["AllowedMethods"]) for rule in rules] == [False, True]
