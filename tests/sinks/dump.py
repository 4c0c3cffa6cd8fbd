"""Make the dump of this schema version: `python -m tests.sinks.dump`. A version that was released keeps its dump."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from tests.sinks.samples import load, plan

from chithi.sinks.migrations import MIGRATIONS

FILE = Path(__file__).parent / f"schema-{1 + len(MIGRATIONS)}.sql"
CORRECTION = """INSERT INTO corrections (doc_id, item, item_key, text, field, new_value, made_by, made_at)
SELECT doc_id, 'goal', item_key, text, 'indicator', '"hộ dùng nước sạch hợp vệ sinh"', 'An', '2026-01-05 08:00:00'
FROM goals"""


def main() -> None:
    """Write the dump, without most of what every load would bring."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "policy.db"
        load(f"sqlite:///{path}", [plan("a")])
        connection = sqlite3.connect(path)
        connection.executescript(
            f"""{CORRECTION};
            DELETE FROM occurrences WHERE due_on > '2024-12-31';
            DELETE FROM organisation_successors;
            DELETE FROM organisations;"""
        )
        FILE.write_text("\n".join(connection.iterdump()) + "\n", encoding="utf-8")
        connection.close()


if __name__ == "__main__":
    main()
