"""Records as data frames, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, overload

from chithi.errors import UsageError
from chithi.record import Record
from chithi.sinks import need
from chithi.sinks.rows import Row, rows_of
from chithi.sinks.tables import BY_NAME

if TYPE_CHECKING:
    import pandas
    import polars


@overload
def to_frame(records: Iterable[Record], table: str, *, engine: Literal["pandas"] = ...) -> pandas.DataFrame: ...
@overload
def to_frame(records: Iterable[Record], table: str, *, engine: Literal["polars"]) -> polars.DataFrame: ...


def to_frame(records: Iterable[Record], table: str, *, engine: Literal["pandas", "polars"] = "pandas") -> Any:
    """One table of many records: the same rows and columns as in a database or a Parquet file.

    Args:
        records: the records, such as `chithi.extract` yields; each is read once, so a stream will do.
        table: ``documents``, ``goals``, ``quantities``, ``deadlines``, ``bodies``, ``tasks``, ``refs`` …
        engine: the library of the frame; columns have Arrow types in both, with nulls for what is unknown.

    Raises:
        UsageError: there is no such table, or the library is not installed.
        DocumentError: `record`: a record points to what it does not hold.
    """
    if table not in BY_NAME:
        raise UsageError(f"{table}: is no table. Tables are {', '.join(BY_NAME)}")
    if engine not in ("pandas", "polars"):
        raise UsageError(f"{engine}: is no engine. Engines are pandas and polars")
    need("pyarrow", "frames")
    need(engine, "frames")
    import pyarrow

    from chithi.sinks.arrow import arrow_schema

    rows: list[Row] = [row for record in records for row in rows_of(record)[table]]
    arrow = pyarrow.Table.from_pylist(rows, schema=arrow_schema(BY_NAME[table]))
    if engine == "polars":
        import polars

        return polars.from_arrow(arrow)
    import pandas

    return arrow.to_pandas(types_mapper=pandas.ArrowDtype)
