"""What a reported percentage measures, in the document's words, so that reports can be laid beside targets."""

from __future__ import annotations

import re

from chithi.stages.draft import Draft, Mention
from chithi.stages.horizon import within
from chithi.stages.indicator import indicator
from chithi.stages.segments import clauses
from chithi.stages.shares import lists, shares

_REPORTED = ("achieved", "baseline")
# Words that say that it is a result, which are no part of what is measured.
_SAID = r"(?:đã|mới|hiện|chỉ|ước|còn|có|đến nay|tính đến nay)"
_EDGES = re.compile(rf"^(?:{_SAID}[ ,]+)+|(?:[ ,]+{_SAID})+$", re.IGNORECASE)


def measured(draft: Draft) -> None:
    """Give percentages of running text that are results or starting points their indicator."""
    by_block: dict[int, list[Mention]] = {}
    for q in draft.quantities:
        if q.value["role"] in _REPORTED and q.value.get("unit") == "%":
            assert q.block is not None
            by_block.setdefault(q.block.index, []).append(q)
    for block in draft.content():
        found = by_block.get(block.index, []) if block.cell is None else []
        for part in clauses(draft, block) if found else ():
            values = [q for q in found if part.start <= q.start < part.end]
            if not values:
                continue
            ranges = [(d.start, d.end) for d in within(draft, part.start, part.end)]
            for group in lists(shares(draft.match.low, part, values, ranges)):
                for share in group:
                    name = _EDGES.sub("", indicator(draft, share, times=ranges, listed=group))
                    share.quantity.value["indicator"] = name or None
