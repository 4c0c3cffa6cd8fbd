"""What a document says of itself outside its header: in its first words, on its annex, in a library's own table."""

from __future__ import annotations

import re

from chithi.record import DocType
from chithi.stages.draft import Draft
from chithi.stages.headwords import DATE, ORGANISATION, SHORT_DATE, TYPES, iso
from chithi.values.bodies import canonical, truecase
from chithi.values.citations import doc_type_of, own_number

_LIBRARY = {
    "số hiệu:": "number",
    "loại văn bản:": "kind",
    "nơi ban hành:": "issuer",
    "người ký:": "signer",
    "ngày ban hành:": "issued_on",
}
_DISPATCHES = re.compile(r"(?P<who>[^.;:]{5,80}) điện ?:$")
_ANNOUNCES = re.compile(r"^(?P<who>(?:văn phòng|ủy ban|sở|bộ)[^,.;:]{2,60}?) (?:xin )?thông báo (?:để|đến|tới)(?!\w)")
_ATTACHED_TO = re.compile(rf"^\(?(?:ban hành )?kèm theo (?P<type>{TYPES})(?!\w)")


def says_itself(draft: Draft) -> str | None:
    """Who issues a document without a header: `THỦ TƯỚNG CHÍNH PHỦ điện:`, `Văn phòng Chính phủ thông báo để …`."""
    for block in draft.blocks:
        low = draft.match.low[block.start : block.end].strip()
        m = _DISPATCHES.match(low) or (_ANNOUNCES.match(low) if block.zone == "body" else None)
        if m is not None and ORGANISATION.match(m["who"]):
            who = draft.match.text[block.start : block.end].strip()[: m.end("who")]
            return canonical(truecase(who)) if who.isupper() else canonical(who)
    return None


def attached(draft: Draft, kind: DocType | None) -> dict[str, str]:
    """What the first annex says of the document that it belongs to, where that has no number of its own left."""
    for block in draft.blocks:
        low = draft.match.low[block.start : block.end].strip("* ")
        m = _ATTACHED_TO.match(low)
        if m is None or doc_type_of(m["type"]) != kind:
            continue
        text = draft.match.text[block.start : block.end].strip("* ")
        number = own_number(f"Số {text[m.end() :].removeprefix(' số').strip()}")
        on = DATE.search(low) or SHORT_DATE.search(low)
        by = re.search(r" của (?P<who>[^,;()]{4,80})\)?$", low)
        found = {
            "number": number[0] if number else None,
            "issued_on": iso(*on.groups()) if on else None,
            "issuer": canonical(by["who"]) if by else None,
        }
        return {key: value for key, value in found.items() if value}
    return {}


def library(draft: Draft) -> dict[str, str]:
    """What a document library's own table says, for fields that the document leaves out."""
    found: dict[str, str] = {}
    key = None
    for block in draft.blocks:
        if block.zone != "boilerplate":
            break
        text = draft.match.text[block.start : block.end].strip()
        if key:
            m = SHORT_DATE.search(text)
            if key != "issued_on":
                found[key] = text
            elif m and (found_on := iso(*m.groups())):
                found[key] = found_on
        key = _LIBRARY.get(text.lower())
    return found
