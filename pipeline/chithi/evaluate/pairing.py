"""When a found value is the gold one, and which found item answers which gold item."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from chithi.evaluate.facts import Fact, Json

ENOUGH_OVERLAP = 0.5  # of two long spans, such as a task's
ENOUGH_INDICATOR = 0.6  # word F1
ENOUGH_TITLE = 0.8  # word F1
_TOLERANCE = 1e-6  # relative, for numbers that went through a division


def words(text: str | None) -> list[str]:
    """Words without case and marks.

    >>> words("Sở GD&ĐT")
    ['sở', 'gd', 'đt']
    """
    return re.findall(r"\w+", unicodedata.normalize("NFC", text or "").casefold())


def word_f1(gold: str | None, found: str | None) -> float:
    """Share of common words, each counted as often as both have it; 0 where one has none.

    >>> word_f1("tỷ lệ hộ nghèo", "hộ nghèo")
    0.6666666666666666
    """
    a, b = words(gold), words(found)
    common = (Counter(a) & Counter(b)).total()
    return 2 * common / (len(a) + len(b)) if a and b else 0.0


def overlap(a: Fact, b: Fact) -> float:
    """Common characters over covered characters (intersection over union)."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return common / (a.end - a.start + b.end - b.start - common) if common > 0 else 0.0


def pair(gold: Sequence[Fact], found: Sequence[Fact]) -> list[tuple[int, int]]:
    """One-to-one pairs of overlapping facts ``(place in gold, place in found)``, best overlap first, then by place."""
    candidates: list[tuple[float, int, int]] = []
    order = sorted(range(len(found)), key=lambda j: found[j].start)
    first = 0
    longest = max((f.end - f.start for f in found), default=0)
    for i in sorted(range(len(gold)), key=lambda i: gold[i].start):
        while first < len(order) and found[order[first]].start + longest <= gold[i].start:
            first += 1
        for j in order[first:]:
            if found[j].start >= gold[i].end:
                break
            common = overlap(gold[i], found[j])
            if common > 0:
                candidates.append((-common, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def same_number(gold: float | None, found: float | None) -> bool:
    """Both unknown, or equal but for rounding."""
    if gold is None or found is None:
        return gold is found
    return abs(gold - found) <= _TOLERANCE * max(1, abs(gold))


def same_name(gold: str | None, found: str | None) -> bool:
    """The same words in the same order."""
    return words(gold) == words(found)


def same_deadline(gold: Json | None, found: Json | None) -> bool:
    """The same recurrence if one recurs, else the same duration, else the same days; the kind where there are none.

    >>> same_deadline({"kind": "by", "end": "2025-12-31"}, {"kind": "during", "end": "2025-12-31"})
    True
    """
    if gold is None or found is None:
        return gold is found
    if gold.get("rrule") or found.get("rrule"):
        return _rule_parts(gold) == _rule_parts(found)
    if gold.get("duration") or found.get("duration"):
        return bool(gold.get("duration") == found.get("duration"))
    days = [(d.get("start"), d.get("end")) for d in (gold, found)]
    return days[0] == days[1] and (any(day is not None for day in days[0]) or gold.get("kind") == found.get("kind"))


def _rule_parts(deadline: Json) -> frozenset[str]:
    return frozenset((deadline.get("rrule") or "").upper().split(";"))


def same_names(gold: Iterable[str], found: Iterable[str]) -> bool:
    """The same set of names."""
    return {tuple(words(name)) for name in gold} == {tuple(words(name)) for name in found}
