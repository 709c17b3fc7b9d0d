"""Whose keys are whose: each function has its own, so that what they ask can be told apart."""

from dataclasses import replace

from store_client import StoreAccess

API, INGEST, EDGE = "api", "ingest", "edge"
KEYS = {API: "AKIASEAWEEDAPI000001", INGEST: "AKIASEAWEEDINGEST001"}
FUNCTIONS = {key: name for name, key in KEYS.items()}


def access_of(store: StoreAccess, name: str) -> StoreAccess:
    """The store with the keys of a function; all of SeaweedFS's identities here have the same secret."""
    return replace(store, access_key=KEYS[name])
