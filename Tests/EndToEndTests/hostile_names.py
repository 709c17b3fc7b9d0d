"""File names that want to be something else: a path, a tag, a header, a log line, a different direction."""

NAMES = {
    "path": "../../x.png",
    "backslashes": "..\\..\\x.png",
    "absolute path": "/etc/passwd",
    "tag": '"><img src=x onerror=alert(1)>.png',
    "script end": "</script><script>alert(1)</script>.png",
    "refresh": '0;url=https://evil.example" http-equiv="refresh.png',
    "template": "{{name}}{{{name}}}.png",
    "300 bytes": "n" * 296 + ".png",
    "300 bytes of umlauts": "ü" * 148 + ".png",
    "emoji": "🏝️ holiday 👩‍👩‍👧.png",
    "nul": "a\0b.png",
    "line feeds": "a\r\nSet-Cookie: x=1\r\n\r\nb.png",
    "escape": "a\x1b[31mred\x1b[0m.png",
    "right to left": "photo\u202egnp.exe",
    "isolates": "\u2066\u2067photo.png",
    "only spaces": "   ",
    "dot": ".hidden",
    "device": "CON",
}
CONTROLS = {chr(code) for code in [*range(0x20), 0x7F, *range(0x80, 0xA0)]}
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
