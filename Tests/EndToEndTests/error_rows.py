"""The form in which rows of S3's error table are written: what must be answered, and a function that asks for it."""

from collections.abc import Callable
from dataclasses import dataclass

from http_client import Answer
from signed_request import Signed

ANY = None
"""A field that must be there and say something."""


@dataclass(frozen=True)
class Row:
    """One row: status, code, a part of the message, the extra fields, and how to provoke it."""

    status: int
    code: str
    message: str
    fields: dict[str, str | None]
    ask: Callable[[Signed], Answer]

    @property
    def name(self) -> str:
        """The row's name in the test report."""
        return f"{self.code}-{self.ask.__name__}"


class Table(list[Row]):
    """Rows, written one after another as decorated functions."""

    def row(self, status: int, code: str, message: str = "", **fields: str | None):
        """Adds a row; dashes in a field's name are written as underscores."""

        def add(ask: Callable[[Signed], Answer]):
            named = {name.replace("_", "-"): value for name, value in fields.items()}
            self.append(Row(status, code, message, named, ask))
            return ask

        return add
