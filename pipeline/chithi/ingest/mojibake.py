"""Unicode text that holds words of the old Vietnamese encodings shown as Latin-1: they are read as they were meant.

A page or a file can hold both, and foreign names besides, so each word is judged: what only the old encoding makes
Vietnamese is read in it, with the undecided words between; what is Vietnamese as it stands stays.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from chithi.ingest.legacy import LEGACY, TCVN3, Legacy, capitals, choose, evidence, kind, transcode
from chithi.source import Region, SourceText

# Latin-1 letters and signs that Vietnamese in Unicode has no use for inside words; each of the encodings needs some.
_STRANGE = re.compile("[\x80-\x9f¡-¦¨-ª¬-¯±´-¸º¼-¿ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ\u2212\u2219]")
_LINE = re.compile(r"[^\n]+")


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    line: int
    kind: str


def restore(source: SourceText) -> SourceText:
    """Read what stands in an old encoding; lines that look so but cannot be told are marked as suspect.

    A text without a trace of them costs one scan and is returned as it is.
    """
    if _STRANGE.search(source.text) is None:
        return source
    text, origins = source.text, None
    names: list[str] = []
    for _ in LEGACY:
        legacy = choose(_strange_lines(text))
        if legacy is None or legacy.name in names:
            break
        text, steps = _convert(text, legacy)
        names.append(legacy.name)
        if steps is not None:
            origins = steps if origins is None else array("I", (origins[i] for i in steps))
    suspects = tuple(_suspects(text))
    if not names and not suspects:
        return source
    back = origins
    if source.origins is not None:
        origins = source.origins if back is None else array("I", (source.origins[i] for i in back))
    elif source.carried:
        origins = None  # the text was no part of the file before either
    regions = tuple(
        replace(r, start=_moved(back, r.start), end=_moved(back, r.end)) if back is not None else r
        for r in source.regions
    )
    return replace(
        source,
        text=text,
        encoding=_named(source.encoding, names),
        page_starts=tuple(_moved(back, i) for i in source.page_starts) if back is not None else source.page_starts,
        regions=tuple(sorted((*regions, *suspects), key=lambda r: (r.start, r.end))),
        carried=source.carried or bool(names),
        origins=origins,
    )


def _named(encoding: str | None, names: list[str]) -> str | None:
    known = encoding.split("+") if encoding else []
    return "+".join(dict.fromkeys([*known, *names])) or None


def _moved(origins: array[int], offset: int) -> int:
    return bisect_left(origins, offset)


def _strange_lines(text: str) -> str:
    """The lines that hold strange characters, for a survey that need not read the others."""
    lines: list[str] = []
    at = 0
    while m := _STRANGE.search(text, at):
        start, end = text.rfind("\n", 0, m.start()) + 1, text.find("\n", m.end())
        at = len(text) if end < 0 else end + 1
        lines.append(text[start:at])
    return "".join(lines)


def _convert(text: str, legacy: Legacy) -> tuple[str, array[int] | None]:
    """Read the words of an encoding, the others stay; the map is as that of `transcode`."""
    out: list[str] = []
    origins = array("I")
    at = 0
    for start, end in _runs(text, legacy):
        new, steps = transcode(text[start:end], legacy)
        out += text[at:start], capitals(new) if legacy is TCVN3 else new
        origins.extend(range(at, start))
        origins.extend((start + i for i in steps[:-1]) if steps is not None else range(start, end))
        at = end
    out.append(text[at:])
    origins.extend(range(at, len(text) + 1))
    return "".join(out), origins if legacy.pairs is not None else None


def _runs(text: str, legacy: Legacy) -> Iterator[tuple[int, int]]:
    """Stretches of words that are read in the encoding, each within a line."""
    lines = [list(line) for _, line in groupby(_words(text, legacy), key=lambda w: w.line)]
    sides = [[w.kind for w in line if w.kind in ("own", "coded")] for line in lines]
    below = ""
    after: list[str] = []
    for side in reversed(sides):
        after.append(below)
        below = side[0] if side else below
    above = ""
    for line, side, below in zip(lines, sides, reversed(after), strict=True):
        _settle(line, above, below)
        above = side[-1] if side else above
        if sum(w.kind == "foreign+" for w in line) > sum(w.kind == "coded" for w in line):
            continue
        for coded, run in groupby(line, key=lambda w: w.kind in ("coded", "foreign+")):
            if coded:
                words = list(run)
                yield words[0].start, words[-1].end


def _words(text: str, legacy: Legacy) -> Iterator[_Word]:
    for number, line in enumerate(_LINE.finditer(text)):
        for m in legacy.word.finditer(text, line.start(), line.end()):
            if what := kind(m[0], legacy.name):
                yield _Word(m.start(), m.end(), number, what)


def _settle(line: list[_Word], before: str, after: str) -> None:
    """Give a line's undecided words the side of the nearest decided one, else that of the lines around if they agree.

    Args:
        line: the words of one line; a word read in the encoding becomes ``coded``, or ``foreign+`` if that makes
            nothing of it.
        before: ``own`` or ``coded``, as the last decided word of the lines above; empty if there is none.
        after: the same of the lines below.
    """
    if any(w.kind == "coded" for w in line):
        for w in line:
            w.kind = "coded" if w.kind == "weak" else w.kind
    decided = [w for w in line if w.kind in ("own", "coded")]
    i = 0
    for w in line:
        while i < len(decided) and decided[i].start <= w.start:
            i += 1
        if w.kind in ("own", "coded"):
            continue
        # What may be both stays as it is where it lies between the two.
        near = min(decided[max(i - 1, 0) : i + 1], key=lambda x: (_apart(w, x), x.kind == "coded"), default=None)
        if near.kind == "coded" if near else {before, after} - {""} == {"coded"}:
            w.kind = "foreign+" if w.kind == "foreign" else "coded"


def _apart(one: _Word, other: _Word) -> int:
    return max(one.start - other.end, other.start - one.end)


def _suspects(text: str) -> Iterator[Region]:
    """Lines with words of one of the encodings and nothing that speaks against it, too few to convert the text."""
    at = 0
    strange = _strange_lines(text)
    likely = [legacy for legacy in LEGACY if evidence(strange, legacy).distinct >= 2]
    while likely and (m := _STRANGE.search(text, at)):
        start, end = text.rfind("\n", 0, m.start()) + 1, text.find("\n", m.end())
        end = len(text) if end < 0 else end
        at = end
        line = text[start:end]
        for legacy in likely:
            found = evidence(line, legacy)
            if found.distinct >= 2 and not found.foreign:
                yield Region(start=start, end=end, kind="suspect", reason=legacy.name)
                break
