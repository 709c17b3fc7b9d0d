"""What each function asks of S3 and DynamoDB, by the place in the code that asks.

The end-to-end tests record what the functions really ask: it has to be here, and all that is here has to be recorded,
but for what says why no test shows it. The roles have to allow this, and no more.
"""

from dataclasses import dataclass
from typing import Any

API, INGEST = "api", "ingest"


@dataclass(frozen=True)
class Asked:
    """An operation that a function asks for."""

    function: str
    operation: str
    resource: str
    why: str
    """Where in the code, in words."""
    unseen: str = ""
    """Why no end-to-end test shows it."""
    more: tuple[tuple[str, Any], ...] = ()
    """`source`, `keys` or `actions` of a record."""

    def record(self) -> dict[str, Any]:
        """The operation as it would be recorded."""
        service = "dynamodb" if self.resource == "table" else "s3"
        named = {"function": self.function, "operation": self.operation, "resource": self.resource}
        return named | {"service": service} | dict(self.more)


def _transaction(function: str, why: str, *actions: str, unseen: str = "") -> Asked:
    return Asked(function, "TransactWriteItems", "table", why, unseen, (("actions", actions),))


ASKED = [
    # The API: tickets, parts, bytes through the API itself.
    Asked(API, "PutObject", "incoming/…", "a ticket's URL, bytes through the API, an upload that is spent by removal"),
    Asked(API, "CreateMultipartUpload", "incoming/…", "the ticket of a large file"),
    Asked(API, "UploadPart", "incoming/…", "a part's URL"),
    Asked(API, "ListParts", "incoming/…", "what has arrived of a large file"),
    Asked(API, "CompleteMultipartUpload", "incoming/…", "a large file is complete"),
    Asked(API, "AbortMultipartUpload", "incoming/…", "a large file is called off"),
    Asked(API, "HeadObject", "incoming/…", "whether an upload has come"),
    Asked(API, "ListObjectsV2", "incoming/", "/readyz"),
    # The API: pictures.
    Asked(API, "GetObject", "images/…", "a download's URL"),
    Asked(API, "HeadObject", "images/…", "a picture through the API itself",
          unseen="CloudFront answers for /images/"),
    Asked(API, "DeleteObject", "images/…", "a picture is removed"),
    Asked(API, "DeleteObject", "renditions/…", "its renditions, too"),
    Asked(API, "DeleteObject", "originals/…", "and its original, if it was kept"),
    # The API: the catalog.
    Asked(API, "GetItem", "table", "what became of an upload; whether the bytes are in the gallery"),
    Asked(API, "Query", "table", "a page of the gallery; what led to a picture that is removed"),
    Asked(API, "PutItem", "table", "whose an upload is; how much a client asked for"),
    _transaction(API, "a picture is removed", "Delete"),
    Asked(API, "DeleteItem", "table", "what led to a picture that is removed"),
    # Ingest: one upload.
    Asked(INGEST, "HeadObject", "incoming/…", "size, digest, name of an upload"),
    Asked(INGEST, "GetObject", "incoming/…", "the header of a picture"),
    Asked(INGEST, "PutObject", "images/…", "publication, without what is private"),
    Asked(INGEST, "PutObject", "renditions/…", "smaller copies"),
    *(Asked(INGEST, operation, "images/…", "publication of a large picture, in parts")
      for operation in ("CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload")),
    Asked(INGEST, "AbortMultipartUpload", "images/…", "such a publication that fails",
          unseen="the store or the decoder would have to fail in the midst of it"),
    Asked(INGEST, "AbortMultipartUpload", "renditions/…", "a rendition that fails",
          unseen="none is large enough to be written in parts"),
    Asked(INGEST, "PutObject", "incoming/…", "an empty object says that the upload is spent"),
    *(Asked(INGEST, "DeleteObject", folder, "what was published in vain is taken back",
            unseen="it takes a race between equal bytes, or a failure in the midst of publication")
      for folder in ("images/…", "renditions/…")),
    # Ingest: the sweep.
    Asked(INGEST, "ListObjectsV2", "incoming/", "what waits, and what was spent"),
    Asked(INGEST, "ListMultipartUploads", "incoming/", "what was never finished"),
    Asked(INGEST, "DeleteObjects", "", "the keys of spent uploads are freed", more=(("keys", ("incoming/…",)),),
          unseen="a quarter of an hour after they were spent"),
    Asked(INGEST, "AbortMultipartUpload", "incoming/…", "unfinished uploads are dropped",
          unseen="a day after they were begun"),
    # Ingest: the catalog.
    Asked(INGEST, "GetItem", "table", "what is known of an upload, and of its bytes"),
    Asked(INGEST, "PutItem", "table", "a lease; a refusal"),
    Asked(INGEST, "DeleteItem", "table", "a lease is given back"),
    _transaction(INGEST, "a picture is entered", "Put"),
    _transaction(INGEST, "the same bytes again lead to the picture", "ConditionCheck", "Put"),
]
