"""What a quantity is: target, achieved, baseline or other. Section and cue decide, not the number."""

from __future__ import annotations

import re

from chithi.rulepack import CompiledRule
from chithi.stages.draft import Block, Draft, Mention
from chithi.stages.segments import Segment, clauses
from chithi.values.quantities import shares_comparator

_BASELINE = re.compile(r"^ ?(?:năm \d{4} |hiện nay |của năm \d{4} |\([^)]{0,40}\) )?(?:nâng )?(?:lên|xuống|còn)\b")
_ASIDE = re.compile(r"\((?:[^()]{0,60}?)(?:hiện|mới|năm \d{4}|đến nay|cùng kỳ|đầu năm|thực hiện)[^()]{0,60}$")
# A threshold that picks out cases: `các dự án có tỷ lệ giải ngân dưới 30%`.
_SELECTS = re.compile(
    r"(?:các|những|nơi|dự án|xã|phường|thôn|bản|đơn vị|trường|hộ|nhà thầu|địa phương|cơ quan|"
    r"doanh nghiệp)(?: [^\W\d_]+){0,8} "
    r"(?:có(?: (?:tỷ lệ|tỉ lệ|số|mức)[^,;:]{0,50})?|chậm[^,;:]{0,30}|quá hạn[^,;:]{0,20}|đạt) ?$"
)
_NEXT_OF_LIST = re.compile(r"(?: (?!tỷ lệ|tỉ lệ|số|đạt|tăng|giảm)[^\W\d_]+){1,8}(?:,| và) ")
_CUTS = re.compile(r"(?<!\w)(?:cắt giảm|giảm|tiết kiệm)(?: [^\W\d_]+){0,3} ?(?:[^;.]{0,120}\d ?% [^;.]{0,80})?$")
# Parts of a formula and grades of a scoring table are parameters.
_FORMULA = re.compile(r"(?:[*×x/]|= ?[\w()/ ]{1,40}) ?$")
# What a footnote reports, and figures in brackets behind the names of a list.
_FOOTNOTE = re.compile(r"\[\d{1,2}\]|\(\d{1,2}\)(?= [^.;]{0,200}(?:tính đến|theo (?:báo cáo|số liệu)|là \d))")
_FIGURE_OF = re.compile(r"(?:[a-zà-ỹđ] \(|^ ?\()$")
_SCORES = re.compile(r"[^.;|]{0,140}?(?<!\w)(?:cộng|trừ|được|không cộng)(?: [^\W\d_]+){0,2} (?:\d+ )?điểm(?!\w)")
_STRICT = re.compile(r"(?:không quá|tối đa|tối thiểu|ít nhất|không dưới)")
_BRACKET = re.compile(r"\([^()]*\)")
_TARGETS = {
    "ke_hoach",
    "nghi_quyet",
    "chi_thi",
    "chuong_trinh",
    "de_an",
    "quyet_dinh",
    "cong_dien",
    "cong_van",
    "ket_luan",
    "huong_dan",
}
_SIGHT = 600  # characters before a quantity in which its cue is looked for
_LAWS = {"luat", "nghi_dinh", "thong_tu", "phap_lenh", "van_ban_hop_nhat"}
_YEAR = re.compile(r"(?<!\d)(?:năm|tháng \d{1,2}/|quý [ivx\d]+/) ?(\d{4})(?!\d)")


def is_law(draft: Draft) -> bool:
    """Whether the document sets rules that hold for good rather than work to be done."""
    about = draft.metadata.about
    return draft.metadata.doc_type in _LAWS or (about is not None and about.doc_type in _LAWS)


def qualify(draft: Draft) -> None:
    """Give each quantity its role, and carry a list's comparator over its values."""
    _share(draft)
    rules = draft.rules.labelled("cue", "vi.cues")
    behind = draft.rules.labelled("cue", "vi.cues_after")
    by_block: dict[int, list[Mention]] = {}
    for q in draft.quantities:
        assert q.block is not None
        by_block.setdefault(q.block.index, []).append(q)
    for index, found in by_block.items():
        block = draft.blocks[index]
        segments = clauses(draft, block) if block.cell is None else [Segment(block.start, block.end, 0)]
        for q in found:
            clause = next((s for s in segments if s.start <= q.start < s.end), segments[0])
            sentence = [s for s in segments if s.sentence == clause.sentence]
            q.value["role"] = _role(draft, rules, behind, block, q, clause, sentence)


def _share(draft: Draft) -> None:
    """A comparator before a list's first value holds for every value of the list."""
    for first, second in zip(draft.quantities, draft.quantities[1:], strict=False):
        a, b = first.value, second.value
        if second.block is not first.block or a.get("unit") != b.get("unit"):
            continue
        if b["op"] != "eq":
            if a["delta"] and not b["delta"] and _NEXT_OF_LIST.fullmatch(draft.match.low[first.end : second.start]):
                b["delta"] = a["delta"]  # `giảm ít nhất 30% thời gian, ít nhất 20% chi phí`
            continue
        if not shares_comparator(draft.match.low, first.end, second.start):
            continue
        if a["op"] in ("ge", "gt", "le", "lt"):
            value = b["low"]
            b["op"] = a["op"]
            b["low"], b["high"] = (value, None) if a["op"] in ("ge", "gt") else (None, value)
        b["delta"] = b["delta"] or a["delta"]


def _role(draft: Draft, rules: tuple[CompiledRule, ...], behind: tuple[CompiledRule, ...], block: Block, q: Mention,
          clause: Segment, sentence: list[Segment]) -> str:  # fmt: skip
    low = draft.match.low
    before = low[max(clause.start, q.start - _SIGHT) : q.start]
    if (_FOOTNOTE.match(low, block.body) or _listed_figures(draft, block, q)) and block.section != "goal":
        return "achieved"
    if _FORMULA.search(before) or _SCORES.match(low[q.end : block.end]):
        return "other"
    if _BASELINE.match(low[q.end : min(clause.end, q.end + 60)]) and re.search(r"\btừ (?:mức )?$", before):
        return "baseline"
    if _ASIDE.search(low[max(clause.start - 120, 0) : q.start]) and block.section != "result":
        return "baseline" if _has_target_before(draft, q) else "achieved"
    first = max(sentence[0].start, q.start - _SIGHT)
    section = block.section
    after = low[q.end : min(clause.end, q.end + 110)]
    said = next((str(r.rule.value["role"]) for r in behind if r.regex and r.regex.search(after)), None)
    if said == "other" and (section == "goal" or _CUTS.search(before)):
        said = None  # `cắt giảm 30% chi phí` is a goal
    if section in ("task", "duty") and q.value["op"] not in ("eq", "approx") and _SELECTS.search(before):
        return "other"
    # What an earlier bracket says holds for what stands before it.
    said_before = _BRACKET.sub(lambda m: " " * len(m[0]), low[first : q.start])
    cue = _nearest(rules, said_before, clause.start - first, said)
    if cue == "other":
        return "other"
    if is_law(draft) or section == "standing" or (draft.normative and section not in ("goal", "duty")):
        return "target" if "phấn đấu" in before else "other"
    if section == "result" and not re.search(r"phấn đấu|mục tiêu", before):
        return "achieved"
    if cue is not None:
        return cue
    if section == "goal" or block.zone == "title":
        return "target"
    if section == "money":
        return "other"
    years = [int(y) for y in _YEAR.findall(low[first : min(sentence[-1].end, q.end + _SIGHT)])]
    issued = draft.context.issued_on
    if years and issued:
        if max(years) >= issued.year:
            return "target"
        return "other" if _STRICT.match(low, q.start) else "achieved"
    return _by_kind(draft, section)


def _listed_figures(draft: Draft, block: Block, q: Mention) -> bool:
    """Whether a bare number in brackets stands behind one of several names: `Lai Châu (59,4%), Sơn La (87,3%)`."""
    low = draft.match.low
    alone = [
        p for p in draft.quantities
        if p.block is block and low[p.end : p.end + 1] == ")" and _FIGURE_OF.search(low, block.start, p.start)
    ]  # fmt: skip
    return q in alone and len(alone) > 1


def _by_kind(draft: Draft, section: str) -> str:
    kind = draft.metadata.doc_type
    if section in ("task", "duty"):
        return "target"
    if kind == "bai_viet":
        about = draft.metadata.about
        return "target" if about and about.doc_type in _TARGETS else "achieved"
    if kind in ("bao_cao", "thong_bao"):
        return "achieved"
    return "target" if kind in _TARGETS and not draft.normative else "other"


def _nearest(rules: tuple[CompiledRule, ...], before: str, clause: int, said: str | None) -> str | None:
    """The role that the nearest cue names.

    A strong cue (`phấn đấu`, `đạt được`) holds over its sentence, a weak one (`bảo đảm`) in its own clause, which
    begins at ``clause``; ``said`` is what the words behind the number make of it (`so với cùng kỳ`).
    """
    best: tuple[bool, int, int, str] | None = None
    for rule in rules:
        assert rule.regex is not None
        strong = bool(rule.rule.value.get("strong"))
        role = str(rule.rule.value["role"])
        for m in rule.regex.finditer(before):
            if not strong and m.start() < clause:
                continue
            key = (strong or role == "other", m.end(), rule.rule.priority, role)
            best = key if best is None or key[:3] > best[:3] else best
    if best is not None and best[3] == "target" and best[0]:
        return "target"
    return said or (best[3] if best else None)


def _has_target_before(draft: Draft, q: Mention) -> bool:
    earlier = [p for p in draft.quantities if p.block is q.block and p.start < q.start]
    return bool(earlier) and earlier[-1].value.get("role") == "target"
