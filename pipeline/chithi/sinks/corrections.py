"""Corrected documents as gold annotations, so that what people put right becomes a test of later runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import sqlalchemy as sa

from chithi.errors import UsageError
from chithi.sinks.engine import database_url, open_engine, reported, shown
from chithi.sinks.migrations import migrate, version_of
from chithi.sinks.schema import metadata

Gold = dict[str, Any]
_META = ("number", "doc_type", "title", "issuer", "issued_on", "signer")
_ABOUT = ("number", "doc_type", "issuer", "issued_on")
# The lists of an annotation: the view and the fields that the annotation has, by their columns.
_LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "quantities": ("v_quantities", {name: name for name in ("low", "high", "op", "unit", "delta", "role")}),
    "deadlines": ("v_deadlines", {"kind": "kind", "start_on": "start", "end_on": "end", "rrule": "rrule",
                                  "duration": "duration"}),
    "goals": ("v_goals", {"kind": "kind", "indicator": "indicator", "quantity_id": "quantity",
                          "deadline_id": "deadline"}),
    "bodies": ("v_bodies", {"name": "name", "role": "role"}),
    "tasks": ("v_tasks", {"deadline_id": "deadline"}),
    "references": ("v_refs", {"number": "number"}),
}  # fmt: skip
_POINTERS = {"quantity": "quantities", "deadline": "deadlines"}


def export(database: str, folder: Path, *, text_of: Callable[[str], str | None] = lambda _: None) -> list[Path]:
    """Write an annotation for each document that has corrections.

    What nobody corrected stands as it was extracted.

    Args:
        database: its URL.
        folder: where the annotations go; made where it is missing.
        text_of: the text of a document by its base name, None where it is not at hand. Only with the text an
            annotation can tell by ``nth`` which of several occurrences of a quote is meant.

    Raises:
        UsageError: the database cannot be read, or the folder not be written.
    """
    url = database_url(database)
    if url.drivername in ("sqlite", "duckdb") and not Path(url.database or "").is_file():
        raise UsageError(f"{url.database}: no such database. Check the URL")
    engine = open_engine(url)
    try:
        with reported(url), engine.begin() as connection:
            if version_of(connection) is None:
                raise UsageError(f"{shown(url)}: holds no records. Load some with chithi load")
            migrate(connection)
            golds = list(_golds(connection, text_of))
    finally:
        engine.dispose()
    return [_write(folder, doc_id, gold) for doc_id, gold in golds]


def _golds(connection: sa.Connection, text_of: Callable[[str], str | None]) -> Iterator[tuple[str, Gold]]:
    tables = metadata(connection.dialect.name).tables
    corrections, documents, sources = tables["corrections"], tables["documents"], tables["sources"]
    wanted = (
        sa.select(documents.c.doc_id, documents.c.text, sa.func.min(sources.c.uri))
        .join(sources, sources.c.doc_id == documents.c.doc_id)
        .where(documents.c.doc_id.in_(sa.select(corrections.c.doc_id)))
        .group_by(documents.c.doc_id, documents.c.text)
        .order_by(documents.c.doc_id)
    )
    for doc_id, text, uri in connection.execute(wanted).all():
        name = PurePosixPath(uri).name or doc_id
        yield doc_id, _gold(connection, doc_id, name, text if text is not None else text_of(name))


def _rows(connection: sa.Connection, view: str, doc_id: str, order: str = "") -> list[dict[str, Any]]:
    query = sa.text(f"SELECT * FROM {view} WHERE doc_id = :doc_id {order}")
    return [dict(row) for row in connection.execute(query, {"doc_id": doc_id}).mappings()]


def _gold(connection: sa.Connection, doc_id: str, name: str, text: str | None) -> Gold:
    [head] = _rows(connection, "v_documents", doc_id)
    about = {field: _plain(head[f"about_{field}"]) for field in _ABOUT}
    gold: Gold = {"doc": name, "meta": {field: _plain(head[field]) for field in _META}}
    gold["meta"]["about"] = about if any(about.values()) else None
    places: dict[str, dict[str, int]] = {}
    for key, (view, fields) in _LISTS.items():
        rows = _rows(connection, view, doc_id, "ORDER BY span_start, span_end, item_key")
        places[key] = {row["id"]: place for place, row in enumerate(rows)}
        gold[key] = [_item(row, fields, places, text) for row in rows]
        if key == "tasks":
            links = _rows(connection, "task_bodies", doc_id)
            for item, row in zip(gold[key], rows, strict=True):
                mine = (places["bodies"].get(link["body_id"]) for link in links if link["task_id"] == row["id"])
                item["bodies"] = sorted(place for place in mine if place is not None)
    return gold


def _item(row: dict[str, Any], fields: dict[str, str], places: dict[str, dict[str, int]], text: str | None) -> Gold:
    start, end = int(row["span_start"]), int(row["span_end"])
    item: Gold = {"quote": row["text"]}
    for column, field in fields.items():
        value = _plain(row[column])
        item[field] = places[_POINTERS[field]].get(value) if field in _POINTERS else value
    if text is not None and (nth := _nth(text, row["text"], start)):
        item["nth"] = nth
    return item | {"span": {"start": start, "end": end}}


def _nth(text: str, quote: str, start: int) -> int | None:
    """Which occurrence of a quote begins there, from 1; None where there is but one."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    starts = [m.start() for m in re.finditer(f"(?={pattern})", text)]
    return starts.index(start) + 1 if len(starts) > 1 and start in starts else None


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _write(folder: Path, doc_id: str, gold: Gold) -> Path:
    stem = PurePosixPath(gold["doc"]).stem
    path = folder / f"{stem}.json"
    lines = []
    for key, value in gold.items():
        line = json.dumps(value, ensure_ascii=False)
        if key in _LISTS and value:
            line = "[\n  " + ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n ]"
        lines.append(f' "{key}": {line}')
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and json.loads(path.read_text(encoding="utf-8")).get("doc") != gold["doc"]:
            path = folder / f"{stem}-{doc_id[-8:]}.json"
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
    except (OSError, ValueError) as e:
        raise UsageError(f"{path}: cannot be written: {getattr(e, 'strerror', None) or e}. Name another folder") from e
    return path
