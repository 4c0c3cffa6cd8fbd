"""The organisations of ``rules/identity/bodies.toml``, read and checked."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chithi.errors import RuleError
from chithi.record import BodyKind, BodyLevel
from chithi.resources import read_data, rules_root


class Organisation(BaseModel):
    """One line of the data: a generic organisation, see the head of the file for its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[a-z0-9_]+(?:\.[a-z0-9_]+)*$")
    name: str
    kind: BodyKind
    level: BodyLevel
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
    source: str | None = None

    @model_validator(mode="after")
    def _sourced(self) -> Organisation:
        if self.successors and self.until is None:
            raise ValueError("has successors but no until")
        if (self.since or self.until) and not self.source:
            raise ValueError("has since or until but no source")
        if self.since and self.until and self.until < self.since:
            raise ValueError("ends before it begins")
        return self

    def valid(self, on: date) -> bool:
        """Whether it existed on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class Organisations(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sources: dict[str, str]
    body: tuple[Organisation, ...]
    heads: dict[str, BodyKind | Literal["unknown"]]


def load_organisations(file: Path) -> Organisations:
    """Read the data and check that ids are unique and that every successor and source exists.

    Raises:
        RuleError: it does not hold; names file, line's id, key and the mend.
    """
    data = read_data(file, Organisations)
    ids = [body.id for body in data.body]
    known = set(ids)
    for body in data.body:
        if ids.count(body.id) > 1:
            raise RuleError("the id stands twice", file=str(file), rule=body.id, key="id",
                            mend="Give it an id of its own")  # fmt: skip
        for name in body.successors:
            if name not in known:
                raise RuleError(f"no body has the id {name!r}", file=str(file), rule=body.id, key="successors",
                                mend="Name ids of this file")  # fmt: skip
        if body.source is not None and body.source not in data.sources:
            raise RuleError(f"no source has the key {body.source!r}", file=str(file), rule=body.id, key="source",
                            mend=f"One of {', '.join(data.sources)}")  # fmt: skip
    return data


@lru_cache(maxsize=1)
def organisations() -> Organisations:
    """The shipped data, loaded when first asked for."""
    return load_organisations(rules_root() / "identity" / "bodies.toml")


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, str]:
    """Short form → full form of the shipped ``rules/vi/abbreviations.toml``, their one home."""
    file = rules_root() / "vi" / "abbreviations.toml"
    rules = tomllib.loads(file.read_text(encoding="utf-8"))["rule"]
    return {phrase: rule["value"]["full"] for rule in rules for phrase in rule.get("phrases", ())}


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Digest of the data that decide who a body is and which place is meant; broken data are found here, too."""
    organisations()
    files = sorted((rules_root() / "identity").glob("*.toml"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
