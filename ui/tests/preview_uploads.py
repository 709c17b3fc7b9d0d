"""Large files of the preview server: the contract of uploads in parts, kept in memory, with faults to switch on."""

import base64
import hashlib
import threading
from collections import Counter

WHOLE_LIMIT = 16 * 1024 * 1024
PART_SIZE = 8 * 1024 * 1024
TIMES = {"expiresAt": "2099-01-01T00:00:00Z", "serverTime": "2026-11-22T19:00:00Z"}


class Refusal(Exception):
    """An answer that is no success: problem JSON of the API, or error XML of the store."""

    def __init__(self, status, code, **more):
        super().__init__(code)
        self.status, self.code, self.more = status, code, more

    def problem(self):
        """As the API says it."""
        return {"status": self.status, "code": self.code, "title": self.code, "detail": f"({self.code})"} | self.more

    def xml(self):
        """As the store says it."""
        return f"<Error><Code>{self.code}</Code><Message>({self.code})</Message></Error>".encode()


class Faults:
    """What goes wrong the next few times: `part-403`, `part-503`, `part-digest`, `part-stall`, `api-503`, `gone`."""

    def __init__(self):
        self.left = Counter()
        self.lock = threading.Lock()

    def set(self, counts):
        """Switches faults on, or off with 0."""
        with self.lock:
            self.left.update({name: count - self.left[name] for name, count in counts.items()})

    def strikes(self, name):
        """Whether this fault happens now; counts it."""
        with self.lock:
            if self.left[name] <= 0:
                return False
            self.left[name] -= 1
            return True


class LargeUploads:
    """Every upload in parts, by its token, which here is its id."""

    def __init__(self):
        self.uploads = {}
        self.faults = Faults()
        self.log = []

    def begin(self, identifier, description, token_extra):
        """The ticket of a large file."""
        self.uploads[identifier] = {"description": description, "parts": {}, "state": "begun"}
        count = -(-description["size"] // PART_SIZE)
        plan = {"partSize": PART_SIZE, "partCount": count}
        return {"id": identifier, "token": identifier, **token_extra, "multipart": plan} | TIMES

    def upload(self, token):
        """An upload that still takes parts."""
        if self.faults.strikes("gone"):
            self.uploads.pop(token, None)
        upload = self.uploads.get(token)
        if upload is None or upload["state"] == "aborted":
            raise Refusal(404, "upload-gone")
        if upload["state"] == "complete":
            raise Refusal(409, "already-complete")
        return upload

    def size_of(self, upload, number):
        """How many bytes a part must have."""
        start = (number - 1) * PART_SIZE
        if not 0 <= start < upload["description"]["size"]:
            raise Refusal(400, "invalid-request")
        return min(PART_SIZE, upload["description"]["size"] - start)

    def sign(self, origin, token, wanted):
        """Addresses of parts."""
        upload = self.upload(token)
        address = f"{origin}/imgn/incoming/{token}?X-Amz-Signature=none&partNumber="
        parts = [
            {
                "number": part["number"], "size": self.size_of(upload, part["number"]),
                "url": f"{address}{part['number']}", "headers": {"x-amz-checksum-sha256": part["sha256"]},
            }
            for part in wanted
        ]
        return {"parts": parts} | TIMES

    def listing(self, token):
        """What is there."""
        upload = self.upload(token)
        parts = [
            {"number": number, "size": len(data), "sha256": sha256_of(data)}
            for number, data in sorted(upload["parts"].items())
        ]
        return {"partSize": PART_SIZE, "partCount": -(-upload["description"]["size"] // PART_SIZE), "parts": parts}

    def put(self, token, number, digest, data):
        """The store's side of a part."""
        for fault, status, code in (("part-403", 403, "AccessDenied"), ("part-503", 503, "SlowDown")):
            if self.faults.strikes(fault):
                raise Refusal(status, code)
        upload = self.uploads.get(token)
        if upload is None or upload["state"] != "begun":
            raise Refusal(404, "NoSuchUpload")
        if sha256_of(data) != digest or self.faults.strikes("part-digest"):
            raise Refusal(400, "BadDigest")
        upload["parts"][number] = data

    def complete(self, token):
        """The bytes of all parts, joined; None when they were joined before."""
        try:
            upload = self.upload(token)
        except Refusal as refusal:
            if refusal.code == "already-complete":
                return None
            raise
        count = -(-upload["description"]["size"] // PART_SIZE)
        if missing := [number for number in range(1, count + 1) if number not in upload["parts"]]:
            raise Refusal(409, "incomplete-upload", missing=missing[:100])
        upload["state"] = "complete"
        return b"".join(upload["parts"].pop(number) for number in range(1, count + 1))

    def abort(self, token):
        """Forgets the parts."""
        upload = self.uploads.get(token)
        if upload and upload["state"] == "complete":
            raise Refusal(409, "already-complete")
        if upload:
            upload.update(state="aborted", parts={})


def sha256_of(data):
    """The SHA-256 in base64."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode()
