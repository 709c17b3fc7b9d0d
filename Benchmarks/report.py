"""Says a benchmark's figures as a Markdown table, and writes them into docs/benchmarks.md when asked to."""

import pathlib
import re
import statistics
import sys
from typing import Sequence

DOCUMENT = pathlib.Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are figures."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def median(values: Sequence[float]) -> float:
    """The middle value: one slow round does not move it."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def publish(name: str, figures: str) -> None:
    """Prints the figures; with `--record` they also replace those between the document's marks of that name."""
    print(figures, flush=True)
    if "--record" not in sys.argv:
        return
    document = DOCUMENT.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not marked.search(document):
        sys.exit(f"{DOCUMENT.name} has no marks for {name}")
    DOCUMENT.write_text(marked.sub(lambda marks: f"{marks[1]}{figures}\n{marks[2]}", document), encoding="utf-8")
