"""Pure functions from matched groups to values. No spaCy, no clock, no state.

A rule names one of these functions in its ``normalize`` key. Each takes the match's named groups and the document's
context and returns the fields of a value, or None where the text cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Groups = Mapping[str, str | None]
"""Named groups of a match: folded, lower-case text, or None for a group that took no part."""

Value = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a value function may know of the document.

    Attributes:
        issued_on: the document's date; the year of expressions without one comes from it.
        year: the year that the sentence is about, where that differs.
    """

    issued_on: date | None = None
    year: int | None = None

    @property
    def default_year(self) -> int | None:
        """Year for an expression that leaves it out."""
        return self.year or (self.issued_on.year if self.issued_on else None)


Normalizer = Callable[[Groups, Context], Value | None]


def normalizers() -> dict[str, Normalizer]:
    """All functions that a rule may name, by name."""
    from chithi.values import citations, deadlines, quantities

    return {**quantities.NORMALIZERS, **deadlines.NORMALIZERS, **citations.NORMALIZERS}
