"""Run the packs: citations, quantities, time expressions and names of bodies, each with its value."""

from __future__ import annotations

import re
from bisect import bisect_left

from chithi.record import Relation
from chithi.rulepack import Match, RuleSet, find_all
from chithi.stages.draft import Block, Draft, Mention, ReferenceMention
from chithi.values import Value
from chithi.values.citations import citation_tail
from chithi.values.recurrence import yearly
from chithi.values.relations import relation

_PERIODIC = re.compile(r"(?<!\w)định kỳ(?!\w)[^.;]{0,100}$")
_DAY = re.compile(r"ngày \d{1,2}(?: ?/ ?| tháng )\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def references(draft: Draft) -> None:
    """Citations with their relation, date and issuer; the document's own number is none."""
    own = (draft.metadata.number or "").upper()
    for m, block in _find(draft, "vi.references", ("body", "basis", "header", "title")):
        value = m.rule.value(m, draft.context)
        if value is None or value["number"] == own:
            continue
        tail, issued, who = citation_tail(draft.match.low, m.end)
        issuer = draft.match.text[who[0] : who[1]] if who else None
        kind = _relation(draft, block, m)
        if block.zone == "basis" and kind == "cites":
            kind = "based_on"
        draft.references.append(
            ReferenceMention(m.start, m.end, m.rule.id, value, block, tail=max(tail, m.end), issued_on=issued,
                             issuer=issuer, relation=kind)
        )  # fmt: skip


def _relation(draft: Draft, block: Block, m: Match) -> Relation:
    """What the document does with a citation; an item that opens with one goes on with its lead-in."""
    low = draft.match.low
    kind = relation(low[block.start : block.end], m.start - block.start, m.end - block.start)
    head = block.parent
    if kind == "cites" and block.style and head is not None and low[head.end - 1] == ":" and m.start < block.body + 30:
        before = f"{low[head.body : head.end]} {low[block.body : m.start]}"
        return relation(before + low[m.start : block.end], len(before), len(before) + m.end - m.start)
    return kind


def quantities(draft: Draft) -> None:
    """Percentages of the content, and counts that may turn out to be a goal's value."""
    for m, block in _find(draft, ("vi.percent", "vi.count"), ("body", "title")):
        value = m.rule.value(m, draft.context)
        if value is not None:
            if "unit" in m.spans and value.get("unit") not in ("%", "VND", "USD", "EUR"):
                value["unit"] = draft.match.text[slice(*m.spans["unit"])]
            draft.quantities.append(Mention(m.start, m.end, m.rule.id, value, block))


def deadlines(draft: Draft) -> None:
    """Time expressions of the content that no citation holds; what they bound is decided later."""
    for m, block in _find(draft, "vi.deadlines", ("body",)):
        value = m.rule.value(m, draft.context)
        if value is not None:
            value = _every_year(draft.match.low[block.body : m.start], draft.match.low[m.start : m.end], value)
            draft.deadlines.append(Mention(m.start, m.end, m.rule.id, value, block))


def _every_year(before: str, found: str, value: Value) -> Value:
    """A day without its year behind `định kỳ` comes back every year: `định kỳ báo cáo kết quả trước ngày 20/11`."""
    day = _DAY.search(found)
    if value["kind"] != "by" or day is None or _YEAR.search(found) or not _PERIODIC.search(before):
        return value
    rrule = yearly(day[0])
    return value if rrule is None else {**dict.fromkeys(value), "kind": "recurring", "rrule": rrule}


def cell_deadlines(draft: Draft, start: int, end: int, block: Block | None) -> list[Mention]:
    """Time expressions where a table or a list gives the time limit: bare years and `thường xuyên` count there.

    What is found takes the place of the running text's mentions in the range.
    """
    rules = [*_rules(draft.rules, "vi.deadlines"), *_rules(draft.rules, "vi.deadlines_cell")]
    found = find_all(rules, draft.match.text, draft.match.low, [(start, end)])
    times = [
        Mention(m.start, m.end, m.rule.id, value, block)
        for m in found
        if (value := m.rule.value(m, draft.context)) is not None
    ]
    # They stay in order of position, which `chithi.stages.horizon` relies on.
    first = bisect_left(draft.deadlines, start, key=lambda d: d.start)
    last = bisect_left(draft.deadlines, end, key=lambda d: d.start)
    draft.deadlines[first:last] = times
    return times


def _rules(rules: RuleSet, packs: str | tuple[str, ...]) -> list:  # type: ignore[type-arg]
    names = (packs,) if isinstance(packs, str) else packs
    return [r for r in rules.rules if r.pack in names]


def _find(draft: Draft, packs: str | tuple[str, ...], zones: tuple[str, ...]) -> list[tuple[Match, Block]]:
    blocks = [b for b in draft.blocks if b.zone in zones and b.end > b.start]
    rules = _rules(draft.rules, packs)
    found = find_all(rules, draft.match.text, draft.match.low, [(b.start, b.end) for b in blocks])
    out: list[tuple[Match, Block]] = []
    i = 0
    for m in found:
        while blocks[i].end <= m.start:
            i += 1
        out.append((m, blocks[i]))
    return out
