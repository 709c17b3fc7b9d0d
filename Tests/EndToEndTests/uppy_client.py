"""Sends what Uppy's S3 uploader sends on the wire, both generations of it: captured from 6.0 and 5.1 in Chromium."""

import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import forms
from http_client import Answer, get, request
from pictures import Picture

PART_BYTES = 5 << 20


@dataclass(frozen=True)
class Uppy6:
    """Version 6: query by URLSearchParams, always a form for a small file, parts one after another, no headers."""

    url: str

    def params(self, picture: Picture, **metadata: str) -> Answer:
        """Asks how to send a small file."""
        said = {"name": picture.name, "type": picture.content_type} | metadata
        fields = {"filename": picture.name, "type": picture.content_type}
        fields |= {f"metadata[{name}]": value for name, value in said.items()}
        return get(f"{self.url}/s3/params?{urlencode(fields)}")

    def post(self, params: dict, data: bytes, name: str = "blob") -> Answer:
        """Posts the form: its fields in their order, the file last; it never looks at `method`."""
        parts = [forms.part(field, value.encode()) for field, value in params["fields"].items()]
        body = forms.closed(*parts, forms.part("file", data, name))
        return request("POST", params["url"], body, forms.TYPE | {"origin": "https://blog.example"})

    def begin(self, picture: Picture) -> Answer:
        """Begins an upload in parts."""
        metadata = {"caption": "hé", "name": picture.name, "type": picture.content_type}
        body = {"filename": picture.name, "metadata": metadata, "type": picture.content_type}
        return request("POST", f"{self.url}/s3/multipart", _json(body), {"content-type": "application/json"})

    def ask(self, method: str, begun: dict, step: str = "", body: dict | None = None, query: str = "") -> Answer:
        """One step of an upload in parts."""
        address = f"{self.url}/s3/multipart/{quote(begun['uploadId'], safe='')}{step}?{self.key_query(begun)}{query}"
        return request(method, address, None if body is None else _json(body), self.headers(body))

    def key_query(self, begun: dict) -> str:
        """The query that names the object."""
        return urlencode({"key": begun["key"]})

    def headers(self, body: dict | None) -> dict[str, str]:
        """What goes along with a step."""
        return {} if body is None else {"content-type": "application/json"}

    def send_part(self, begun: dict, number: int, data: bytes) -> str:
        """Asks for one part's URL, sends the part without a type, and returns its ETag without quotes."""
        signed = self.ask("GET", begun, f"/{number}")
        assert signed.status == 200, signed
        answer = request("PUT", signed.json()["url"], data, {"origin": "https://blog.example"})
        assert answer.status == 200, answer
        assert "etag" in answer.headers["access-control-expose-headers"].lower()
        return answer.headers["etag"].strip('"')

    def stored(self, begun: dict) -> list[dict]:
        """What the store has."""
        answer = self.ask("GET", begun)
        assert answer.status == 200, answer
        return answer.json()

    def complete(self, begun: dict, parts: list[dict]) -> Answer:
        """Says that everything was sent."""
        return self.ask("POST", begun, "/complete", {"parts": parts})

    def resume(self, begun: dict, data: bytes) -> Answer:
        """Sends the parts that the store does not have, echoes the listed ETags as they came, and completes."""
        listed = {part["PartNumber"]: part["ETag"] for part in self.stored(begun)}
        parts = [
            {"PartNumber": number, "ETag": listed.get(number) or self.send_part(begun, number, piece)}
            for number, piece in enumerate(pieces(data), start=1)
        ]
        return self.complete(begun, parts)


@dataclass(frozen=True)
class Uppy5(Uppy6):
    """Version 5: spaces as `%20`, `Accept: application/json`, ETags with quotes; a PUT where the answer says so."""

    def key_query(self, begun: dict) -> str:
        """As `encodeURIComponent` writes it."""
        return f"key={quote(begun['key'], safe='')}"

    def headers(self, body: dict | None) -> dict[str, str]:
        """It always names what it reads."""
        return {"accept": "application/json"} | super().headers(body)

    def send_part(self, begun: dict, number: int, data: bytes) -> str:
        """It keeps the quotes."""
        return f'"{super().send_part(begun, number, data)}"'

    def send(self, params: dict, data: bytes) -> Answer:
        """Sends a small file as the answer says: a PUT with exactly its headers, or a form."""
        if params["method"] == "PUT":
            return request("PUT", params["url"], data, params["headers"])
        return self.post(params, data)


def pieces(data: bytes) -> list[bytes]:
    """The file as Uppy cuts it."""
    return [data[start : start + PART_BYTES] for start in range(0, len(data), PART_BYTES)]


def _json(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
