"""Encoders of the old encodings, by inverting the tables, and the spelling that TCVN3 typists used."""

from __future__ import annotations

import re
import unicodedata

from chithi.ingest.legacy import LEGACY, TCVN3, Legacy

# What a keyboard driver cannot put into one byte is left out of the texts: it stands in another font.
_PLAIN = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "≥": ">=", "≤": "<="})
_PAIRS = {"ủy": "uỷ", "Ủy": "Uỷ", "ỦY": "UỶ"}
_WORD = re.compile(r"[^\W\d_]+")


def typed(text: str, legacy: Legacy) -> str:
    """The text as far as the encoding can hold it: TCVN3 has no capital letters with a tone but in capital words."""
    text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if legacy is not TCVN3:
        return text
    for new, old in _PAIRS.items():
        text = text.replace(new, old)
    held = set(TCVN3.letters.values())

    def lower(m: re.Match[str]) -> str:
        return (
            m[0]
            if m[0].isupper() and len(m[0]) > 1
            else "".join(c if c in held or c.isascii() else c.lower() for c in m[0])
        )

    return _WORD.sub(lower, text)


def shown(text: str, legacy: Legacy) -> str:
    """The text in an encoding, each byte as the Latin-1 character that a wrong converter makes of it."""
    codes: dict[str, str] = {}
    for code, letter in legacy.letters.items():
        if all(c < "\u0100" for c in code):
            codes.setdefault(letter, code)
    if legacy is TCVN3:
        text = "".join(c if c in codes or c.isascii() else c.lower() for c in text)
    return "".join(codes.get(c, c) for c in text)


ALL = {legacy.name: legacy for legacy in LEGACY}
