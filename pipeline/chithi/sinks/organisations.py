"""The organisations that `organisation_id` of a body names, and what came after those that have ended."""

from __future__ import annotations

import sqlalchemy as sa

from chithi.sinks.bulk import insert
from chithi.sinks.rows import Row
from chithi.sinks.schema import metadata


def write_organisations(connection: sa.Connection) -> None:
    """Bring both tables to the shipped data; nothing is written where they are as they should be."""
    from chithi.values.organisations import organisations

    shipped = organisations().body
    names = [
        {"organisation_id": o.id, "name": o.name, "kind": o.kind, "level": o.level, "since": o.since, "until": o.until}
        for o in shipped
    ]
    edges = [{"organisation_id": o.id, "successor_id": successor} for o in shipped for successor in o.successors]
    tables = metadata(connection.dialect.name).tables
    wanted: dict[str, list[Row]] = {"organisations": names, "organisation_successors": edges}
    if all(_rows(connection, tables[name]) == _comparable(rows) for name, rows in wanted.items()):
        return
    for name in reversed(wanted):
        connection.execute(tables[name].delete())
    for name, rows in wanted.items():
        insert(connection, tables[name], rows)


def _rows(connection: sa.Connection, table: sa.Table) -> set[tuple[object, ...]]:
    return {tuple(row) for row in connection.execute(sa.select(table))}


def _comparable(rows: list[Row]) -> set[tuple[object, ...]]:
    return {tuple(row.values()) for row in rows}
