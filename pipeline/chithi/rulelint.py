"""Find what no example speaks for: unused alternatives and fragments, shadowed rules, rules without examples.

These are warnings of `chithi rules check`: the rules work, but nobody has shown that each part of them is needed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chithi.orthography import fold, lower
from chithi.rulecheck import match_text, mentions
from chithi.rulepack import FRAGMENT, CompiledRule, Example, RuleSet

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


def lint_rules(rules: RuleSet, *, ids: Collection[str] | None = None) -> list[RuleWarning]:
    """All warnings, a pack file after the other.

    Args:
        rules: all rules in force.
        ids: warn of these rules only, as of those that an overlay brought.
    """
    out: list[RuleWarning] = []
    chosen = [rule for rule in rules.rules if ids is None or rule.id in ids]
    by_file: dict[tuple[str, int], list[CompiledRule]] = {}
    for rule in chosen:
        by_file.setdefault((rule.file, id(rule.fragments)), []).append(rule)  # an overlay's file may share our name
    for (file, _), members in by_file.items():
        for rule in members:
            if not rule.rule.examples:
                out.append(RuleWarning(file, f"rule {rule.id!r}", "has no example"))
        out += _unused_fragments(file, members)
        out += _unused_alternatives(file, members)
    return out + list(_shadowed(rules, chosen))


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

    owners: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)  # alternatives by rule or fragment
    keys: list[tuple[str, int]] = field(default_factory=list)  # (owner, place of the alternative) by number of the mark

    def mark(self, pattern: str, owner: str, fragments: Mapping[str, str]) -> str:
        """The pattern with marks and its fragments put in.

        What stands in a lookaround has no marks: there nothing is chosen.
        """
        cuts, around = alternatives(pattern)
        self.owners[owner] = [(a, b, pattern[a:b]) for a, b in cuts]
        places = {end: place for place, (_, end) in enumerate(cuts)}
        out: list[str] = []
        at = 0
        stops = sorted([(end, end, "") for end in places] + [(*m.span(), m[1]) for m in FRAGMENT.finditer(pattern)])
        for start, end, name in stops:
            out.append(pattern[at:start])
            at = end
            if not name:
                out.append(f"(?P<_{len(self.keys)}>)")
                self.keys.append((owner, places[end]))
            elif any(a <= start < b for a, b in around):
                out.append(_plain(pattern[start:end], fragments))
            else:
                out.append(f"(?:{self.mark(fragments[name], f'fragment {name!r}', fragments)})")
        return "".join([*out, pattern[at:]])

    def unused(self, used: set[tuple[str, int]]) -> Iterator[tuple[str, int, list[str]]]:
        """Rule or fragment, number of its alternatives, and the unused ones but for those inside another unused one."""
        for owner, cuts in self.owners.items():
            idle = [cut for place, cut in enumerate(cuts) if (owner, place) not in used]
            outer = [cut for cut in idle if not any(_inside(cut, other) for other in idle)]
            if outer:
                yield owner, len(cuts), [text for _, _, text in sorted(outer)]


def _inside(cut: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] <= cut[0] and cut[1] <= other[1] and cut[:2] != other[:2]


def _plain(pattern: str, fragments: Mapping[str, str]) -> str:
    return FRAGMENT.sub(lambda m: f"(?:{_plain(fragments[m[1]], fragments)})", pattern)


Ranges = list[tuple[int, int]]


def alternatives(pattern: str) -> tuple[Ranges, Ranges]:
    r"""Ranges of the alternatives of a pattern, inner ones too, and of its lookarounds, where they do not count.

    >>> [r"(?:a|b\|[|])c|d"[a:b] for a, b in alternatives(r"(?:a|b\|[|])c|d")[0]]
    ['a', 'b\\|[|]', '(?:a|b\\|[|])c', 'd']
    >>> alternatives("(?!a|b)c")
    ([], [(3, 6)])
    """
    out: Ranges = []
    around: Ranges = []
    stack: list[tuple[list[int], bool]] = [
        ([0], False)
    ]  # starts of the alternatives of each open group; in a lookaround
    at = 0

    def close(end: int) -> None:
        starts, looks = stack.pop()
        if looks:
            around.append((starts[0], end))
        elif len(starts) > 1:
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
    return out, around


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
    for owner, count, unused in marks.unused(used):
        shown = ", ".join(repr(t if len(t) <= _WIDTH else t[: _WIDTH - 1] + "…") for t in unused[:_SHOWN])
        more = f" and {len(unused) - _SHOWN} more" if len(unused) > _SHOWN else ""
        yield RuleWarning(file, owner, f"no example uses {len(unused)} of {count} alternatives: {shown}{more}")


def _shadowed(rules: RuleSet, chosen: Iterable[CompiledRule]) -> Iterator[RuleWarning]:
    """Rules that win none of their own examples once the packs that compete with theirs are loaded too.

    Quantities, times, names and citations compete over all packs of their label; cues and headers do so in their pack
    alone, since each of those packs answers a question of its own.
    """
    company: dict[str, list[CompiledRule]] = {}
    for rule in rules.rules:
        if rule.rule.tokens is None:
            company.setdefault(_rivalry(rule), []).append(rule)
    for rule in chosen:
        if rule.rule.tokens is not None or not rule.rule.examples:
            continue
        found = [_winners(example, company[_rivalry(rule)]) for example in rule.rule.examples]
        if all(ids and rule.id not in ids for ids in found):
            others = ", ".join(sorted({name for ids in found for name in ids}))
            yield RuleWarning(rule.file, f"rule {rule.id!r}", f"is shadowed: its examples are won by {others}")


def _rivalry(rule: CompiledRule) -> str:
    return rule.pack if rule.label in {"cue", "header"} else rule.label


def _winners(example: Example, company: list[CompiledRule]) -> set[str]:
    """Ids of the rules that find an example's match, a part of it, or something around it."""
    wanted = lower(match_text(example.match))
    found = [(match.rule.id, lower(text)) for match, text in mentions(example.text, company)]
    return {name for name, text in found if text in wanted or wanted in text}
