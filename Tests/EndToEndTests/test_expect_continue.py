"""`Expect: 100-continue`, which every AWS client sends with a PUT: told to go on, or that the connection is over."""

import pytest

from http_client import Answer
from raw_socket import RawConnection, head
from signed_request import Signed

KEY = "expect/object"


@pytest.fixture
def signed(store) -> Signed:
    """The shared server's store."""
    yield Signed(store)
    store.client().delete_object(Bucket=store.bucket, Key=KEY)


def first_answer(connection: RawConnection, signed: Signed, body: bytes, **changes: str) -> Answer:
    """Sends a PUT's head alone, and reads what comes back before a byte of the body was sent."""
    url = signed.url(KEY)
    headers = signed.headers("PUT", url, body) | {"content-length": str(len(body)), "expect": "100-continue"}
    connection.send(head("PUT", url, headers | changes))
    return connection.answer()


def test_a_body_that_is_wanted_is_asked_for(signed):
    """100, then the body, then 200 on a connection that stays."""
    with RawConnection(signed.url(KEY)) as connection:
        assert first_answer(connection, signed, b"content").status == 100
        connection.send(b"content")
        answer = connection.answer()
    assert (answer.status, answer.headers.get("connection")) == (200, None)


def test_a_refusal_comes_instead_of_100_and_ends_the_connection(signed):
    """Nobody knows whether the body follows it, so nothing may come after it."""
    with RawConnection(signed.url(KEY)) as connection:
        answer = first_answer(connection, signed, b"content", authorization="AWS4-HMAC-SHA256 nonsense")
    assert answer.status == 400 and answer.headers["connection"] == "close"


def test_an_empty_body_leaves_no_client_waiting(signed):
    """The `aws` command takes a final answer without 100 for the next one's, too, and then waits a minute.

    So there is a 100 first, or the connection ends with the answer.
    """
    with RawConnection(signed.url(KEY)) as connection:
        answer = first_answer(connection, signed, b"")
    assert answer.status == 100 or answer.headers.get("connection") == "close", answer
