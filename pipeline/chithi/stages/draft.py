"""The working state of one document: what the stages read and add to. Only the record leaves the pipeline."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from chithi.record import BodyRole, Diagnostic, Metadata, Relation, Span
from chithi.rulepack import CompiledRule, RuleSet
from chithi.source import Region, SourceText
from chithi.values import Context

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class MatchText:
    """The text that rules run on, with a map back to the source.

    Blocks stand one a line; inside a block white space is one space and markdown marks are gone. ``text`` is folded,
    ``low`` its lower-case copy of the same length. Match character ``i`` came from source characters
    ``starts[i]:ends[i]``.
    """

    text: str = ""
    low: str = ""
    starts: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("I"))

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of match offsets ``[start, end)``; the range must not be empty."""
        return self.starts[start], self.ends[end - 1]


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, list item, heading or table cell: ``[start, end)`` of the match text.

    Attributes:
        label: the numbering as written (``II.``, ``a)``, ``-``), empty where there is none.
        style: kind of the numbering, see `chithi.stages.outline`.
        body: where the text begins behind the label.
        bold: the whole block is set in bold.
        upper: the whole block is in capitals.
        zone: ``body``, ``header``, ``title``, ``basis``, ``footer``, ``boilerplate``.
        reason: what kind of boilerplate.
        section: what the headings above it say it is: ``goal``, ``task``, ``result`` …; empty where they say nothing.
        parent: the heading or lead-in above it.
        cell: table, row and column for a cell.
    """

    index: int
    start: int
    end: int
    label: str = ""
    style: str = ""
    body: int = 0
    bold: bool = False
    upper: bool = False
    level: int = 0
    zone: str = "body"
    reason: str = ""
    section: str = ""
    own_section: str = ""
    parent: Block | None = None
    children: list[Block] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None

    def ancestors(self) -> Iterator[Block]:
        """The headings above, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def descendants(self) -> Iterator[Block]:
        """All blocks below, in order."""
        for child in self.children:
            yield child
            yield from child.descendants()


@dataclass(slots=True, eq=False)
class Table:
    """A table of the document: rows of cells, a cell being the list of its blocks.

    Attributes:
        head: the row that names the columns, empty where there is none.
        columns: meaning of each column: ``work``, ``lead``, ``coordinate``, ``deadline`` …, empty if unknown.
        kind: ``tasks``, ``indicators``, ``procedures`` or empty.
    """

    rows: list[list[list[Block]]]
    head: list[list[Block]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    kind: str = ""


@dataclass(slots=True, eq=False)
class Mention:
    """Something found in the text: ``[start, end)`` of the match text, its rule and its value."""

    start: int
    end: int
    rule: str
    value: dict[str, Any]
    block: Block | None = None


@dataclass(slots=True, eq=False)
class BodyMention(Mention):
    """A body's name in the text, with its role once that is known; ``begin`` is where a shared head stands."""

    name: str = ""
    begin: int = 0
    role: BodyRole | None = None


@dataclass(slots=True, eq=False)
class ReferenceMention(Mention):
    """A citation, with the range that its date and issuer take up behind it."""

    tail: int = 0
    issued_on: str | None = None
    issuer: str | None = None
    relation: Relation = "cites"


@dataclass(slots=True, eq=False)
class GoalDraft:
    """A goal before ids are given."""

    start: int
    end: int
    kind: Literal["quantified", "qualitative"]
    rule: str
    block: Block
    indicator: str | None = None
    quantity: Mention | None = None
    deadline: Mention | None = None
    bodies: list[BodyMention] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class TaskDraft:
    """A task before ids are given."""

    start: int
    end: int
    rule: str
    block: Block
    bodies: list[BodyMention] = field(default_factory=list)
    deadline: Mention | None = None


@dataclass(slots=True, eq=False)
class Draft:
    """One document on its way through the stages."""

    source: SourceText
    rules: RuleSet
    match: MatchText = field(default_factory=MatchText)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    context: Context = field(default_factory=Context)
    normative: bool = False
    doc: Doc | None = None
    named: list[tuple[int, int, CompiledRule]] = field(default_factory=list)
    references: list[ReferenceMention] = field(default_factory=list)
    quantities: list[Mention] = field(default_factory=list)
    deadlines: list[Mention] = field(default_factory=list)
    bodies: list[BodyMention] = field(default_factory=list)
    goals: list[GoalDraft] = field(default_factory=list)
    tasks: list[TaskDraft] = field(default_factory=list)
    unassigned: list[tuple[int, int]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    recognised: list[Region] = field(init=False)

    def __post_init__(self) -> None:
        self.recognised = [region for region in self.source.regions if region.kind == "ocr"]

    def origin(self, span: Span) -> Literal["text", "ocr"]:
        """Whether any of a span was read by text recognition."""
        return "ocr" if any(r.start < span.end and span.start < r.end for r in self.recognised) else "text"

    def span(self, start: int, end: int) -> Span:
        """The source span of match offsets ``[start, end)``."""
        first, last = self.match.source(start, end)
        return Span(start=first, end=last, page=bisect_right(self.source.page_starts, first) or None)

    def text(self, span: Span) -> str:
        """The source's own characters of a span."""
        return self.source.text[span.start : span.end]

    def low(self, block: Block) -> str:
        """The block's match text behind its label, in lower case."""
        return self.match.low[block.body : block.end]

    def content(self) -> Iterator[Block]:
        """Blocks that things are extracted from."""
        return (b for b in self.blocks if b.zone == "body")
