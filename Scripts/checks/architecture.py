"""Compares three pictures of the architecture that must be one: manifest, sources, and docs/architecture.md.

The document's table of targets is the law. The manifest must declare exactly its targets and dependencies; the sources
may import exactly those, plus the system modules in the table's last column, and must import each declared one.
"""

import json
import pathlib
import re
import subprocess
import sys
from typing import Iterator, Mapping, NamedTuple

from Scripts.checks.masking import blank, masked
from Scripts.checks.project import ROOT, report

DOCUMENT = pathlib.Path("docs/architecture.md")
TABLE_HEADER = re.compile(r"^\| *target *\|.*\| *may depend on *\| *of the system *\|\s*$", re.MULTILINE)
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+|public\s+|package\s+|internal\s+|fileprivate\s+|private\s+)*"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)",
    re.MULTILINE,
)
# `#if canImport(A) … #else … #endif`: what follows `#else` is only A's stand-in elsewhere.
STAND_IN = re.compile(r"(#if canImport\(\w+\)[^#]*)(#else[^\n]*\n.*?)(?=#endif)", re.DOTALL)
# Names of the C library, one a platform: in the table they are one word.
C_LIBRARIES = {"Glibc", "Musl", "Darwin"}


class Target(NamedTuple):
    """What a target depends on, and which of the system's modules it may import beside."""

    dependencies: frozenset[str]
    system: frozenset[str] = frozenset()


def documented_targets(document: str) -> dict[str, Target]:
    """The rows of the document's table of targets; empty when there is no such table."""
    header = TABLE_HEADER.search(document)
    targets: dict[str, Target] = {}
    for line in document[header.end() :].strip("\n").splitlines()[1:] if header else []:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        name, *_ = words(cells[0])
        targets[name] = Target(words(cells[-2]), words(cells[-1]))
    return targets


def words(cell: str) -> frozenset[str]:
    """The names of targets and modules in a cell; a dash alone stands for none."""
    return frozenset(re.findall(r"\w+(?:-\w+)*", cell))


def manifest_targets(manifest: Mapping) -> dict[str, Target]:
    """Targets of `swift package dump-package` that are no tests."""
    return {
        target["name"]: Target(frozenset(map(dependency_name, target["dependencies"])))
        for target in manifest["targets"]
        if target["type"] != "test"
    }


def dependency_name(dependency: Mapping) -> str:
    """The name of a target or product in one entry of the dumped manifest."""
    ((_, value),) = dependency.items()
    return value[0]


def imports(folder: pathlib.Path) -> dict[str, str]:
    """Each module that a folder's sources import, with one place where they do; stand-ins do not count."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.swift")):
        code = masked(path.read_text(encoding="utf-8"), "swift")
        code = STAND_IN.sub(lambda branches: branches[1] + blank(branches[2]), code)
        for match in IMPORT.finditer(code):
            line = code.count("\n", 0, match.start(1)) + 1
            found.setdefault(match[1], f"{path.relative_to(folder.parents[1])}:{line}")
    return found


def manifest_findings(documented: Mapping[str, Target], declared: Mapping[str, Target]) -> Iterator[str]:
    """Where document and manifest differ, from both sides."""
    for name in sorted(documented.keys() - declared.keys()):
        yield f"{DOCUMENT}: the table has a target {name}, the manifest has none"
    for name in sorted(declared.keys() - documented.keys()):
        yield f"{DOCUMENT}: the manifest has a target {name}, the table has none"
    for name in sorted(documented.keys() & declared.keys()):
        allowed, used = documented[name].dependencies, declared[name].dependencies
        for dependency in sorted(used - allowed):
            yield f"Package.swift: {name} depends on {dependency}, which {DOCUMENT} does not allow"
        for dependency in sorted(allowed - used):
            yield f"{DOCUMENT}: {name} may depend on {dependency}, but the manifest does not say so"


def import_findings(name: str, target: Target, imported: Mapping[str, str]) -> Iterator[str]:
    """Where the imports of one target's sources differ from what it may depend on."""
    for module, place in sorted(imported.items()):
        as_in_table = "Glibc" if module in C_LIBRARIES else module
        if as_in_table not in target.dependencies | target.system:
            yield f"{place}: {name} imports {module}, which {DOCUMENT} does not allow"
    for dependency in sorted(target.dependencies - imported.keys()):
        yield f"Package.swift: {name} declares {dependency} but no file of it imports that"


def findings(root: pathlib.Path, manifest: Mapping) -> Iterator[str]:
    """All differences of a package at a root."""
    documented = documented_targets((root / DOCUMENT).read_text(encoding="utf-8"))
    declared = manifest_targets(manifest)
    yield from manifest_findings(documented, declared)
    folders = {path.name for path in (root / "Sources").iterdir() if path.is_dir()}
    for name in sorted(folders - declared.keys()):
        yield f"Sources/{name}: a folder without a target"
    for name in sorted(folders & documented.keys()):
        yield from import_findings(name, documented[name], imports(root / "Sources" / name))


def main() -> int:
    """Checks this package."""
    # A build folder of its own, so that the check does not wait for a build under way.
    command = ["swift", "package", "--scratch-path", ".build/manifest", "dump-package"]
    manifest = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    return report("architecture", findings(ROOT, manifest))


if __name__ == "__main__":
    sys.exit(main())
