"""Refuses what our style forbids in Sources, and paths of one person's machine in any committed file."""

import pathlib
import re
import sys
from typing import Iterator

from Scripts.checks.masking import masked
from Scripts.checks.project import project_files, read_text, report

# What may not be written in Sources, and what to do instead.
EVERYWHERE = {
    r"\btry!": "throw, or handle the error",
    r"\bas!": "use `as?` and handle nil",
    r"\bfatalError\(": "throw; `preconditionFailure` only for impossible states, proven by an exit test",
    r"@unchecked\s+Sendable\b": "make it a value, or guard it with Mutex",
    r"\bnonisolated\(unsafe\)": "guard it with Mutex",
    r"@_exported\b": "import where it is used",
}
# What only an executable may do: it is where the process, its tasks and its output are composed.
OUTSIDE_EXECUTABLES = {
    r"\bTask(?:\.detached|\.immediate)?\s*(?:<[^>]*>)?\s*(?:\([^)]*\)\s*)?\{": "use a task group or a Service",
    r"\bprint\(": "log, or return the text",
}
EXECUTABLES = ("imgn",)
# A folder that only one machine or person has.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root|home/\w+|Users/\w+)/\w")


def forbidden_words(path: pathlib.Path, text: str) -> Iterator[str]:
    """What one Swift file of Sources says that it may not; comments and strings do not count."""
    rules = dict(EVERYWHERE)
    if path.parts[1] not in EXECUTABLES:
        rules |= OUTSIDE_EXECUTABLES
    for number, line in enumerate(masked(text, "swift").splitlines(), start=1):
        for pattern, advice in rules.items():
            found = re.search(pattern, line)
            if found:
                yield f"{path}:{number}: `{found.group().strip()}`: {advice}"


def machine_paths(path: pathlib.Path, text: str) -> Iterator[str]:
    """Lines that name a folder which only one machine has."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = MACHINE_PATH.search(line)
        if found:
            yield f"{path}:{number}: `{found.group()}…` is a path of one machine"


def main() -> int:
    """Checks every file of the project."""
    findings: list[str] = []
    for path in project_files():
        text = read_text(path)
        if text is None:
            continue
        findings += machine_paths(path, text)
        if path.parts[0] == "Sources" and path.suffix == ".swift":
            findings += forbidden_words(path, text)
    return report("words", findings)


if __name__ == "__main__":
    sys.exit(main())
