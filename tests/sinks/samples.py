"""Small records made by hand, and what the tests ask of databases."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from chithi.record import Record
from chithi.sinks import open_sinks
from chithi.sinks.engine import database_url, open_engine
from chithi.sinks.jsonl import to_line
from chithi.sinks.tables import TABLES


def item(item_id: str, text: str, start: int, /, **fields: Any) -> dict[str, Any]:
    span = {"start": start, "end": start + len(text)}
    return {"id": item_id, "text": text, "span": span, "rule": "test.rule", "confidence": None, **fields}


def record(content: str = "a", *, uri: str | None = None, **fields: Any) -> Record:
    """A record of the document whose bytes are ``content``; fields are those of `Record`."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    source = {"uri": uri or f"docs/{content}.txt", "media_type": "text/plain", "sha256": digest, "size": len(content)}
    metadata = {"number": f"{content}/KH-UBND", "issued_on": "2024-03-01", **fields.pop("metadata", {})}
    return Record.model_validate({"doc_id": f"sha256:{digest}", "source": source, "metadata": metadata, **fields})


def plan(content: str = "a", **fields: Any) -> Record:
    """A record with something in every table."""
    parts: dict[str, Any] = {
        "sections": [
            {"id": "s1", "label": "I", "heading": "MỤC TIÊU", "level": 1, "span": {"start": 0, "end": 9}},
            {"id": "s2", "label": "1", "heading": "Nước sạch", "level": 2, "parent": "s1",
             "span": {"start": 9, "end": 20}},
        ],
        "quantities": [item("q1", "95%", 30, low=95.0, high=95.0, op="eq", unit="%", role="target")],
        "deadlines": [
            item("t1", "đến năm 2030", 40, kind="by", end="2030-12-31"),
            item("t2", "hằng quý", 60, kind="recurring", rrule="FREQ=MONTHLY;INTERVAL=3"),
        ],
        "bodies": [
            item("b1", "Sở KH&ĐT", 80, name="Sở Kế hoạch và Đầu tư", role="lead", body_id="so.ke_hoach_dau_tu",
                 canonical="Sở Kế hoạch và Đầu tư", kind="state", level="province", successors=["so.tai_chinh"]),
            item("b2", "các xã", 100, name="Các xã", role="coordinate"),
        ],
        "goals": [item("g1", "95% hộ dùng nước sạch", 30, kind="quantified", indicator="hộ dùng nước sạch",
                       quantity="q1", deadline="t1", bodies=["b2"], section="s2")],
        "tasks": [
            item("a1", "lập dự án cấp nước", 120, bodies=["b1", "b2"], deadline="t1", section="s2"),
            item("a2", "báo cáo kết quả", 150, bodies=["b1"], deadline="t2"),
        ],
        "references": [item("r1", "Quyết định số 05/QĐ-TTg", 200, number="05/QĐ-TTG", doc_type="quyet_dinh",
                            issued_on="2024-01-05", issuer="Thủ tướng", relation="based_on")],
        "diagnostics": [{"level": "warning", "code": "contradiction", "message": "Two values.",
                         "span": {"start": 30, "end": 33}, "related": [{"start": 40, "end": 43}]}],
    }  # fmt: skip
    return record(content, **{**parts, **fields})


def refused(url: str, records: Iterable[Record]) -> list[tuple[str, str, str]]:
    """Load records; the documents that the database refused."""
    failures: list[tuple[str, str, str]] = []
    with open_sinks([url], report=lambda *failure: failures.append(failure)) as write:
        for each in records:
            write(to_line(each))
    return failures


def load(url: str, records: Iterable[Record]) -> None:
    """Load records, all of them."""
    assert refused(url, records) == []


def ask(url: str, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """Rows of a query; dates as text, as SQLite has them in views."""
    engine = open_engine(database_url(url))
    try:
        with engine.begin() as connection:
            rows = connection.execute(sa.text(query), values)
            return [tuple(_plain(cell) for cell in row) for row in rows] if rows.returns_rows else []
    finally:
        engine.dispose()


def _plain(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    names = [*(table.name for table in TABLES), "runs", "organisations", "organisation_successors", "corrections"]
    return {name: sorted(ask(url, f"SELECT * FROM {name}"), key=repr) for name in names}
