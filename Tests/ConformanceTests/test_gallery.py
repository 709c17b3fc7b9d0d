"""A whole gallery on another store: what it cannot do is made up for, and nobody notices."""

import boto3
import pytest
from botocore.exceptions import ClientError

import judges
import pictures
from gallery_client import Gallery, put
from http_client import get, request
from imgn_client import ImgnClient
from imgn_server import ImgnServer
from judges import Judge
from store_client import REGION

LARGE = 40 << 20


@pytest.fixture(params=["seaweedfs", "radosgw"])
def judge(request) -> Judge:
    """Each of the stores that are not ours."""
    judge = getattr(judges, request.param)()
    try:
        judge.store.client().create_bucket(Bucket=judge.store.bucket)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "BucketAlreadyOwnedByYou"
    return judge


@pytest.fixture
def server(judge: Judge, tmp_path):
    """A gallery on the judge, under a prefix with characters that keys may have."""
    flags = ("--storage", f"s3://{judge.store.bucket}/pre fix+x", "--storage-endpoint", judge.store.endpoint)
    if judge.role:
        flags += ("--sts-role", judge.role, "--sts-endpoint", judge.store.endpoint)
    keys = {"AWS_ACCESS_KEY_ID": judge.store.access_key, "AWS_SECRET_ACCESS_KEY": judge.store.secret_key}
    running = ImgnServer(tmp_path / "data", tmp_path / "log", flags=flags, variables=keys).start()
    yield running
    assert running.stop() == 0


def test_a_ticket_leads_straight_to_the_store(judge: Judge, server: ImgnServer):
    """The URL is the store's, works, and the picture keeps its name."""
    gallery, picture = Gallery(server.url), pictures.png()
    ticket = gallery.ticket(picture)
    assert ticket["url"].startswith(judge.store.endpoint)
    assert put(ticket, picture.data).status == 200
    assert put(ticket, picture.data).status == 412, "a URL works once"
    image = gallery.wait(ticket["id"])
    assert (image["state"], image["name"], image["sha256"]) == ("ready", picture.name, picture.sha256)
    assert get(image["src"]).body == picture.data


def test_other_bytes_than_announced_never_pass_for_the_announced(judge: Judge, server: ImgnServer):
    """A strict store refuses them; on a lax one they are published as what they are."""
    gallery, announced, sent = Gallery(server.url), pictures.png(), pictures.png()
    padded = sent.data.ljust(len(announced.data), b"\0")[: len(announced.data)]
    ticket = gallery.ticket(announced)
    status = put(ticket, padded).status
    if judge.checks_digests:
        assert status == 400
        return
    assert status == 200
    image = gallery.wait(ticket["id"])
    assert image.get("sha256") != announced.sha256
    assert gallery.ask_ticket(announced).status == 201, "nobody takes the announced picture's place"


def test_files_small_and_large_go_up_come_back_and_go_away(server: ImgnServer, tmp_path):
    """`imgn upload`, the original under its name, `imgn rm`."""
    large = tmp_path / "panorama ü.png"
    pictures.write_large_png(large, LARGE)
    client = ImgnClient(server.url, tmp_path / "home")
    ended = client.run("upload", "--json", large)
    assert ended.code == 0, ended.err
    (result,) = ended.results
    original = get(f"{server.url}/api/images/{result['id']}/original")
    assert original.status == 303
    download = get(original.headers["location"])
    assert download.body == large.read_bytes()
    assert "filename*=UTF-8''panorama%20%C3%BC.png" in download.headers["content-disposition"]
    assert client.run("upload", "--json", large).results[0]["status"] == "known"
    assert client.run("rm", result["id"]).code == 0
    assert get(f"{server.url}/api/images/{result['id']}").status == 404


def test_lent_keys_write_one_upload_and_nothing_else(judge: Judge, server: ImgnServer):
    """`/s3/sts` narrows the role to a single key."""
    if judge.role is None:
        pytest.skip("the store has no STS")
    lent = request("GET", f"{server.url}/s3/sts").json()
    keys = lent["credentials"]
    client = boto3.client(
        "s3", endpoint_url=judge.store.endpoint, region_name=REGION, aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"],
    )  # fmt: skip
    client.put_object(Bucket=lent["bucket"], Key=lent["key"], Body=pictures.png().data)
    with pytest.raises(ClientError):
        client.put_object(Bucket=lent["bucket"], Key=lent["key"] + "x", Body=b"no")
    with pytest.raises(ClientError):
        client.get_object(Bucket=lent["bucket"], Key=lent["key"])
