"""Many rows at once, in the way that each database is quickest at."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from chithi.sinks.rows import Row


def insert(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    """Insert rows that all have the same columns: COPY for PostgreSQL, an Arrow table for DuckDB, else executemany.

    Raises:
        DBAPIError: the database refuses; also where the driver is called past SQLAlchemy.
    """
    if not rows:
        return
    driver = connection.dialect.loaded_dbapi
    try:
        if connection.dialect.name == "postgresql":
            _copy(connection, table, rows)
        elif connection.dialect.name == "duckdb":
            _arrow(connection, table, rows)
        else:
            connection.execute(table.insert(), rows)
    except driver.OperationalError as e:
        raise OperationalError(None, None, e) from None
    except driver.Error as e:
        raise DBAPIError(None, None, e) from None


def _names(connection: sa.Connection, table: sa.Table, columns: list[str]) -> tuple[str, str]:
    quoted = connection.dialect.identifier_preparer.quote
    return quoted(table.name), ", ".join(map(quoted, columns))


def _copy(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    name, columns = _names(connection, table, list(rows[0]))
    with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))


def _arrow(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    import pyarrow

    kinds = {sa.BigInteger: pyarrow.int64(), sa.Integer: pyarrow.int64(), sa.Double: pyarrow.float64(),
             sa.Date: pyarrow.date32(), sa.DateTime: pyarrow.timestamp("us")}  # fmt: skip
    fields = [(name, kinds.get(type(table.c[name].type), pyarrow.string())) for name in rows[0]]
    driver: Any = connection.connection.driver_connection
    name, columns = _names(connection, table, list(rows[0]))
    driver.register("chithi_rows", pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(fields)))
    try:
        driver.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM chithi_rows")
    finally:
        driver.unregister("chithi_rows")
