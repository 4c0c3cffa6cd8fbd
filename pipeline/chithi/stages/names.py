"""Names of bodies in the text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache

from chithi.orthography import CAPITAL
from chithi.rulepack import CompiledRule, RuleSet
from chithi.stages.draft import Block, BodyMention, Draft
from chithi.stages.tokens import word_at
from chithi.values.bodies import canonical

# `các Bộ: Quốc phòng, Công an`: one head for a list of fields.
_SHARED = re.compile(
    r"(?<!\w)(?<!Ủy )(?<!ủy )(?:[Cc]ác |[Hh]ai )?(?P<head>Bộ|bộ|Sở|sở|Phòng|phòng|Ban|ban|Tập đoàn|tập đoàn|"
    r"Tổng công ty|Ủy ban nhân dân các xã|UBND các xã)"
    rf"(?P<colon>:? )(?={CAPITAL})"
)
# `UBND các tỉnh: Nghệ An, Hà Tĩnh`: one head for a list of places of one kind.
_PLACED = re.compile(
    r"(?<!\w)(?P<head>(?:[Cc]hủ tịch )?(?:Ủy ban [Nn]hân dân|UBND|HĐND|Hội đồng [Nn]hân dân)|Công an) các "
    rf"(?P<unit>tỉnh|huyện|quận|thị xã|xã|phường):? (?={CAPITAL})"
)
_NO_PLACE = "Chủ|Giám|Thủ|Sở|Bộ|Ban|UBND|Ủy|Hội|Công an|Các|Cục|Văn phòng|Trưởng|Bí thư"
_PLACE = re.compile(rf"(?!(?:{_NO_PLACE})(?!\w)){CAPITAL}[a-zà-ỹđ']*(?:(?: - | ){CAPITAL}[a-zà-ỹđ']*){{0,3}}(?!\w)")
_AND = re.compile(r"(?:, | và |; )")
# An office that a list's members share with their head: `Bộ trưởng các Bộ: Quốc phòng, Công an`.
_OFFICE = re.compile(
    r"(?P<office>(?:[Pp]hó )?(?:[Bb]ộ trưởng|[Gg]iám đốc|[Cc]hủ tịch|[Cc]ục trưởng|[Tt]hủ trưởng|[Ll]ãnh đạo|[Tt]rưởng|"
    r"[Cc]hánh [Vv]ăn phòng)) $"
)
_SEPARATOR = re.compile(r"(?:,| và|;|, và|/| &)\s?(?:các đồng chí |đồng chí |các )?$|^\s?(?:,|và|;|/)\s?$")
# Rules whose names are told by their words alone, so that they can be read in a heading in capitals too.
_IN_CAPITALS = ("body.committee", "body.department", "body.office", "body.agency", "body.holder", "body.state")
# Heads that hold a verb of their own.
_FIXED = re.compile(
    r".{0,30}?(?:[Bb]an|Hội đồng|Trung tâm|Cục|Tổ|Đội) (?:[Cc]hỉ (?:đạo|huy)|[Qq]uản lý|[Tt]ổ chức|"
    r"[Kk]iểm tra|[Tt]hi đua|[Pp]hục vụ|[Hh]ỗ trợ)"
)
_AREA = re.compile(rf" (?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|quốc gia|Việt Nam|Trung ương)(?: {CAPITAL}\w*)*$")
_OPEN = ("body.agency", "body.unit", "body.office", "body.schools")
_HEADS = {"sở", "bộ", "phòng", "ban", "ngành", "cơ quan", "đơn vị", "hội", "xã", "trường", "các"}


@lru_cache(maxsize=8)
def abbreviations(rules: RuleSet) -> dict[str, str]:
    """Short form → full form, from the packs."""
    return {
        phrase: str(rule.rule.value["full"])
        for rule in rules.labelled("cue", "vi.abbreviations")
        for phrase in rule.rule.phrases or ()
    }


@lru_cache(maxsize=8)
def _packs(rules: RuleSet) -> tuple[tuple[CompiledRule, ...], re.Pattern[str] | None]:
    bodies = rules.labelled("body", "vi.bodies")
    field = next((r.regex.pattern for r in bodies if r.id == "body.field" and r.regex), None)
    return tuple(r for r in bodies if r.id != "body.field"), re.compile(field) if field else None


def find_bodies(draft: Draft, start: int, end: int, block: Block | None = None) -> list[BodyMention]:
    """Names in ``[start, end)`` of the match text, in order, shared heads written out; roles are not set."""
    rules, field = _packs(draft.rules)
    text = draft.match.text
    part = text[start:end]
    upper = part.isupper()
    out: list[BodyMention] = []
    heads: list[tuple[int, int]] = []
    if field is not None:
        listed, heads = _shared(draft, start, end, block, field, upper=upper)
        out += listed
    placed, placed_heads = _placed(draft, start, end, block)
    out += placed
    taken = [(b.start, b.end) for b in out] + heads + placed_heads
    found: list[tuple[int, int, CompiledRule]] = []
    for rule in rules:
        assert rule.regex is not None
        if upper and rule.id not in _IN_CAPITALS:
            continue
        regex = _ignoring_case(rule.regex) if upper else rule.regex
        if rule.anchors and not any(a in draft.match.low[start:end] for a in rule.anchors):
            continue
        found += [(m.start() + start, m.end() + start, rule) for m in regex.finditer(part)]
    found = [part for f in found for part in _tiers(text, *f)]
    first = bisect_left(draft.named, start, key=lambda n: n[0])
    found += [n for n in draft.named[first : bisect_left(draft.named, end, key=lambda n: n[0])] if n[1] <= end]
    for a, b, rule in sorted(found, key=lambda f: (-f[2].rule.priority, f[0] - f[1], f[0])):
        a, b = _trim(text, a, _before_verb(draft, a, b, rule))
        clash = next(((x, y) for x, y in taken if a < y and x < b), None)
        if clash is not None and a < clash[1] < b and rule.regex is not None:
            # What stands behind the better name may be a name of its own: `các xã, phường và cơ quan liên quan`.
            rest = rule.regex.search(part, clash[1] - start)
            if rest is not None and rest.end() + start <= b:
                a, b = _trim(text, rest.start() + start, rest.end() + start)
                clash = next(((x, y) for x, y in taken if a < y and x < b), None)
        if (
            upper
            and (left := text[start:a].rstrip())
            and left[-1] not in ",;:.)"
            and not left.endswith((" VÀ", " CỦA"))
        ):
            continue
        if b - a < 2 or clash is not None or not _whole_word(draft, a, b):
            continue
        taken.append((a, b))
        out.append(_mention(draft, a, b, rule.id, block, head=_tier_head(text, a, b)))
    return _without_appositions(text, sorted(out, key=lambda m: m.start))


_STANDING = re.compile(r"(?:,| -|:) (?:là )?(?:cơ quan|đơn vị) ?", re.IGNORECASE)
_GLOSS = re.compile(r" ?\((?:là |do )?(?:các )?$")


def _without_appositions(text: str, found: list[BodyMention]) -> list[BodyMention]:
    """Leave out what only says in brackets who the body before it is: `Sở Tài chính (Thường trực Ban Chỉ đạo)`."""
    out: list[BodyMention] = []
    for body in found:
        closed = text[body.end : body.end + 1] == ")"
        gap = text[out[-1].end : body.begin] if out else ""
        if out and (
            (closed and _GLOSS.fullmatch(gap)) or (_STANDING.fullmatch(gap) and body.name.startswith("Thường trực"))
        ):
            continue
        out.append(body)
    return out


_TIERS = re.compile(r"(cấp tỉnh)(, )(cấp xã)$")


def _tiers(text: str, a: int, b: int, rule: CompiledRule) -> list[tuple[int, int, CompiledRule]]:
    """`Ban Chỉ huy … cấp tỉnh, cấp xã` names two bodies."""
    m = _TIERS.search(text[a:b])
    if m is None or rule.id != "body.agency":
        return [(a, b, rule)]
    return [(a, a + m.end(1), rule), (a + m.start(3), b, rule)]


def _tier_head(text: str, a: int, b: int) -> str:
    """What `cấp xã` shares with the body named just before it."""
    if text[a:b] != "cấp xã" or not text[:a].endswith("cấp tỉnh, "):
        return ""
    line = text[text.rfind("\n", 0, a) + 1 : a - len(" cấp tỉnh, ")]
    m = re.search(r"(?:Ban|Hội đồng|Trung tâm|Tổ) [^,;]*$", line)
    return m[0] if m else ""


def _mention(draft: Draft, a: int, b: int, rule: str, block: Block | None, head: str = "") -> BodyMention:
    name = canonical(unicodedata.normalize("NFC", draft.text(draft.span(a, b))), abbreviations(draft.rules), head=head)
    return BodyMention(a, b, rule, {}, block, name=name, begin=a)


def named(draft: Draft, begin: int, start: int, end: int, block: Block) -> BodyMention:
    """A mention of what a heading names, though no rule knows it to its end."""
    mention = _mention(draft, start, end, "body.heading", block)
    mention.begin = begin
    return mention


@lru_cache(maxsize=64)
def _ignoring_case(regex: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(regex.pattern, re.IGNORECASE)


def _stands_alone(text: str, a: int, b: int, head: str, *, listed: bool) -> bool:
    """Whether a member of a list is a body of its own rather than another field of the head."""
    name = text[a:b].lower()
    if name in ("thuế", "thanh tra", "kho bạc", "ngân hàng"):
        return not listed
    if head.lower() == "bộ":
        return False
    return name in ("công an", "quốc phòng") or bool(re.match(r" (?:cấp )?(?:tỉnh|huyện|xã)(?!\w)", text[b : b + 10]))


def _shared(draft: Draft, start: int, end: int, block: Block | None, field: re.Pattern[str], *,
            upper: bool) -> tuple[list[BodyMention], list[tuple[int, int]]]:  # fmt: skip
    """Lists with a shared head: one mention a field, the first with the head where that stands right before it; and the
    ranges of the heads, which name nobody alone.
    """
    text = draft.match.text
    regex = _ignoring_case(field) if upper else field
    out: list[BodyMention] = []
    heads: list[tuple[int, int]] = []
    for m in (_ignoring_case(_SHARED) if upper else _SHARED).finditer(text[start:end]):
        at = m.end() + start
        fields: list[tuple[int, int]] = []
        while (f := regex.match(text, at, end)) and f.end() > at:
            fields.append(f.span())
            # `Sở Y tế, Công an tỉnh`: the police is no field of a department, and what has a level is a name itself.
            if fields[-1][0] > m.end() + start and _stands_alone(
                text, *fields[-1], m["head"], listed=":" in m["colon"]
            ):
                fields.pop()
                break
            sep = re.compile(r"(?:, | và |; )").match(text, f.end(), end)
            if sep is None:
                break
            at = sep.end()
        listed = bool(re.match(r"[Cc]ác |[Hh]ai ", m[0])) or ":" in m["colon"]
        if len(fields) < 2 and not (listed and ":" in m["colon"] and fields):
            continue
        office = _OFFICE.search(text, max(start, m.start() + start - 30), m.start() + start) if listed else None
        begin = office.start("office") if office else m.start() + start
        title = f"{office['office']} " if office else ""
        heads.append((begin, m.end() + start))
        for i, (a, b) in enumerate(fields):
            if i == 0 and not listed:
                out.append(_mention(draft, m.start("head") + start, b, "body.department", block))
            else:
                made = _mention(draft, a, b, "body.field", block, head=f"{title}{m['head'].capitalize()}")
                made.begin = begin if i == 0 else a
                out.append(made)
    return out, heads


def _placed(draft: Draft, start: int, end: int, block: Block | None) -> tuple[list[BodyMention], list[tuple[int, int]]]:
    """`UBND các tỉnh: Nghệ An, Hà Tĩnh`: one mention a place, the head written out."""
    text = draft.match.text
    out: list[BodyMention] = []
    heads: list[tuple[int, int]] = []
    for m in _PLACED.finditer(text, start, end):
        places: list[tuple[int, int]] = []
        at = m.end()
        while (p := _PLACE.match(text, at, end)) is not None:
            places.append(p.span())
            sep = _AND.match(text, p.end(), end)
            if sep is None:
                break
            at = sep.end()
        if len(places) < 2:
            continue
        heads.append((m.start(), m.end()))
        for i, (a, b) in enumerate(places):
            made = _mention(draft, a, b, "body.place", block, head=f"{m['head']} {m['unit']}")
            made.begin = m.start() if i == 0 else a
            out.append(made)
    return out, heads


def _trim(text: str, a: int, b: int) -> tuple[int, int]:
    while b > a and text[b - 1] in " ,;:.-&/":
        b -= 1
    return a, b


def _before_verb(draft: Draft, a: int, b: int, rule: CompiledRule) -> int:
    """Where a name with an open end stops: before the verb that it is the subject of."""
    if rule.id not in _OPEN:
        return b
    verbs = draft.rules.labelled("cue", "vi.roles_after")
    text = draft.match.text[a:b]
    head = _FIXED.match(text)
    if _AREA.search(text):
        return b  # it runs up to its unit: whatever verb stands before that is part of the name
    for m in re.finditer(r" (?=[a-zà-ỹđ])", text):
        if head is not None and m.start() < head.end():
            continue
        if text.count(" ", 0, m.start()) >= 1 and any(v.regex and v.regex.match(text[m.start() :]) for v in verbs):
            return a + m.start()
    return b


def _whole_word(draft: Draft, a: int, b: int) -> bool:
    """Whether a name with a common first syllable begins a word: not the `sở` of `cơ sở`, the `ban` of `ban hành`."""
    first = draft.match.text[a:b].split(" ", 1)[0]
    if first.lower() not in _HEADS or first[0].isupper() or first == "các":
        return True
    start, end = word_at(draft, a)
    return start == end or (start >= a - 4 and not (start < a and " " in draft.match.text[start:a]))
