"""Where a body sits: the place that its mention names, else the one that the document's header puts it in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from chithi.orthography import fold
from chithi.record import BodyLevel
from chithi.values.bodyparts import COMMITTEE_UNIT
from chithi.values.identity import Identity
from chithi.values.places import REFORM, find_place

_HEAD = re.compile(
    r"(?<!\w)(?P<unit>tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn"
    r"|xã(?! hội)|phường|đặc khu)"
    r"(?: |(?<=\.))(?=(?P<name>[^\W_][\w' -]*))",
    re.IGNORECASE,
)
# What a header puts behind a name on one line: its second column, a number, the body below.
_BEHIND = re.compile(
    r"(?:cộng hòa xã|độc lập|đảng cộng sản|số|ngày|sở|ban|phòng|văn phòng|trung tâm|chi cục|cục|ủy ban|hội đồng"
    r"|chủ tịch|công an|tỉnh|thành phố|huyện|quận|thị xã|trường|thanh tra|viện|\S*\d\S*|\|)(?!\w)",
    re.IGNORECASE,
)
_LEVEL: dict[str, BodyLevel] = {
    "tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district", "thị trấn": "commune",
    "xã": "commune", "phường": "commune", "đặc khu": "commune",
}  # fmt: skip
_ORDER: tuple[BodyLevel, ...] = ("commune", "district", "province")
_MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class Home:
    """The units that a document's issuer belongs to, each with its name; None where the document does not say.

    Attributes:
        city: a `thành phố` of which neither name nor date tells whether it is a province or lies in one.
    """

    commune: str | None = None
    district: str | None = None
    province: str | None = None
    city: str | None = None

    @property
    def city_level(self) -> BodyLevel | None:
        """What a bare `thành phố` is in this document."""
        if self.province is not None and self.province.startswith("thành phố "):
            return "province"
        in_a_province = self.province is not None and self.province.startswith("tỉnh ")
        return "district" if in_a_province or (self.district or "").startswith("thành phố ") else None

    def at(self, level: BodyLevel) -> str | None:
        """The unit of a level with those above it, or None."""
        own = {"commune": self.commune, "district": self.district or self.city, "province": self.province}.get(level)
        return None if own is None else ", ".join(part for part in (own, self.above(level)) if part)

    def above(self, level: BodyLevel) -> str | None:
        """The units above a level, or None."""
        higher = _ORDER[_ORDER.index(level) + 1 :] if level in _ORDER else ()
        found = [unit for h in higher if (unit := {"district": self.district, "province": self.province}.get(h))]
        return ", ".join(found) or (self.city if level == "commune" else None)


def home(lines: Iterable[str], on: date | None = None, *, place: str | None = None) -> Home:
    """The units that the lines of a header, or the name of an issuer, belong to.

    Args:
        lines: header lines or issuers' names, in capitals or not; `UBND TỈNH HÀ CHÂU`, `Huyện ủy Lạc Sơn`.
        on: the document's day.
        place: where the document says it was signed (`Hà Châu, ngày …`): of a local issuer that names no unit.

    >>> home(["ỦY BAN NHÂN DÂN", "TỈNH HÀ CHÂU"]).province
    'tỉnh Hà Châu'
    >>> home(["Huyện ủy Lạc Sơn"]).at("district")
    'huyện Lạc Sơn, tỉnh Hòa Bình'
    """
    found: dict[str, str] = {}
    for line in lines:
        for m in _HEAD.finditer(fold(line)):
            unit = re.sub(r"^tp\.?$", "thành phố", m["unit"].lower())
            unit = COMMITTEE_UNIT.get(unit, unit)
            name = _name(unit, m["name"], on, upper=m["name"][:2].isupper() or m["name"][:1].islower())
            if name:
                _add(found, unit, name, on)
    if not found and place:
        known = find_place(place, on)
        if known is not None and known.level == "province":
            found["province"] = known.own
    _complete(found, on)
    return Home(**found)


def _name(unit: str, text: str, on: date | None, *, upper: bool) -> str:
    """The place's name at the beginning of a text: the longest that the gazetteer knows, else all up to a new head."""
    words = text.split()
    if not upper:
        words = list(takewhile(lambda w: w[0].isupper() or w[0].isdigit() or w == "-", words))
    ends = [i for i in range(1, len(words)) if _BEHIND.match(" ".join(words[i : i + 3]))] + [len(words)]
    for end in reversed(ends):
        known = find_place(f"{unit} {' '.join(words[:end])}", on)
        if known is not None:
            return known.name
    if words and re.fullmatch(r"\d{1,2}", words[0]):
        return words[0]
    words = words[: ends[0]]
    if not words or len(words) > _MAX_WORDS or _BEHIND.match(" ".join(words[:3])):
        return ""
    return " ".join(w.capitalize() if upper else w for w in words).strip(" -")


def _add(found: dict[str, str], unit: str, name: str, on: date | None) -> None:
    """Add a unit at its level; a city's level comes from the gazetteer, else from the date."""
    own = f"{unit} {name}"
    known = find_place(own, on)
    if known is not None:
        own = known.own  # the gazetteer's spelling
    if unit in _LEVEL:
        found.setdefault(_LEVEL[unit], own)
    elif known is not None:
        found.setdefault(known.level, own)
    elif on is not None and on >= REFORM:
        found.setdefault("province", own)
    else:
        found.setdefault("city", own)


def _complete(found: dict[str, str], on: date | None) -> None:
    """A city beside a province lies in it; a district that has no namesake has its province."""
    if found.get("province", "").startswith("tỉnh ") and "city" in found:
        found.setdefault("district", found.pop("city"))
    if "district" in found and "province" not in found:
        known = find_place(found["district"], on)
        if known is not None and known.province is not None:
            found["province"] = known.province


def jurisdiction(who: Identity, here: Home, on: date | None = None) -> str | None:
    """The place of a body, smallest unit first: what its mention names, else what the document's header says.

    A body of several places (`các xã, phường`) has the place that holds them all. A commune gets the province that the
    header names, for without it nobody can tell which it is. A central body has none.

    >>> from chithi.values.identity import identify
    >>> here = home(["ỦY BAN NHÂN DÂN TỈNH HÀ CHÂU"])
    >>> [jurisdiction(identify(n), here) for n in ("Sở Nội vụ", "UBND xã Tân Phú", "UBND các xã", "Bộ Nội vụ")]
    ['tỉnh Hà Châu', 'xã Tân Phú, tỉnh Hà Châu', 'tỉnh Hà Châu', None]
    """
    if who.place is not None:
        return _placed(who.place, who.level, here, on)
    if who.plural:
        return here.above(who.level) if who.level in _ORDER else None
    if here.city is not None and who.canonical.endswith((" thành phố", " Thành ủy")):
        return here.city
    if who.level not in _ORDER:
        return None
    return here.at(who.level) or here.above(who.level)


def _placed(place: str, level: BodyLevel | None, here: Home, on: date | None) -> str:
    """A named place with the units above it, from the gazetteer or the header."""
    known = find_place(place, on)
    if known is not None:
        return str(known)
    if level in ("commune", "district"):
        same = here.at(level)
        if same is not None and same.split(", ")[0].casefold() == place.casefold():
            return same
        above = here.above(level)
        precise = find_place(f"{place}, {above}", on) if above else None
        return str(precise or (f"{place}, {above}" if above else place))
    return place
