"""Header and footer: number, kind, title, issuer, place, date, signer."""

from __future__ import annotations

import re
from datetime import date

from chithi.orthography import CAPITAL
from chithi.record import DocType, Metadata
from chithi.stages.article import article
from chithi.stages.draft import Block, Draft
from chithi.stages.elsewhere import attached as read_attached
from chithi.stages.elsewhere import library as read_library
from chithi.stages.elsewhere import says_itself
from chithi.stages.furniture import AUTHORITY, MOTTO
from chithi.stages.headwords import DATE, ORGANISATION, SHORT_DATE, TYPES, iso
from chithi.values import Context
from chithi.values.bodies import canonical, truecase
from chithi.values.citations import doc_type_of, own_number, type_from_number

_PLACE = re.compile(r"^(?P<place>[^,\d]{2,40}),\s*ngày\b")
_LINE = re.compile(r"[_=-]{3,}")  # the line under a name in the header
_RULE = re.compile(r"[-_=*~. ]+")
_WIDE = re.compile(r"\t|[^\S\r\n]{3}|\s\|\s")  # what parts two columns of a line, in the source
_GAP = re.compile(r" \| | ")
_TYPE_LINE = re.compile(rf"^(?P<type>{TYPES})(?:\s+liên tịch)?\b(?P<rest>.*)$")
_UNIT = re.compile(r"^(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|trung ương)\b")
_NAME = re.compile(r"^(?:(?:TS|ThS|PGS|GS|BS|Thượng tướng|Đại tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá)\.? ?)*"
                   rf"(?P<name>{CAPITAL}[a-zà-ỹđ]+(?: {CAPITAL}[a-zà-ỹđ]*){{1,5}})$")  # fmt: skip
_PASSED = re.compile(r"thông qua (?:tại kỳ họp[^.]{0,80} )?(?:vào )?ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_TITLE_END = re.compile(
    r"^(?:[-* ]*(?:căn cứ|xét|theo đề nghị|thực hiện|triển khai|kính gửi|ngày \d|sau khi|"
    r"thời gian qua|tại |trong |nhằm |để )|[-_=* .]+$|\(|chương [ivx1]|điều 1\b|[ivx]+\.|phần )"
)
_SECTION = re.compile(r"[IVX]{1,4}\s?[./-]\s?\w")
# What sets rules that hold for good: by its title, or by the year in its number (Law 64/2025/QH15 on legal documents).
_RULES = re.compile(
    r"(?:v/v |về việc |về )?(?:ban hành )?(?:(?:bản )?quy (?:định|chế|trình)|sửa đổi|bãi bỏ|công bố|"
    r"phê duyệt (?:phương án )?(?:tái cấu trúc|liên thông|quy trình)|nội quy|điều lệ|tiêu chí|định mức|"
    r"bảng giá|đơn giá|"
    r"(?:thí điểm )?(?:một số )?(?:cơ chế,? |chính sách |biện pháp )(?:,? ?(?:chính sách|cơ chế|và) )*"
    r"(?:đặc thù|đặc biệt|ưu đãi|hỗ trợ))\b"
)
_QPPL = re.compile(r"/(?:19|20)\d\d/")
_MAX_TITLE = 600


def metadata(draft: Draft) -> None:
    """Fill ``draft.metadata`` and the context that dates are read in."""
    header = _header(draft)
    type_block, kind, rest = _type_line(draft)
    library = read_library(draft)
    if header["number"] is None and type_block is None and not header["subject"] and "kind" not in library:
        draft.metadata = article(draft)
    else:
        draft.metadata = _document(draft, header, type_block, kind, rest, library)
    issued = draft.metadata.issued_on or (draft.metadata.about.issued_on if draft.metadata.about else None)
    draft.normative = draft.metadata.doc_type in ("quy_dinh", "quy_che") or (
        draft.metadata.doc_type != "bai_viet"
        and bool(_RULES.match((draft.metadata.title or "").lower()) or _QPPL.search(draft.metadata.number or ""))
    )
    draft.context = Context(issued_on=date.fromisoformat(issued) if issued else _guess_date(draft))


def _guess_date(draft: Draft) -> date | None:
    """The year that an undated document speaks of: the first full date in it."""
    m = SHORT_DATE.search(draft.match.low[:6000]) or DATE.search(draft.match.low[:6000])
    found = iso(*m.groups()) if m else None
    return date.fromisoformat(found) if found else None


def _segments(draft: Draft, block: Block) -> list[str]:
    """A header line's parts: two columns may share a line, parted by wide space."""
    text = draft.match.text
    if _LINE.search(text, block.start, block.end):
        return [part.strip() for part in _LINE.split(text[block.start : block.end]) if part.strip()]
    if block.cell is not None or not _WIDE.search(draft.source.text, *draft.match.source(block.start, block.end)):
        return [text[block.start : block.end].strip()]
    parts: list[str] = []
    at = block.start
    for m in _GAP.finditer(text, block.start, block.end):
        if "|" in m[0] or _WIDE.search(draft.source.text, *draft.match.source(*m.span())):
            parts.append(text[at : m.start()].strip())
            at = m.end()
    return [*parts, text[at : block.end].strip()]


def _header(draft: Draft) -> dict[str, str | None]:
    """Number, issuer, place and date of the official header."""
    found: dict[str, str | None] = dict.fromkeys(("number", "issuer", "place", "issued_on", "subject"))
    lines: list[str] = []
    blocks = [b for b in draft.blocks if b.zone == "header"]
    if not blocks:
        blocks = [b for b in draft.blocks if b.zone == "body"][:8]
    open_issuer = True
    held = ""  # `Số:` on a line of its own, its number on the next
    for block in blocks:
        for part in _segments(draft, block):
            part = f"{held} {part}".strip()
            held = part if re.fullmatch(r"(?:Luật |Nghị quyết |Pháp lệnh )?[Ss]ố ?:?", part) else ""
            if held:
                continue
            part = re.sub(r"^(?:Luật|Nghị quyết|Pháp lệnh|Sắc lệnh|Lệnh) s(?=ố ?:? ?\d)", "S", part)
            low = part.lower()
            number = own_number(part) if found["number"] is None and len(part) < 120 else None
            if number:
                found["number"] = number[0]
                open_issuer = False
                rest = part[number[2] :].strip()
                part, low = rest, rest.lower()
            m = DATE.search(low)
            if m and found["issued_on"] is None and len(part) < 90:
                found["issued_on"] = iso(*m.groups())
                place = _PLACE.match(part)
                found["place"] = place["place"].strip() if place else None
                open_issuer = False
                continue
            if re.match(r"v/v\b|về việc\b|về (?=[^\W\d_]+ [^\W\d_]+ )", low) and block.zone == "header":
                found["subject"] = part
                continue
            if (
                not part
                or MOTTO.search(part)
                or _RULE.fullmatch(part)
                or re.match(r"(?:chủ nghĩa )?việt nam$|cộng hòa xã$", low)
            ):
                continue
            if open_issuer and part.isupper() and len(part) < 90 and block.zone == "header":
                lines.append(part)
    found["issuer"] = _issuer(lines)
    return found


_LONG = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân"}
_SHORT = re.compile(r"(?<!\w)(?:ubnd|hđnd)(?!\w)")


def _issuer(lines: list[str]) -> str | None:
    """The issuing body from the header's lines: the last organisation, with the unit it names."""
    names: list[str] = []
    for line in lines:
        low = _SHORT.sub(lambda m: _LONG[m[0]], line.lower())
        if names and (_UNIT.match(low) or not ORGANISATION.match(low)):
            names[-1] += " " + low
        elif ORGANISATION.match(low) or _UNIT.match(low) or not names:
            names.append(low)
    if not names:
        return None
    name = names[-1]
    party = re.fullmatch(r"ban chấp hành trung ương(?: đảng)? (?P<office>ban .+)", " ".join(names))
    if party:
        # The Party's header has the Central Committee above its office (Guidance 36-HD/VPTW, section on headers).
        office = truecase(party["office"])
        return canonical(f"{office} Trung ương")
    if re.fullmatch(r"ban thường vụ|hội đồng nhân dân|ủy ban nhân dân", name) and len(names) > 1:
        name = f"{name} {names[-2]}"
    return canonical(truecase(name))


def _type_line(draft: Draft) -> tuple[Block | None, DocType | None, str]:
    """The line that names the document's kind in capitals, with what follows it on the line."""
    blocks = [b for b in draft.blocks if b.zone in ("body", "basis")][:12]
    for block in blocks:
        text = draft.match.text[block.start : block.end]
        m = _TYPE_LINE.match(draft.match.low[block.start : block.end].strip(" #"))
        if m is None:
            continue
        word = text.strip(" #")[: m.end("type")]
        if not word.isupper():
            continue
        return block, doc_type_of(m["type"].replace(" hành động", "")), text.strip(" #")[m.start("rest") :].strip(" :")
    return None, None, ""


def _document(
    draft: Draft,
    header: dict[str, str | None],
    block: Block | None,
    kind: DocType | None,
    rest: str,
    library: dict[str, str],
) -> Metadata:
    number = header["number"]
    if kind is None and number:
        kind = type_from_number(number) or ("cong_van" if header["subject"] else None)
    issuer, issued = header["issuer"], header["issued_on"]
    title = header["subject"]
    if block is not None:
        title, by = _title(draft, block, rest)
        issuer = by or issuer
    elif title:
        kind = kind or "cong_van"
    if issued is None:
        m = _PASSED.search(draft.match.low)
        issued = iso(*m.groups()) if m else None
    attached = read_attached(draft, kind)
    number = number or attached.get("number")
    issued = issued or attached.get("issued_on")
    issuer = issuer or says_itself(draft) or attached.get("issuer")
    if kind is None and "kind" in library:
        kind = doc_type_of(library["kind"].lower())
    if kind == "cong_van" and ORGANISATION.match(library.get("issuer", "").lower()):
        issuer = issuer or canonical(library["issuer"])
    signer, signer_title = _signer(draft)
    effective = re.search(r"có hiệu lực (?:thi hành )?(?:kể )?từ ngày "
        r"(\d{1,2})(?: tháng |[/.-])(\d{1,2})(?: năm |[/.-])(\d{4})",
                          draft.match.low)  # fmt: skip
    on = re.search(r"(?:quyết định|nghị quyết|chỉ thị|kế hoạch|thông tư|nghị định) này có hiệu lực "
        r"(?:thi hành )?(?:kể )?từ ngày (?:ký|ban hành)",
                   draft.match.low)  # fmt: skip
    issued = issued or library.get("issued_on")
    return Metadata(
        number=number or library.get("number"), doc_type=kind or "khac", title=title, issuer=issuer, issued_on=issued,
        place=header["place"], effective_on=iso(*effective.groups()) if effective else issued if on else None,
        signer=signer or library.get("signer"), signer_title=signer_title,
    )  # fmt: skip


def _title(draft: Draft, block: Block, rest: str) -> tuple[str | None, str | None]:
    """The trích yếu behind the kind, and the issuing authority where a line of capitals or `CỦA …` names it."""
    parts = [rest] if rest else []
    issuer = None
    size = len(rest)
    seen_line = bool(rest)
    for other in draft.blocks[block.index + 1 : block.index + 14]:
        if other.zone == "boilerplate" and seen_line:
            continue
        if other.zone not in ("body", "basis") or other.cell is not None:
            break
        text = draft.match.text[other.start : other.end].strip(" #")
        low = text.lower()
        if _SECTION.match(text) and seen_line:
            break
        if _TITLE_END.match(low) and not (
            text.isupper() and len(text) > 12 and not low.startswith(("căn cứ", "kính gửi"))
        ):
            if _RULE.fullmatch(text) and not seen_line:
                continue
            if _RULE.fullmatch(text):
                nxt = draft.blocks[other.index + 1 : other.index + 2]
                if nxt and nxt[0].upper and ORGANISATION.match(draft.match.low[nxt[0].start : nxt[0].end]):
                    continue
            break
        if not parts and (m := re.match(r"của (.{3,80}?)(?= về | v/v |$)", low)):
            issuer = canonical(truecase(m[1])) if text.isupper() else canonical(text[4 : m.end(1)])
            text = text[m.end() :].strip()
            if not text:
                continue
        elif text.isupper() and ORGANISATION.match(low) and seen_line and len(text) < 90 and not low.endswith(":"):
            issuer = canonical(truecase(low))
            break
        elif (
            (parts and not text.isupper() and (parts[-1].isupper() or not other.bold))
            or text.endswith(":")
            or size + len(text) > _MAX_TITLE
        ):
            break
        parts.append(text)
        other.zone = "title"
        size += len(text)
        seen_line = True
    return (" ".join(parts).strip() or None), issuer


def _signer(draft: Draft) -> tuple[str | None, str | None]:
    """Name and title of whoever signed, from the block of the first signature."""
    title: list[str] = []
    waiting = 0
    for block in draft.blocks:
        if block.zone not in ("footer", "body"):
            continue
        for part in _segments(draft, block):
            low = part.lower().strip()
            if part.isupper() and (AUTHORITY.match(low) or (waiting and part.isupper())):
                title.append(part)
                waiting = 10
                continue
            if waiting:
                waiting -= 1
                m = _NAME.match(part)
                if m and not ORGANISATION.match(low) and not low.startswith("nơi nhận"):
                    return m["name"], _office(title[-1]) if title else None
            elif (
                block.zone == "footer"
                and re.fullmatch(
                    r"(?:phó )?(?:chủ tịch|bí thư|giám đốc|tổng giám đốc|thủ tướng|bộ trưởng|trưởng ban|cục trưởng|"
                    r"chánh văn phòng|chi cục trưởng|viện trưởng|thống đốc|hiệu trưởng)",
                    low,
                )
                and part.isupper()
            ):
                title.append(part)
                waiting = 6
    return None, None


def _office(title: str) -> str | None:
    """The signer's office without the authority that it is signed under (`TM. … KT. CHỦ TỊCH PHÓ CHỦ TỊCH`)."""
    bare = re.sub(r"^(?:(?:T/?M|K/?T|T/?L|TUQ|Q)\.? ?)(?:.* )?(?=PHÓ |CHÁNH |TRƯỞNG |THỨ |THƯỜNG )", "", title)
    bare = re.sub(r"^(?:T/?M|K/?T|T/?L|TUQ|Q)\.? ?", "", bare)
    return canonical(truecase(bare.lower())) or None
