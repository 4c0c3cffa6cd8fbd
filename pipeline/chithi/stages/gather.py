"""Clauses gathered into tasks: a list item is one unless its clauses name other bodies or time limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chithi.stages.draft import Block, BodyMention, Draft, Mention
from chithi.stages.horizon import within
from chithi.stages.names import find_bodies
from chithi.stages.owners import bare
from chithi.stages.roles import roles
from chithi.stages.segments import Segment

OPENER = 12  # characters: a time expression this near the start holds for the whole sentence
_GOES_ON = re.compile(r"^(?:trong đó|cụ thể|đặc biệt|việc |các |bảo đảm|đảm bảo|nhất là|những |mọi |phải )")
_OBJECT_GOES_ON = re.compile(r"(?:về|của|cho)(?!\w)|số \d|hoàn thành (?:xong )?(?:trước|trong|chậm nhất)(?!\w)")


@dataclass(slots=True)
class Group:
    """Neighbouring clauses that make one task."""

    start: int
    end: int
    sentence: int
    bodies: list[BodyMention] = field(default_factory=list)
    deadline: Mention | None = None
    times: list[Mention] = field(default_factory=list)


def gather(draft: Draft, block: Block, parts: list[Segment], *, item: bool) -> list[Group]:
    """Cut a block into tasks: a list item is one unless its clauses name other bodies or deadlines."""
    groups: list[Group] = []
    for part in parts:
        bodies = find_bodies(draft, part.start, part.end, block)
        roles(draft, bodies, part.start, part.end)
        bodies = [b for b in bodies if b.role is not None]
        times = [d for d in within(draft, part.start, part.end) if not _slash(draft, d)]
        last = groups[-1] if groups else None
        if last is not None and _joins(draft, last, part, bodies, times, item=item):
            last.end = part.end
            last.bodies += bodies
            last.times += times
            last.deadline = _chosen(last.times)
            continue
        groups.append(Group(part.start, part.end, part.sentence, bodies, _chosen(times), times))
    return groups


def _chosen(times: list[Mention]) -> Mention | None:
    """The first time limit; of `hằng năm … trước ngày 15/12` the one that names the day."""
    if len(times) > 1 and times[0].value["rrule"] == "FREQ=YEARLY":
        return next((d for d in times if str(d.value["rrule"]).startswith("FREQ=YEARLY;")), times[0])
    return times[0] if times else None


def _slash(draft: Draft, d: Mention) -> bool:
    return draft.match.low[d.start] == "/"


def _joins(
    draft: Draft, last: Group, part: Segment, bodies: list[BodyMention], times: list[Mention], *, item: bool
) -> bool:
    names = {b.name for b in bodies}
    if _OBJECT_GOES_ON.match(draft.match.low, part.start):
        return True
    if times or names - {b.name for b in last.bodies}:
        return False
    new_sentence = part.sentence != last.sentence
    if last.deadline is not None and (new_sentence or last.deadline.start - last.start > OPENER):
        return False
    words = draft.match.low[part.start : part.end]
    if not new_sentence:
        return True
    if _GOES_ON.match(words):
        return True
    if not item:
        return False
    return not any(b.role == "lead" for b in last.bodies)


def whole_lists(draft: Draft, parts: list[Segment]) -> list[Segment]:
    """Join clauses that are nothing but names to their neighbour: `Giám đốc Sở A; Chủ tịch các xã chịu trách nhiệm`."""
    out: list[Segment] = []
    for part in parts:
        last = out[-1] if out else None
        same = last is not None and last.sentence == part.sentence
        if last is not None and same and (bare(draft, last.start, last.end) or bare(draft, part.start, part.end)):
            out[-1] = Segment(last.start, part.end, part.sentence)
        else:
            out.append(part)
    return out
