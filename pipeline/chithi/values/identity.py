"""Who a body is: one key for all spellings of its name, and the organisation that the name means."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from chithi.orthography import fold
from chithi.record import BodyKind, BodyLevel
from chithi.values.bodyparts import Parts, generic, group_level, of_units, plural, split_title, split_unit
from chithi.values.organisations import Organisation, abbreviations, organisations
from chithi.values.places import REFORM, find_place
from chithi.values.spelling import spelling

_RUNS = re.compile(r"[^\W_]+")
_LOOSE = 4  # letters from which an abbreviation is told from a word in small letters too
_FORMAL = re.compile(r"^(?:(?:các )?đồng chí|ông|bà|đ/c)\s+", re.IGNORECASE)
_NAMES = re.compile(r"(?<!\w)(?:chính phủ|quốc hội|thủ tướng|trung ương|mặt trận tổ quốc|ngân hàng nhà nước)(?!\w)")
_HYPHEN = re.compile(r"\s*-\s*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a name says of a body.

    Attributes:
        id: the organisation's id, None for a group or one that the data does not know.
        kind: kind of body; an office-holder keeps this kind, with the id and level of the organisation.
        level: level of the organisation.
        canonical: the name in one spelling, without the place.
        place: unit and name of the place that the mention names.
        plural: the name means the bodies of several places: `các xã, phường`, `Ủy ban nhân dân cấp huyện`.
        until: last day of an organisation that has ended.
        successors: ids of what came after it.
    """

    id: str | None
    kind: BodyKind | None
    level: BodyLevel | None
    canonical: str
    place: str | None = None
    plural: bool = False
    until: date | None = None
    successors: tuple[str, ...] = ()


def key(name: str) -> str:
    """One key for all spellings of a name: abbreviations written out, connectives, hyphens and case folded.

    >>> {key(n) for n in ("Phòng GD&ĐT", "phòng GD-ĐT", "PHÒNG GDĐT", "Phòng Giáo dục, đào tạo", "Phòng GD - ĐT")}
    {'phòng giáo dục đào tạo'}
    """
    return spelling(_expanded(fold(unicodedata.normalize("NFC", name))))


@lru_cache(maxsize=1)
def _short_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """All abbreviations in one pattern, their parts joined by any connective; letters of a match → full form."""
    table: dict[str, str] = {}
    patterns: set[str] = set()
    for short, full in sorted(abbreviations().items(), key=lambda item: (-len(item[0]), item[0])):
        runs = [run for run in _RUNS.findall(short) if run not in ("và", "v")]
        pattern = r"\s?(?:[-&,.]|và|v)?\s?".join(map(re.escape, runs))
        if short.endswith("."):
            pattern += r"\.?"
        loose = len("".join(runs)) >= _LOOSE and short.isupper()
        patterns.add(f"(?i:{pattern})" if loose else pattern)
        table.setdefault("".join(runs).upper(), full)
    ordered = sorted(patterns, key=lambda p: (-len(p), p))
    return re.compile(rf"(?<![\w&])(?:{'|'.join(ordered)})(?![\w&])"), table


def _expanded(text: str) -> str:
    regex, table = _short_forms()

    def put(m: re.Match[str]) -> str:
        return table.get("".join(run for run in _RUNS.findall(m[0]) if run not in ("và", "v")).upper(), m[0])

    return regex.sub(put, text)


def written_out(name: str) -> str:
    """A name with its abbreviations written out and one way to set tones, hyphens and ``&``; capitals as written.

    >>> written_out("Uỷ ban MTTQ các cấp"), written_out("Phòng KT&HT")
    ('Ủy ban Mặt trận Tổ quốc các cấp', 'Phòng Kinh tế và Hạ tầng')
    """
    text = _expanded(fold(unicodedata.normalize("NFC", name)))
    text = re.sub(r"\s?&\s?", " và ", text)
    text = _FORMAL.sub("", " ".join(text.split()).strip(" ,;:.-"))
    text = _HYPHEN.sub(lambda m: m[0] if m[0] == "-" and not m.start() else " - ", text)
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1)
def _index() -> dict[str, list[tuple[Organisation, Parts]]]:
    """Organisations by the key of their stem, with the parts of the name that it comes from."""
    table: dict[str, list[tuple[Organisation, Parts]]] = defaultdict(list)
    for body in organisations().body:
        for name in (body.name, *body.aliases):
            parts = split_unit(written_out(name))
            table[key(parts.stem)].append((body, parts))
    return dict(table)


@lru_cache(maxsize=16384)
def identify(name: str, on: date | None = None, *, city: BodyLevel | None = None) -> Identity | None:
    """The body that a name means.

    Args:
        name: as written, or with abbreviations written out.
        on: the day of which the text speaks; it decides between bodies of one name at different times. A name whose
            only bearer had ended is still that body's.
        city: the level of a bare `thành phố` in this document, where its header tells.

    Returns:
        The identity, with id None for a group and for an organisation of which only the kind or the level is sure; None
        where neither is.

    >>> who = identify("Uỷ ban nhân dân huyện Tứ Kỳ")
    >>> who.id, who.level, who.place, who.successors
    ('ubnd.huyen', 'district', 'huyện Tứ Kỳ', ('ubnd.xa',))
    >>> identify("Giám đốc Sở KH&ĐT").id, identify("Giám đốc Sở KH&ĐT").kind
    ('so.ke_hoach_dau_tu', 'office_holder')
    >>> identify("các sở, ban, ngành").kind
    'group'
    """
    text = written_out(name)
    found = _organisation(text, on, city)
    if found is not None and found.id is not None:
        return found
    title, rest = split_title(text)
    if not title:
        return found
    body = _organisation(rest, on, city) if rest else None
    if body is None:
        canonical = f"{title} {rest}".strip()
        central = title in ("Bộ trưởng", "Thứ trưởng", "Thống đốc")
        return Identity(None, "office_holder", "central" if central else group_level(rest), canonical)
    listed = body.kind == "group" or body.canonical.startswith("Các ")
    inner = _lower_first(body.canonical) if listed else body.canonical
    level = body.level or group_level(rest)
    return replace(body, kind="office_holder", level=level, canonical=f"{title} {inner}")


def _sentence_case(text: str) -> str:
    """Common nouns in small letters but for the first, and for names inside them."""
    low = _NAMES.sub(lambda m: m[0][:1].upper() + m[0][1:], text.lower())
    return low[:1].upper() + low[1:]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _organisation(text: str, on: date | None, city: BodyLevel | None) -> Identity | None:
    """An organisation or group, the name's abbreviations being written out."""
    behind = plural(text)
    parts = split_unit(text if behind is None else behind)
    exact = _chosen([b for b, p in _index().get(key(text), ()) if not p.family and not p.words], on)
    if exact is not None and not parts.words and (on is None or exact.valid(on)):
        return _identity(exact, exact.name)
    known = _known(parts, on, city)
    if known is not None:
        many = parts.plural or behind is not None
        made = replace(known, plural=many)
        return replace(made, canonical=f"Các {_lower_first(made.canonical)}") if behind is not None else made
    if behind is not None or generic(text):
        named = f"{text.removesuffix(parts.place.split(' ', 1)[1]).rstrip(' :')}" if parts.place else text
        return Identity(None, "group", group_level(named), _sentence_case(named), parts.place, plural=of_units(text))
    kind = _kind(key(text))
    level = parts.levels[0] if len(parts.levels) == 1 else None
    if kind is None and level is None:
        return None
    canonical = f"{parts.stem} {parts.words}" if parts.place is not None and parts.words else text
    return Identity(None, kind, level, canonical, parts.place, parts.plural)


def _known(parts: Parts, on: date | None, city: BodyLevel | None) -> Identity | None:
    """The organisation that a stem and its unit mean, where the data knows it."""
    entries = _index().get(key(parts.stem), [])
    if not entries:
        return _of_a_province(parts, on)
    levels = _levels(parts, on, city)
    same = [(b, p) for b, p in entries if p.family == parts.family or not p.family]
    fitting = [(b, p) for b, p in same if _fits(b, p, parts, levels)]
    named = [(b, p) for b, p in fitting if p.family == parts.family]
    body = _chosen([b for b, _ in (named or fitting)], on)
    if not parts.family and " " in key(parts.stem):
        # `Bộ Chỉ huy quân sự`: of one level alone; `Cục Thuế` before it was the name of a central one.
        local = _of_one_level(entries, body, on)
        if local is not None or body is None:
            return _identity(local, local.name) if local is not None else None
    if body is None and set(levels) == {"province", "district"}:
        body = _chosen([b for b, p in entries if b.level == "any" and not p.family], on)  # a city of either level
        return replace(_identity(body, f"{body.name} {parts.words}"), place=parts.place) if body is not None else None
    if body is None:
        return None
    own = next((p for b, p in (*named, *fitting) if b.id == body.id), Parts(body.name))
    return replace(_identity(body, _canonical(body, own, parts)), place=parts.place)


def _of_one_level(
    entries: list[tuple[Organisation, Parts]], body: Organisation | None, on: date | None
) -> Organisation | None:
    """The local body that a stem without its unit means: where no other bears the name, or the other was not there."""
    if body is not None and (on is None or body.valid(on)):
        return None
    local = [b for b, p in entries if p.family == "unit"]
    if body is None:
        return _chosen(local, on) if all(p.family for _, p in entries) else None
    return _chosen([b for b in local if on is not None and b.valid(on)], on)


def _levels(parts: Parts, on: date | None, city: BodyLevel | None) -> tuple[BodyLevel, ...]:
    """The levels that the name's unit may mean, a city's told by its name, the date or the document."""
    if len(parts.levels) < 2 or set(parts.levels) != {"province", "district"}:
        return parts.levels
    if parts.place is not None:
        place = find_place(parts.place, on)
        if place is not None:
            return (place.level,)
    elif city is not None and not parts.plural:
        return (city,)
    return ("province",) if on is not None and on >= REFORM else parts.levels


def _fits(body: Organisation, own: Parts, parts: Parts, levels: tuple[BodyLevel, ...]) -> bool:
    """Whether an organisation may bear the unit that a name puts behind its stem."""
    if parts.family in ("", "region") and not levels:
        return own.family == parts.family
    if parts.family == "all" or (parts.plural and len(levels) > 1 and set(levels) != {"province", "district"}):
        return body.level == "any" and not own.family
    if own.family in ("unit", "committee") or body.level != "any":
        return body.level in levels
    return False


def _chosen(bodies: list[Organisation], on: date | None) -> Organisation | None:
    """The one body among those of a name: of several, the one valid on the day; None where that leaves a choice."""
    unique = list({b.id: b for b in bodies}.values())
    if len(unique) > 1 and on is not None:
        unique = [b for b in unique if b.valid(on)] or unique
    return unique[0] if len(unique) == 1 else None


def _identity(body: Organisation, canonical: str) -> Identity:
    return Identity(body.id, body.kind, body.level, canonical, None, False, body.until, body.successors)


def _canonical(body: Organisation, own: Parts, parts: Parts) -> str:
    """The name in the data's spelling, with the unit words of the mention where the data's name has any."""
    base = split_unit(body.name)
    if parts.family == "all":
        return f"{body.name} {parts.words}"
    if not own.family or own.family == "region" or not parts.words or not base.family:
        return body.name if base.family != "" or not parts.words or parts.family != "" else parts.words
    return f"{base.stem} {parts.words}"


def _of_a_province(parts: Parts, on: date | None) -> Identity | None:
    """`Sở Y tế Nghệ An`: a known name with a province's behind it."""
    words = parts.stem.split(" ")
    for size in range(2, min(6, len(words))):
        place = find_place(" ".join(words[-size:]), on)
        if place is not None and place.level == "province":
            stem = " ".join(words[:-size])
            body = _chosen([b for b, _ in _index().get(key(stem), ()) if b.level == "province"], on)
            return replace(_identity(body, body.name), place=place.own) if body is not None else None
    return None


def _kind(text: str) -> BodyKind | None:
    """What a name's first words say of its kind."""
    heads = organisations().heads
    best = max((h for h in heads if text == spelling(h) or text.startswith(f"{spelling(h)} ")), key=len, default=None)
    kind = heads[best] if best is not None else "unknown"
    return None if kind == "unknown" else kind
