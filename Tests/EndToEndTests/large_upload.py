"""A large upload through the gallery's HTTP API, step by step, so that each step can be done wrongly."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import quote

from gallery_client import Gallery
from http_client import Answer, get, post_json, request
from multipart_client import sha256
from pictures import Picture

PART = 8 << 20


@dataclass(frozen=True)
class LargeUpload:
    """A ticket for a picture that goes in parts, and the picture."""

    gallery: Gallery
    picture: Picture
    ticket: dict

    @classmethod
    def begin(cls, gallery: Gallery, picture: Picture) -> "LargeUpload":
        """Asks for the ticket, as the page does: without a digest."""
        asked = {"name": picture.name, "type": picture.content_type, "size": len(picture.data)}
        answer = post_json(f"{gallery.url}/api/uploads", asked)
        assert answer.status == 201, answer
        return cls(gallery, picture, answer.json())

    @property
    def token(self) -> str:
        """What speaks for this upload."""
        return self.ticket["token"]

    @property
    def numbers(self) -> range:
        """The parts that the file has."""
        return range(1, self.ticket["multipart"]["partCount"] + 1)

    def piece(self, number: int) -> bytes:
        """A part's bytes."""
        return self.picture.data[(number - 1) * PART : number * PART]

    def ask_parts(self, *parts: tuple[int, str], token: str | None = None) -> Answer:
        """Asks for the URLs of parts, by number and digest."""
        asked = [{"number": number, "sha256": digest} for number, digest in parts]
        return post_json(f"{self.gallery.url}/api/uploads/parts", {"token": token or self.token, "parts": asked})

    def url(self, number: int) -> dict:
        """One part's URL and headers, granted for its right bytes."""
        answer = self.ask_parts((number, sha256(self.piece(number))))
        assert answer.status == 200, answer
        return answer.json()["parts"][0]

    def put(self, number: int, body: bytes | None = None) -> Answer:
        """Sends a part, or other bytes in its place."""
        granted = self.url(number)
        return request("PUT", granted["url"], self.piece(number) if body is None else body, granted["headers"])

    def send(self, *numbers: int) -> None:
        """Sends parts, each taken."""
        for number in numbers or self.numbers:
            answer = self.put(number)
            assert answer.status == 200, answer

    def there(self) -> Answer:
        """What the store has, by the gallery's word."""
        return get(f"{self.gallery.url}/api/uploads/parts?token={quote(self.token, safe='')}")

    def complete(self, token: str | None = None) -> Answer:
        """Says that everything was sent."""
        return post_json(f"{self.gallery.url}/api/uploads/complete", {"token": token or self.token})

    def abort(self, token: str | None = None) -> Answer:
        """Says that nothing more will be sent."""
        body = b'{"token":"%s"}' % (token or self.token).encode()
        return request("DELETE", f"{self.gallery.url}/api/uploads", body, {"content-type": "application/json"})


def composite(data: bytes) -> str:
    """The digest that the gallery knows a large file by: SHA-256 over the SHA-256s of its 8 MiB parts, in base64."""
    pieces = (data[start : start + PART] for start in range(0, len(data), PART))
    digests = b"".join(hashlib.sha256(piece).digest() for piece in pieces)
    return b64encode(hashlib.sha256(digests).digest()).decode()
