"""Counts what the parts of `make test` left behind and says it: each part, skips with their reasons, the closing line.

Each part NAME leaves NAME.status (its exit code), NAME.log, and, when it ran tests, NAME.xml (a JUnit report).
"""

import os
import pathlib
import re
import sys
import xml.etree.ElementTree as ET
from typing import NamedTuple

# What may be missing even under CI: nothing here can install it (docs/testing.md, "Skipped tests").
ALLOWED_SKIPS = ("no expected.tsv in IMGN_PICTURES or ../shared/pictures",)
# Swift Testing's JUnit report counts a test that cancelled itself as passed; its log knows better.
CANCELLED = re.compile(r'^➜ Test (?P<name>".*?"|\S+) was cancelled after .*? seconds?(?:: "(?P<reason>.*)")?\.?$')


class Skip(NamedTuple):
    """A test that did not run, and why."""

    test: str
    reason: str

    @property
    def is_allowed(self) -> bool:
        """Whether this skip is fine even under CI."""
        return self.reason.startswith(ALLOWED_SKIPS)


class Part(NamedTuple):
    """One part of the suite, counted."""

    name: str
    passed: int
    failed: list[str]
    skipped: list[Skip]


def count(name: str, folder: pathlib.Path) -> Part:
    """Counts one part; one that ended badly without naming a failed test counts as one failure itself."""
    report, log = folder / f"{name}.xml", (folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    part = count_report(name, report) if report.exists() else Part(name, 0, [], [])
    matches = filter(None, map(CANCELLED.match, log.splitlines()))
    cancelled = [Skip(match["name"].strip('"'), match["reason"] or "") for match in matches]
    part = part._replace(passed=part.passed - len(cancelled), skipped=part.skipped + cancelled)
    status = int((folder / f"{name}.status").read_text())
    if status != 0 and not part.failed:
        part.failed.append(f"{name} ended with exit code {status}; see {folder / name}.log")
    return part


def count_report(name: str, path: pathlib.Path) -> Part:
    """Counts the test cases of a JUnit report; an unreadable report is a failure."""
    try:
        cases = list(ET.parse(path).iter("testcase"))
    except ET.ParseError as error:
        return Part(name, 0, [f"{path.name} is no report: {error}"], [])
    failed, skipped = [], []
    for case in cases:
        test = " ".join(filter(None, [case.get("classname"), case.get("name")]))
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(test)
        elif (skip := case.find("skipped")) is not None:
            skipped.append(Skip(test, (skip.get("message") or skip.text or "").strip()))
    return Part(name, len(cases) - len(failed) - len(skipped), failed, skipped)


def summary(parts: list[Part], strict: bool) -> tuple[str, int]:
    """The closing report and the exit code; when strict, a skip that is not allowed is a failure."""
    lines, passed, failed, skipped = [], 0, 0, 0
    for part in parts:
        refused = [skip for skip in part.skipped if strict and not skip.is_allowed]
        lines.append(f"{part.name}: {part.passed} passed, {len(part.failed)} failed, {len(part.skipped)} skipped")
        lines += [f"  failed: {test}" for test in part.failed]
        lines += [f"  skipped: {skip.test}: {skip.reason or 'no reason given'}" for skip in part.skipped]
        lines += [f"  under CI=true this skip is a failure: {skip.test}" for skip in refused]
        passed += part.passed
        failed += len(part.failed) + len(refused)
        skipped += len(part.skipped) - len(refused)
    if passed == 0:
        failed += 1
        lines.append("  no test passed at all, which is a failure of its own")
    lines.append(f"imgn: {passed} passed, {failed} failed, {skipped} skipped")
    return "\n".join(lines), 1 if failed else 0


def main() -> int:
    """Usage: tally.py FOLDER PART…"""
    folder, names = pathlib.Path(sys.argv[1]), sys.argv[2:]
    text, code = summary([count(name, folder) for name in names], strict=os.environ.get("CI") == "true")
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
