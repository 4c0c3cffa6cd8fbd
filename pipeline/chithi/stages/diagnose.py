"""What a reader of the record should know: nothing found, another language, no date."""

from __future__ import annotations

import re

from chithi.record import Diagnostic, Span
from chithi.stages.draft import Draft

_VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_LETTERS = 200  # letters below which a text is too short to tell its language


def diagnose(draft: Draft) -> None:
    """Add the diagnostics of the whole document."""
    low = draft.match.low
    sample = low[:20000]
    letters = sum(c.isalpha() for c in sample)
    if letters >= _LETTERS and len(_VIETNAMESE.findall(sample)) / letters < 0.08:
        draft.diagnostics.append(
            Diagnostic(
                level="warning", code="language", message="The text does not look Vietnamese; little will be found."
            )
        )
    if not any(b.zone == "body" for b in draft.blocks):
        draft.diagnostics.append(
            Diagnostic(level="warning", code="no_content", message="Nothing but page furniture was found in the text.")
        )
    for region in draft.source.regions:
        if region.kind == "suspect":
            draft.diagnostics.append(
                Diagnostic(
                    level="warning",
                    code="legacy_encoding_suspected",
                    message=f"The line looks like {region.reason}, too little of it to be sure; it was left as it is.",
                    span=Span(start=region.start, end=region.end),
                )
            )
