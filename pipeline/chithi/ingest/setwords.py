"""Words whose marks text recognition mistakes, put right where only one reading is possible."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise, product

# What every directive has in capitals, whose marks are small; no other two words have these letters.
_PHRASES = (
    "CHỦ NGHĨA", "CHỦ TỊCH", "CỘNG HÒA", "GIẢI PHÁP", "HỘI ĐỒNG", "KẾ HOẠCH", "KINH PHÍ", "MỤC ĐÍCH", "MỤC TIÊU",
    "NGHỊ QUYẾT", "NHÂN DÂN", "NHIỆM VỤ", "PHỤ LỤC", "QUYẾT ĐỊNH", "THÀNH PHỐ", "THÔNG BÁO", "THỰC HIỆN", "VIỆT NAM",
    "XÃ HỘI", "YÊU CẦU", "ỦY BAN",
)  # fmt: skip

_HEAD = 12  # lines of a page that its head may have
_PLACE = re.compile(r"((?:[^\W\d_]+ ){0,3}[^\W\d_]+), ngày \d")


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


def put_place(lines: list[list[str]]) -> list[list[str]]:
    """The lines of a page, the issuer's place in capitals as the date line spells it: its small letters are surer.

    >>> put_place([["TINH", "ĐÓNG", "GIANG"], ["Đông", "Giang,", "ngày", "15"]])[0]
    ['TỈNH', 'ĐÔNG', 'GIANG']
    """
    head = lines[:_HEAD]
    found = next((m for line in head if (m := _PLACE.search(" ".join(line)))), None)
    if found is None:
        return lines
    words = found[1].upper().split()  # the number may stand on the same line, before the place
    for line, start in product(head, range(max(len(words) - 1, 1))):
        place = words[start:]
        at = len(line) - len(place)
        if at >= 0 and all(map(str.isupper, line)) and _letters(*line[at:]) == _letters(*place):
            line[at:] = place
            if at and _letters(line[at - 1]) == ("TINH",):
                line[at - 1] = "TỈNH"
    return lines


def _letters(*words: str) -> tuple[str, ...]:
    """Words in capitals without their marks."""
    return tuple(
        "".join(c for c in unicodedata.normalize("NFD", w.replace("Đ", "D")) if not unicodedata.combining(c))
        for w in words
    )


_KNOWN = {_letters(*phrase.split()): phrase.split() for phrase in _PHRASES}
