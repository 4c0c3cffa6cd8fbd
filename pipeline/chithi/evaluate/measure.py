"""The precision of each rule, measured on gold: what stands in a record as an item's confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from chithi.confidence import Measured
from chithi.evaluate.facts import Json
from chithi.evaluate.score import COUNT, METRICS, judge

_BY_NAME = {metric.name: metric for metric in METRICS}
_JUDGES = (
    COUNT,
    *(_BY_NAME[name] for name in (
        "percentage full", "deadline", "body role", "reference", "goal", "goal qualitative", "task + lead",
    )),
)  # fmt: skip
"""The metric by which an item of each kind is right; deadlines of goals and tasks are items of their own."""


def measure(pairs: Iterable[tuple[Json, Json]]) -> dict[str, Measured]:
    """Precision of every rule that made an item, to three digits: no gold is large enough for more.

    Args:
        pairs: gold annotation and record of each document.
    """
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for gold, record in pairs:
        for verdict in judge(gold, record, metrics=_JUDGES):
            if verdict.found is not None and verdict.found.rule is not None:
                made[verdict.found.rule] += 1
                right[verdict.found.rule] += verdict.result == "right"
    return {rule: Measured(n=n, precision=round(right[rule] / n, 3)) for rule, n in sorted(made.items())}
