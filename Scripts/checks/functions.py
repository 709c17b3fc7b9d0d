"""Finds the functions of a source text: name, first line and length in lines, comments before it not counted."""

import ast
import re
from typing import Iterator, NamedTuple

from Scripts.checks.masking import masked

SWIFT_FUNCTION = re.compile(r"\b(?:func\s+(?P<name>[^\s(<]+)|(?P<other>init|deinit|subscript)\b[?!]?(?=\s*[(<{]))")
JS_FUNCTION = re.compile(
    r"\bfunction\b\s*\*?\s*(?P<function>[\w$]*)\s*\("
    r"|^\s*(?:(?:static|async|get|set)\s+)*\*?(?P<method>#?[\w$]+)\s*\((?=[^;\n]*\)\s*\{\s*$)"
    r"|\b(?:const|let)\s+(?P<arrow>[\w$]+)\s*=\s*(?:async\s*)?\((?=[^;\n]*\)\s*=>\s*\{)",
    re.MULTILINE,
)
JS_STATEMENTS = {"if", "for", "while", "switch", "catch", "with", "function", "return"}
SHELL_FUNCTION = re.compile(r"^(?P<name>[\w-]+)\(\) *[{(]", re.MULTILINE)


class Function(NamedTuple):
    """One function: where it starts and how many lines it takes, its signature and closing brace included."""

    name: str
    line: int
    length: int


def functions(text: str, language: str) -> Iterator[Function]:
    """Every named function of a text in swift, js, python or shell."""
    finders = {"swift": swift_functions, "js": js_functions, "python": python_functions, "shell": shell_functions}
    return finders[language](text)


def python_functions(text: str) -> Iterator[Function]:
    """Functions and methods, by Python's own parser."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield Function(node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1)


def shell_functions(text: str) -> Iterator[Function]:
    """Functions that end with a brace in the first column, which is how we write them, or on their own line."""
    for match in SHELL_FUNCTION.finditer(text):
        line_end = text.find("\n", match.start())
        one_line = text[match.start() : line_end].rstrip().endswith("}")
        end = line_end if one_line else text.find("\n}", match.start()) + 1
        yield function_between(text, match["name"], match.start(), end)


def swift_functions(text: str) -> Iterator[Function]:
    """`func`, `init`, `deinit` and `subscript` with a body; requirements of a protocol have none."""
    code = masked(text, "swift")
    for match in SWIFT_FUNCTION.finditer(code):
        if match["other"] and code[: match.start()].rstrip(" ").endswith("."):
            continue
        opening = opening_of_swift_body(code, match.end())
        if opening is not None:
            yield function_between(code, match["name"] or match["other"], match.start(), closing_brace(code, opening))


def opening_of_swift_body(code: str, position: int) -> int | None:
    """The brace that opens the body after a signature, or nothing when the declaration ends before one."""
    depth = 0
    for index in range(position, len(code)):
        character = code[index]
        if character == "{" and depth == 0:
            return index
        if character == "}" and depth == 0:
            return None
        if character == "\n" and depth == 0 and not signature_goes_on(code, index):
            return None
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
    return None


def signature_goes_on(code: str, line_end: int) -> bool:
    """Whether the next line still belongs to a signature: a brace, a return type, effects or a where clause."""
    return re.match(r"\s*(?:\{|->|where\b|async\b|throws\b)", code[line_end:]) is not None


def js_functions(text: str) -> Iterator[Function]:
    """Function declarations, methods, and arrow functions with a name and a body."""
    code = masked(text, "js")
    for match in JS_FUNCTION.finditer(code):
        name = match["function"] or match["method"] or match["arrow"] or "function"
        if match["method"] in JS_STATEMENTS:
            continue
        opening = code.find("{", closing_parenthesis(code, match.end()))
        if opening >= 0:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield function_between(code, name, start, closing_brace(code, opening))


def closing_parenthesis(code: str, position: int) -> int:
    """The parenthesis that closes the one just before the position."""
    return closing(code, position - 1, "(", ")")


def closing_brace(code: str, opening: int) -> int:
    """The brace that closes the one at the position."""
    return closing(code, opening, "{", "}")


def closing(code: str, opening: int, left: str, right: str) -> int:
    """The mark that closes the one at a position, or the end of the code."""
    depth = 0
    for index in range(opening, len(code)):
        depth += {left: 1, right: -1}.get(code[index], 0)
        if depth == 0:
            return index
    return len(code)


def function_between(code: str, name: str, start: int, end: int) -> Function:
    """A function from two positions in the code."""
    return Function(name, code.count("\n", 0, start) + 1, code.count("\n", start, end) + 1)
