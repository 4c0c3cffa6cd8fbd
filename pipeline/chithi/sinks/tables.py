"""The tables that databases, Parquet files and data frames share.

The tables follow the models of `chithi.record`: a column for each field, its description for a comment, its enumeration
for a check. What differs from the record:

- ``span`` is ``span_start``, ``span_end`` and ``span_page``; ``start`` and ``end`` of a deadline are ``start_on`` and
  ``end_on``, since END is a reserved word of SQL; so is REFERENCES, whose table is ``refs``.
- What holds the id of another item is named for it: ``quantity_id``, ``section_id``; lists of bodies are tables. The
  ``body_id`` of a body, which names an organisation, is ``organisation_id``.
- ``item_key`` names an item by its place, which a new run finds again; an ``id`` may change with a rule.
- Columns whose names end in ``_key`` hold one spelling of the column beside them, to compare and join by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from chithi import record as schema
from chithi.sinks.occurrences import YEARS

Type = Literal["text", "integer", "double", "date", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; `options` are the values of an enumeration."""

    name: str
    type: Type = "text"
    nullable: bool = False
    comment: str | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a record's parts.

    Attributes:
        key: the primary key's columns.
        points: column → table, where a column holds the id of another item of the same document.
        indexes: columns of which the shipped views ask.
    """

    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    points: Mapping[str, str]
    indexes: tuple[tuple[str, ...], ...] = ()


_DOCUMENT = Column(name="doc_id", comment="the document: digest of its bytes")
_ITEM_KEY = Column(name="item_key", comment="the item's place, by which corrections name it; /2 is the second there")
RENAMED = {"quantity": "quantity_id", "deadline": "deadline_id", "section": "section_id", "parent": "parent_id",
            "start": "start_on", "end": "end_on", "body_id": "organisation_id"}  # fmt: skip
KEY_COLUMNS = {"number_key": "number", "issuer_key": "issuer", "indicator_key": "indicator"}
_POINTS = {"quantity_id": "quantities", "deadline_id": "deadlines", "section_id": "sections", "parent_id": "sections"}
_DATES = ("start_on", "end_on", "issued_on", "effective_on", "about_issued_on")
_TYPES: dict[Any, Type] = {str: "text", int: "integer", float: "double"}
_SPAN = (
    Column(name="span_start", type="integer", nullable=True, comment="first code point in the source text"),
    Column(name="span_end", type="integer", nullable=True, comment="code point behind the last"),
    Column(name="span_page", type="integer", nullable=True, comment="page, where the source has pages"),
)


def _columns(model: type[BaseModel], *, prefix: str = "", leave: Iterable[str] = ()) -> Iterator[Column]:
    hints = get_type_hints(model)
    for name, field in model.model_fields.items():
        if name in leave:
            continue
        nullable, hint = _plain(hints[name])
        if hint is schema.Span:
            yield from (replace(column, nullable=nullable or column.name == "span_page") for column in _SPAN)
        elif isinstance(hint, type) and issubclass(hint, BaseModel):
            yield from (replace(column, nullable=True) for column in _columns(hint, prefix=f"{name}_"))
        else:
            options = literals(hint) if get_origin(hint) is Literal else ()
            column = prefix + RENAMED.get(name, name)
            kind: Type = "date" if column in _DATES else "text" if options else _TYPES.get(hint, "json")
            yield Column(name=column, type=kind, nullable=nullable, comment=field.description, options=options)


def _key_columns(model: type[BaseModel]) -> Iterator[Column]:
    for name, source in KEY_COLUMNS.items():
        if source in model.model_fields:
            yield Column(name=name, nullable=True, comment=f"{source} in one spelling")


def literals(hint: Any) -> tuple[str, ...]:
    """The values of an enumeration."""
    return tuple(map(str, get_args(hint)))


def _plain(hint: Any) -> tuple[bool, Any]:
    """Whether a type admits None, and the type without it."""
    options = get_args(hint)
    if NoneType not in options:
        return False, hint
    return True, next(option for option in options if option is not NoneType)


def _comment(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").split("\n\n")[0].strip()


def _items(name: str, model: type[BaseModel], *, indexes: tuple[tuple[str, ...], ...] = ()) -> Table:
    columns = (*_columns(model, leave=("bodies",)), *_key_columns(model))
    keyed = (_ITEM_KEY,) if "text" in model.model_fields else ()
    return Table(
        name=name, comment=_comment(model), columns=(_DOCUMENT, *columns, *keyed), key=("doc_id", "id"),
        points={c.name: _POINTS[c.name] for c in columns if c.name in _POINTS},
        indexes=(*indexes, *([("doc_id", "item_key")] if keyed else ())),
    )  # fmt: skip


def _links(name: str, comment: str, item: str, items: str) -> Table:
    return Table(
        name=name, comment=comment, columns=(_DOCUMENT, Column(name=item), Column(name="body_id")),
        key=("doc_id", item, "body_id"), points={item: items, "body_id": "bodies"}, indexes=(("doc_id", "body_id"),),
    )  # fmt: skip


TABLES: tuple[Table, ...] = (
    Table(
        name="documents",
        comment="What a document says of itself; one row a content, however many files hold it",
        columns=(
            _DOCUMENT,
            Column(name="schema_version", comment="version of the record's form"),
            *_columns(schema.Metadata),
            *_key_columns(schema.Metadata),
            Column(name="text", nullable=True, comment=schema.Record.model_fields["text"].description),
        ),
        key=("doc_id",),
        points={},
        indexes=(("number_key",), ("issued_on",)),
    ),
    Table(
        name="sources",
        comment=f"{_comment(schema.Source)}: the files in which a document was found",
        columns=(_DOCUMENT, *_columns(schema.Source, leave=("sha256",))),
        key=("doc_id", "uri"),
        points={},
        indexes=(("uri",),),
    ),
    _items("sections", schema.Section),
    _items("quantities", schema.Quantity),
    _items("deadlines", schema.Deadline, indexes=(("end_on",),)),
    Table(
        name="occurrences",
        comment=f"Due dates of recurring deadlines, {YEARS} years from the document's date",
        columns=(
            _DOCUMENT,
            Column(name="deadline_id"),
            Column(name="due_on", type="date", comment="the day that the rule names, else the last of the period"),
            Column(name="start_on", type="date", comment="first day of the period: of the quarter, of the month"),
        ),
        key=("doc_id", "deadline_id", "due_on"),
        points={"deadline_id": "deadlines"},
        indexes=(("due_on",),),
    ),
    _items("bodies", schema.Body, indexes=(("organisation_id",),)),
    _items("goals", schema.Goal, indexes=(("indicator_key",),)),
    _links("goal_bodies", "Which bodies a goal names", "goal_id", "goals"),
    _items("tasks", schema.Task),
    _links("task_bodies", "Which bodies a task is given to; their part in it is the body's role", "task_id", "tasks"),
    _items("refs", schema.Reference, indexes=(("number_key",),)),
    Table(
        name="diagnostics",
        comment=_comment(schema.Diagnostic),
        columns=(
            _DOCUMENT,
            Column(name="position", type="integer", comment="place in the record, from 1"),
            *_columns(schema.Diagnostic, leave=("related",)),
        ),
        key=("doc_id", "position"),
        points={},
        indexes=(("code",),),
    ),
    Table(
        name="diagnostic_places",
        comment="The places that a diagnostic speaks of",
        columns=(
            _DOCUMENT,
            Column(name="position", type="integer", comment="of the diagnostic"),
            Column(name="place", type="integer", comment="from 1; the first is the diagnostic's own"),
            *(replace(column, nullable=column.name == "span_page") for column in _SPAN),
        ),
        key=("doc_id", "position", "place"),
        points={},
    ),
)
BY_NAME = {table.name: table for table in TABLES}
