"""The files of the project, as the checks see them: everything that is or could be committed."""

import pathlib
import subprocess
from typing import Iterable, Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]


def project_files(root: pathlib.Path = ROOT) -> list[pathlib.Path]:
    """Files git tracks or would add, relative to the root, sorted; deleted ones are left out."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return sorted({pathlib.Path(name) for name in listing.split("\0") if name and (root / name).is_file()})


def read_text(path: pathlib.Path, root: pathlib.Path = ROOT) -> str | None:
    """The text of a file, or nothing when it is not text (a picture, say)."""
    try:
        return (root / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def language(path: pathlib.Path, text: str) -> str | None:
    """One of swift, js, python, shell; nothing for every other kind of file."""
    by_suffix = {".swift": "swift", ".js": "js", ".py": "python", ".bash": "shell", ".sh": "shell"}
    if path.suffix in by_suffix:
        return by_suffix[path.suffix]
    first_line = text.partition("\n")[0]
    if first_line.startswith("#!"):
        return "shell" if "bash" in first_line else "python" if "python" in first_line else None
    return None


def source_files(root: pathlib.Path = ROOT) -> Iterator[tuple[pathlib.Path, str, str]]:
    """Path, language and text of each file that is written in one of our languages."""
    for path in project_files(root):
        text = read_text(path, root)
        kind = language(path, text) if text is not None else None
        if text is not None and kind is not None:
            yield path, kind, text


def report(name: str, findings: Iterable[str]) -> int:
    """Prints each finding, then one closing line; the exit code of a check."""
    findings = list(findings)
    for finding in findings:
        print(finding)
    print(f"{name}: " + (f"{len(findings)} to mend" if findings else "fine"))
    return 1 if findings else 0
