"""Find what no example speaks for: unused alternatives and fragments, shadowed rules, rules without examples.

These are warnings of `chithi rules check`: the rules work, but nobody has shown that each part of them is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chithi.orthography import fold, lower
from chithi.rulecheck import match_text, winners
from chithi.rulepack import FRAGMENT, CompiledRule, RuleSet

_SHOWN = 6  # alternatives that one warning names
_WIDTH = 40  # characters of an alternative
_GROUP = re.compile(r"\(\?(?:P<\w+>|P=\w+|<?[=!]|>|[a-zA-Z-]*:)|\(")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RuleWarning:
    """Something in a pack that no example speaks for.

    Attributes:
        where: the rule or fragment, such as ``rule 'percent.range'``.
    """

    file: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.message}"


def lint_rules(rules: RuleSet) -> list[RuleWarning]:
    """All warnings, a pack file after the other."""
    out: list[RuleWarning] = []
    by_file: dict[tuple[str, str], list[CompiledRule]] = {}
    for rule in rules.rules:
        by_file.setdefault((rule.pack, rule.file), []).append(rule)
    for (_, file), members in by_file.items():
        for rule in members:
            if not rule.rule.examples:
                out.append(RuleWarning(file, f"rule {rule.id!r}", "has no example"))
        out += _unused_fragments(file, members)
        out += _unused_alternatives(file, members)
    return out + list(_shadowed(rules))


def _unused_fragments(file: str, members: Iterable[CompiledRule]) -> Iterator[RuleWarning]:
    fragments: Mapping[str, str] = {}
    used: set[str] = set()
    for rule in members:
        fragments = rule.fragments
        todo = [rule.rule.pattern or ""]
        while todo:
            for name in FRAGMENT.findall(todo.pop()):
                if name not in used:
                    used.add(name)
                    todo.append(fragments[name])
    for name in fragments:
        if name not in used:
            yield RuleWarning(file, f"fragment {name!r}", "no rule uses it")


@dataclass(slots=True)
class _Marks:
    """Marked patterns of a pack: every alternative gets an empty group at its end, which takes part if it is chosen."""

    owners: dict[str, list[str]] = field(default_factory=dict)  # alternatives as written, by rule or fragment
    keys: list[tuple[str, int]] = field(default_factory=list)  # (owner, place of the alternative) by number of the mark

    def mark(self, pattern: str, owner: str, fragments: Mapping[str, str]) -> str:
        """The pattern with marks and its fragments put in; outside lookarounds, which choose nothing."""
        cuts = alternatives(pattern)
        self.owners[owner] = [pattern[a:b] for a, b in cuts]
        numbers = {end: place for place, (_, end) in enumerate(cuts)}
        out: list[str] = []
        at = 0
        stops = sorted([(end, end, "") for end in numbers] + [(*m.span(), m[1]) for m in FRAGMENT.finditer(pattern)])
        for start, end, name in stops:
            out.append(pattern[at:start])
            at = end
            if name:
                out.append(f"(?:{self.mark(fragments[name], f'fragment {name!r}', fragments)})")
            else:
                out.append(f"(?P<_{len(self.keys)}>)")
                self.keys.append((owner, numbers[end]))
        return "".join([*out, pattern[at:]])


def alternatives(pattern: str) -> list[tuple[int, int]]:
    """Ranges of the alternatives of a pattern, inner ones too, but for those in lookarounds.

    >>> [r"(?:a|b\\|[|]) c|d"[a:b] for a, b in alternatives(r"(?:a|b\\|[|]) c|d")]
    ['a', 'b\\\\|[|]', '(?:a|b\\\\|[|]) c', 'd']
    """
    out: list[tuple[int, int]] = []
    stack: list[tuple[list[int], bool]] = [([0], False)]  # starts of the alternatives of each open group; in a lookaround
    at = 0

    def close(end: int) -> None:
        starts, looks = stack.pop()
        if len(starts) > 1 and not looks:
            out.extend(zip(starts, [*(s - 1 for s in starts[1:]), end], strict=True))

    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 2
        elif char == "[" and (m := _CLASS.match(pattern, at)):
            at = m.end()
        elif char == "(" and (m := _GROUP.match(pattern, at)):
            at = m.end()
            stack.append(([at], stack[-1][1] or m[0].rstrip("=!") in {"(?", "(?<"}))
        else:
            if char == "|":
                stack[-1][0].append(at + 1)
            elif char == ")":
                close(at)
            at += 1
    close(len(pattern))
    return out


def _unused_alternatives(file: str, members: Iterable[CompiledRule]) -> Iterator[RuleWarning]:
    """A fragment's alternative counts as used if an example of any rule of the pack uses it."""
    marks = _Marks()
    used: set[tuple[str, int]] = set()
    for rule in members:
        if rule.rule.pattern is None or not rule.rule.examples:
            continue
        first = len(marks.keys)
        regex = re.compile(fold(marks.mark(rule.rule.pattern, f"rule {rule.id!r}", rule.fragments)))
        for example in rule.rule.examples:
            text = match_text(example.text)
            for m in regex.finditer(text if rule.rule.case else lower(text)):
                used |= {marks.keys[n] for n in range(first, len(marks.keys)) if m.start(f"_{n}") >= 0}
    for owner, written in marks.owners.items():
        unused = [text for place, text in enumerate(written) if (owner, place) not in used]
        if unused:
            shown = ", ".join(repr(t if len(t) <= _WIDTH else t[: _WIDTH - 1] + "…") for t in unused[:_SHOWN])
            more = f" and {len(unused) - _SHOWN} more" if len(unused) > _SHOWN else ""
            yield RuleWarning(file, owner, f"no example uses {len(unused)} of {len(written)} alternatives: {shown}{more}")


def _shadowed(rules: RuleSet) -> Iterator[RuleWarning]:
    """Rules that win none of their own examples once the packs that compete with theirs are loaded too."""
    for rule in rules.rules:
        if rule.rule.tokens is not None or not rule.rule.examples:
            continue
        found = [winners(example, rule, rules) for example in rule.rule.examples]
        if all(ids and rule.id not in ids for ids in found):
            others = ", ".join(sorted({name for ids in found for name in ids}))
            yield RuleWarning(rule.file, f"rule {rule.id!r}", f"is shadowed: its examples are won by {others}")
