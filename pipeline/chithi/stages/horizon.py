"""Which time expressions bound what: the filter of those that bound nothing, and the one that governs a clause."""

from __future__ import annotations

import re
from bisect import bisect_left

from chithi.stages.draft import Block, Draft, Mention
from chithi.stages.mentions import cell_deadlines
from chithi.stages.segments import is_heading
from chithi.values.citations import cited_name_spans
from chithi.values.event_dates import is_date_of_event, is_part_of_name, is_past

_SIGHT = 2000  # characters around a time expression that say what it dates
# A heading that is nothing but a horizon: `Định hướng đến năm 2030`, `Mục tiêu giai đoạn 2026 - 2030`.
_HORIZON = re.compile(
    r"(?:định hướng|mục tiêu(?: cụ thể| chung)?|chỉ tiêu|tầm nhìn)?,? ?(?:đến|giai đoạn|trong|tầm nhìn|năm)\b"
)
# What is said as a limit stays one, though it had passed when the document was issued: a mistake worth showing.
_LIMIT = re.compile(r"(?:trước|chậm nhất|muộn nhất|hạn)\b")
_CONGRESS = re.compile(r"lần thứ [ivxlc\d]+,? $")


def _undated(d: Mention) -> bool:
    """Whether a period could not be told: `năm học mới`, `nhiệm kỳ`."""
    value = d.value
    return value["kind"] == "during" and not (value["start"] or value["end"])


def prune(draft: Draft) -> None:
    """Drop time expressions that are dates of citations or events, parts of names, or past."""
    masked = sorted((r.start, r.tail) for r in draft.references)
    kept: list[Mention] = []
    names: dict[int, list[tuple[int, int]]] = {}
    about = draft.metadata.about
    # The day an article was posted says nothing of the years that the directive looks at.
    dated = draft.metadata.doc_type != "bai_viet" or (about is not None and about.issued_on is not None)
    i = 0
    for d in draft.deadlines:
        assert d.block is not None
        while i < len(masked) and masked[i][1] <= d.start:
            i += 1
        if i < len(masked) and masked[i][0] <= d.start < masked[i][1]:
            continue
        if d.block.index not in names:
            names[d.block.index] = cited_name_spans(draft.match.low, d.block.start, d.block.end)
        if any(a <= d.start and d.end <= b for a, b in names[d.block.index]):
            continue
        begin = max(d.block.start, d.start - _SIGHT)
        low = draft.match.low[begin : min(d.block.end, d.end + _SIGHT)]
        at = (d.start - begin, d.end - begin)
        title = is_heading(draft, d.block) and _HORIZON.match(draft.low(d.block))
        if not title and (
            is_date_of_event(low, *at) or is_part_of_name(low, *at) or _undated(d) or _CONGRESS.search(low[: at[0]])
        ):
            continue
        if dated and is_past(d.value, draft.context) and not _LIMIT.match(draft.match.low[d.start : d.end]):
            continue
        kept.append(d)
    draft.deadlines = sorted(kept + _bare_years(draft, {id(d.block) for d in kept}), key=lambda d: d.start)


_YEAR = re.compile(r"(?<=[a-zà-ỹđ] )(20[2-6]\d)(?= |:|,)")


def _bare_years(draft: Draft, dated: set[int]) -> list[Mention]:
    """The bare year of a heading of goals that has no other time: `15 chỉ tiêu phát triển kinh tế - xã hội 2026:`."""
    out: list[Mention] = []
    for block in draft.content():
        if block.own_section != "goal" or block.cell is not None or id(block) in dated or not is_heading(draft, block):
            continue
        low = draft.match.low[block.body : block.end]
        for m in list(_YEAR.finditer(low))[-1:]:
            if not re.search(r"(?:năm|luật|số|ngày|tháng|-\w+) $", low[: m.start()]):
                out += cell_deadlines(draft, block.body + m.start(), block.body + m.end(), block)
    return out


def within(draft: Draft, start: int, end: int) -> list[Mention]:
    """Time expressions in a range."""
    first = bisect_left(draft.deadlines, start, key=_start)
    last = bisect_left(draft.deadlines, end, key=_start)
    return [d for d in draft.deadlines[first:last] if d.end <= end]


def _start(d: Mention) -> int:
    return d.start


def inherited(draft: Draft, block: Block) -> Mention | None:
    """The time expression of the nearest heading or lead-in above a block."""
    for head in block.ancestors():
        if draft.metadata.doc_type == "bai_viet" and head.level == 1:
            continue  # a headline dates the news, not what stands below it
        if head.zone != "body" or not (is_heading(draft, head) or head.children):
            continue
        found = [
            d
            for d in within(draft, head.start, head.end)
            if d.block is head and not draft.match.low.startswith("nhiệm kỳ", d.start)
        ]
        if found and is_heading(draft, head):
            return found[-1] if draft.match.text[head.end - 1] == ":" else found[0]
    return None
