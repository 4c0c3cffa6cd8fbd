"""Rule packs: load, overlay, check, compile, fingerprint.

A pack is a TOML file that an analyst can read and extend; ``rules/README.md`` teaches how. Patterns run over the
folded, lower-case match text, in which white space is one space and markdown marks are gone (see
`chithi.orthography`), so a pattern is written in lower case with single spaces.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from chithi.confidence import ENOUGH, Measured, load_confidence
from chithi.errors import RuleError
from chithi.orthography import fold, lower
from chithi.resources import rules_root
from chithi.values import Context, Groups, Value, normalizers
from chithi.values.organisations import fingerprint as identity_fingerprint

FRAGMENT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_DEPTH = 8  # fragments inside fragments; deeper is a cycle
Label = Literal["quantity", "deadline", "body", "reference", "cue", "header"]


class Example(BaseModel):
    """A text, the exact match wanted in it, and every field of the value."""

    model_config = ConfigDict(extra="allow", frozen=True)
    text: str
    match: str

    @property
    def value(self) -> dict[str, Any]:
        """The expected value's fields."""
        return dict(self.model_extra or {})


class Reject(BaseModel):
    """A text in which the rule must find nothing, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str
    why: str


class Rule(BaseModel):
    """One rule: a regular expression, a list of phrases or a spaCy token pattern."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[a-z0-9_]+(?:\.[a-z0-9_]+)+$")
    pattern: str | None = None
    phrases: list[Annotated[str, Field(min_length=1)]] | None = Field(default=None, min_length=1)
    tokens: list[list[dict[str, Any]]] | None = None
    normalize: str | None = None
    value: dict[str, Any] = {}
    anchors: list[str] | None = Field(default=None, description="literals, one of which stands in every match")
    case: bool = Field(default=False, description="match capital letters as written")
    priority: int = 0
    since: date | None = None
    until: date | None = None
    examples: list[Example] = []
    rejects: list[Reject] = []

    @model_validator(mode="after")
    def _one_engine(self) -> Rule:
        if sum(x is not None for x in (self.pattern, self.phrases, self.tokens)) != 1:
            raise ValueError("needs exactly one of pattern, phrases, tokens")
        return self


class _PackFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    pack: str
    label: Label
    anchors: list[str] | None = None
    disable: list[str] = []
    fragments: dict[str, str] = {}
    rule: list[Rule] = []


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """One rule's match in a text: offsets and named groups, with the groups' own offsets.

    ``start`` and ``end`` are the mention: the group ``quote`` where a pattern has one, else the whole match, which
    ``whole`` holds in any case.
    """

    rule: CompiledRule
    start: int
    end: int
    whole: tuple[int, int]
    groups: Groups
    spans: dict[str, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """A rule ready to run."""

    rule: Rule
    pack: str
    label: Label
    file: str
    regex: re.Pattern[str] | None
    anchors: tuple[str, ...]
    fragments: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The rule's stable id, which stands in every record."""
        return self.rule.id

    def find(self, text: str, low: str, start: int, end: int) -> Iterator[Match]:
        """Matches of a pattern rule in ``text[start:end]``; ``low`` is the lower-case copy of the whole text."""
        assert self.regex is not None
        # A slice, so that ^ and $ are the block's ends and no lookaround sees the neighbour.
        for m in self.regex.finditer((text if self.rule.case else low)[start:end]):
            if m.end() > m.start():
                spans = {name: (a + start, b + start) for name in m.re.groupindex for a, b in [m.span(name)] if a >= 0}
                whole = (m.start() + start, m.end() + start)
                yield Match(self, *spans.get("quote", whole), whole, m.groupdict(), spans)

    def value(self, match: Match, context: Context) -> Value | None:
        """The match's value: the rule's own fields over what its normalize function reads; None if unreadable."""
        read: Value | None = {}
        if self.rule.normalize:
            read = normalizers()[self.rule.normalize](match.groups, context)
        return None if read is None else {**read, **self.rule.value}


@dataclass(frozen=True, eq=False)
class RuleSet:
    """All rules of a run, shipped packs with the overlay applied.

    Attributes:
        measured: precision on gold by rule id, also of rules that live in code; rules of an overlay have none.
        measured_on: digest of the rules that it was measured with.
    """

    rules: tuple[CompiledRule, ...]
    measured: Mapping[str, Measured] = field(default_factory=dict)
    measured_on: str | None = None

    @cached_property
    def confidence(self) -> dict[str, float]:
        """Precision by rule id, where enough items were measured."""
        return {rule: m.precision for rule, m in self.measured.items() if m.n >= ENOUGH}

    @lru_cache(maxsize=256)  # noqa: B019 - a rule set lives as long as the process that runs it
    def labelled(self, label: Label, pack: str | None = None) -> tuple[CompiledRule, ...]:
        """Rules of one label, or of one pack of it, by priority, then id."""
        chosen = [r for r in self.rules if r.label == label and (pack is None or r.pack == pack)]
        return tuple(sorted(chosen, key=lambda r: (-r.rule.priority, r.id)))

    def phrases(self, label: Label, pack: str | None = None) -> dict[str, CompiledRule]:
        """Folded, lower-case phrase → its rule; the first by priority where two rules share a phrase."""
        out: dict[str, CompiledRule] = {}
        for rule in self.labelled(label, pack):
            for phrase in rule.rule.phrases or ():
                out.setdefault(lower(fold(phrase)), rule)
        return out

    @cached_property
    def fingerprint(self) -> str:
        """Digest of everything in the rules that decides a record: what they find, and how sure it is."""
        return _digest([self.digest, sorted(self.confidence.items()), identity_fingerprint()])

    @cached_property
    def digest(self) -> str:
        """Digest of everything that decides what the rules find; examples do not."""
        data = [
            (r.pack, r.label, r.regex.pattern if r.regex else "", r.anchors,
             r.rule.model_dump(mode="json", exclude={"examples", "rejects"}))
            for r in sorted(self.rules, key=lambda r: r.id)
        ]  # fmt: skip
        return _digest(data)


def _digest(data: list[Any]) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def load_rules(overlay: Path | None = None, *, root: Path | None = None) -> RuleSet:
    """Load the shipped packs and lay a user's folder of packs over them.

    An overlay's rule with a known id replaces that rule, a new id adds, ``disable = ["id"]`` removes.

    Raises:
        RuleError: a pack cannot be read, has unknown or wrong keys, a pattern that does not compile, or an unknown id.
    """
    rules: dict[str, CompiledRule] = {}
    for file in _pack_files((root or rules_root()) / "vi"):
        for rule in _load_pack(file)[0]:
            if rule.id in rules:
                raise RuleError(f"the id is taken by {rules[rule.id].file}", file=str(file), rule=rule.id, key="id",
                                mend="Give the rule an id of its own")  # fmt: skip
            rules[rule.id] = rule
    measured, measured_on = load_confidence((root or rules_root()) / "confidence.json")
    if overlay is not None:
        if not overlay.is_dir():
            raise RuleError("is not a folder", file=str(overlay), mend="Name a folder that holds *.toml rule packs")
        seen: set[str] = set()
        for file in _pack_files(overlay):
            added, disabled = _load_pack(file)
            for name in disabled:
                if name not in rules:
                    raise RuleError(f"no rule has the id {name!r}", file=str(file), key="disable",
                                    mend="List ids that `chithi rules list` shows")  # fmt: skip
                del rules[name]
            for rule in added:
                if rule.id in seen:
                    raise RuleError("the id stands twice in the overlay", file=str(file), rule=rule.id, key="id",
                                    mend="Give the rule an id of its own")  # fmt: skip
                seen.add(rule.id)
                rules[rule.id] = rule
                measured.pop(rule.id, None)  # it was another rule that was measured
    return RuleSet(tuple(rules.values()), measured, measured_on)


def _pack_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _load_pack(file: Path) -> tuple[list[CompiledRule], list[str]]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as e:
        raise RuleError(f"cannot be read: {e}", file=str(file), mend="Save the pack as UTF-8 text") from e
    except tomllib.TOMLDecodeError as e:
        raise RuleError(f"is not valid TOML: {e}", file=str(file), mend="Mend the line that the message names") from e
    try:
        pack = _PackFile.model_validate(data)
    except ValidationError as e:
        raise _schema_error(file, data, e) from e
    compiled = [_compile(file, pack, rule) for rule in pack.rule]
    ids = [r.id for r in compiled]
    for name in ids:
        if ids.count(name) > 1:
            raise RuleError("the id stands twice in the pack", file=str(file), rule=name, key="id",
                            mend="Give the rule an id of its own")  # fmt: skip
    return compiled, pack.disable


def _schema_error(file: Path, data: dict[str, Any], error: ValidationError) -> RuleError:
    first = error.errors()[0]
    loc: Sequence[int | str] = first["loc"]
    rule = ""
    if len(loc) > 1 and loc[0] == "rule" and isinstance(loc[1], int):
        rule = str(data["rule"][loc[1]].get("id", f"number {loc[1] + 1}"))
        loc = loc[2:]
    key = ".".join(str(part) for part in loc)
    known = sorted(Rule.model_fields) if rule else sorted(_PackFile.model_fields)
    mend = f"Known keys are {', '.join(known)}" if first["type"] == "extra_forbidden" else "See rules/README.md"
    return RuleError(first["msg"], file=str(file), rule=rule, key=key, mend=mend)


def _compile(file: Path, pack: _PackFile, rule: Rule) -> CompiledRule:
    def broken(message: str, key: str, mend: str) -> RuleError:
        return RuleError(message, file=str(file), rule=rule.id, key=key, mend=mend)

    if rule.normalize is not None and rule.normalize not in normalizers():
        raise broken(f"no function {rule.normalize!r}", "normalize", f"One of {', '.join(sorted(normalizers()))}")
    regex = None
    if rule.pattern is not None:
        text = fold(_expand(rule.pattern, pack.fragments, broken))
        bare = re.sub(r"\\.|\(\?P?<[^>]*>", "", text)
        if not rule.case and bare != lower(bare):
            raise broken("has capital letters", "pattern", "Write it in lower case, or set case = true")
        try:
            regex = re.compile(text)
        except re.error as e:
            raise broken(f"does not compile: {e}", "pattern", "Mend the regular expression") from e
        if regex.match(""):
            raise broken("matches the empty text", "pattern", "Make some part of it obligatory")
    elif rule.phrases is not None:
        regex = _any_phrase(rule.phrases, case=rule.case)
    anchors = tuple(lower(fold(a)) for a in (rule.anchors if rule.anchors is not None else pack.anchors or []))
    return CompiledRule(rule, pack.pack, pack.label, file.name, regex, anchors, pack.fragments)


def _any_phrase(phrases: Iterable[str], *, case: bool) -> re.Pattern[str]:
    """A pattern that finds any of the phrases between word ends, the longest first."""
    texts = {" ".join((fold(phrase) if case else lower(fold(phrase))).split()) for phrase in phrases}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(texts, key=lambda t: (-len(t), t))))})(?!\w)")


def _expand(pattern: str, fragments: dict[str, str], broken: Any, depth: int = 0) -> str:
    if depth > _DEPTH:
        raise broken("fragments refer to each other in a circle", "fragments", "Break the circle")

    def put(m: re.Match[str]) -> str:
        if m[1] not in fragments:
            raise broken(f"no fragment {{{m[1]}}}", "pattern", f"One of {', '.join(sorted(fragments)) or 'none'}")
        return f"(?:{_expand(fragments[m[1]], fragments, broken, depth + 1)})"

    return FRAGMENT.sub(put, pattern)


def find_all(rules: Iterable[CompiledRule], text: str, low: str, blocks: Iterable[tuple[int, int]]) -> list[Match]:
    """Run pattern rules over blocks ``(start, end)`` of a match text; overlapping matches are settled.

    A rule with anchors is tried only on blocks that hold one of them. Overlaps settle by priority, then length, then
    position, then id, so that the same input gives the same matches.
    """
    chosen = [r for r in rules if r.regex is not None]
    literals = sorted({a for r in chosen for a in r.anchors})
    out: list[Match] = []
    for start, end in blocks:
        part = low[start:end]
        present = {a for a in literals if a in part}
        found = [
            m
            for rule in chosen
            if not rule.anchors or not present.isdisjoint(rule.anchors)
            for m in rule.find(text, low, start, end)
        ]
        out += settle(found)
    return out


def settle(matches: list[Match]) -> list[Match]:
    """Keep the best of overlapping matches, in order of position."""
    if len(matches) < 2:
        return matches
    order = sorted(matches, key=lambda m: (-m.rule.rule.priority, m.whole[0] - m.whole[1], m.whole[0], m.rule.id))
    kept: list[Match] = []
    base = min(m.whole[0] for m in matches)
    taken = bytearray(max(m.whole[1] for m in matches) - base)
    for m in order:
        a, b = m.whole[0] - base, m.whole[1] - base
        if not any(taken[a:b]):
            taken[a:b] = b"\x01" * (b - a)
            kept.append(m)
    return sorted(kept, key=lambda m: m.start)
