"""Looks whether every relative link of our documents leads to a file or folder of the project."""

import pathlib
import re
import sys
from typing import Iterator

from Scripts.checks.project import ROOT, project_files, read_text, report

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def broken_links(path: pathlib.Path, text: str, root: pathlib.Path = ROOT) -> Iterator[str]:
    """Each relative link of one document that leads nowhere; addresses on the web are not followed."""
    code_blanked = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), text)
    for link in LINK.finditer(code_blanked):
        target = link[1].partition("#")[0]
        if not target or re.match(r"[a-z]+:", target):
            continue
        if not (root / path.parent / target).exists():
            line = code_blanked.count("\n", 0, link.start()) + 1
            yield f"{path}:{line}: nothing is at {target}"


def main() -> int:
    """Checks every document of the project."""
    findings: list[str] = []
    for path in project_files():
        if path.suffix == ".md":
            findings += broken_links(path, read_text(path) or "")
    return report("links", findings)


if __name__ == "__main__":
    sys.exit(main())
