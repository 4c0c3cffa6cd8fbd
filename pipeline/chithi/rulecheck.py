"""Run every example and every reject of the rule packs: what `chithi rules check` does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chithi.orthography import fold, lower
from chithi.rulepack import CompiledRule, Example, Match, Reject, RuleSet, find_all
from chithi.values import Context

_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class CheckFailure:
    """An example or reject that does not hold.

    Attributes:
        key: such as ``examples[2]``, counted from 1 as an analyst counts.
    """

    file: str
    rule: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: rule {self.rule!r}, {self.key}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """What the check ran and what failed."""

    rules: int
    examples: int
    rejects: int
    failures: tuple[CheckFailure, ...]


def match_text(text: str) -> str:
    """Prepare a sentence as the pipeline prepares a block for the rules, with its capitals.

    >>> match_text("**Đến  năm** 2025 – Uỷ ban")
    'Đến năm 2025 - Ủy ban'
    """
    # Not stripped: a pattern that runs behind a name begins at the space that follows it.
    return re.sub(r"\s+", " ", fold(text).replace("*", ""))


def check_rules(rules: RuleSet) -> Report:
    """Check each example and reject in the company of all rules of its pack.

    An example wants exactly one mention with its text, in any case (the text of the named group ``quote`` where the
    pattern has one), made by its own rule, with every value field given; ``""`` stands for null, which TOML does not
    have. A reject wants no mention made by its rule. Expressions without a year are read as in a document of 2025.
    """
    packs: dict[str, list[CompiledRule]] = {}
    for rule in rules.rules:
        packs.setdefault(rule.pack, []).append(rule)
    failures = tuple(
        CheckFailure(rule.file, rule.id, key, message)
        for rule in rules.rules
        for key, message in _check_rule(rule, packs[rule.pack])
    )
    return Report(
        rules=len(rules.rules),
        examples=sum(len(r.rule.examples) for r in rules.rules),
        rejects=sum(len(r.rule.rejects) for r in rules.rules),
        failures=failures,
    )


def _check_rule(rule: CompiledRule, pack: list[CompiledRule]) -> Iterator[tuple[str, str]]:
    if rule.rule.tokens is not None:
        return  # a token pattern needs spaCy; the tests of the stages run those
    for number, example in enumerate(rule.rule.examples, 1):
        for message in check_example(example, rule, pack):
            yield f"examples[{number}]", message
    for number, reject in enumerate(rule.rule.rejects, 1):
        for message in check_reject(reject, rule, pack):
            yield f"rejects[{number}]", message


def check_reject(reject: Reject, rule: CompiledRule, company: Sequence[CompiledRule]) -> Iterator[str]:
    """Say what ``rule`` finds in a reject of its, in the company of other rules."""
    found = [text for match, text in mentions(reject.text, company) if match.rule.id == rule.id]
    if found:
        yield f"finds {_listed(found)} in {reject.text!r} ({reject.why})"


def check_example(example: Example, rule: CompiledRule, company: Sequence[CompiledRule]) -> Iterator[str]:
    """Say what does not hold of an example of ``rule`` in the company of other rules."""
    found = mentions(example.text, company)
    wanted = lower(match_text(example.match))
    matches = [match for match, text in found if lower(text) == wanted]
    if len(matches) != 1:
        others = _listed([f"{text} ({match.rule.id})" for match, text in found])
        yield f"wants {example.match!r} once in {example.text!r}, finds {others}"
        return
    match = matches[0]
    if match.rule.id != rule.id:
        yield f"{example.match!r} in {example.text!r} is found by rule {match.rule.id!r}, not by this one"
        return
    value = match.rule.value(match, _CONTEXT)
    if value is None and example.value:
        yield f"the value of {example.match!r} cannot be read"
        return
    for field, expected in example.value.items():
        got = (value or {}).get(field)
        if _plain(got) != _plain(expected):
            yield f"field {field!r} of {example.match!r}: wants {expected!r}, reads {got!r}"


def _listed(texts: list[str]) -> str:
    return ", ".join(map(repr, texts)) or "nothing"


def _plain(value: Any) -> Any:
    if value == "":
        return None
    return value.isoformat() if isinstance(value, date) else value


def mentions(text: str, pack: Sequence[CompiledRule]) -> list[tuple[Match, str]]:
    """Find what rules find in a text taken as one block: each match with the words of its mention."""
    prepared = match_text(text)
    found = find_all(pack, prepared, lower(prepared), [(0, len(prepared))])
    return [(match, prepared[slice(*match.spans.get("quote", (match.start, match.end)))]) for match in found]
