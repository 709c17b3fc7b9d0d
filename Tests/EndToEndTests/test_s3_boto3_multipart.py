"""boto3's multipart uploads against the embedded object store: its transfer manager, and call by call."""

import hashlib

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from http_client import get, request
from large_files import MIB, make_noise, sha256_of
from multipart_client import PART, composite_of, etag_of, sha256
from test_s3_boto3 import refused

KEY = "boto3-multipart/object"
NAMED = {"Bucket": "imgn", "Key": KEY}
PIECES = [b"a" * PART, b"b" * PART, b"the rest"]
BODY = b"".join(PIECES)


@pytest.fixture
def client(store):
    """A boto3 client; at the end no object and no upload of this suite is left."""
    client = store.client()
    yield client
    left = client.list_multipart_uploads(Bucket="imgn", Prefix="boto3-multipart/").get("Uploads", [])
    for upload in left:
        client.abort_multipart_upload(Bucket="imgn", Key=upload["Key"], UploadId=upload["UploadId"])
    for key in store.keys_under("boto3-multipart/"):
        client.delete_object(Bucket="imgn", Key=key)
    assert left == []


def begin(client, **options) -> dict:
    """CreateMultipartUpload; what every call of the upload names."""
    return NAMED | {"UploadId": client.create_multipart_upload(**NAMED, **options)["UploadId"]}


def send(client, upload: dict, **options) -> list[dict]:
    """UploadPart for each piece; the list that Complete wants."""
    answers = [client.upload_part(**upload, PartNumber=n, Body=piece, **options) for n, piece in enumerate(PIECES, 1)]
    kept = ("ETag", "ChecksumSHA256", "ChecksumCRC32")
    found = [{name: answer[name] for name in kept if name in answer} for answer in answers]
    return [{"PartNumber": number} | entry for number, entry in enumerate(found, 1)]


def joined(client, **options) -> dict:
    """A whole multipart upload; Complete's answer."""
    upload = begin(client, **options)
    parts = send(client, upload, **{name: options[name] for name in ("ChecksumAlgorithm",) if name in options})
    return client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_the_transfer_manager_sends_and_verifies(client, tmp_path, algorithm):
    """`upload_file` in four threads with each checksum, `download_file` in ranges, equal."""
    file, back = tmp_path / "file", tmp_path / "back"
    digest = make_noise(file, 18 * MIB)
    cut = TransferConfig(multipart_threshold=8 * MIB, multipart_chunksize=8 * MIB, max_concurrency=4)
    extra = {"ChecksumAlgorithm": algorithm, "ContentType": "image/png", "Metadata": {"who": "me"}}
    client.upload_file(str(file), "imgn", KEY, Config=cut, ExtraArgs=extra)
    client.download_file("imgn", KEY, str(back), Config=cut)
    head = client.head_object(**NAMED, ChecksumMode="ENABLED")
    assert sha256_of(back) == digest
    assert (head["ContentLength"], head["ContentType"], head["Metadata"]) == (18 * MIB, "image/png", {"who": "me"})
    assert head[f"Checksum{algorithm}"].endswith("-3") and head["ChecksumType"] == "COMPOSITE"


def test_the_etag_and_the_composite_checksum_are_those_of_s3(client):
    """MD5 of MD5s and SHA-256 of SHA-256s, with the number of parts behind a dash."""
    answer = joined(client, ChecksumAlgorithm="SHA256")
    assert (answer["ETag"], answer["ChecksumSHA256"]) == (etag_of(*PIECES), composite_of(*PIECES))
    assert client.get_object(**NAMED)["Body"].read() == BODY


def test_parts_are_listed_page_by_page(client):
    """Number, size, ETag and checksum of each; two to a page."""
    upload = begin(client, ChecksumAlgorithm="SHA256")
    sent = send(client, upload, ChecksumAlgorithm="SHA256")
    pages = list(client.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 2}))
    listed = [part for page in pages for part in page["Parts"]]
    assert [len(page["Parts"]) for page in pages] == [2, 1]
    assert [part["Size"] for part in listed] == [len(piece) for piece in PIECES]
    assert [part["ChecksumSHA256"] for part in listed] == [sha256(piece) for piece in PIECES]
    assert [part["ETag"] for part in listed] == [part["ETag"] for part in sent]
    client.abort_multipart_upload(**upload)


def test_uploads_under_way_are_listed_until_they_end(client):
    """By key and time; a prefix and a delimiter narrow them; aborted ones are gone."""
    first, second = begin(client), begin(client)
    listed = client.list_multipart_uploads(Bucket="imgn", Prefix="boto3-multipart/")["Uploads"]
    assert [upload["UploadId"] for upload in listed] == [first["UploadId"], second["UploadId"]]
    folded = client.list_multipart_uploads(Bucket="imgn", Delimiter="/", Prefix="boto3-m")
    assert [item["Prefix"] for item in folded["CommonPrefixes"]] == ["boto3-multipart/"]
    for upload in (first, second):
        client.abort_multipart_upload(**upload)
    with pytest.raises(ClientError) as gone:
        client.list_parts(**first)
    assert refused(gone) == (404, "NoSuchUpload")


def test_parts_are_copied_from_other_objects(client):
    """UploadPartCopy, whole and by range, from a key that needs encoding."""
    source = {"Bucket": "imgn", "Key": "boto3-multipart/so ürce"}
    client.put_object(**source, Body=PIECES[0] + PIECES[1])
    upload = begin(client)
    whole = client.upload_part_copy(**upload, PartNumber=1, CopySource=source)["CopyPartResult"]["ETag"]
    cut = f"bytes={PART - 2}-{PART + 1}"
    some = client.upload_part_copy(**upload, PartNumber=2, CopySource=source, CopySourceRange=cut)
    parts = [{"PartNumber": 1, "ETag": whole}, {"PartNumber": 2, "ETag": some["CopyPartResult"]["ETag"]}]
    client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert client.get_object(**NAMED)["Body"].read() == PIECES[0] + PIECES[1] + b"aabb"


def test_attributes_and_single_parts_can_be_read_again(client):
    """GetObjectAttributes tells the parts; `?partNumber=` reads one of them."""
    joined(client, ChecksumAlgorithm="SHA256")
    asked = ["ETag", "Checksum", "ObjectParts", "ObjectSize", "StorageClass"]
    told = client.get_object_attributes(**NAMED, ObjectAttributes=asked)
    assert (told["ObjectSize"], told["ETag"]) == (len(BODY), etag_of(*PIECES).strip('"'))
    assert told["Checksum"]["ChecksumSHA256"] == composite_of(*PIECES).partition("-")[0]
    assert told["ObjectParts"]["TotalPartsCount"] == 3
    part = client.get_object(**NAMED, PartNumber=2)
    assert (part["Body"].read(), part["PartsCount"]) == (PIECES[1], 3)
    assert client.head_object(**NAMED, PartNumber=3)["ContentLength"] == len(PIECES[2])


def test_parts_go_up_by_urls_that_bind_them(client):
    """Presigned UploadPart with the part's digest: what Complete lists is what the URL bound."""
    upload = begin(client, ChecksumAlgorithm="SHA256")
    parts = []
    for number, piece in enumerate(PIECES, 1):
        bound = {"PartNumber": number, "ContentLength": len(piece), "ChecksumSHA256": sha256(piece)}
        url = client.generate_presigned_url("upload_part", Params=upload | bound, ExpiresIn=300)
        answer = request("PUT", url, piece, {"x-amz-checksum-sha256": bound["ChecksumSHA256"]})
        assert answer.status == 200, answer
        etag = answer.headers["etag"]
        parts.append({"PartNumber": number, "ETag": etag, "ChecksumSHA256": bound["ChecksumSHA256"]})
    client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts}, IfNoneMatch="*")
    url = client.generate_presigned_url("get_object", Params=NAMED)
    assert hashlib.sha256(get(url).body).digest() == hashlib.sha256(BODY).digest()


def test_an_interrupted_upload_is_taken_up_again(client):
    """What ListParts tells is enough to send the rest and complete, in any order."""
    upload = begin(client)
    client.upload_part(**upload, PartNumber=3, Body=PIECES[2])
    there = {part["PartNumber"] for part in client.list_parts(**upload)["Parts"]}
    for number in {1, 2, 3} - there:
        client.upload_part(**upload, PartNumber=number, Body=PIECES[number - 1])
    listed = client.list_parts(**upload)["Parts"]
    parts = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in listed]
    client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert client.get_object(**NAMED)["Body"].read() == BODY
