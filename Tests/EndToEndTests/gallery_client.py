"""The gallery's HTTP API as a test uses it: ticket, PUT, wait, look."""

from dataclasses import dataclass
from urllib.parse import quote

from http_client import Answer, get, post_json, request
from pictures import Picture


@dataclass(frozen=True)
class Gallery:
    """A client of the gallery at `url`."""

    url: str

    def ask_ticket(self, picture: Picture, **changes) -> Answer:
        """Asks for a ticket for the picture; `changes` replace fields of the question."""
        asked = {
            "name": picture.name,
            "type": picture.content_type,
            "size": len(picture.data),
            "sha256": picture.sha256,
        }
        return post_json(f"{self.url}/api/uploads", asked | changes)

    def ticket(self, picture: Picture, **changes) -> dict:
        """A ticket for the picture, granted."""
        answer = self.ask_ticket(picture, **changes)
        assert answer.status == 201, answer
        return answer.json()

    def upload(self, picture: Picture) -> dict:
        """Uploads by ticket and PUT, waits for ingest, and returns the image."""
        ticket = self.ticket(picture)
        answer = put(ticket, picture.data)
        assert answer.status == 200, answer
        return self.wait(ticket["id"])

    def wait(self, image_id: str) -> dict:
        """The image once its state is final."""
        for _ in range(3):
            answer = get(f"{self.url}/api/images/{image_id}?wait=20")
            if answer.status == 200 and answer.json()["state"] in ("ready", "rejected"):
                return answer.json()
        raise AssertionError(f"{image_id} came to no end: {answer}")

    def send(self, picture: Picture, **headers: str) -> Answer:
        """Sends the bytes in one raw `POST /api/images`."""
        fields = {"content-type": picture.content_type} | headers
        return request("POST", f"{self.url}/api/images?name={quote(picture.name, safe='')}", picture.data, fields)

    def images(self) -> list[dict]:
        """All images of `GET /gallery`, newest first."""
        found, url = [], f"{self.url}/gallery?limit=200"
        while url:
            answer = get(url)
            assert answer.status == 200, answer
            found += answer.json()
            url = next_link(answer)
        return found

    def ids(self) -> list[str]:
        """The ids of all images, newest first."""
        return [image["id"] for image in self.images()]

    def is_healthy(self) -> bool:
        """Whether the server says that it is well, and still takes and shows a picture."""
        return get(f"{self.url}/healthz").status == 200 and get(f"{self.url}/readyz").status == 200


def put(ticket: dict, data: bytes, **changes: str | None) -> Answer:
    """PUTs the bytes as the ticket says; `changes` replace headers, `None` leaves one out."""
    headers = ticket["headers"] | {name.replace("_", "-"): value for name, value in changes.items()}
    return request("PUT", ticket["url"], data, {name: value for name, value in headers.items() if value is not None})


def next_link(answer: Answer) -> str | None:
    """The address of the next page, from `Link: <…>; rel="next"`."""
    link = answer.headers.get("link", "")
    if 'rel="next"' not in link:
        return None
    return link[link.index("<") + 1 : link.index(">")]
