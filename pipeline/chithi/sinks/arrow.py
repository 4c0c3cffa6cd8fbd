"""The tables' columns as Arrow types, for Parquet files and data frames."""

from __future__ import annotations

from typing import Any

from chithi.sinks.tables import Table


def arrow_schema(table: Table) -> Any:
    """The Arrow schema of a table; an item's comment is its field's description."""
    import pyarrow

    types = {"text": pyarrow.string(), "integer": pyarrow.int64(), "double": pyarrow.float64(),
             "date": pyarrow.date32(), "json": pyarrow.string()}  # fmt: skip
    return pyarrow.schema(
        [
            pyarrow.field(c.name, types[c.type], nullable=c.nullable, metadata={"comment": c.comment or ""})
            for c in table.columns
        ],
        metadata={"comment": table.comment},
    )
