"""The S3 servers that judge: where each is, what it enforces, and what it is known to let through."""

import os
from dataclasses import dataclass

from store_client import StoreAccess


@dataclass(frozen=True)
class Judge:
    """An S3 server with its known ways. A judge that turns stricter fails its test, so that this list stays true."""

    name: str
    store: StoreAccess
    checks_digests: bool = True
    """Whether a body is held against the SHA-256 that was signed with it."""
    checks_unsigned_headers: bool = True
    """Whether an `x-amz-` header that was not signed is refused."""
    checks_preflights: bool = True
    """Whether a preflight's method and headers are held against the bucket's rules, not only its origin."""
    accepts_any_part_number: bool = False
    """Whether part numbers are taken that S3 does not have (0 and 10,001)."""
    forgets_replaced_parts: bool = True
    """Whether a part that was sent again is listed once."""
    role: str | None = None
    """The role that STS lends, where there is an STS."""


def seaweedfs() -> Judge:
    """SeaweedFS 4.48: young and strict, with no bucket notifications."""
    return Judge(
        "seaweedfs", _from("IMGN_SEAWEEDFS"), checks_preflights=False, forgets_replaced_parts=False,
        role="arn:aws:iam::role/uploader",
    )  # fmt: skip


def radosgw() -> Judge:
    """Ceph 16: the oldest independent implementation; it knows no checksums, but sends events and has a whole STS."""
    return Judge(
        "radosgw", _from("IMGN_RADOSGW"), checks_digests=False, checks_unsigned_headers=False,
        accepts_any_part_number=True, role="arn:aws:iam:::role/uploader",
    )  # fmt: skip


def imgn(store: StoreAccess) -> Judge:
    """Our own embedded store: strict in everything it has; it has neither STS nor notifications."""
    return Judge("imgn", store)


def _from(variable: str) -> StoreAccess:
    """Endpoint and keys as the start scripts print them."""
    return StoreAccess(*os.environ[variable].split())
