"""Length-preserving folds of Vietnamese text for matching; the output always keeps the source's own characters.

One document spells ``Uỷ`` and ``Ủy``, ``hoà`` and ``hòa``, types four kinds of hyphen and an Icelandic ``Ð``. Rules are
written once, in the spelling of the Ministry of Education's Decision 240/QĐ (1984) with the tone on the first vowel of
an open ``oa, oe, uy``, and match them all.
"""

from __future__ import annotations

import re

# One capital letter of the alphabet; ranges such as ``À-Ỹ`` hold small letters as well.
CAPITAL = "[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
_SINGLE = {
    **dict.fromkeys("–—‑‐−‒―", "-"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\u3000": " ",
    "Ð": "Đ",  # U+00D0, an Icelandic letter that old fonts used
    "ð": "đ",
    "，": ",",
    "；": ";",
    "：": ":",
    "％": "%",
    "⁄": "/",
    "∕": "/",
    "Ƕ": "ỳ",  # glyphs that a converter of official files mapped wrongly
    "ǜ": "ũ",
    "≧": "≥",
    "≦": "≤",
    "…": ".",
}
_TABLE = str.maketrans(_SINGLE)
_TONED = {"o": ("àáảãạ", "òóỏõọ", "a"), "oe": ("èéẻẽẹ", "òóỏõọ", "e"), "u": ("ỳýỷỹỵ", "ùúủũụ", "y")}
_SWAP = {
    first + toned: moved[i] + plain
    for key, (tones, moved, plain) in _TONED.items()
    for first in [key[0]]
    for i, toned in enumerate(tones)
}
_SWAP |= {pair.capitalize(): new.capitalize() for pair, new in _SWAP.items()} | {
    pair.upper(): new.upper() for pair, new in _SWAP.items()
}
_OLD_TONE = re.compile(r"(?<![qQ])(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])")


def fold(text: str) -> str:
    """Fold dashes, quotes, spaces, homoglyphs and old tone placement; case stays, so does every offset.

    >>> fold("Uỷ ban – hoà bình, quý III, hoàn thành")
    'Ủy ban - hòa bình, quý III, hoàn thành'
    """
    text = text.translate(_TABLE)
    return _OLD_TONE.sub(lambda m: _SWAP.get(m[0], m[0]), text)


def lower(text: str) -> str:
    """Lower-case without a change of length, which `str.lower` does not promise.

    >>> lower("ĐẾN NĂM 2025 İ")
    'đến năm 2025 İ'
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
