"""The output schema: one `Record` a document. This module is the schema's one home and knows no spaCy.

Spans are Unicode code points into the source text, end-exclusive: ``source_text[start:end] == text``. Ids are unique in
their record and stable for the same input. Unknown is ``None``; nothing is guessed to fill a field.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Literal["1.0"] = "1.0"

DocType = Literal[
    "nghi_quyet", "chi_thi", "quyet_dinh", "ke_hoach", "cong_dien", "thong_bao", "chuong_trinh", "ket_luan", "cong_van",
    "de_an", "nghi_dinh", "thong_tu", "luat", "bao_cao", "huong_dan", "bai_viet", "to_trinh", "quy_dinh", "quy_che",
    "phap_lenh", "van_ban_hop_nhat", "khac",
]  # fmt: skip
Op = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
QuantityRole = Literal["target", "achieved", "baseline", "other"]
DeadlineKind = Literal["by", "during", "on", "from", "recurring", "relative", "ongoing"]
BodyRole = Literal["lead", "coordinate", "supervise", "approve"]
BodyKind = Literal[
    "state", "party", "front", "court", "procuracy", "mass", "enterprise", "school", "group", "office_holder",
]  # fmt: skip
BodyLevel = Literal["central", "province", "district", "commune", "any"]
Relation = Literal["based_on", "amends", "replaces", "repeals", "guides", "attached_to", "cites"]


class Model(BaseModel):
    """Base of all parts of a record: no unknown keys, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Model):
    """A half-open range of code points in the source text, with its page where the source has pages."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = None


class Item(Model):
    """What every extracted item carries: its evidence in the source and the rule that found it."""

    id: str
    text: str
    span: Span
    rule: str
    confidence: float | None = Field(default=None, ge=0, le=1, description="measured precision of the rule, or null")
    origin: Literal["text", "ocr"] = Field(default="text", description="ocr: some of it was read by text recognition")


class Quantity(Item):
    """A percentage, or another quantity that is the value of a goal."""

    low: float | None = None
    high: float | None = None
    op: Op
    unit: str | None = None
    delta: Literal["up", "down"] | None = None
    role: QuantityRole
    indicator: str | None = Field(default=None, description="what a reported percentage measures")


class Deadline(Item):
    """A time expression that bounds a goal or a task; dates are ISO 8601 and inclusive, rrule is an RFC 5545 body."""

    kind: DeadlineKind
    start: str | None = None
    end: str | None = None
    rrule: str | None = None
    duration: str | None = Field(default=None, description="ISO 8601 duration after the anchor event")
    anchor: str | None = Field(default=None, description="the event in the document's words")


class Body(Item):
    """An organisation, office or office-holder in a role of a task."""

    name: str = Field(description="written out, independent of spelling, without a jurisdiction the mention lacks")
    role: BodyRole
    canonical: str | None = Field(default=None, description="the name in one spelling, without the place")
    body_id: str | None = Field(default=None, description="id of the organisation in rules/identity/bodies.toml")
    kind: BodyKind | None = None
    level: BodyLevel | None = None
    jurisdiction: str | None = Field(default=None, description="the place: the mention's, else the document's")
    successors: list[str] = Field(default=[], description="ids of what came after a body that has ended")


class Goal(Item):
    """What the document wants to be reached: an indicator with its value, or an objective without one."""

    kind: Literal["quantified", "qualitative"]
    indicator: str | None = None
    quantity: str | None = None
    deadline: str | None = None
    bodies: list[str] = []
    section: str | None = None


class Task(Item):
    """An action that the document assigns to at least one body."""

    bodies: list[str]
    deadline: str | None = None
    section: str | None = None


class Reference(Item):
    """A cited document with a number."""

    number: str
    doc_type: DocType | None = None
    issued_on: str | None = None
    issuer: str | None = None
    relation: Relation = "cites"


class Section(Model):
    """A heading of the outline."""

    id: str
    label: str | None
    heading: str
    level: int = Field(ge=1)
    parent: str | None = None
    span: Span


class About(Model):
    """The directive that an article reports."""

    number: str | None = None
    doc_type: DocType | None = None
    issuer: str | None = None
    issued_on: str | None = None


class Metadata(Model):
    """What the document says of itself in its header and footer."""

    number: str | None = None
    doc_type: DocType | None = None
    title: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    place: str | None = None
    effective_on: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    about: About | None = None


class Source(Model):
    """Where the text came from."""

    uri: str
    media_type: str
    sha256: str
    size: int
    encoding: str | None = None
    pages: int | None = None


class Diagnostic(Model):
    """Something a reader of the record should know."""

    level: Literal["info", "warning", "error"]
    code: str
    message: str
    span: Span | None = None
    related: list[Span] = Field(default=[], description="other places that the message speaks of")


class Record(Model):
    """Everything extracted from one document."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    doc_id: str
    source: Source
    metadata: Metadata
    sections: list[Section] = []
    quantities: list[Quantity] = []
    deadlines: list[Deadline] = []
    bodies: list[Body] = []
    goals: list[Goal] = []
    tasks: list[Task] = []
    references: list[Reference] = []
    diagnostics: list[Diagnostic] = []
    text: str | None = Field(default=None, description="the text that spans point into, where it is not the file's own")
