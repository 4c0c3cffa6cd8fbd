"""Headings and lead-ins that name whose duties stand below them."""

from __future__ import annotations

import re

from chithi.stages.draft import Block, BodyMention, Draft
from chithi.stages.names import find_bodies, named
from chithi.stages.roles import roles
from chithi.stages.segments import is_heading

# Words that may stand beside the names in a heading that is nothing but its bodies.
FILLER = re.compile(
    r"(?<!\w)(?:giao|yêu cầu|đề nghị|trách nhiệm|của|các|đồng chí|đối với|và|cùng|nhất là|thực hiện|"
    r"theo|chức năng|nhiệm vụ|"
    r"được giao|có|chủ trì|phối hợp|với|chặt chẽ|tập trung|tổ chức|việc|sau|đây|một số|trong|"
    r"thẩm quyền|là|cơ quan|đầu mối|"
    r"kiến nghị|phân công|chịu|căn cứ|nội dung|liên quan|thuộc|cho|phạm vi|quản lý|khẩn trương|cụ thể|tiếp tục)(?!\w)"
)
ASSIGNS = re.compile(
    r"(?<!\w)(?:giao|yêu cầu|đề nghị|phân công|kiến nghị|có trách nhiệm|chịu trách nhiệm|chủ trì, phối hợp)(?!\w)"
)
_ANSWERS_TO = re.compile(r"(?<!\w)(?:trước|thuộc|thành viên)(?: các)? $")
# Nouns that make a heading the name of those who have to act.
_ACTOR = re.compile(
    r"(?:các |những )?(?:cơ quan|đơn vị|tổ chức(?! (?:thực hiện|triển khai|các|hội|lễ|cuộc))|cá nhân|đối tượng|"
    r"doanh nghiệp|chủ đầu tư|nhà thầu|công chức|viên chức|người (?:đứng đầu|dân|có|được|sử dụng)|thành viên|"
    r"trưởng ban|phó trưởng ban|câu lạc bộ|tổ (?:công tác|giúp việc|thẩm định|chuyên gia)|đội |lực lượng)"
)
_ORDERING = re.compile(r" (?:giao(?! (?:nhiệm vụ|chỉ tiêu))|yêu cầu|đề nghị|phân công)(?!\w)")
_ANSWERS = re.compile(r" (?:có|chịu) trách nhiệm$")
_DUTY_OF = re.compile(r"(?:trách nhiệm|nhiệm vụ)(?: cụ thể)? của ")
_TITLE = 130  # characters of a heading that names whose duties follow, qualifiers and all
_NEAR = 3  # characters before the name that opens a heading
CONTENT = re.compile(r"\w{2,}")


def heads(draft: Draft, block: Block, carried: list[BodyMention]) -> list[BodyMention]:
    """The bodies that a heading or lead-in passes on to what stands below it; empty where it passes on none.

    Args:
        draft: the document.
        block: the heading.
        carried: the bodies of the order before it, which a lead-in without bodies goes on with.
    """
    if not is_heading(draft, block) and not block.children:
        return []
    bodies = _titled(draft, block, find_bodies(draft, block.body, block.end, block))
    low = draft.match.low
    if not bodies:
        goes_on = block.style == "lead" and re.search(r"nhiệm vụ|nội dung|công việc", draft.low(block))
        return carried if goes_on else []
    roles(draft, bodies, block.body, block.end)
    leads_in = low[block.body : block.end].rstrip().endswith(":")
    titled = block.section == "duty" and bool(block.label and block.children) and block.end - block.body <= _TITLE
    whole = bodies[0].rule == "body.heading"
    opens = (whole or bodies[0].begin - block.body <= _NEAR) and not leads_in
    if bare(draft, block.body, block.end) or ((titled or whole) and opens):
        for i, b in enumerate(bodies):
            orders = b is not bodies[-1] and _ORDERING.match(low[b.end : block.end])
            if b.role is None and not _ANSWERS_TO.search(low[block.body : b.begin]) and not orders:
                b.role = "lead" if i == 0 or bodies[i - 1].role in (None, "lead") else bodies[i - 1].role
    elif not leads_in or block.section == "result":
        return []
    owners = [b for b in bodies if b.role in ("lead", "coordinate", "supervise")]
    return owners if any(b.role in ("lead", "supervise") for b in owners) else []


def _titled(draft: Draft, block: Block, bodies: list[BodyMention]) -> list[BodyMention]:
    """A heading of duties that is one body's name from its first word to its last, whatever qualifies it."""
    if (
        block.section not in ("duty", "task")
        or not block.label
        or not block.children
        or block.end - block.body > _TITLE
    ):
        return bodies
    text = draft.match.text
    end = min(
        (i for mark in (" (", " - ", ", ") if (i := text.find(mark, block.body, block.end)) >= 0), default=block.end
    )
    end = block.body + len(_ANSWERS.sub("", text[block.body : end].rstrip(" :.")))
    if bodies:
        last = bodies[-1]
        rest = draft.match.low[last.end : end]
        if last.end < end and rest[:1] == " " and not does(draft, rest) and not ASSIGNS.search(rest):
            bodies[-1] = named(draft, last.begin, last.start, end, block)
        return bodies
    duty = _DUTY_OF.match(draft.match.low, block.body, end)
    start = duty.end() if duty else block.body
    if block.section and _ACTOR.match(draft.match.low, start, end):
        return [named(draft, start, start, end, block)]
    return []


def bare(draft: Draft, start: int, end: int) -> bool:
    """Whether a range holds names of bodies and nothing else to speak of."""
    bodies = find_bodies(draft, start, end)
    if not bodies:
        return False
    rest = draft.match.low[start:end]
    for b in reversed(bodies):
        rest = rest[: b.start - start] + " " + rest[b.end - start :]
    return len(CONTENT.findall(FILLER.sub(" ", rest))) <= 2


def does(draft: Draft, words: str) -> bool:
    """Whether words, with the blank before them, begin with what makes a name the subject of a duty."""
    return any(r.regex and r.regex.match(words) for r in draft.rules.labelled("cue", "vi.roles_after"))
