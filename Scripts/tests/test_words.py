"""What may not be written in Sources, and paths that only one machine has."""

import pathlib

import pytest

from Scripts.checks.words import forbidden_words, machine_paths

KIT, EXECUTABLE = pathlib.Path("Sources/SigV4/A.swift"), pathlib.Path("Sources/imgn/A.swift")


@pytest.mark.parametrize(
    "line",
    [
        "try! a()",
        "a as! B",
        'fatalError("no")',
        "struct A: @unchecked Sendable {}",
        "nonisolated(unsafe) var a = 1",
        "@_exported import B",
    ],
)
def test_some_words_are_refused_everywhere(line):
    """Executables are no exception."""
    assert len(list(forbidden_words(KIT, line))) == 1
    assert len(list(forbidden_words(EXECUTABLE, line))) == 1


TASKS = ["Task {", "Task.detached {", "Task<Int, Never> {", "Task(priority: .low) {"]


@pytest.mark.parametrize("line", [*TASKS, "print(1)"])
def test_some_words_belong_to_executables(line):
    """Only where the process is composed may a task be unstructured, or text be printed."""
    assert len(list(forbidden_words(KIT, line))) == 1
    assert list(forbidden_words(EXECUTABLE, line)) == []


FINE = ["// try! a", 'let a = "fatalError()"', "try a()", "group.addTask {", "while !Task.isCancelled {"]


@pytest.mark.parametrize("line", FINE)
def test_comments_literals_and_lookalikes_are_fine(line):
    """Only code counts."""
    assert list(forbidden_words(KIT, line)) == []


# Put together here, so that this file does not itself name such a path.
SLASH = "/"


@pytest.mark.parametrize("path", ["work/main", "root/x", "home/ann/x", "Users/ann/x"])
def test_paths_of_one_machine_are_refused(path):
    """Nobody else has these folders."""
    assert len(list(machine_paths(pathlib.Path("README.md"), f"see {SLASH}{path} for more"))) == 1


@pytest.mark.parametrize("text", ["https://a.example/work/x", "docs/work/x", "/works/x", "/usr/bin/x"])
def test_other_paths_are_fine(text):
    """Addresses, relative paths and folders that every machine has."""
    assert list(machine_paths(pathlib.Path("README.md"), text)) == []
