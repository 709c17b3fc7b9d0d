"""URLs made by our own signer, through `imgn presign`, for any S3 server."""

import subprocess

from imgn_server import binary, clean_environment
from pictures import Picture
from signed_request import Headers
from store_client import REGION, StoreAccess, bound_headers


def presign(
    store: StoreAccess, method: str, key: str, headers: Headers = None, *, seconds: int = 300, token: str = ""
) -> str:
    """A URL for the key, bound to the headers; a session token is signed with it."""
    command = [
        str(binary()), "presign", "--endpoint", store.endpoint, "--region", REGION, "--bucket", store.bucket,
        "--access-key-id", store.access_key, "--method", method, "--key", key, "--expires", str(seconds),
    ]  # fmt: skip
    for name, value in (headers or {}).items():
        command += ["--header", f"{name}: {value}"]
    session = {"AWS_SESSION_TOKEN": token} if token else {}
    environment = clean_environment(AWS_SECRET_ACCESS_KEY=store.secret_key, **session)
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def bound_put(store: StoreAccess, key: str, picture: Picture, *, seconds: int = 300, token: str = "") -> str:
    """A presigned PUT, bound to size, type, digest and first use."""
    headers = {"content-length": str(len(picture.data))} | bound_headers(picture)
    return presign(store, "PUT", key, headers, seconds=seconds, token=token)
