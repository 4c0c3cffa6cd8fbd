"""One key for all spellings of a name: case, tone placement, connectives, hyphens and i/y make no difference."""

from __future__ import annotations

import re
import unicodedata

from chithi.orthography import fold, lower

_BETWEEN = re.compile(r"[^\w']+")
# `kĩ thuật` and `kỹ thuật`, `tỉ` and `tỷ`: the same syllable; in `quy` and `thúy` the y is the rhyme's own.
_Y = re.compile(r"(?<=[bcdđghklmnprstvx])[yỳýỷỹỵ](?!\w)")
_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


def spelling(text: str) -> str:
    """The key: lower-case syllables with their tones and diacritics, without marks and without ``và``.

    Diacritics stay, since without them two communes of one province would be one.

    >>> spelling("Sở Văn hoá, Thể thao & Du lịch")
    'sở văn hóa thể thao du lịch'
    >>> spelling("BÀ RỊA-VŨNG TÀU") == spelling("Bà Rịa - Vũng Tàu")
    True
    """
    low = _Y.sub(lambda m: _I[m[0]], lower(fold(unicodedata.normalize("NFC", text))))
    return " ".join(word for word in _BETWEEN.split(low) if word and word != "và")
