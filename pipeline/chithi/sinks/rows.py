"""The rows of a record in the tables of `chithi.sinks.tables`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from pydantic import BaseModel

from chithi import record as schema
from chithi.errors import DocumentError
from chithi.orthography import fold
from chithi.record import Record
from chithi.sinks.occurrences import occurrences
from chithi.sinks.tables import BY_NAME, KEY_COLUMNS, RENAMED, TABLES, Column, Table

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_LISTS = {"sections": "sections", "quantities": "quantities", "deadlines": "deadlines", "bodies": "bodies",
          "goals": "goals", "tasks": "tasks", "references": "refs"}  # fmt: skip
_WORDS = re.compile(r"[^\W_]+(?:[,.]\d+)*|%")
_KEY_LENGTH = 200  # characters; an index entry of PostgreSQL holds no more than 2,700 bytes
_LARGEST = 2**63
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def indicator_key(text: str) -> str:
    """One spelling of an indicator, by which documents are compared: small letters, no marks, no word for a share.

    >>> indicator_key("Tỷ lệ hộ dân dùng nước sạch"), indicator_key("tỉ lệ Hộ dân, dùng nước  sạch")
    ('hộ dân dùng nước sạch', 'hộ dân dùng nước sạch')
    """
    key = " ".join(_WORDS.findall(fold(text).lower()))
    return re.sub(r"^t[ỷỉ] lệ ", "", key)


def number_key(text: str) -> str:
    """One spelling of a document's number: capitals, plain hyphens, no leading zeros, D for Đ.

    >>> number_key("0125/KH–UBND"), number_key("118/2021/nđ -cp")
    ('125/KH-UBND', '118/2021/ND-CP')
    """
    return re.sub(r"\s", "", fold(text)).upper().replace("Đ", "D").lstrip("0")


def issuer_key(text: str) -> str:
    """One spelling of an issuer.

    >>> issuer_key("UBND tỉnh Hải Đông")
    'ủy ban nhân dân tỉnh hải đông'
    """
    from chithi.values.identity import key  # compiles the abbreviations

    return key(text)


_SPELLINGS: dict[str, Callable[[str], str]] = {
    "number_key": number_key,
    "issuer_key": issuer_key,
    "indicator_key": indicator_key,
}


def rows_of(record: Record) -> Rows:
    """The rows of a record by table; every table of `TABLES` is there.

    A NUL or a lone surrogate, which databases refuse, becomes U+FFFD: one character for one, so that spans stay true.

    Raises:
        DocumentError: `record`: an id stands twice, a pointer leads nowhere, or a date is none.
    """
    rows: Rows = {table.name: [] for table in TABLES}
    head: Row = {"doc_id": record.doc_id, "schema_version": record.schema_version, "text": record.text}
    about = {f"about_{name}": None for name in schema.About.model_fields}
    rows["documents"].append({**head, **about, **_flat(record.metadata)})
    rows["sources"].append(_flat(record.source, leave=("sha256",)))
    for field, table in _LISTS.items():
        seen: Counter[str] = Counter()
        for item in getattr(record, field):
            row = _flat(item, leave=("bodies",))
            if "item_key" in {column.name for column in BY_NAME[table].columns}:
                place = f"{row['span_start']}-{row['span_end']}"
                seen[place] += 1
                row["item_key"] = place if seen[place] == 1 else f"{place}/{seen[place]}"
            rows[table].append(row)
    for goal in record.goals:
        rows["goal_bodies"] += [{"goal_id": goal.id, "body_id": body} for body in dict.fromkeys(goal.bodies)]
    for task in record.tasks:
        rows["task_bodies"] += [{"task_id": task.id, "body_id": body} for body in dict.fromkeys(task.bodies)]
    for position, diagnostic in enumerate(record.diagnostics, 1):
        rows["diagnostics"].append({"position": position, **_flat(diagnostic, leave=("related",))})
        places = [span for span in (diagnostic.span, *diagnostic.related) if span is not None]
        rows["diagnostic_places"] += [
            {"position": position, "place": place, **_span(span)} for place, span in enumerate(places, 1)
        ]
    for name, found in rows.items():
        _finish(record.doc_id, BY_NAME[name], found)
    rows["occurrences"] = _occurrences(record, rows)
    _check(rows)
    return rows


def _flat(item: BaseModel, *, leave: Iterable[str] = (), prefix: str = "") -> Row:
    row: Row = {}
    for name in type(item).model_fields:
        value = getattr(item, name)
        if name in leave:
            continue
        if isinstance(value, schema.Span):
            row |= _span(value)
        elif isinstance(value, BaseModel):
            row |= _flat(value, prefix=f"{name}_")
        else:
            row[prefix + RENAMED.get(name, name)] = value
    return row


def _span(span: schema.Span) -> Row:
    return {"span_start": span.start, "span_end": span.end, "span_page": span.page}


def _finish(doc_id: str, table: Table, rows: list[Row]) -> None:
    """Bring rows to the table's columns in their order, with values that every target takes."""
    for index, row in enumerate(rows):
        row["doc_id"] = doc_id
        for name, source in KEY_COLUMNS.items():
            row[name] = _SPELLINGS[name](row[source])[:_KEY_LENGTH] if row.get(source) else None
        rows[index] = {column.name: _value(column, row.get(column.name)) for column in table.columns}


def _value(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.type == "json":
        return json.dumps([storable(part) for part in value], ensure_ascii=False)
    if column.type == "date":
        try:
            return date.fromisoformat(value)
        except ValueError as e:
            raise DocumentError(f"{column.name}: {value!r} is no date", code="record") from e
    if column.type == "integer" and not -_LARGEST <= value < _LARGEST:
        raise DocumentError(f"{column.name}: {value} is no 64-bit number", code="record")
    return storable(value) if isinstance(value, str) else value


def storable(text: str) -> str:
    """A text without the characters that databases refuse."""
    return _UNSTORABLE.sub("\ufffd", text)


def _occurrences(record: Record, rows: Rows) -> list[Row]:
    [document] = rows["documents"]
    since = document["issued_on"] or document["about_issued_on"]
    if since is None:
        return []
    return [
        {"doc_id": record.doc_id, "deadline_id": row["id"], "due_on": due, "start_on": start}
        for row in rows["deadlines"]
        if row["rrule"]
        for start, due in occurrences(row["rrule"], since=since)
    ]


def _check(rows: Rows) -> None:
    ids = {name: {row["id"] for row in found} for name, found in rows.items() if "id" in BY_NAME[name].key}
    for name, found in rows.items():
        if name in ids and len(ids[name]) < len(found):
            raise DocumentError(f"two items of {name} have one id", code="record")
        for column, target in BY_NAME[name].points.items():
            for row in found:
                if row[column] is not None and row[column] not in ids[target]:
                    raise DocumentError(f"{name}: {column} {row[column]!r} is no item of {target}", code="record")
