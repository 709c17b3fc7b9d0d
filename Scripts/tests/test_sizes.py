"""The hard stops for files, functions and lines, in each of our languages."""

import pathlib

import pytest

from Scripts.checks.functions import functions
from Scripts.checks.sizes import above_aim, too_big

SWIFT = """
struct A {
    init(a: Int) {
        self.a = "}"
    }
    func short(
        b: (Int) -> Void = { _ in }
    )
        -> Int
    {
        defer { }
        return 1
    }
    static func == (a: A, b: A) -> Bool { true }
}
protocol P {
    func required(a: Int) async throws -> Int
    init()
}
let a = A.init(a: 1)
if a { }
"""
JS = """
export function first(a, b = { c: 1 }) {
    if (a) {
    }
}
class A {
    async second() {
    }
    #third(a) {
    }
}
const fourth = async (a) => {
};
while (a) {
}
"""
SHELL = "one() { echo 1; }\ntwo() {\n    echo }\n}\n"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("swift", SWIFT, [("init", 3, 3), ("short", 6, 8), ("==", 14, 1)]),
        ("js", JS, [("first", 2, 4), ("second", 7, 2), ("#third", 9, 2), ("fourth", 12, 2)]),
        ("shell", SHELL, [("one", 1, 1), ("two", 2, 3)]),
        ("python", "def a():\n    def b():\n        pass\n", [("a", 1, 3), ("b", 2, 2)]),
    ],
)
def test_functions_are_found_with_their_length(language, text, expected):
    """Name, first line, length; neither calls nor requirements nor statements count as functions."""
    assert [tuple(function) for function in functions(text, language)] == expected


def findings(language, text):
    """What the check says of one file."""
    return list(too_big(pathlib.Path("a"), language, text))


def test_a_file_may_have_400_lines_and_not_one_more():
    """The stop itself is allowed."""
    assert findings("swift", "\n" * 400) == []
    assert "401 lines" in findings("swift", "\n" * 401)[0]


def test_a_function_may_have_60_lines_and_not_one_more():
    """Signature and closing brace count."""
    assert findings("swift", "func a() {" + "\n" * 59 + "}") == []
    assert "a has 61 lines" in findings("swift", "func a() {" + "\n" * 60 + "}")[0]


def test_a_line_may_have_120_columns_and_not_one_more():
    """Columns are characters."""
    assert findings("python", "#" + "ü" * 119) == []
    assert findings("python", "#" + "ü" * 120) == ["a:1: 121 columns; 120 is the most"]


def test_a_marked_list_may_be_long_but_not_wide():
    """The mark lifts the stops for lines, not for columns."""
    text = "// check-sizes: list\n" + "\n" * 500
    assert findings("swift", text) == []
    assert len(findings("swift", text + "x" * 121)) == 1


def test_sizes_above_the_aim_are_counted():
    """200 lines and 25 lines are the aims."""
    assert above_aim("swift", "func a() {" + "\n" * 24 + "}") == (0, 0)
    assert above_aim("swift", "func a() {" + "\n" * 25 + "}" + "\n" * 176) == (1, 1)
