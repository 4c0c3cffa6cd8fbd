"""The database's schema: the tables of a record, and those that describe loads, organisations and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from chithi.record import BodyKind, BodyLevel
from chithi.sinks.tables import TABLES, Column, Table, Type, literals

# JSON stays text in SQLite. The rows hold it as text everywhere, so that each way of loading takes it.
_JSON = sa.Text().with_variant(postgresql.JSON(), "postgresql").with_variant(sa.JSON(), "duckdb")
_TYPES: Mapping[Type, Any] = {
    "text": sa.Text(),
    "integer": sa.BigInteger(),
    "double": sa.Double(),
    "date": sa.Date(),
    "json": _JSON,
}
CORRECTABLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "document": ("documents", ("number", "number_key", "doc_type", "title", "issuer", "issuer_key", "issued_on",
                               "effective_on", "signer")),
    "quantity": ("quantities", ("low", "high", "op", "unit", "delta", "role")),
    "deadline": ("deadlines", ("kind", "start_on", "end_on")),
    "body": ("bodies", ("name", "role", "canonical", "organisation_id")),
    "goal": ("goals", ("kind", "indicator", "indicator_key", "quantity_id", "deadline_id")),
    "task": ("tasks", ("deadline_id",)),
    "reference": ("refs", ("number", "number_key", "doc_type", "issued_on", "issuer", "issuer_key", "relation")),
}  # fmt: skip
"""What `corrections` may correct: item → its table and columns. The value of a column that points is an item_key."""


@cache
def metadata(dialect: str) -> sa.MetaData:
    """The schema for SQLite, PostgreSQL or DuckDB.

    DuckDB has no foreign keys here: it would not change a row that another points to, even where that one goes in the
    same transaction. What they would check is checked before a document is loaded. It has no indexes either, since it
    reads columns.
    """
    made = sa.MetaData()
    _about_loads(made)
    _about_organisations(made)
    for table in TABLES:
        more = [_column("record_digest", "text", "digest of all that the record says, by which a change is seen"),
                _column("run_id", "text", "the load that wrote the rows")]  # fmt: skip
        built = sa.Table(
            table.name, made, *map(_built, table.columns), *(more if table.name == "documents" else ()),
            sa.PrimaryKeyConstraint(*table.key), *_checks(table), *_foreign_keys(table), comment=table.comment,
        )  # fmt: skip
        for columns in table.indexes:
            sa.Index(f"{table.name}_by_{'_'.join(columns)}", *(built.c[name] for name in columns))
    made.tables["documents"].append_constraint(sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"]))
    _about_corrections(made, dialect)
    if dialect == "duckdb":
        for stored in made.tables.values():
            stored.indexes.clear()
            stored.constraints -= stored.foreign_key_constraints
    return made


def _built(column: Column) -> sa.Column[Any]:
    return _column(column.name, column.type, column.comment, nullable=column.nullable)


def _column(name: str, kind: Type, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _TYPES[kind], nullable=nullable, comment=comment)


def _checks(table: Table) -> list[sa.CheckConstraint]:
    return [_one_of(c.name, c.options, name=f"{table.name}_{c.name}") for c in table.columns if c.options]


def _one_of(column: str, options: Iterable[str], *, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sa.column(column).in_(list(options)), name=name)


def _foreign_keys(table: Table) -> list[sa.ForeignKeyConstraint]:
    keys = [] if table.name == "documents" else [sa.ForeignKeyConstraint(["doc_id"], ["documents.doc_id"])]
    # A section may name one that is written after it.
    keys += [
        sa.ForeignKeyConstraint(["doc_id", column], [f"{target}.doc_id", f"{target}.id"],
                                deferrable=True, initially="DEFERRED")
        for column, target in table.points.items()
    ]  # fmt: skip
    return keys


def _about_loads(made: sa.MetaData) -> None:
    sa.Table(
        "schema_version", made, sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        comment="The version of this schema, one row; chithi load brings older databases to its own",
    )  # fmt: skip
    sa.Table(
        "runs", made,
        sa.Column("run_id", sa.Text(), primary_key=True),
        sa.Column("started_at", sa.DateTime(), nullable=False, comment="UTC"),
        _column("chithi_version", "text", "the version that loaded; the one that extracted too where rules are given"),
        _column("rules_fingerprint", "text", "digest of the rules, where the run extracted what it loaded",
                nullable=True),
        comment="Loads that changed something",
    )  # fmt: skip


def _about_organisations(made: sa.MetaData) -> None:
    sa.Table(
        "organisations", made,
        sa.Column("organisation_id", sa.Text(), primary_key=True),
        _column("name", "text"),
        _column("kind", "text"),
        _column("level", "text"),
        _column("since", "date", "first day, where the name was not always there", nullable=True),
        _column("until", "date", "last day of one that has ended", nullable=True),
        _one_of("kind", literals(BodyKind), name="organisations_kind"),
        _one_of("level", literals(BodyLevel), name="organisations_level"),
        comment="Generic organisations: a row stands for all bodies of its name, such as every province's department",
    )  # fmt: skip
    sa.Table(
        "organisation_successors", made,
        sa.Column("organisation_id", sa.Text(), primary_key=True),
        sa.Column("successor_id", sa.Text(), primary_key=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.organisation_id"]),
        sa.ForeignKeyConstraint(["successor_id"], ["organisations.organisation_id"]),
        comment="What came after an organisation that has ended",
    )  # fmt: skip


def scalar(column: str, *, dialect: str) -> str:
    """SQL for the text of a JSON value, NULL for null."""
    return {"sqlite": f"json_extract({column}, '$')", "duckdb": f"({column} ->> '$')"}.get(
        dialect, f"({column} #>> '{{}}')"
    )


def _readable(dialect: str) -> list[sa.CheckConstraint]:
    """A value that is no number or no date would fail each query of the views, so it is refused."""
    value = scalar("new_value", dialect=dialect)
    number, day, none = (
        f"CAST({value} AS DOUBLE PRECISION) IS NOT NULL",
        f"CAST({value} AS DATE) IS NOT NULL",
        "IS NULL",
    )
    if dialect == "sqlite":
        number, day = f"typeof({value}) IN ('real', 'integer')", f"COALESCE(date({value}) = {value}, 0)"
    if dialect == "duckdb":
        # After a crash it reads its log before it has loaded its functions, so that a check may use operators only.
        value, none = "CAST(new_value AS VARCHAR)", "= 'null'"
        number, day = f"TRY_CAST({value} AS DOUBLE) IS NOT NULL", f"""{value} LIKE '"____-__-__"'"""
    valid = (
        [sa.CheckConstraint(sa.text("new_value IS NULL OR json_valid(new_value)"), name="corrections_json")]
        if dialect == "sqlite"
        else []
    )
    dates = "('start_on', 'end_on', 'issued_on', 'effective_on')"
    return valid + [
        sa.CheckConstraint(sa.text(f"CASE WHEN field IN {names} THEN {value} {none} OR {right} ELSE 1 = 1 END"),
                           name=f"corrections_{name}")
        for name, names, right in (("number", "('low', 'high')", number), ("date", dates, day))
    ]  # fmt: skip


def _about_corrections(made: sa.MetaData, dialect: str) -> None:
    fields = sorted(f"{item}.{name}" for item, (_, names) in CORRECTABLE.items() for name in names)
    named = sa.column("item").concat(".").concat(sa.column("field"))
    rejected = sa.and_(sa.column("verdict") == "rejected", sa.column("field") == "*")
    corrected = sa.and_(sa.column("verdict") == "corrected", named.in_(fields), sa.column("new_value").is_not(None))
    sa.Table(
        "corrections", made,
        # No foreign key: a correction outlives the rows that it corrects.
        _column("doc_id", "text"),
        _column("item", "text", f"one of {', '.join(CORRECTABLE)}"),
        sa.Column("item_key", sa.Text(), nullable=False, server_default="", comment="the item's place"),
        sa.Column("text", sa.Text(), nullable=False, server_default="", comment="the item's words"),
        sa.Column("field", sa.Text(), nullable=False, server_default="*", comment="a column, * where it is rejected"),
        sa.Column("verdict", sa.Text(), nullable=False, server_default="corrected", comment="corrected or rejected"),
        _column("old_value", "json", "what was extracted, as JSON", nullable=True),
        _column("new_value", "json", "what is right, as JSON; null says that there is nothing", nullable=True),
        _column("made_by", "text", nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False, server_default=sa.func.current_timestamp()),
        _column("note", "text", nullable=True),
        sa.PrimaryKeyConstraint("doc_id", "item", "item_key", "field"),
        _one_of("item", CORRECTABLE, name="corrections_item"),
        sa.CheckConstraint(sa.or_(rejected, corrected), name="corrections_verdict"),
        *_readable(dialect),
        comment="What people have put right; no load touches it",
    )  # fmt: skip
