"""Holds files, functions and lines to our sizes (docs/testing.md, "Sizes").

A file over the hard stop that is a list or a table may say so in a comment, with `check-sizes: list`.
"""

import pathlib
import sys
from typing import Iterator

from Scripts.checks.functions import functions
from Scripts.checks.project import report, source_files

FILE_AIM, FILE_STOP = 200, 400
FUNCTION_AIM, FUNCTION_STOP = 25, 60
COLUMNS = 120
LIST_MARK = "check-sizes: list"


def too_big(path: pathlib.Path, language: str, text: str) -> Iterator[str]:
    """What of one file is over a hard stop, each in words that name file and line."""
    lines = text.splitlines()
    if len(lines) > FILE_STOP and LIST_MARK not in text:
        yield f"{path}: {len(lines)} lines; {FILE_STOP} is the most, {FILE_AIM} the aim: split it by concept"
    for number, line in enumerate(lines, start=1):
        if len(line) > COLUMNS:
            yield f"{path}:{number}: {len(line)} columns; {COLUMNS} is the most"
    for function in functions(text, language):
        if function.length > FUNCTION_STOP and LIST_MARK not in text:
            yield f"{path}:{function.line}: {function.name} has {function.length} lines; {FUNCTION_STOP} is the most"


def above_aim(language: str, text: str) -> tuple[int, int]:
    """How many of a file's sizes are above our aim: the file itself (0 or 1), and its functions."""
    long_functions = sum(function.length > FUNCTION_AIM for function in functions(text, language))
    return int(len(text.splitlines()) > FILE_AIM), long_functions


def main() -> int:
    """Checks every source file of the project."""
    findings, files, long_files, long_functions = [], 0, 0, 0
    for path, language, text in source_files():
        findings += too_big(path, language, text)
        file_above, functions_above = above_aim(language, text)
        files, long_files, long_functions = files + 1, long_files + file_above, long_functions + functions_above
    print(
        f"sizes: of {files} files {long_files} are over {FILE_AIM} lines; "
        f"{long_functions} functions are over {FUNCTION_AIM} (our aims, not a failure)"
    )
    return report("sizes", findings)


if __name__ == "__main__":
    sys.exit(main())
