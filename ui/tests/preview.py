"""The page without the server: serves `ui/` over pictures in memory, speaking imgn's HTTP contract. For looking and for
trying; it checks no signatures and keeps nothing. Needs `pip install chevron pillow fast-thumbhash`.

    python ui/tests/preview.py --port 8090 --pictures FOLDER [--pace BYTES_PER_SECOND] [--look SECONDS]

`POST /preview/faults` with `{"part-403": 1}` makes things go wrong (see preview_uploads.py); `GET /preview/log` tells
every request that was answered since.
"""

import argparse
import json
import pathlib
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import chevron

from preview_pictures import Pictures, as_json, as_tile, known_dimensions
from preview_uploads import TIMES, WHOLE_LIMIT, LargeUploads, Refusal

UI = pathlib.Path(__file__).parent.parent
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
LIMIT = 100 * 1024 * 1024


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    pictures: Pictures
    large: LargeUploads
    pace = 0
    look = 0.0
    delay = 0.0
    uploads = "open"
    token = None

    def do_GET(self):
        """Pages, page files, the API, public bytes."""
        url = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        match url.path.strip("/").split("/"):
            case [""]:
                self.gallery(query)
            case ["i", identifier]:
                self.image_page(identifier)
            case ["ui", name]:
                self.page_file(UI / name)
            case ["api", "uploads", "parts"]:
                self.api(lambda: (200, self.large.listing(query["token"])))
            case ["api", "session"]:
                self.json(200, {"uploads": self.uploads, "signIn": None})
            case ["preview", "log"]:
                self.json(200, self.large.log)
            case ["api", "images"]:
                page, cursor = self.page_of(query)
                self.json(200, {"images": [self.public(r) for r in page], "next": cursor})
            case ["api", "images", identifier]:
                self.one(identifier, float(query.get("wait", "0")))
            case ["images", name]:
                self.public_bytes(name.split(".")[0])
            case ["renditions", identifier, name]:
                self.public_bytes(identifier, "/" + name.split(".")[0])
            case _:
                self.sorry(404, "There is nothing here", "The address may be mistyped.")

    def do_POST(self):
        """Tickets, parts, joins, faults; the form without scripts is answered with a page only."""
        body = self.rfile.read(int(self.headers["content-length"]))
        match self.path.strip("/").split("/"):
            case ["api", "uploads"]:
                self.api(lambda: self.ticket(json.loads(body)))
            case ["api", "uploads", "parts"]:
                wanted = json.loads(body)
                self.api(lambda: (200, self.large.sign(self.origin(), wanted["token"], wanted["parts"])))
            case ["api", "uploads", "complete"]:
                self.api(lambda: self.complete(json.loads(body)["token"]))
            case ["preview", "faults"]:
                self.large.faults.set(json.loads(body))
                self.json(200, {})
            case _:
                self.sorry(501, "Only a preview", "The preview server reads no forms.")

    def do_DELETE(self):
        """An upload is taken back."""
        token = json.loads(self.rfile.read(int(self.headers["content-length"])))["token"]
        self.api(lambda: (204, self.large.abort(token)))

    def do_PUT(self):
        """The store: one object a ticket, once; or a part of a large one."""
        url = urlsplit(self.path)
        identifier = url.path.split("/")[-1]
        if number := parse_qs(url.query).get("partNumber"):
            return self.put_part(identifier, int(number[0]))
        data = self.paced_body(int(self.headers["content-length"]))
        description = self.pictures.tickets.pop(identifier, None)
        if description is None:
            return self.answer(412, "application/xml", b"<Error><Code>PreconditionFailed</Code></Error>")
        self.answer(200, "text/plain", b"")
        time.sleep(self.look)
        return self.pictures.ingest(identifier, description["name"], data)

    def put_part(self, identifier, number):
        """One part of a large file."""
        if self.large.faults.strikes("part-stall"):
            time.sleep(60)
        data = self.paced_body(int(self.headers["content-length"]))
        try:
            self.large.put(identifier, number, self.headers["x-amz-checksum-sha256"], data)
        except Refusal as refusal:
            return self.answer(refusal.status, "application/xml", refusal.xml())
        return self.answer(200, "text/plain", b"", {"etag": '"none"'})

    def ticket(self, description):
        """The permission to send a file, whole or in parts; or the picture that is there."""
        if self.token and self.headers.get("authorization") != f"Bearer {self.token}":
            raise Refusal(401, "upload-token-needed", detail="Uploading here takes the gallery's upload token.")
        if "sha256" in description and (twin := self.pictures.twin(description["sha256"])):
            return 200, self.public(twin)
        identifier = self.pictures.announce(description)
        secret = {"deleteToken": f"{identifier}-delete"}
        if description["size"] > WHOLE_LIMIT:
            return 201, self.large.begin(identifier, description, secret)
        headers = {
            "content-type": description["type"] or "application/octet-stream",
            "x-amz-checksum-sha256": description["sha256"], "if-none-match": "*",
        }
        url = f"{self.origin()}/imgn/incoming/{identifier}?X-Amz-Signature=none"
        ticket = {"id": identifier, "token": identifier, "method": "PUT", "url": url, "headers": headers}
        return 201, ticket | secret | TIMES

    def complete(self, token):
        """Joins the parts and looks at them a little later; a file that came whole is noticed by itself."""
        if token in self.large.uploads and (data := self.large.complete(token)) is not None:
            name = self.large.uploads[token]["description"]["name"]
            threading.Timer(self.look, self.pictures.ingest, (token, name, data)).start()
        return 202, {"id": token, "state": "incoming"}

    def api(self, answer):
        """Answers what the function says, in JSON, or how it refuses."""
        try:
            if self.large.faults.strikes("api-503"):
                raise Refusal(503, "busy")
            status, value = answer()
        except Refusal as refusal:
            status, value = refusal.status, refusal.problem()
        self.json(status, value)

    def paced_body(self, count):
        """Reads the body, no faster than the pace."""
        parts = []
        while count > 0:
            part = self.rfile.read(min(count, 64 * 1024))
            if not part:
                raise ConnectionAbortedError
            parts.append(part)
            count -= len(part)
            if self.pace:
                time.sleep(len(part) / self.pace)
        return b"".join(parts)

    def gallery(self, query):
        """The first page, or an older one."""
        page, cursor = self.page_of(query)
        context = {
            "images": [as_tile(r) for r in page], "hasImages": bool(page), "isFirstPage": "after" not in query,
            "next": f"/?after={cursor}" if cursor else "", "nextCursor": cursor,
            "asksToken": bool(self.token), "welcome": "JPEG, PNG, GIF or WebP",
            "uploadLimit": LIMIT, "uploadLimitText": "100 MiB",
        }
        self.page(200, "gallery", context)

    def image_page(self, identifier):
        """The page of one image."""
        record = self.pictures.records.get(identifier)
        if record is None or record["state"] != "ready":
            return self.sorry(404, "This picture is not here", "It may have been removed, or the address is mistyped.")
        public, view = self.public(record), as_tile(record)
        src, page = public["src"], public["page"]
        size = f"{record['size'] / 1024:.0f} KiB"
        view |= {"cardImage": src, "cardType": record["type"], "cardWidth": view["width"], "cardHeight": view["height"],
                 "sizes": "100vw", "taken": (record["camera"] or {}).get("taken"), "takenAt": "2019",
                 "positionRemoved": record["positionRemoved"]}
        view |= {"src": src, "page": page, "srcPath": view["src"], "type": record["type"], "sizeText": size,
                 "createdAt": record["createdAt"], "createdText": "22 November 2026",
                 "markdown": f"[![{record['name']}]({src})]({page})",
                 "html": f'<a href="{page}"><img src="{src}" alt=""></a>'}
        return self.page(200, "image", view)

    def one(self, identifier, wait):
        """One image, when it is final or the wait is over."""
        end = time.monotonic() + wait
        while identifier not in self.pictures.records and time.monotonic() < end:
            time.sleep(0.02)
        record = self.pictures.records.get(identifier)
        if record is None:
            return self.json(404, {"status": 404, "code": "image-not-found", "detail": "There is no such picture."})
        return self.json(200, self.public(record))

    def page_of(self, query):
        after = int(query["after"]) if "after" in query else None
        return self.pictures.newest(after, int(query.get("limit", "60")))

    def public(self, record):
        return as_json(record, self.origin())

    def public_bytes(self, identifier, width=""):
        record = self.pictures.records.get(identifier)
        if record is None:
            return self.sorry(404, "This picture is not here", "It may have been removed.")
        time.sleep(self.delay)
        kind = "image/webp" if width else record["type"]
        return self.answer(200, kind, self.pictures.bytes[identifier + width], {"cache-control": "max-age=3600"})

    def page_file(self, path):
        if path.suffix not in TYPES or not path.is_file():
            return self.sorry(404, "There is nothing here", "The page has no such file.")
        return self.answer(200, TYPES[path.suffix], path.read_bytes(), {"cache-control": "no-cache"})

    def origin(self):
        return f"http://{self.headers['host']}"

    def page(self, status, template, context):
        html = chevron.render((UI / f"{template}.mustache").read_text(), context, partials_path=str(UI))
        policy = {"content-security-policy": POLICY}
        self.answer(status, "text/html; charset=utf-8", html.encode(), policy)

    def sorry(self, status, title, detail):
        self.page(status, "error", {"status": status, "title": title, "detail": detail})

    def json(self, status, value):
        self.answer(status, "application/json", b"" if status == 204 else json.dumps(value).encode())

    def answer(self, status, kind, body, headers=None):
        self.large.log.append([self.command, self.path, status])
        self.send_response(status, HTTPStatus(status).phrase)
        fields = {"content-type": kind, "content-length": str(len(body)), "x-content-type-options": "nosniff"}
        for name, value in (fields | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def handle(self):
        """A browser that goes away in the middle is no news."""
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_):
        """Quiet."""


def main():
    """Fills the gallery from a folder and serves it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--pictures", type=pathlib.Path, help="a folder to fill the gallery from")
    parser.add_argument("--pace", type=int, default=0, help="bytes a second an upload may bring; 0 for no limit")
    parser.add_argument("--look", type=float, default=0, help="seconds until an upload was looked at")
    parser.add_argument("--delay", type=float, default=0, help="seconds until a picture's bytes come")
    parser.add_argument("--token", help="the token that uploads need")
    options = parser.parse_args()
    folder = options.pictures
    Handler.pictures = Pictures(known_dimensions(folder) if folder else {})
    Handler.large = LargeUploads()
    Handler.pace, Handler.look, Handler.delay = options.pace, options.look, options.delay
    Handler.token, Handler.uploads = options.token, "token" if options.token else "open"
    for path in sorted(folder.iterdir(), key=lambda path: path.name[::-1]) if folder else []:
        Handler.pictures.ingest(Handler.pictures.announce({}), path.name, path.read_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    print(f"imgn's page is ready at http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
