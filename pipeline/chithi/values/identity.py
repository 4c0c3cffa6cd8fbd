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
from chithi.values.bodyparts import Parts, generic, group_level, plural, split_title, split_unit
from chithi.values.organisations import Organisation, abbreviations, organisations
from chithi.values.places import REFORM, find_place
from chithi.values.spelling import spelling

_RUNS = re.compile(r"[^\W_]+")
_LOOSE = 4  # letters from which an abbreviation is told from a word in small letters too
_FORMAL = re.compile(r"^(?:(?:các )?đồng chí|ông|bà|đ/c)\s+", re.IGNORECASE)
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
        plural: the name means several or all bodies of its sort.
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
    """Organisations by the key of their stem, and of their whole name."""
    table: dict[str, list[tuple[Organisation, Parts]]] = defaultdict(list)
    for body in organisations().body:
        for name in (body.name, *body.aliases):
            parts = split_unit(written_out(name))
            table[key(parts.stem)].append((body, parts))
            if parts.family and parts.family != "region":
                table[key(name)].append((body, Parts(name)))
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
        The identity, with id None for a group and for an organisation of which only the kind is sure; None where not
        even that is.

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
        level: BodyLevel | None = "central" if title in ("Bộ trưởng", "Thứ trưởng", "Thống đốc") else group_level(rest)
        return Identity(None, "office_holder", level, canonical)
    inner = body.canonical if body.id is not None and not body.plural else _lower_first(body.canonical)
    if body.id is None and body.kind != "group":
        inner = body.canonical
    elif body.plural and body.id is not None and not inner.startswith("các "):
        inner = body.canonical
    return replace(body, kind="office_holder", canonical=f"{title} {inner}")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _organisation(text: str, on: date | None, city: BodyLevel | None) -> Identity | None:
    """An organisation or group, the name's abbreviations being written out."""
    exact = _chosen([b for b, p in _index().get(key(text), ()) if p.family in ("", "region")], on)
    if exact is not None:
        return _identity(exact, exact.name)
    behind = plural(text)
    parts = split_unit(text if behind is None else behind)
    known = _known(parts, on, city)
    if known is not None:
        many = parts.plural or behind is not None
        made = replace(known, plural=many)
        return replace(made, canonical=f"Các {_lower_first(made.canonical)}") if behind is not None else made
    if behind is not None or generic(text):
        canonical = text[:1].upper() + text[1:].lower()
        return Identity(None, "group", group_level(text), canonical, plural=True)
    kind = _kind(key(text))
    level = parts.levels[0] if len(parts.levels) == 1 else None
    return Identity(None, kind, level, text, parts.place, parts.plural) if kind is not None else None


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
    if body is None and not parts.family and not any(not p.family for _, p in entries):
        body = _chosen([b for b, p in entries if p.family == "unit"], on)  # `Bộ Chỉ huy quân sự`: of one level alone
        return _identity(body, body.name) if body is not None else None
    if body is None:
        return None
    own = next((p for b, p in (*named, *fitting) if b.id == body.id), Parts(body.name))
    return replace(_identity(body, _canonical(body, own, parts)), place=parts.place)


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
    if parts.family == "all" or len(levels) > 1 and parts.plural and set(levels) != {"province", "district"}:
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
    return heads[best] if best is not None else None
