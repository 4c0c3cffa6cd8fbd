"""Views: what counts once corrections are taken in, and the questions that analysts ask.

``v_goals`` and the like are made here, a table's rows with corrected values and without what was rejected; the others
are the files of the folder ``sql``, the same text for all databases.
"""

from __future__ import annotations

from importlib import resources

import sqlalchemy as sa

from chithi.sinks.schema import CORRECTABLE, metadata, scalar
from chithi.sinks.tables import BY_NAME, Column

QUESTIONS = ("v_due", "v_recurring", "v_heirs", "v_body_tasks", "v_targets", "v_task_gaps", "v_contradictions",
             "v_links", "v_replaced", "v_goals_compared", "v_progress", "v_corrections_unmatched")  # fmt: skip
"""Views of the folder ``sql``, each behind those that it reads."""


def names() -> list[str]:
    """All views, each behind those that it reads."""
    return [*(f"v_{table}" for table, _ in CORRECTABLE.values()), *QUESTIONS]


def create_views(connection: sa.Connection) -> None:
    """Make all views."""
    dialect = connection.dialect.name
    for item, (table, columns) in CORRECTABLE.items():
        connection.exec_driver_sql(f"CREATE VIEW v_{table} AS\n{corrected(item, table, columns, dialect=dialect)}")
    for name in QUESTIONS:
        connection.exec_driver_sql(f"CREATE VIEW {name} AS\n{text_of(name)}")


def drop_views(connection: sa.Connection) -> None:
    """Remove those that are there."""
    for name in reversed(names()):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def text_of(name: str) -> str:
    """The query of a view of the folder ``sql``."""
    lines = (resources.files(__package__) / "sql" / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


def corrected(item: str, table: str, columns: tuple[str, ...], *, dialect: str) -> str:
    """The query of a table's rows as corrections leave them."""
    mine = "c.doc_id = t.doc_id" + ("" if item == "document" else " AND c.item_key = t.item_key AND c.text = t.text")
    keys = ("doc_id",) if item == "document" else ("doc_id", "item_key", "text")
    value = scalar("new_value", dialect=dialect)
    found = ",\n    ".join(
        f"MAX(CASE WHEN field = '{name}' THEN 1 END) AS has_{name}, "
        f"MAX(CASE WHEN field = '{name}' THEN CAST({value} AS {_sql_type(table, 'text', dialect)}) END) AS {name}"
        for name in columns
    )
    shown = ",\n  ".join(
        _shown(table, column, dialect) if column in columns else f"t.{column}"
        for column in metadata(dialect).tables[table].columns.keys()  # noqa: SIM118 (a collection of columns, no dict)
    )
    return (
        f"SELECT\n  {shown}\nFROM {table} t\nLEFT JOIN (\n  SELECT {', '.join(keys)},\n"
        f"    MAX(CASE WHEN verdict = 'rejected' THEN 1 END) AS rejected,\n    {found}\n"
        f"  FROM corrections WHERE item = '{item}' GROUP BY {', '.join(keys)}\n) c ON {mine}\nWHERE c.rejected IS NULL"
    )


def _shown(table: str, name: str, dialect: str) -> str:
    target = BY_NAME[table].points.get(name)
    if target:
        right = f"(SELECT p.id FROM {target} p WHERE p.doc_id = t.doc_id AND p.item_key = c.{name})"
    else:
        right = f"CAST(c.{name} AS {_sql_type(table, name, dialect)})"
    return f"CASE WHEN c.has_{name} = 1 THEN {right} ELSE t.{name} END AS {name}"


def _sql_type(table: str, name: str, dialect: str) -> str:
    column = next((c for c in BY_NAME[table].columns if c.name == name), Column(name=name))
    if column.type == "double":
        return "DOUBLE PRECISION"
    return "DATE" if column.type == "date" and dialect != "sqlite" else "TEXT"
