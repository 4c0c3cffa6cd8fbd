"""Goals: an indicator with each target value, and objectives without a value."""

from __future__ import annotations

import re

from chithi.stages.draft import Block, Draft, GoalDraft, Mention
from chithi.stages.horizon import inherited, within
from chithi.stages.indicator import indicator
from chithi.stages.segments import Segment, clauses, is_heading
from chithi.stages.shares import Share, lists, shares

_CUE = re.compile(r"(?<!\w)(?:ph[ấầ]n đ[ấầ]u|mục tiêu|chỉ tiêu|hướng tới|đề ra)(?!\w)")
_SETS = re.compile(
    r"(?:(?:đề ra|đặt ra|xác định|nêu rõ|với)(?: các)? |^|[.;] )(?P<goal>(?:mục tiêu|chỉ tiêu|"
    r"ph[ấầ]n đ[ấầ]u|đến (?:hết |cuối )?năm 20\d\d,))"
)
_SENTENCE = 3000  # characters of a sentence that are looked at before a clause's end
_OPENER = 30  # characters: a time expression this near the clause's start governs what follows as well
_MIN_WORDS = 5  # words of an objective
# Nouns that a plan counts of itself; their number is no target.
_OWN = re.compile(
    r"(?:nhiệm vụ|chỉ tiêu|giải pháp|mục tiêu|nội dung|nhóm nhiệm vụ|chi tiêu|tiêu chí|lĩnh vực|văn bản|hồ sơ)$"
)
# A count that only tells what is counted by another value: `100% của 28 xã`, `5 lớp/trường`, `kinh tế của 28 tỉnh`,
# `tỷ lệ hộ có đường truyền 01 Gb/s đạt 80%`.
_SHARE_OF = re.compile(r"%[^,]*$")
_RATE = re.compile(r"(?:ngày|mỗi|từng|trên|/) ?$")
_PLACES = re.compile(r"(?<!\w)(?:của|thuộc) $")
_NESTED = re.compile(r"%(?:(?!trong đó|;)[^.]){0,200}(?<!\w)(?:có|sử dụng|đạt) $")  # `100% số khu A, khu B có 1 trạm`
_DESCRIBES = re.compile(r"(?<!\w)với (?:tốc độ|diện tích|quy mô|tổng (?:vốn|mức)|chiều dài|công suất)[^,;]{0,60}$")
_RANKED = re.compile(r"\d (?:[^\W\d_]+ ){1,8}thuộc (?:nhóm |top )?$")  # `5 trường thuộc nhóm 100 trường`
_OWN_PARTS = re.compile(r" (?:nhiệm vụ|giải pháp|chính sách|vấn đề|nội dung)(?!\w)")
_REACHES = re.compile(r"[^,;]{0,60}(?<!\w)(?:đạt|là|chiếm) [^,;]{0,25}\d ?%")
_QUALITATIVE = re.compile(
    r"(?:^|; |(?:đề ra|với|theo đó,|nhằm) )(?P<goal>(?:đề ra )?(?:mục tiêu (?!đến|năm|quốc gia|giai đoạn|tăng trưởng|"
    r"cụ thể|sau|này|chung|chuyên đề|chủ yếu|của|và)|hướng tới))"
    r"|(?:^|[,;] |(?:đề ra|với|và|theo đó,) )(?P<strive>phấn đấu)"
)
_NO_GOAL = re.compile(
    r"^(?:\(|như vậy|hiện nay|căn cứ|thực hiện (?:nghị quyết|kế hoạch|quyết định)|trên cơ sở|"
    r"theo (?:đó|quy định)|\[|xem |"
    r"điều \d|chi tiết|stt|(?:thời gian|thời điểm|đối tượng|phạm vi|địa điểm|kinh phí)(?: [^\W\d_]+){0,4}:)"
)
_BULLETS = ("dash", "plus", "plus2", "star", "letter")


def goals(draft: Draft) -> None:
    """Read the goals of the running text, block by block."""
    by_block: dict[int, list[Mention]] = {}
    for q in draft.quantities:
        assert q.block is not None
        by_block.setdefault(q.block.index, []).append(q)
    for block in draft.content():
        if block.cell is None:
            _block(draft, block, by_block.get(block.index, []))


def _is_value(draft: Draft, block: Block, q: Mention, sentence: str, clause: Segment) -> bool:
    """Whether a quantity is the value of a goal."""
    if q.value["role"] != "target":
        return False
    if q.value.get("unit") == "%":
        return True
    unit = str(q.value.get("unit") or "")
    if _OWN.search(unit) or block.section in ("result", "standing", "demand", "money"):
        return False
    before = draft.match.low[clause.start : q.start]
    if any(regex.search(before) for regex in (_SHARE_OF, _RATE, _NESTED, _RANKED, _DESCRIBES)):
        return False
    if unit == "nhóm" and _OWN_PARTS.match(draft.match.low, q.end):
        return False
    if not q.rule.startswith("count.rank") and _PLACES.search(before):
        return False
    if re.search("t[ỷỉ] lệ", before) and _REACHES.match(draft.match.low[q.end : clause.end]):
        return False
    return block.section == "goal" or bool(re.search(r"ph[ấầ]n đ[ấầ]u|mục tiêu|chỉ tiêu", sentence))


def _block(draft: Draft, block: Block, found: list[Mention]) -> None:
    parts = clauses(draft, block)
    if not block.section and not block.style:
        parts = _goal_paragraph(draft, block, parts, found)
    governing: Mention | None = None
    values: list[tuple[int, Mention]] = []
    horizon: dict[int, Mention | None] = {}
    for i, part in enumerate(parts):
        inside = [q for q in found if part.start <= q.start < part.end]
        sentence = _sentence(draft, parts, part) if inside else ""
        values += [(i, q) for q in inside if _is_value(draft, block, q, sentence, part)]
        new = not i or part.sentence != parts[i - 1].sentence
        times = [
            d for d in within(draft, part.start, part.end)
            if d.value["kind"] != "recurring" or (new and d.start == part.start)  # `Hằng năm, …; …`
        ]  # fmt: skip
        if new and (block.section != "goal" or (governing and governing.value["kind"] == "recurring")):
            governing = None
        if times and times[0].start - part.start < _OPENER:
            governing = times[0]
        horizon[i] = governing
    above = inherited(draft, block)
    for i, part in enumerate(parts):
        mine = [q for j, q in values if j == i]
        if mine:
            _quantified(draft, block, part, mine, horizon[i] or above)
    if block.section == "goal" and not block.children and not is_heading(draft, block):
        _objectives(draft, block, parts, {i for i, _ in values}, horizon, above)
    elif block.section not in ("result", "standing", "scope", "task", "duty", "demand") and not values:
        _stated(draft, block, parts, horizon, above)


def _goal_paragraph(draft: Draft, block: Block, parts: list[Segment], found: list[Mention]) -> list[Segment]:
    """A paragraph of running text that sets targets is a goal section of its own, from its cue on."""
    m = _SETS.search(draft.match.low, block.body, block.end)
    targets = [q for q in found if q.value["role"] == "target" and q.value.get("unit") == "%"]
    if m is None or len(targets) < 2:
        return parts
    block.section = "goal"
    start = m.start("goal")
    kept = [p for p in parts if p.end > start]
    if kept and kept[0].start < start:
        kept[0] = Segment(start, kept[0].end, kept[0].sentence)
    return kept


def _sentence(draft: Draft, parts: list[Segment], part: Segment) -> str:
    first = next(p for p in parts if p.sentence == part.sentence)
    return draft.match.low[max(first.start, part.end - _SENTENCE) : part.end]


def _quantified(draft: Draft, block: Block, part: Segment, values: list[Mention], above: Mention | None) -> None:
    """The goals of one clause: its quantities share it, each with its own part of it."""
    times = within(draft, part.start, part.end)
    ranges = [(d.start, d.end) for d in times]
    for group in lists(shares(draft.match.low, part, values, ranges)):
        own = {s.quantity.start: _own_time(draft, s, times, values) for s in group}
        end = group[-1].quantity
        last = own[end.start]
        alone = len([d for d in own.values() if d]) == 1
        # `30% thời gian, 30% chi phí và 30% điều kiện trong năm 2026`
        common = last if last and last.start > end.end and alone else None
        for share in group:
            q = share.quantity
            deadline = own.get(q.start) or above or common
            name = indicator(draft, share, times=ranges, listed=group)
            if not name:
                whole = Share(q, part.start, part.end, joined=False)
                name = indicator(draft, whole, times=ranges, listed=[whole])
            start, end = _trim(draft, group[0].start, group[-1].end)
            draft.goals.append(
                GoalDraft(
                    start, end, "quantified", "goal.clause", block, indicator=name or None, quantity=q,
                    deadline=deadline,
                )
            )  # fmt: skip


def _own_time(draft: Draft, share: Share, times: list[Mention], values: list[Mention]) -> Mention | None:
    """The time expression inside a quantity's own words; for several values in a clause the nearest one."""
    q, a, b = share.quantity, share.start, share.end
    yearly = next((d for d in times if q.end <= d.start <= q.end + 1), None)
    if yearly:
        return yearly
    inside = [d for d in times if a <= d.start < b]
    dated = [d for d in inside if d.value["kind"] != "recurring"] or inside
    if dated:
        # A time that closes the words before a comma is theirs: `xong trong tháng 12, số hóa 100% văn bằng năm …`.
        closes = [d for d in dated if d.end < q.start and d.start - a > _OPENER and draft.match.text[d.end] == ","]
        near = [d for d in dated if d not in closes] or dated
        return min(near, key=lambda d: abs(d.start - q.end) if d.start > q.end else q.start - d.end)
    if len(values) == 1 and times:
        return times[0]
    return None


def _objectives(draft: Draft, block: Block, parts: list[Segment], with_value: set[int],
                horizon: dict[int, Mention | None], above: Mention | None) -> None:  # fmt: skip
    """Objectives of a goal section: a bullet is one, else each sentence; clauses beside values stand alone."""
    whole = block.style in _BULLETS and not with_value
    groups: list[list[int]] = []
    for i, part in enumerate(parts):
        if i in with_value:
            continue
        together = groups and groups[-1][-1] == i - 1 and (whole or parts[i - 1].sentence == part.sentence)
        if together:
            groups[-1].append(i)
        else:
            groups.append([i])
    for group in groups:
        start, end = parts[group[0]].start, parts[group[-1]].end
        words = draft.match.low[start:end]
        if (len(words.split()) < _MIN_WORDS and with_value) or len(words.split()) < 3 or _NO_GOAL.match(words):
            continue
        if words.endswith(":"):
            continue
        own = within(draft, start, end)
        deadline = next((d for d in own if d.value["kind"] != "recurring"), None) or horizon[group[0]] or above
        draft.goals.append(GoalDraft(start, end, "qualitative", "section.goal", block, deadline=deadline))


def _stated(
    draft: Draft, block: Block, parts: list[Segment], horizon: dict[int, Mention | None], above: Mention | None
) -> None:
    """Objectives stated outside a goal section, by their cue."""
    if is_heading(draft, block) or block.children:
        return
    for i, part in enumerate(parts):
        m = _QUALITATIVE.search(draft.match.low[part.start : part.end])
        if m is None:
            continue
        start = part.start + m.start("goal") if m["goal"] else _whole(draft, part, m.start("strive"))
        end = part.end
        while i + 1 < len(parts) and parts[i + 1].sentence == part.sentence:
            i += 1
            end = parts[i].end
        if end - start < 40 or draft.match.low[start:end].endswith(":"):
            continue
        draft.goals.append(GoalDraft(start, end, "qualitative", "cue.objective", block, deadline=horizon[i] or above))
        return


def _whole(draft: Draft, part: Segment, at: int) -> int:
    """Where an objective with `phấn đấu` begins: at the work that is to end, as in `đưa vào dùng, phấn đấu xong`."""
    aim = draft.match.low[part.start + at : part.end]
    return part.start if aim.startswith(("phấn đấu hoàn thành", "phấn đấu xong")) else part.start + at


def _trim(draft: Draft, start: int, end: int) -> tuple[int, int]:
    text = draft.match.text
    while start < end and text[start] in " ,;:(":
        start += 1
    while end > start and text[end - 1] in " ,;(":
        end -= 1
    return start, end
