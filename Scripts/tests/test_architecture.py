"""The comparison of manifest, imports and docs/architecture.md: each kind of difference is found, from both sides."""

import pytest

from Scripts.checks.architecture import findings

DOCUMENT = """
| other | table |
|---|---|

| target | one line | may depend on | of the system |
|---|---|---|---|
| `Kit` | a kit | `Crypto` | Glibc |
| `app` | the rest | `Kit` | – |

| not | of it |
"""

CONDITIONAL = """
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Elsewhere
#endif
"""


def manifest(**targets):
    """A dumped manifest: names of targets with what they depend on."""
    forms = {
        name: [{"byName": [used, None]} if used == "Kit" else {"product": [used, "p", None, None]} for used in uses]
        for name, uses in targets.items()
    }
    listed = [{"name": name, "type": "regular", "dependencies": uses} for name, uses in forms.items()]
    return {"targets": [*listed, {"name": "KitTests", "type": "test", "dependencies": []}]}


@pytest.fixture
def package(tmp_path):
    """A package that is all right: document, and sources with their imports."""
    files = {
        "docs/architecture.md": DOCUMENT,
        "Sources/Kit/A.swift": f"public import Crypto\n{CONDITIONAL}",
        "Sources/app/A.swift": "// import Foundation\nprivate import struct Kit.A\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def found(package, **targets):
    """What the check says of the package with a manifest of these targets."""
    return list(findings(package, manifest(**({"Kit": ["Crypto"], "app": ["Kit"]} | targets))))


def test_a_package_in_order_has_no_findings(package):
    """Test targets, other tables, comments and stand-ins on other systems are no findings."""
    assert found(package) == []


def test_a_dependency_the_table_does_not_allow_is_found(package):
    """The manifest may not have more."""
    assert any("Kit depends on Logging" in finding for finding in found(package, Kit=["Crypto", "Logging"]))


def test_a_dependency_the_manifest_lacks_is_found(package):
    """The table may not have more."""
    assert any("app may depend on Kit" in finding for finding in found(package, app=[]))


def test_a_target_the_table_lacks_is_found(package):
    """Each target has its row."""
    assert any("has a target Extra" in finding for finding in found(package, Extra=[]))


def test_a_target_the_manifest_lacks_is_found(package):
    """Each row has its target."""
    (package / "docs/architecture.md").write_text(DOCUMENT.replace("| `app`", "| `Gone` | x | – | – |\n| `app`"))
    assert any("has a target Gone" in finding for finding in found(package))


def test_an_import_the_table_does_not_allow_is_found(package):
    """System modules are allowed by name."""
    (package / "Sources/Kit/B.swift").write_text("\n@testable import Foundation\n")
    assert any(finding.startswith("Sources/Kit/B.swift:2: Kit imports Foundation") for finding in found(package))


def test_an_import_after_a_condition_is_found(package):
    """What stands in for something else ends with its condition."""
    (package / "Sources/Kit/B.swift").write_text(f"{CONDITIONAL}\nimport Foundation\n")
    assert any("Kit imports Foundation" in finding for finding in found(package))


def test_any_c_library_counts_as_glibc(package):
    """The table names one."""
    (package / "Sources/Kit/B.swift").write_text("import Darwin")
    assert found(package) == []


def test_a_dependency_that_nothing_imports_is_found(package):
    """The manifest declares what is used, and no more."""
    (package / "Sources/app/A.swift").write_text("")
    assert any("app declares Kit but no file" in finding for finding in found(package))


def test_a_folder_without_a_target_is_found(package):
    """Nothing lies about in Sources."""
    (package / "Sources/Lost").mkdir()
    assert "Sources/Lost: a folder without a target" in found(package)
