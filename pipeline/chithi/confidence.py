"""The table of the rules' measured precision that ships with the packs: read and written.

Confidence is never typed by hand: ``chithi rules measure`` writes the table, `chithi.rulepack.load_rules` reads it, and
the records' items carry their rule's precision.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chithi.errors import RuleError

ENOUGH = 20  # items; fewer say nothing of a rule's precision


class Measured(BaseModel):
    """A rule's precision on gold documents, and the number of its items there."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    n: int = Field(ge=0)
    precision: float = Field(ge=0, le=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    data: str = Field(description="on what documents it was measured, in words")
    documents: int
    rules: str = Field(description="digest of the rules that were measured")
    precision: dict[str, Measured]


def load_confidence(file: Path) -> tuple[dict[str, Measured], str | None]:
    """Read the precision by rule id and the digest of the rules that it was measured with; empty without a file.

    Raises:
        RuleError: the file is not such a table.
    """
    if not file.is_file():
        return {}, None
    try:
        table = _File.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as e:
        why, key = str(e), ""
        if isinstance(e, ValidationError):
            first = e.errors()[0]
            why, key = first["msg"], ".".join(map(str, first["loc"]))
        mend = "Write the table anew with `chithi rules measure`, or remove it"
        raise RuleError(why, file=str(file), key=key, mend=mend) from e
    return table.precision, table.rules


def to_json(measured: Mapping[str, Measured], *, data: str, documents: int, rules: str) -> str:
    """Write the table, one rule a line, sorted, so that two versions of it compare well.

    Args:
        measured: precision by rule id.
        data: on what documents it was measured, in words.
        documents: how many.
        rules: digest of the rules that were measured.
    """
    head = {"data": data, "documents": documents, "rules": rules}
    lines = "".join(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in head.items())
    rows = ",\n".join(f"  {json.dumps(rule)}: {json.dumps(m.model_dump())}" for rule, m in sorted(measured.items()))
    return f'{{\n{lines} "precision": {{\n{rows}\n }}\n}}\n'
