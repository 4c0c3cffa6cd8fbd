"""News and portal articles: headline, posting date, and the directive that they report."""

from __future__ import annotations

import re
from datetime import date

from chithi.record import About, Metadata
from chithi.stages.draft import Block, Draft, ReferenceMention
from chithi.stages.headwords import DATE, SHORT_DATE, TYPES, iso
from chithi.stages.names import abbreviations
from chithi.values import Context
from chithi.values.bodies import canonical
from chithi.values.citations import doc_type_of, type_from_number

_REPORTS = re.compile(rf"(?:đã |vừa |mới |ký ){{0,4}}(?:ban hành|thông qua|ký|có)\s+(?P<type>{TYPES})\b")
_DRAFTS = re.compile(rf"(?:đã |vừa |mới ){{0,3}}(?:xây dựng|dự thảo)\s+(?P<type>{TYPES})\b")
_DEMANDS = re.compile(r"(?:đã |vừa |mới ){0,3}(?:yêu cầu|chỉ đạo|giao)\b")
_CENTRAL = re.compile(
    r"(?P<who>bộ chính trị|ban bí thư|(?<!tổng bí thư )ban chấp hành trung ương(?: đảng)?(?: khóa [ivx]+)?|"
    r"thủ tướng chính phủ|chính phủ|quốc hội)(?! (?:số|điện tử))"
)
# `Công điện nêu rõ:` speaks of the document that the article reports, whatever others it cites.
_SAYS = re.compile(
    rf"^(?:tại |trong )?(?P<type>{TYPES})(?: (?!số )[^\W\d_]+){{0,4}},? (?:nêu(?: rõ)?|gửi|yêu cầu)(?!\w)"
)
_ACCORDING = re.compile(
    r"^(?:theo|căn cứ|tại|thực hiện)"
    r"(?: (?:vào|tại|theo|nội dung|tiểu mục|mục|khoản|điểm|điều|[\divx]+|[a-zđ])){0,6} "
    rf"(?P<type>{TYPES})\b"
)
_LAWS = ("luat", "nghi_dinh", "thong_tu", "phap_lenh")
# Whose documents end so: Decree 30/2020/NĐ-CP, annex VI, and the usage of the central offices.
_ISSUER_OF_SUFFIX = {"TTG": "Thủ tướng Chính phủ", "CP": "Chính phủ"}
_OUTLINED = re.compile(r"(?:[IVX]{1,4}|\d{1,2})\s?[.)/-]")
_DEMANDER = re.compile(rf"{_CENTRAL.pattern}(?= (?:yêu cầu|chỉ đạo|chỉ thị|giao|đề nghị))")
_WHO = re.compile(
    r"(?:^|[,.;] ?|\) ?- ?|đó |nay |đồng chí )(?P<who>(?:(?:ban thường vụ|chủ tịch|phó chủ tịch|"
    r"thủ tướng|bộ trưởng) )?(?:ubnd|ủy ban nhân dân|hđnd|"
    r"hội đồng nhân dân|chính phủ|quốc hội|tỉnh ủy|huyện ủy|thành ủy|bộ chính trị|ban bí thư|bộ|"
    r"sở)(?:(?! đã )[^,.;]){0,60}?)(?:,? khóa [^,]{1,6})?"
    r"(?:,? kỳ họp [^,]{1,30})?\s*(?:đã|vừa|mới|ký|\s)*$"
)


def report(draft: Draft) -> None:
    """Complete an article's ``about`` from the citations, once those are known."""
    if draft.metadata.doc_type != "bai_viet":
        return
    about = _about(draft)
    draft.metadata = draft.metadata.model_copy(update={"about": about})
    if draft.context.issued_on is None and about is not None and about.issued_on:
        draft.context = Context(issued_on=date.fromisoformat(about.issued_on))


def article(draft: Draft) -> Metadata:
    """A news or portal article: its headline and posting date."""
    title = next((draft.source.text[r.start : r.end].strip() for r in draft.source.regions if r.kind == "title"), None)
    first = [b for b in draft.blocks if b.zone == "body"][:8]
    if title is None:
        heads = [b for b in first if b.style == "hash" or draft.match.text[b.start] == "#"]
        title = draft.match.text[heads[0].start : heads[0].end].strip(" #") if heads else _headline(draft, first)
    return Metadata(doc_type="bai_viet", title=title, issued_on=_posted(draft))


def _headline(draft: Draft, first: list[Block]) -> str | None:
    """The first line that reads as a sentence: a portal's name and its section stand above it in fewer words."""
    stamp = next((b for b in draft.blocks if b.zone == "boilerplate" and b.index < 12 and _is_stamp(draft, b)), None)
    if stamp is not None and stamp.index > 0 and draft.blocks[stamp.index - 1].zone == "body":
        first = [draft.blocks[stamp.index - 1]]
    for block in first:
        text = draft.match.text[block.start : block.end].strip()
        if _OUTLINED.match(text):
            continue
        if len(text.split()) >= 8 or (stamp is not None and len(text.split()) >= 4):
            return text
    return None


def _is_stamp(draft: Draft, block: Block) -> bool:
    low = draft.match.low[block.start : block.end]
    return block.reason == "stamp" and bool(SHORT_DATE.search(low))


def _posted(draft: Draft) -> str | None:
    """The posting date: a stamp near the top, or a line that says so at the end."""
    for block in draft.blocks[:12]:
        if _is_stamp(draft, block) and (m := SHORT_DATE.search(draft.match.low[block.start : block.end])):
            return iso(*m.groups())
    m = re.search(
        r"(?:ngày|giờ|thời gian) đăng(?: bài viết gốc| tin| bài)?\s?:\s?(?:\d{1,2}[:h]\d{2}(?: ngày|,| -)? ?)?"
        r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})",
        draft.match.low,
    )
    return iso(*m.groups()) if m else None


def _about(draft: Draft) -> About | None:
    """The directive that an article reports: what somebody `ban hành` or orders in its first sentences."""
    low = draft.match.low
    body = [b for b in draft.blocks if b.zone == "body" and b.end - b.start > 80][:12]
    if said := _said(draft, body):
        return said
    first = next((b for b in draft.blocks if b.zone == "body"), None)
    headline = next((r for r in draft.references if first is not None and r.start < first.end), None)
    for verb in (_REPORTS, _DRAFTS):
        for block in body:
            for m in verb.finditer(low[block.start : block.end]):
                at = block.start + m.start("type")
                ref = _citation_at(draft, at)
                issuer = _subject(draft, block, block.start + m.start())
                if ref is None and issuer is None:
                    continue
                if headline is not None and (ref is None or ref.value["number"] != headline.value["number"]):
                    continue  # what the headline names is the article's subject
                return About(
                    number=ref.value["number"] if ref else None,
                    doc_type=(ref.value.get("doc_type") if ref else None) or doc_type_of(m["type"]),
                    issuer=issuer or _issuer_of(draft, ref),
                    issued_on=_issued(draft, ref, block),
                )
    if headline is not None:
        return About(number=headline.value["number"], doc_type=headline.value.get("doc_type"),
                     issuer=_issuer_of(draft, headline), issued_on=_issued(draft, headline, None))  # fmt: skip
    for block in body:
        cited = _ACCORDING.match(low[block.start : block.end])
        if cited is None or doc_type_of(cited["type"]) in _LAWS:
            continue  # what a law says is quoted, not reported
        if (ref := _citation_at(draft, block.start + cited.start("type"))) is not None:
            return About(number=ref.value["number"], doc_type=ref.value.get("doc_type") or doc_type_of(cited["type"]),
                         issuer=_issuer_of(draft, ref), issued_on=_issued(draft, ref, None))  # fmt: skip
    for block in body[:3]:
        demand = _DEMANDS.search(low[block.start : block.end])
        issuer = _subject(draft, block, block.start + demand.start()) if demand else None
        if issuer:
            return About(issuer=issuer)
    return None


def _said(draft: Draft, body: list[Block]) -> About | None:
    """The document that the article says by its kind alone: `Công điện nêu rõ: …`."""
    low = draft.match.low
    for block in body:
        m = _SAYS.match(low[block.start : block.end])
        if m is None or _citation_at(draft, block.start + m.start("type")) is not None:
            continue
        kind = doc_type_of(m["type"])
        same = (r for r in draft.references if r.start < block.start and _kind_of(r) == kind)
        named = {r.value["number"]: r for r in same}
        if len(named) == 1:
            ref = next(iter(named.values()))
            return About(number=ref.value["number"], doc_type=kind, issuer=_issuer_of(draft, ref),
                         issued_on=_issued(draft, ref, ref.block))  # fmt: skip
        found = [i for regex in (_DEMANDER, _CENTRAL) for b in body if (i := regex.search(low, b.start, b.end))]
        name = canonical(draft.match.text[slice(*found[0].span("who"))]) if found else None
        return About(doc_type=kind, issuer=name)
    return None


def _kind_of(ref: ReferenceMention) -> str | None:
    return ref.value.get("doc_type") or type_from_number(ref.value["number"])


def _citation_at(draft: Draft, at: int) -> ReferenceMention | None:
    return next((r for r in draft.references if at - 2 <= r.start <= at + 40), None)


def _issued(draft: Draft, ref: ReferenceMention | None, block: Block | None) -> str | None:
    """The reported document's date: behind any of its citations, else at the head of the sentence."""
    if ref is None:
        return None
    same = [r.issued_on for r in draft.references if r.value["number"] == ref.value["number"] and r.issued_on]
    if same:
        return same[0]
    if block is None:
        return None
    before = draft.match.low[block.start : ref.start]
    m = SHORT_DATE.search(before) or DATE.search(before)
    return iso(*m.groups()) if m else None


def _issuer_of(draft: Draft, ref: ReferenceMention | None) -> str | None:
    """Whose document a citation says it is; for central ones also the body that its paragraph names."""
    if ref is None:
        return None
    same = [r for r in draft.references if r.value["number"] == ref.value["number"]]
    for r in same:
        if r.issuer:
            return canonical(r.issuer, abbreviations(draft.rules))
    for r in same:
        if r.block is not None and (m := _CENTRAL.search(draft.match.low, r.end, r.block.end)):
            return canonical(draft.match.text[m.start() : m.end()])
    return _ISSUER_OF_SUFFIX.get(re.split(r"[-/]", ref.value["number"].upper())[-1])


def _subject(draft: Draft, block: Block, at: int) -> str | None:
    """Who issues: the body's name just before the verb."""
    m = _WHO.search(draft.match.low[block.start : at])
    if m is None:
        return None
    a, b = m.span("who")
    return canonical(draft.match.text[block.start + a : block.start + b].strip(" -"), abbreviations(draft.rules))
