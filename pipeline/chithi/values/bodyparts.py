"""The parts of a body's name: an office-holder's title, the organisation, the unit or tier behind it, the place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from chithi.orthography import CAPITAL
from chithi.record import BodyLevel
from chithi.values.spelling import spelling

_WORDS: dict[str, tuple[BodyLevel, ...]] = {
    "tỉnh": ("province",), "thành phố": ("province", "district"), "huyện": ("district",), "quận": ("district",),
    "thị xã": ("district",), "thị trấn": ("commune",), "xã": ("commune",), "phường": ("commune",),
    "đặc khu": ("commune",), "tỉnh ủy": ("province",), "thành ủy": ("province", "district"), "huyện ủy": ("district",),
    "quận ủy": ("district",), "thị ủy": ("district",),
}  # fmt: skip
_TIER = {"tỉnh": "province", "thành phố": "province", "huyện": "district", "xã": "commune", "cơ sở": "commune"}
# What a committee of the Party is called after: `Huyện ủy Lạc Sơn` sits in `huyện Lạc Sơn`.
COMMITTEE_UNIT = {
    "tỉnh ủy": "tỉnh", "thành ủy": "thành phố", "huyện ủy": "huyện", "quận ủy": "quận", "thị ủy": "thị xã",
}  # fmt: skip

# Spelled out: the code points between À and Ỹ hold small letters too.
_U = CAPITAL
_NOT_A_PLACE = r"(?!(?:Sở|Bộ|Ban|Báo|Phòng|Ủy|Hội|Công|Chủ|Giám|Văn phòng|Trung ương|Trung tâm|Cục|Chi cục|Các|Và)\b)"
PLACE = rf"{_NOT_A_PLACE}(?:{_U}[\w']*(?:(?: - |-| ){_U}[\w']*){{0,5}}|\d{{1,2}})"
# `xã` is no unit in `thông tấn xã`, `hợp tác xã`.
_UNIT = r"(?i:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|(?<!tấn )(?<!tác )xã|phường|đặc khu)"
_COMMITTEE = r"(?i:tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy)"
_JOIN = r"(?:, | và | hoặc |/| - |, các | và các | )"
_MANY = r"(?:(?i:các|mỗi|từng|những) )?"
_TIERS = r"(?i:tỉnh|thành phố|huyện|xã|cơ sở)"
_TAIL = re.compile(
    rf"(?P<stem>\S.*?),? (?:(?i:của|thuộc|ở|tại) )?(?:"
    rf"(?i:cấp) (?P<tiers>{_TIERS}(?:{_JOIN}(?:(?i:cấp) )?{_TIERS}){{0,3}})"
    r"|(?P<all>(?i:các cấp|hai cấp|hai cấp tỉnh, xã))"
    rf"|(?P<units>{_MANY}{_UNIT}(?:{_JOIN}{_UNIT}){{0,5}})(?P<central> (?i:trực thuộc trung ương))?"
    rf"(?: từ {PLACE} đến {PLACE}|:? (?P<place>{PLACE}))?"
    rf"|(?P<committees>{_MANY}{_COMMITTEE}(?:{_JOIN}{_COMMITTEE}){{0,4}})(?: (?P<seat>{PLACE}))?"
    r"|(?P<region>(?i:khu vực)(?: (?P<number>[IVX]+|\d{1,2}))?(?: ?- ?[^,;]{2,30})?)"
    r")"
)
_COMMITTEES = re.compile(rf"(?P<committees>{_COMMITTEE}(?:{_JOIN}{_COMMITTEE}){{0,4}})(?: (?P<seat>{PLACE}))?")
_TRAILING = re.compile(
    r",? (?:(?:có )?liên quan|nêu trên|trên địa bàn(?: [^,;]{1,40})?|cùng cấp|được giao nhiệm vụ)$", re.IGNORECASE
)
_UNITS_IN = re.compile(rf"{_COMMITTEE}|{_UNIT}")

_TITLE = re.compile(
    r"(?P<title>(?:(?:phó )?(?:tổng )?giám đốc|(?:phó )?chủ tịch|thủ trưởng|(?:phó )?hiệu trưởng|bộ trưởng|thứ trưởng"
    r"|(?:phó )?(?:tổng cục|chi cục|cục|vụ|viện|đội|trạm) trưởng|(?:phó )?(?:cục|vụ|viện) trưởng|(?:phó )?viện trưởng"
    r"|(?:phó )?chánh án|(?:phó )?bí thư|chỉ huy trưởng|tư lệnh|chính ủy|lãnh đạo|người đứng đầu|(?:phó )?thống đốc"
    r"|(?:phó )?chủ nhiệm|trưởng đoàn|tổ trưởng|tổng thư ký|đại biểu|ủy viên|thành viên"
    r"|(?:phó )?trưởng (?:ban|phòng)(?= (?:ban|phòng) )|(?:phó )?trưởng(?= (?:ban|phòng|thuế|công an|bộ phận) )"
    r"|(?:phó )?chánh(?= (?:văn phòng|thanh tra)\b)|(?:phó )?tổng(?= (?:thanh tra|kiểm toán)\b))"
    r"(?:, (?:(?:phó )?(?:tổng )?giám đốc|chủ tịch|chủ nhiệm|thủ trưởng|phó chủ tịch))*)(?: (?:của )?|$)(?P<rest>.*)",
    re.IGNORECASE,
)
_CAPITALS = {"giám đốc": "Giám đốc", "tổng giám đốc": "Tổng Giám đốc"}


@dataclass(frozen=True, slots=True)
class Parts:
    """A name without its title, cut in two.

    Attributes:
        stem: what comes before the unit, as written.
        family: what stands behind: ``unit``, ``committee`` (of the Party), ``region``, ``all`` or empty.
        levels: the levels that it may mean; more than one for `thành phố`, which only a date or a place decides.
        words: the unit words without the place, lower case: `các xã, phường`.
        place: unit and name of the place, None where the mention names none.
        plural: several or all units of a level are meant.
    """

    stem: str
    family: Literal["", "unit", "committee", "region", "all"] = ""
    levels: tuple[BodyLevel, ...] = ()
    words: str = ""
    place: str | None = None
    plural: bool = False


def split_title(name: str) -> tuple[str, str]:
    """An office-holder's title and the organisation; the title is empty for an organisation.

    >>> split_title("Chánh Văn phòng Ủy ban nhân dân tỉnh")
    ('Chánh', 'Văn phòng Ủy ban nhân dân tỉnh')
    >>> split_title("Sở Nội vụ")
    ('', 'Sở Nội vụ')
    """
    m = _TITLE.fullmatch(name)
    if m is None:
        return "", name
    title = m["title"].lower()
    if re.fullmatch(r"(?:phó )?trưởng (?:ban|phòng)", title):
        title = title.rsplit(" ", 1)[0]
    title = re.sub(r"(?<!tổng )giám đốc|tổng giám đốc", lambda t: _CAPITALS[t[0]], title)
    title = re.sub(r"\bchủ tịch|(?<=, )[^\W\d_]", lambda t: t[0][:1].upper() + t[0][1:], title)
    return title[:1].upper() + title[1:], m["rest"].strip()


def split_unit(name: str) -> Parts:
    """Cut a name into organisation and unit.

    >>> split_unit("Ủy ban nhân dân các xã, phường").words
    'các xã, phường'
    >>> split_unit("Công an tỉnh Hà Châu").place
    'tỉnh Hà Châu'
    >>> split_unit("Sở Tài chính").stem
    'Sở Tài chính'
    """
    while (cut := _TRAILING.sub("", name)) != name:
        name = cut
    m = _COMMITTEES.fullmatch(name)
    if m is not None:
        return _committee(m, m["committees"])
    m = _TAIL.fullmatch(name)
    if m is None:
        return Parts(name)
    stem = m["stem"].rstrip(" ,:")
    if m["region"]:
        region = f"khu vực {m['number']}" if m["number"] else None
        return Parts(f"{stem} khu vực", "region", (), "", region, plural=False)
    if m["tiers"]:
        tiers = [t.lower() for t in re.findall(_TIERS, m["tiers"])]
        return Parts(stem, "unit", _known(_TIER[t] for t in tiers), "cấp " + ", ".join(tiers), None, plural=True)
    if m["all"]:
        return Parts(stem, "all", (), m["all"].lower(), None, plural=True)
    if m["committees"]:
        return _committee(m, stem)
    units = [u.lower() for u in _UNITS_IN.findall(m["units"])]
    many = m["units"].lower().startswith(("các ", "mỗi ", "từng ", "những "))
    if len(units) > 1 and m["place"]:
        return Parts(name)  # `các tỉnh, thành phố Khẩn …`: something ran into the name
    place = f"{units[0]} {m['place']}" if m["place"] else None
    levels = ("province",) if m["central"] else _levels(units)
    several = place is None and (many or len(units) > 1)
    return Parts(stem, "unit", _known(levels), m["units"].lower(), place, plural=several)


def _committee(m: re.Match[str], stem: str) -> Parts:
    """A committee of the Party, or a board of one."""
    units = [u.lower() for u in _UNITS_IN.findall(m["committees"])]
    place = f"{COMMITTEE_UNIT[units[0]]} {m['seat']}" if m["seat"] and len(units) == 1 else None
    family: Literal["", "committee"] = "" if stem == m["committees"] else "committee"
    words = units[0].capitalize() if len(units) == 1 else m["committees"].lower()
    own = units[0].capitalize() if family == "" else stem
    return Parts(own, family, _levels(units), words, place, plural=len(units) > 1)


def _levels(units: list[str]) -> tuple[BodyLevel, ...]:
    """The levels that unit words may mean together: `thành phố` is what stands beside it."""
    sure = {_WORDS[u][0] for u in units if len(_WORDS[u]) == 1}
    if not sure:
        return _WORDS[units[0]]
    if any(len(_WORDS[u]) > 1 for u in units) and not sure & {"province", "district"}:
        sure.add("district")
    return _known(sure)


def _known(levels: object) -> tuple[BodyLevel, ...]:
    order: tuple[BodyLevel, ...] = ("central", "province", "district", "commune")
    chosen = set(levels)  # type: ignore[call-overload]
    return tuple(level for level in order if level in chosen)


# Common nouns of bodies. Those of the second row name one definite body when they stand alone: `Sở`, `Viện`.
_COMMON = (
    r"(?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân|doanh nghiệp|đoàn thể|lực lượng|chính quyền(?: địa phương)?"
    r"|cấp ủy|cấp|người|nhà trường|nhà đầu tư|nhà cung cấp|báo chí|chủ quản|chủ đầu tư|chủ rừng|hộ gia đình|người dân"
    r"|nhân dân)"
)
_ALONE = (
    r"(?:sở|ban|ngành|bộ|phòng|cục|vụ|viện|trường|hội|tập đoàn(?: kinh tế)?|tổng công ty|xã|phường|thị trấn|đặc khu"
    r"|huyện|quận|thị xã|tỉnh|thành phố|hợp tác xã|đảng bộ|chi bộ|ngân hàng|bệnh viện|quỹ)"
)
_CONCERNED = r"(?: (?:(?:có )?liên quan|chức năng|trực thuộc|nêu trên|chuyên môn))+"
_MODIFIER = (
    r"(?: (?:(?:có )?liên quan|chức năng|trung ương|cấp trên|trực thuộc|địa phương|nêu trên|chuyên môn|quản lý|nhà nước"
    r"|có thẩm quyền|thực hiện|phối hợp|chủ quản|chủ trì|ngang bộ|thuộc chính phủ|thuộc|tỉnh|huyện|thành phố|xã"
    r"|sự nghiệp|chính trị ?- ?xã hội|được giao|các cấp|cấp (?:tỉnh|huyện|xã)|sử dụng|hệ thống|tham mưu|đảng|kinh tế"
    r"|nghiệp vụ|sở|khác|đó))*"
)
_ONE = re.compile(rf"{_COMMON}{_MODIFIER}|{_ALONE}{_CONCERNED}|ngành \w[^,]*")
_FIRST = re.compile(rf"(?:{_COMMON}|{_ALONE}){_MODIFIER}")
_PLURAL = re.compile(r"(?P<all>tất cả các|toàn thể các|một số|các|những|mọi) (?P<rest>.+)", re.IGNORECASE)
_NOT_A_LEVEL = re.compile(
    r"(?<!\S)(?:xã hội|hợp tác xã|cơ sở|thông tấn xã|(?:chi|đảng|cán|nội) bộ|bộ (?:phận|đội))(?!\S)"
)
_LISTED = re.compile(r", | và | hoặc |/|; | - ")


def plural(name: str) -> str | None:
    """What is behind `các`, `những` …; None for a name without them.

    >>> plural("Các sở, ban, ngành")
    'sở, ban, ngành'
    """
    m = _PLURAL.fullmatch(name)
    return m["rest"] if m else None


def of_units(name: str) -> bool:
    """Whether a group is one of administrative units: `các xã, phường`, not `các sở, ban, ngành`."""
    return re.match(rf"(?:(?i:các|những|mọi) )?{_UNIT}\b", name) is not None


def generic(name: str) -> bool:
    """Whether a name is made of common nouns, which makes it a group: `sở, ban, ngành`, `đơn vị liên quan`.

    >>> [generic(name) for name in ("Sở, ban, ngành có liên quan", "Đơn vị liên quan", "Sở", "Sở Nội vụ")]
    [True, True, False, False]
    """
    low = name.lower()
    first, *more = _LISTED.split(low, maxsplit=1)
    return _ONE.fullmatch(low) is not None or (bool(more) and _FIRST.fullmatch(first.strip()) is not None)


def group_level(name: str) -> BodyLevel | None:
    """The level of a group, where its words are all of one.

    >>> group_level("các sở, ban, ngành"), group_level("các xã, phường"), group_level("các cơ quan, đơn vị")
    ('province', 'commune', None)
    """
    words = f" {_NOT_A_LEVEL.sub('', spelling(name))} "
    words = words.replace(" thị xã ", " quận ")
    found = {
        level
        for level, marks in (
            ("province", (" sở ", " cấp tỉnh ", " tỉnh ", " tỉnh ủy ", " thành ủy ")),
            ("district", (" huyện ", " quận ", " thị xã ", " cấp huyện ")),
            ("commune", (" xã ", " phường ", " đặc khu ", " thị trấn ")),
            ("central", (" bộ ", " trung ương ", " chính phủ ", " ngang bộ ")),
        )
        for mark in marks
        if mark in words
    }
    return _known(found)[0] if len(found) == 1 else None
