"""Words whose marks text recognition mistakes, put right where only one reading is possible."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

# What every directive has in capitals, whose marks are small; no other two words have these letters.
_PHRASES = (
    "CHỦ NGHĨA", "CHỦ TỊCH", "CỘNG HÒA", "GIẢI PHÁP", "HỘI ĐỒNG", "KẾ HOẠCH", "KINH PHÍ", "MỤC ĐÍCH", "MỤC TIÊU",
    "NGHỊ QUYẾT", "NHÂN DÂN", "NHIỆM VỤ", "PHỤ LỤC", "QUYẾT ĐỊNH", "THÀNH PHỐ", "THÔNG BÁO", "THỰC HIỆN", "VIỆT NAM",
    "XÃ HỘI", "YÊU CẦU", "ỦY BAN",
)  # fmt: skip


def put_right(words: list[str]) -> list[str]:
    """The words of one line, as many as were given.

    >>> put_right("II. MỤC TIỂU".split()), put_right("TĨNH HÀ TĨNH".split()), put_right(["7/CĐÐ-UBND"])
    (['II.', 'MỤC', 'TIÊU'], ['TỈNH', 'HÀ', 'TĨNH'], ['7/CĐ-UBND'])
    """
    out = [word.replace("Ð", "Đ").replace("ĐĐ", "Đ") for word in words]
    if len(out) > 1 and out[0] == "TĨNH" and out[1].isupper():
        out[0] = "TỈNH"  # above or before the name of a province
    for at, pair in enumerate(pairwise(out[:])):
        if all(map(str.isupper, pair)) and (known := _KNOWN.get(_letters(*pair))):
            out[at : at + 2] = known
    return out


def _letters(*words: str) -> tuple[str, ...]:
    """Words in capitals without their marks."""
    return tuple(
        "".join(c for c in unicodedata.normalize("NFD", w.replace("Đ", "D")) if not unicodedata.combining(c))
        for w in words
    )


_KNOWN = {_letters(*phrase.split()): phrase.split() for phrase in _PHRASES}
