"""The gazetteer: 63 old and 34 new provinces, districts, communes, and what became of them on 1 July 2025.

The names come from the address data that underthesea carries, read as a file: underthesea itself is not imported, and
its ``convert_address`` is not used, since that picks the first of several candidates. A unit that is not told from its
namesakes is not found here: a commune never without its province, a district alone only where its name is its own.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from chithi.record import BodyLevel
from chithi.resources import read_data, rules_root
from chithi.values.spelling import spelling

REFORM = date(2025, 7, 1)
"""The day on which the district level and the old provinces and communes ended (laws 72/2025/QH15, 202/2025/QH15)."""

_LAST = REFORM - timedelta(days=1)
_LEVELS: dict[str, BodyLevel] = {
    "tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district", "thị trấn": "commune",
    "xã": "commune", "phường": "commune", "đặc khu": "commune",
}  # fmt: skip
_UNIT = re.compile(rf"(?P<unit>{'|'.join(_LEVELS)}|thành phố|tp)\b\.? ?(?P<name>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit.

    Attributes:
        unit: ``tỉnh``, ``thành phố``, ``huyện``, ``xã`` …
        name: without the unit.
        level: ``province``, ``district`` or ``commune``.
        district: unit and name of the district, for a commune of before the reform.
        province: unit and name of the province, None for a province.
        since: first day, where it is known.
        until: last day, where it has ended.
    """

    unit: str
    name: str
    level: BodyLevel
    district: str | None = None
    province: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def own(self) -> str:
        """Unit and name."""
        return f"{self.unit} {self.name}"

    def __str__(self) -> str:
        return ", ".join(part for part in (self.own, self.district, self.province) if part)

    def valid(self, on: date) -> bool:
        """Whether it existed on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class _Unit(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    level: BodyLevel
    within: str | None = None
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    source: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sources: dict[str, str]
    spellings: dict[str, str]
    since: dict[str, date]
    names: dict[str, str]
    unit: list[_Unit]


@dataclass(slots=True)
class Gazetteer:
    """All places, by the key of unit and name (a province also by its name alone), and the edges of the reform."""

    places: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    edges: dict[Place, set[Place]] = field(default_factory=lambda: defaultdict(set))
    spellings: dict[str, str] = field(default_factory=dict)

    def key(self, text: str) -> str:
        """The key under which a unit with its name is found."""
        key = spelling(text)
        for wrong, right in self.spellings.items():
            if key == wrong or key.endswith(f" {wrong}"):
                return key.removesuffix(wrong) + right
        return key


def _address_file() -> Path | None:
    spec = find_spec("underthesea")
    for root in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(root) / "address" / "data" / "mapping.json"
        if file.is_file():
            return file
    return None


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded when first asked for; empty but for the project's own data where underthesea has none."""
    own = read_data(rules_root() / "identity" / "places.toml", _File, label="name")
    out = Gazetteer(spellings={spelling(wrong): spelling(right) for wrong, right in own.spellings.items()})
    file = _address_file()
    rows, provinces = _rows(file, own.names) if file is not None else ([], {})
    made = _provinces(provinces, own.since)
    _units(rows, made, out)
    for unit in own.unit:
        place = _place(unit.name, unit.level, province=unit.within, since=unit.since, until=unit.until)
        made[unit.name, False] = place
        if unit.successor is not None and (unit.successor, True) in made:
            out.edges[place].add(made[unit.successor, True])
    for place in {*made.values(), *(p for after in out.edges.values() for p in after), *out.edges}:
        out.places[spelling(place.own)].append(place)
        if place.level == "province":
            out.places[spelling(place.name)].append(place)
    out.places = dict(out.places)
    return out


def _rows(file: Path, names: Mapping[str, str]) -> tuple[list[tuple[str, ...]], dict[str, str]]:
    """Rows of old province, district, ward and new province, ward; and old province → new province.

    Each object becomes a short tuple of shared strings as soon as it is parsed, which keeps the peak of memory low.
    """
    shared: dict[str, str] = {}
    columns = ("old_province", "old_district", "old_ward", "new_province", "new_ward")

    def shrink(row: dict[str, Any]) -> Any:
        if "old_ward" not in row:
            return row
        texts = [row[c] or names.get(row[f"{c}_key"], "") for c in columns]
        return tuple(shared.setdefault(text, text) for text in texts)

    data = json.loads(file.read_bytes(), object_hook=shrink)
    old, new, pairs = data["old_province_names"], data["province_names"], data["province_mapping"]
    return data["ward_mapping"], {old[a]["name"]: new[b]["name"] for a, b in pairs.items()}


def _provinces(pairs: Mapping[str, str], since: Mapping[str, date]) -> dict[tuple[str, bool], Place]:
    """Provinces by name and whether they are of today; one that took in no other is the same before and after."""
    merged = [new for new in pairs.values() if list(pairs.values()).count(new) > 1]
    made: dict[tuple[str, bool], Place] = {}
    for old, new in pairs.items():
        if old == new and new not in merged:
            name = _own(old)
            made[name, False] = made[name, True] = _place(old, "province", since=since.get(name))
        else:
            made[_own(old), False] = _place(old, "province", until=_LAST)
            made[_own(new), True] = _place(new, "province", since=REFORM)
    return made


def _units(rows: Iterable[tuple[str, ...]], made: Mapping[tuple[str, bool], Place], out: Gazetteer) -> None:
    """Districts and communes, and what each became."""
    cache: dict[tuple[str | bool | None, ...], Place] = {}

    def unit(name: str, level: BodyLevel, province: str, *, district: str | None = None, today: bool = False) -> Place:
        key = (name, district, province, today)
        if key not in cache:
            since, until = (REFORM, None) if today else (None, _LAST)
            cache[key] = _place(name, level, district=district, province=province, since=since, until=until)
        return cache[key]

    for old_province, district, ward, new_province, new_ward in rows:
        before, after = made[_own(old_province), False], made[_own(new_province), True]
        if before is not after:
            out.edges[before].add(after)
        new = unit(new_ward, "commune", after.own, today=True) if new_ward else None
        olds = [unit(district, "district", before.own)]
        if ward:
            olds.append(unit(ward, "commune", before.own, district=olds[0].own))
        for old in olds:
            if new is not None:
                out.edges[old].add(new)


def _own(name: str) -> str:
    unit, rest = _split(name)
    return f"{unit} {rest}"


def _split(name: str) -> tuple[str, str]:
    m = _UNIT.fullmatch(name)
    if m is None:
        raise ValueError(f"no administrative unit: {name!r}")
    return m["unit"].lower(), m["name"]


def _place(name: str, level: BodyLevel, **more: Any) -> Place:
    return Place(*_split(name), level, **more)


@lru_cache(maxsize=4096)
def find_place(text: str, on: date | None = None) -> Place | None:
    """The place that a text names: ``xã X, huyện Y, tỉnh Z``, each part with its unit; a province also by name alone.

    Args:
        text: the place, smallest unit first.
        on: the day of which the text speaks; None is today's map. Units valid on it win; one that had ended, or was
            not yet, is still named by its name where no valid one has it.

    Returns:
        The place, or None where it is unknown or not told from its namesakes.

    >>> str(find_place("TP.HCM"))
    'thành phố Hồ Chí Minh'
    >>> str(find_place("huyện Tứ Kỳ"))
    'huyện Tứ Kỳ, tỉnh Hải Dương'
    >>> find_place("huyện Châu Thành"), find_place("xã Tân Thành")
    (None, None)
    """
    table = gazetteer()
    parts = [_written(part) for part in text.split(",")]
    above = [table.key(part) for part in parts[1:]]
    day = on or date.max
    found = [p for p in table.places.get(table.key(parts[0]), ()) if _within(table, p, above)]
    if not above:
        found = [p for p in found if p.level != "commune"]
    valid = [p for p in found if p.valid(day)]
    best = valid or found
    return best[0] if len(best) == 1 else None


def _written(part: str) -> str:
    """A part with its unit written out: `TP.HCM`, `TP Huế`."""
    m = re.fullmatch(r"\s*tp\.?\s*(.+)", part, re.IGNORECASE)
    return f"thành phố {m[1]}" if m else part


def _within(table: Gazetteer, place: Place, above: list[str]) -> bool:
    """Whether a place lies in all the units that a text names behind it, the last of which is its province."""
    if not above:
        return True
    province = place.province
    if province is None or above[-1] not in (table.key(province), table.key(_split(province)[1])):
        return False
    return len(above) == 1 or (place.district is not None and table.key(place.district) == above[0])


def successors(place: Place) -> tuple[Place, ...]:
    """What a place became on 1 July 2025, sorted; of a district the communes that it was cut into, never one of them.

    >>> [str(p) for p in successors(find_place("tỉnh Hải Dương"))]
    ['thành phố Hải Phòng']
    >>> [p.name for p in successors(find_place("huyện Vĩnh Lộc, tỉnh Thanh Hóa"))]
    ['Biện Thượng', 'Tây Đô', 'Vĩnh Lộc']
    """
    return tuple(sorted(gazetteer().edges.get(place, ()), key=str))


def provinces(on: date | None = None) -> tuple[Place, ...]:
    """All provinces of a day, sorted; None is today's map."""
    every = {p for found in gazetteer().places.values() for p in found if p.level == "province"}
    return tuple(sorted((p for p in every if p.valid(on or date.max)), key=str))
