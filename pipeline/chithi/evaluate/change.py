"""What a change gained and lost: two runs over one gold, compared item by item."""

from __future__ import annotations

from dataclasses import dataclass

from chithi.evaluate.score import NAMES, Evaluation, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One item in both runs; None where a run neither had it in its gold nor found it."""

    before: Verdict | None
    after: Verdict | None

    @property
    def verdict(self) -> Verdict:
        """The verdict to show: the one that is a mistake, the later of two."""
        for verdict in (self.after, self.before):
            if verdict is not None and verdict.result != "right":
                return verdict
        raise AssertionError("a change without a mistake")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Mistakes that are gone, new, and still there, by metric.

    A found item that answers nothing counts by its place: once it is gone, that mistake is fixed.
    """

    fixed: dict[str, list[Change]]
    broken: dict[str, list[Change]]
    still: dict[str, list[Change]]


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """Compare two evaluations on the same gold."""
    old, new = _by_item(before), _by_item(after)
    out = Comparison(fixed=_empty(), broken=_empty(), still=_empty())
    for key in dict.fromkeys([*old, *new]):
        change = Change(old.get(key), new.get(key))
        was, now = _is_mistake(change.before), _is_mistake(change.after)
        if was or now:
            (out.still if was and now else out.fixed if was else out.broken)[key[0]].append(change)
    return out


def _empty() -> dict[str, list[Change]]:
    return {name: [] for name in NAMES}


def _by_item(evaluation: Evaluation) -> dict[tuple[str, str, str], Verdict]:
    return {(v.metric, v.doc, v.item): v for v in evaluation.verdicts}


def _is_mistake(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.result != "right"
