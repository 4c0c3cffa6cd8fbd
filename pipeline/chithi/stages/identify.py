"""Who the bodies of the tasks are: id, kind, level, place and successors of each mention."""

from __future__ import annotations

import re
from datetime import date

from chithi.stages.draft import BodyMention, Draft
from chithi.values.identity import identify as who_is
from chithi.values.identity import written_out
from chithi.values.jurisdiction import Home, home, jurisdiction

# The unit that a Party document's number stands for: `10-NQ/HU` is a district committee's.
_PARTY = re.compile(r"/(?P<code>HU|QU)$")
_UNIT = {"HU": "huyện", "QU": "quận"}


def identify(draft: Draft) -> None:
    """Fill ``value`` of every body that a task or goal points to with the record's fields of identity."""
    here = _home(draft)
    on = draft.context.issued_on
    linked = [*(b for t in draft.tasks for b in t.bodies), *(b for g in draft.goals for b in g.bodies)]
    bodies: dict[int, BodyMention] = {id(b): b for b in linked}
    for body in bodies.values():
        who = who_is(body.name, on, city=here.city_level)
        if who is None:
            body.value = {"canonical": written_out(body.name)}
            continue
        body.value = {
            "canonical": who.canonical,
            "body_id": who.id,
            "kind": who.kind,
            "level": who.level,
            "jurisdiction": jurisdiction(who, here, on),
            "successors": list(who.successors),
        }


def _home(draft: Draft) -> Home:
    """Where the document's issuer sits; for an article, the issuer of the directive that it reports."""
    meta = draft.metadata
    lines = [draft.match.text[b.start : b.end] for b in draft.blocks if b.zone == "header"]
    named = [name for name in (meta.issuer, meta.about.issuer if meta.about else None) if name]
    code = _PARTY.search(meta.number or "")
    if code is not None and meta.place:
        named.append(f"{_UNIT[code['code']]} {meta.place}")
    on = draft.context.issued_on
    return home([*named, *lines], on, place=meta.place if named and _local(named[0], on) else None)


def _local(issuer: str, on: date | None) -> bool:
    """Whether an issuer is none of the central bodies, which all sign in Hà Nội."""
    who = who_is(issuer, on)
    return who is not None and who.level in ("province", "district", "commune", "any")
