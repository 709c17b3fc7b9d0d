"""What the checks see of a source text: code, and neither comments nor the insides of literals."""

import pytest

from Scripts.checks.masking import masked


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a // b", "a     "),
        ("a /* b /* c */ d */ e", "a                   e"),
        ('f("x{") {', "f(    ) {"),
        ('"\\(g("}")) {" + b', "              + b"),
        ('#"a\\"# + b', '       + b'),
        ('"""\n{"\n""" + b', "   \n  \n    + b"),
        ('"a\\"{" + b', "       + b"),
        ('"open\n{', "     \n{"),
    ],
)
def test_swift_keeps_its_code_and_its_columns(text, code):
    """Comments nest, raw strings end at their hashes, interpolations may hold strings."""
    assert masked(text, "swift") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = '{' // b", "a =         "),
        ("a = `${b}{` + c", "a =         + c"),
        ("a = /[/{]/ + c", "a =        + c"),
        ("a / b / {", "a / b / {"),
        ("/* a /* b */ c", "             c"),
    ],
)
def test_javascript_keeps_its_code_and_its_columns(text, code):
    """A slash is a division after a value and a regular expression elsewhere; comments do not nest."""
    assert masked(text, "js") == code
