"""The published schema keeps the names that downstream databases rely on."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from chithi.record import SCHEMA_VERSION, Record

SCHEMA: dict[str, Any] = Record.model_json_schema()
EVIDENCE = ("id", "text", "span", "rule", "confidence", "origin")


def part(name: str) -> dict[str, Any]:
    return SCHEMA if name == "Record" else SCHEMA["$defs"][name]


def options(name: str, field: str) -> list[str]:
    """The values that an enumerated field may have."""
    found = part(name)["properties"][field]
    return next(x["enum"] for x in [found, *found.get("anyOf", [])] if "enum" in x)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Record", ("schema_version", "doc_id", "source", "metadata", "sections", "quantities", "deadlines", "bodies",
                    "goals", "tasks", "references", "diagnostics", "text")),
        ("Source", ("uri", "media_type", "sha256", "size", "encoding", "pages")),
        ("Metadata", ("number", "doc_type", "title", "issuer", "issued_on", "place", "effective_on", "signer",
                      "signer_title", "about")),
        ("About", ("number", "doc_type", "issuer", "issued_on")),
        ("Section", ("id", "label", "heading", "level", "parent", "span")),
        ("Quantity", (*EVIDENCE, "low", "high", "op", "unit", "delta", "role")),
        ("Deadline", (*EVIDENCE, "kind", "start", "end", "rrule", "duration", "anchor")),
        ("Body", (*EVIDENCE, "name", "role")),
        ("Goal", (*EVIDENCE, "kind", "indicator", "quantity", "deadline", "bodies", "section")),
        ("Task", (*EVIDENCE, "bodies", "deadline", "section")),
        ("Reference", (*EVIDENCE, "number", "doc_type", "issued_on", "issuer", "relation")),
        ("Diagnostic", ("level", "code", "message", "span", "related")),
        ("Span", ("start", "end", "page")),
    ],
)  # fmt: skip
def test_part_has_its_fields(name: str, fields: tuple[str, ...]) -> None:
    assert [field for field in fields if field not in part(name)["properties"]] == []


@pytest.mark.parametrize(
    ("name", "field", "values"),
    [
        ("Quantity", "op", ["eq", "ge", "gt", "le", "lt", "approx", "range"]),
        ("Quantity", "role", ["target", "achieved", "baseline", "other"]),
        ("Quantity", "delta", ["up", "down"]),
        ("Deadline", "kind", ["by", "during", "on", "from", "recurring", "relative", "ongoing"]),
        ("Body", "role", ["lead", "coordinate", "supervise", "approve"]),
        ("Goal", "origin", ["text", "ocr"]),
        ("Goal", "kind", ["quantified", "qualitative"]),
        ("Reference", "relation", ["based_on", "amends", "replaces", "repeals", "guides", "attached_to", "cites"]),
    ],
)
def test_enumeration_has_its_values(name: str, field: str, values: list[str]) -> None:
    assert options(name, field) == values


@pytest.mark.parametrize("name", ["nghi_quyet", "chi_thi", "quyet_dinh", "ke_hoach", "cong_dien", "bai_viet", "khac"])
def test_document_type_is_known(name: str) -> None:
    assert name in options("Metadata", "doc_type")


def test_version_is_published() -> None:
    assert part("Record")["properties"]["schema_version"]["const"] == SCHEMA_VERSION


def test_schema_is_a_valid_json_schema() -> None:
    assert jsonschema.Draft202012Validator.check_schema(SCHEMA) is None


@pytest.mark.parametrize("name", ["Record", "Source", "Metadata", "Quantity", "Deadline", "Goal", "Task"])
def test_part_refuses_unknown_fields(name: str) -> None:
    assert part(name)["additionalProperties"] is False
