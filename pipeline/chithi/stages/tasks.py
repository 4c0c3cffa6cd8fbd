"""Tasks of the running text: who has to do what by when, with bodies passed on from headings and lead-ins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chithi.rulepack import find_all
from chithi.stages.draft import Block, BodyMention, Draft, Mention, TaskDraft
from chithi.stages.gather import OPENER, gather, whole_lists
from chithi.stages.horizon import inherited
from chithi.stages.mentions import cell_deadlines
from chithi.stages.names import find_bodies
from chithi.stages.owners import ASSIGNS, CONTENT, FILLER, does, heads
from chithi.stages.qualify import is_law
from chithi.stages.roles import roles
from chithi.stages.segments import clauses, is_heading

_FUNDING = re.compile(r"(?:nguồn )?(?:kinh phí|vốn)(?!\w)[^.;]{0,160}(?<!\w)(?:được|sẽ|do|từ nguồn)(?!\w)")
_DUTY = re.compile(r"(?<!\w)(?:có|chịu) trách nhiệm(?!\w)")
_ITEM = ("dash", "plus", "plus2", "star", "letter", "paren", "ordinal", "num", "num2", "num3", "num4")
_ANNOUNCES = 8  # words of a lead-in that orders nothing itself
_SHORTEST = 12  # characters of a task
_EFFECT = re.compile(r"có hiệu lực (?:thi hành )?(?:kể )?từ|hết hiệu lực")
# A plan's closing words, greetings, and what happened on a day: no task whoever stands above.
_TOLD = re.compile(
    r"(?:\d\) )?trên đây là |theo đề nghị (?:của )?|.{0,160}gửi lời (?:thăm|chia|cảm|chúc)|"
    r"(?:vào )?ngày \d{1,2}[/-]\d{1,2}[/-]\d{4},? [^.;]{0,160}(?<!\w)(?:ban hành|ký|họp)(?!\w)(?![^.;]{0,200}yêu cầu)"
)
# What opens a statement rather than an order.
_STATEMENT = re.compile(
    r"(?:theo quy định|kết quả|mức |tổng |kinh phí|thời gian|đây |điều này|tính đến|hiện nay|"
    r"đến nay|nguyên nhân|qua đó|nhờ )"
)
_FACT = re.compile(
    r"(?:kết quả|mức|tỷ lệ|tổng|số)(?: [^\W\d_]+){1,5} (?:chiếm|không quá|tối đa|tối thiểu|bằng|là) [^;.]{0,20}\d"
)
_BULLETS = ("dash", "plus", "plus2", "star")
_PREAMBLE = re.compile(
    r"(?:căn cứ|thực hiện|triển khai|tiếp theo) (?:luật|nghị quyết|chỉ thị|quyết định|kế hoạch|"
    r"công điện|thông báo|kết luận|nghị định|thông tư|công văn|chương trình(?: hành động)?) (?:số )?\d"
)
# What joins a sentence to the order before it.
_CONNECTIVE = re.compile(
    r"(?:đồng thời|bên cạnh đó|cùng với đó|ngoài ra|mặt khác|trước mắt|song song(?: với)? đó|"
    r"qua đó|theo đó|đặc biệt),? "
)
_MORE_VERBS = ("triển khai", "nâng", "lưu trữ", "khẩn trương", "tiếp tục", "kịp thời", "không để", "không đùn")


@dataclass(slots=True)
class _State:
    """What passes from block to block."""

    owners: dict[int, list[BodyMention]] = field(default_factory=dict)
    carried: list[BodyMention] = field(default_factory=list)
    carried_under: Block | None = None
    pending: list[TaskDraft] = field(default_factory=list)
    answered: bool = False


def tasks(draft: Draft) -> None:
    """Read the tasks outside tables."""
    state = _State()
    rules = draft.rules.labelled("cue", "vi.attributes")
    for block in draft.content():
        if block.cell is not None or block.end <= block.body or _is_row(draft, block):
            continue
        if _attributes(draft, block, rules, state):
            continue
        if state.answered:
            state.pending.clear()
            state.answered = False
        heading = is_heading(draft, block) or (block.bold and bool(block.children))
        if heading or block.children:
            if owners := heads(draft, block, state.carried):
                state.owners[block.index] = owners
            state.pending.clear()
        if not heading or (block.style == "lead" and _orders(draft, block)):
            _leaf(draft, block, state)
    if (whole := _schedule(draft)) is not None:
        for task in draft.tasks:
            if task.deadline is None and task.block.section in ("task", "duty"):
                task.deadline = whole
    draft.unassigned = [(t.start, t.end) for t in draft.tasks if not t.bodies and t.block.section == "task"]
    draft.tasks = [t for t in draft.tasks if any(b.role != "approve" for b in t.bodies)]


_CARRIED_OUT = re.compile(r"thời (?:gian|hạn) (?:thực hiện|triển khai)(?: [^\W\d_]+){0,3} ?:?")


def _schedule(draft: Draft) -> Mention | None:
    """The period in which the whole document is to be carried out, where it says that once and for all."""
    if draft.metadata.doc_type == "bai_viet" or draft.normative:
        return None
    taken = {id(t.deadline) for t in draft.tasks}
    found = [
        d
        for d in draft.deadlines
        if d.value["kind"] in ("by", "during")
        and id(d) not in taken
        and d.block is not None
        and d.block.cell is None
        and d.block.style not in _BULLETS
        and any("scope" in (b.section, b.own_section) and _CARRIED_OUT.match(draft.low(b)) for b in _lineage(d.block))
    ]
    return found[0] if len(found) == 1 else None


def _lineage(block: Block) -> Iterator[Block]:
    yield block
    yield from block.ancestors()


def _is_row(draft: Draft, block: Block) -> bool:
    """Whether a block is a line of a table that has lost its shape: its bodies belong to cells nobody can tell."""
    text = draft.match.text[block.start : block.end]
    return text.startswith("|") or " | " in text


def _owner(state: _State, block: Block) -> list[BodyMention]:
    for head in block.ancestors():
        if head.index in state.owners:
            return state.owners[head.index]
    return []


def _allowed(draft: Draft, block: Block, text: str, *, owned: bool, carried: bool) -> bool:
    """Whether statements of this place can be tasks of the document."""
    if block.section in ("standing", "scope") or block.zone != "body":
        return False
    if is_law(draft):
        return False
    if _PREAMBLE.match(text) and not ASSIGNS.search(text):
        return False
    if draft.normative:
        return block.section == "duty" or bool(_DUTY.search(text))
    if draft.metadata.doc_type == "bai_viet" and not block.section and not owned:
        return carried or bool(ASSIGNS.search(text)) or block.style in _ITEM
    if block.section == "result":
        return bool(re.search(r"(?<!\w)(?:giao|yêu cầu|đề nghị) ", text)) and not owned
    return True


def _leaf(draft: Draft, block: Block, state: _State) -> None:
    text = draft.low(block)
    owned = _owner(state, block)
    topic = any(draft.low(head).startswith("đối với") for head in block.ancestors() if head.index in state.owners)
    if not _allowed(draft, block, text, owned=bool(owned), carried=bool(state.carried)):
        return
    parts = whole_lists(draft, clauses(draft, block))
    if not parts or (text.rstrip().endswith(":") and block.children):
        return
    under = block.parent
    carried = state.carried if state.carried_under is under and not owned and not block.style else []
    # An article tells of what was done as well; outside an order only an item that opens with its body is a task.
    reported = draft.metadata.doc_type == "bai_viet" and not block.section and not owned and not state.carried
    groups = gather(draft, block, parts, item=block.style in _ITEM or (under is not None and under.style == "lead"))
    made: list[TaskDraft] = []
    lead: list[BodyMention] = []
    for group in groups:
        own = [b for b in group.bodies if b.role is not None]
        leads = [b for b in own if b.role in ("lead", "supervise")]
        words = draft.match.low[group.start : group.end]
        if draft.normative and block.section != "duty" and not _DUTY.search(words):
            continue
        if reported and not (leads and leads[0].begin == group.start) and not ASSIGNS.search(text):
            continue
        if block.section == "goal" and not any(b.role == "lead" and b.start - group.start < OPENER for b in own):
            continue
        if (
            block.parent is not None
            and not block.style
            and block.parent.style in _BULLETS
            and not leads
            and not _imperative(draft, words)
        ):
            continue
        if leads:
            lead = leads
            # Only what opens the item is its heading's as well; a later sentence with a subject of its own is not.
            above = owned if block.style and group is groups[0] and not topic and not _members(owned) else []
            bodies = _merged(above, own)
        elif owned and not (topic and lead):
            bodies = [*owned, *[b for b in lead if b not in owned], *own]
        elif lead:
            bodies = [*lead, *own]
        elif carried and _imperative(draft, words):
            bodies = [*carried, *own]
        else:
            bodies = own if block.section in ("task", "duty") else []
        if (
            len(words) < _SHORTEST
            or _EFFECT.search(words)
            or _TOLD.match(words)
            or _FUNDING.match(words)
            or (not leads and (_FACT if owned else _STATEMENT).match(words))
        ):
            continue
        made.append(
            TaskDraft(
                group.start, group.end, _rule(own, owned), block, bodies, group.deadline or _above(draft, block, owned)
            )
        )
    if made:
        leads = [b for t in made for b in t.bodies if b.role == "lead"]
        if not owned and leads and not block.style:
            state.carried, state.carried_under = (
                list(dict.fromkeys((made[-1].bodies and [b for b in made[-1].bodies if b.role == "lead"]) or leads)),
                under,
            )
        elif block.style:
            state.carried = []
    if not made and block.section != "goal":
        made = [TaskDraft(g.start, g.end, "task.item", block, [], g.deadline) for g in groups[:1]]
    draft.tasks += made
    state.pending += made


def _orders(draft: Draft, block: Block) -> bool:
    """Whether a lead-in orders something itself, beyond announcing the list below it."""
    bodies = find_bodies(draft, block.body, block.end, block)
    roles(draft, bodies, block.body, block.end)
    last = max((b.end for b in bodies if b.role in ("lead", "supervise")), default=None)
    return last is not None and len(CONTENT.findall(FILLER.sub(" ", draft.match.low[last : block.end]))) > _ANNOUNCES


def _rule(own: list[BodyMention], owned: list[BodyMention]) -> str:
    return (
        "task.subject"
        if any(b.role in ("lead", "supervise") for b in own)
        else "task.heading"
        if owned
        else "task.clause"
    )


def _merged(owned: list[BodyMention], own: list[BodyMention]) -> list[BodyMention]:
    """A heading's bodies and a sentence's own; a sentence that names some of the heading's leaves out the others."""
    names = {b.name.casefold() for b in own if b.role == "lead"}
    above = {b.name.casefold() for b in owned if b.role == "lead"}
    if names and names <= above:
        owned = [b for b in owned if b.name.casefold() in names]
    return [*owned, *own]


def _members(owned: list[BodyMention]) -> bool:
    """Whether a heading tells of members whose own names open the items: `Nhiệm vụ của thành viên Ban Chỉ đạo`."""
    return all(b.name.lower().startswith(("thành viên", "các thành viên")) for b in owned)


def _above(draft: Draft, block: Block, owned: list[BodyMention]) -> Mention | None:
    return inherited(draft, block) if owned or block.section in ("task", "duty") else None


def _imperative(draft: Draft, words: str) -> bool:
    """Whether a clause begins with a verb of doing."""
    words = _CONNECTIVE.sub("", words)
    return does(draft, f" {words}") or words.startswith(_MORE_VERBS)


def _attributes(draft: Draft, block: Block, rules: tuple, state: _State) -> bool:  # type: ignore[type-arg]
    """Lines such as `Đơn vị chủ trì: …` and `Thời gian thực hiện: …` complete the items just above them."""
    found = find_all(rules, draft.match.text, draft.match.low, [(block.body, block.end)])
    if not found or (found[0].start > block.body + 3 and not state.pending):
        return False
    if found[0].start > block.body + 3:
        # The item itself stands before its attributes, in the same block.
        return False
    if not state.pending:
        return False
    for m, following in zip(found, [*found[1:], None], strict=True):
        end = following.start if following else block.end
        kind = m.rule.rule.value["attribute"]
        if kind in ("lead", "coordinate"):
            bodies = find_bodies(draft, m.end, end, block)
            for b in bodies:
                b.role = kind
            for task in state.pending:
                task.bodies += bodies
        elif kind == "deadline":
            times = cell_deadlines(draft, m.end, end, block)
            for task in state.pending:
                if times:
                    task.deadline = times[0]
    state.answered = True
    return True
