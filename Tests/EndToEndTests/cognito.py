"""A user pool of moto's `cognito-idp`: real keys, and tokens that they signed."""

import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import boto3
from joserfc import jwk, jwt
from moto.utilities.utils import load_resource

REGION = "eu-central-1"
START_SECONDS = 30
PASSWORD = "Correct-horse-1"


@dataclass
class UserPool:
    """One pool with one public client, in a moto server on a free loopback port."""

    log_path: Path
    process: subprocess.Popen | None = field(default=None, repr=False)
    url: str = ""
    pool: str = ""
    client_id: str = ""

    def __enter__(self) -> "UserPool":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        with self.log_path.open("wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.url = f"http://127.0.0.1:{port}"
        self._wait()
        self.pool = self.idp.create_user_pool(PoolName="imgn")["UserPool"]["Id"]
        self.client_id = self.create_client("page")
        return self

    def __exit__(self, *_) -> None:
        self.process.kill()
        self.process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return urlopen(f"{self.url}/moto-api/data.json", timeout=5).close()
            except OSError:
                assert time.monotonic() < deadline and self.process.poll() is None, self.log_path.read_text()[-2000:]
                time.sleep(0.1)

    @property
    def idp(self):
        """A client of the pool's API."""
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client("cognito-idp", endpoint_url=self.url, region_name=REGION, **keys)

    @property
    def issuer(self) -> str:
        """Who vouches for people, as the tokens say it."""
        return f"https://cognito-idp.{REGION}.amazonaws.com/{self.pool}"

    @property
    def keys_url(self) -> str:
        """Where the pool's public keys are."""
        return f"{self.url}/{self.pool}/.well-known/jwks.json"

    def create_client(self, name: str) -> str:
        """One more client of the pool, without a secret."""
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        made = self.idp.create_user_pool_client(UserPoolId=self.pool, ClientName=name, ExplicitAuthFlows=flows)
        return made["UserPoolClient"]["ClientId"]

    def add_person(self, name: str) -> None:
        """Somebody with the password that all have here."""
        address = [{"Name": "email", "Value": f"{name}@people.example"}]
        self.idp.admin_create_user(UserPoolId=self.pool, Username=name, UserAttributes=address)
        self.idp.admin_set_user_password(UserPoolId=self.pool, Username=name, Password=PASSWORD, Permanent=True)

    def tokens(self, name: str, password: str = PASSWORD, client_id: str = "") -> dict:
        """What the pool gives somebody who knows the password: `IdToken`, `AccessToken` and others."""
        answer = self.idp.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": password},
            ClientId=client_id or self.client_id,
        )
        return answer["AuthenticationResult"]


def changed(token: str, **claims) -> str:
    """The token with other claims, signed by the pool's own key, as Cognito itself would."""
    key = own_key()
    read = jwt.decode(token, key)
    return jwt.encode(read.header, read.claims | claims, key)


def forged(token: str, **header) -> str:
    """The token, signed by a key that is not the pool's, under the pool's key id unless the header says other."""
    read = jwt.decode(token, own_key())
    return jwt.encode(read.header | header, read.claims, jwk.RSAKey.generate_key(2048))


def own_key() -> jwk.RSAKey:
    """The key of moto's pools."""
    return jwk.RSAKey.import_key(load_resource("cognitoidp/resources/jwks-private.json"))
