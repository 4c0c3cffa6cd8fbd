"""Names of bodies: abbreviations written out, one spelling, capitals where they belong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_UNITS = (
    "tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|khu vực|"
    "tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|đảng bộ"
)
_PLACE = re.compile(rf"\b({_UNITS}) (?!(?:{_UNITS}|ủy)\b)([^\W\d_]+(?: -)?(?: [^\W\d_]+){{0,4}})$")
# Proper nouns inside the names of offices, which keep their capital (Decree 30/2020/NĐ-CP, annex II).
_PROPER = re.compile(
    r"(?<!\w)(?:chính phủ|quốc hội|trung ương|mặt trận|tổ quốc|việt nam|"
    r"(?<=ban )(?:tổ chức|tuyên giáo|dân vận|nội chính|đối ngoại|kinh tế)|(?<=và )dân vận)(?!\w)"
)
_FORMAL = re.compile(r"^(?:(?:các )?đồng chí|ông|bà|đ/c)\s+", re.IGNORECASE)
_TYPED = re.compile(r"^(?:THCS|THPT|TH|PTDTNT|PTDTBT|GDNN|GDTX)$")


@lru_cache(maxsize=4)
def _expander(pairs: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(pairs)
    words = "|".join(re.escape(w) for w in sorted(table, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<![\w&])(?:{words})(?![\w&])"), table


def expand(text: str, abbreviations: Mapping[str, str]) -> str:
    """Write abbreviations out; longer forms first.

    >>> expand("Phòng GD&ĐT", {"GD&ĐT": "Giáo dục và Đào tạo"})
    'Phòng Giáo dục và Đào tạo'
    """
    if not abbreviations:
        return text
    regex, table = _expander(tuple(sorted(abbreviations.items())))
    # `TH-THCS`, `GDNN-GDTX`: two kinds of school, not one word.
    text = re.sub(r"\b(TH|THCS|THPT|GDNN)-(THCS|THPT|GDTX)\b", r"\1 - \2", text)
    return regex.sub(lambda m: table[m[0]], text)


def canonical(text: str, abbreviations: Mapping[str, str] | None = None, *, head: str = "") -> str:
    """A body's name: one line, abbreviations written out, first letter upper case, else spelled as in the document.

    Args:
        text: the name as written.
        abbreviations: short form → full form, as written in the rules.
        head: the shared head of a list (``Bộ`` for ``các Bộ: Quốc phòng``), put before the name.

    >>> canonical("phòng  GD-ĐT", {"GD-ĐT": "Giáo dục và Đào tạo"})
    'Phòng Giáo dục và Đào tạo'
    >>> canonical("Quốc phòng", head="các Bộ")
    'Bộ Quốc phòng'
    >>> canonical("SỞ NỘI VỤ")
    'Sở nội vụ'
    """
    name = _SPACE.sub(" ", text.replace("*", "")).strip(" ,;:.-")
    name = _FORMAL.sub("", name)
    if name.isupper() and len(name) > 6:
        name = truecase(name)
    if head:
        name = f"{_bare_head(head)} {name}"
    name = expand(name, abbreviations or {})
    return name[:1].upper() + name[1:]


def _bare_head(head: str) -> str:
    return re.sub(r"^các\s+", "", head.strip(" :"), flags=re.IGNORECASE)


def truecase(text: str) -> str:
    """Capitals of a heading put back to running text: the first letter, and the place behind an administrative unit.

    >>> truecase("ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP")
    'Ủy ban nhân dân tỉnh Đồng Tháp'
    >>> truecase("THỦ TƯỚNG CHÍNH PHỦ")
    'Thủ tướng Chính phủ'
    """
    low = _PROPER.sub(lambda m: m[0][:1].upper() + m[0][1:], text.lower())
    m = _PLACE.search(low)
    if m:
        low = low[: m.start(2)] + m[2].title()
    return low[:1].upper() + low[1:]
