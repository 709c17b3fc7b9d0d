"""Blanks out comments and the insides of literals, so that a check reads code only.

Lines and columns stay where they are: each blanked character becomes a space. Swift and JavaScript only, and only
as exactly as counting braces and looking for words needs.
"""

import re

# An opening quote, with what may stand before it in Swift (#) and the forms of both languages.
SWIFT_LITERAL = re.compile(r'(?P<hashes>#*)(?P<quote>"""|")')
JS_REGEX_MAY_FOLLOW = "(,=:[!&|?{};\n+-*%~^<>"


def blank(text: str) -> str:
    """Spaces for every character but line ends."""
    return re.sub(r"[^\n]", " ", text)


def masked(text: str, language: str) -> str:
    """The code of a Swift or JavaScript text; other languages come back unchanged."""
    if language not in ("swift", "js"):
        return text
    pieces, position = [], 0
    while position < len(text):
        end = end_of_blank(text, position, language)
        if end > position:
            pieces.append(blank(text[position:end]))
            position = end
        else:
            pieces.append(text[position])
            position += 1
    return "".join(pieces)


def end_of_blank(text: str, start: int, language: str) -> int:
    """Where the comment or literal that starts here ends; the start itself when none does."""
    if text.startswith("//", start):
        return end_or_all(text.find("\n", start), text)
    if text.startswith("/*", start):
        return end_of_block_comment(text, start, nested=language == "swift")
    if language == "swift":
        literal = SWIFT_LITERAL.match(text, start)
        return end_of_swift_literal(text, literal) if literal else start
    if text[start] in "\"'`":
        return end_of_js_literal(text, start)
    if text[start] == "/" and text[:start].rstrip(" ")[-1:] in JS_REGEX_MAY_FOLLOW:
        return end_of_js_regex(text, start)
    return start


def end_or_all(found: int, text: str) -> int:
    """A position found by `str.find`, or the end of the text."""
    return found if found >= 0 else len(text)


def end_of_block_comment(text: str, start: int, nested: bool) -> int:
    """The position after `*/`; Swift's comments nest."""
    depth = 0
    for mark in re.compile(r"/\*|\*/").finditer(text, start):
        depth += 1 if mark.group() == "/*" and (nested or depth == 0) else -1 if mark.group() == "*/" else 0
        if depth == 0:
            return mark.end()
    return len(text)


def end_of_swift_literal(text: str, literal: re.Match) -> int:
    """The position after a Swift string, raw or not; a quote inside an interpolation does not end it."""
    hashes, quote = literal["hashes"], literal["quote"]
    position = literal.end()
    while position < len(text):
        if text.startswith("\\" + hashes + "(", position):
            position = end_of_interpolation(text, position + 2 + len(hashes))
        elif text.startswith("\\" + hashes, position):
            position += 2 + len(hashes)
        elif text.startswith(quote + hashes, position):
            return position + len(quote) + len(hashes)
        elif text[position] == "\n" and quote == '"':
            return position
        else:
            position += 1
    return len(text)


def end_of_interpolation(text: str, position: int) -> int:
    """The position after the closing parenthesis of `\\(`, whose inside may hold strings of its own."""
    depth = 1
    while position < len(text) and depth > 0:
        literal = SWIFT_LITERAL.match(text, position)
        if literal:
            position = end_of_swift_literal(text, literal)
            continue
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        position += 1
    return position


def end_of_js_literal(text: str, start: int) -> int:
    """The position after a JavaScript string; a template is taken whole, its `${}` included."""
    position = start + 1
    while position < len(text) and text[position] != text[start]:
        if text[position] == "\n" and text[start] != "`":
            return position
        position += 2 if text[position] == "\\" else 1
    return min(position + 1, len(text))


def end_of_js_regex(text: str, start: int) -> int:
    """The position after a regular expression literal; the start itself when the slash was a division."""
    in_class, position = False, start + 1
    while position < len(text) and text[position] != "\n":
        character = text[position]
        if character == "/" and not in_class:
            return position + 1
        in_class = character == "[" or (in_class and character != "]")
        position += 2 if character == "\\" else 1
    return start
