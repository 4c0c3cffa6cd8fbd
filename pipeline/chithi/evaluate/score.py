"""Precision, recall and F1 a metric and a kind of document.

A found item answers the gold item that it overlaps most, one to one; whether the answer is right is the metric's
business. Scores are micro-averaged over all documents, and a gold document without a record is all missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Literal

from chithi.errors import UsageError
from chithi.evaluate.facts import Fact, Facts, Json, gold_facts, record_facts
from chithi.evaluate.pairing import (
    ENOUGH_INDICATOR,
    ENOUGH_OVERLAP,
    ENOUGH_TITLE,
    overlap,
    pair,
    same_deadline,
    same_name,
    same_names,
    same_number,
    word_f1,
    words,
)

Result = Literal["right", "wrong", "missed", "spurious"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A way to score one group of facts: ``right`` says whether a found fact is the gold one that it overlaps."""

    name: str
    group: str
    right: Callable[[Fact, Fact], bool]


def _value(gold: Fact, found: Fact) -> bool:
    return all(same_number(gold.value[end], found.value[end]) for end in ("low", "high"))


def _full_value(gold: Fact, found: Fact) -> bool:
    return _value(gold, found) and all(gold.value[key] == found.value[key] for key in ("op", "delta", "role"))


def _named(gold: Fact, found: Fact) -> bool:
    return same_name(gold.value["name"], found.value["name"])


def _named_in_role(gold: Fact, found: Fact) -> bool:
    return _named(gold, found) and bool(gold.value["role"] == found.value["role"])


def _number(gold: Fact, found: Fact) -> bool:
    return bool(gold.value["number"].upper() == (found.value["number"] or "").upper())


def _aim(gold: Fact, found: Fact) -> bool:
    return _value(gold, found) and word_f1(gold.value["indicator"], found.value["indicator"]) >= ENOUGH_INDICATOR


def _due(gold: Fact, found: Fact) -> bool:
    return same_deadline(gold.value["deadline"], found.value["deadline"])


def _place(gold: Fact, found: Fact) -> bool:
    return overlap(gold, found) >= ENOUGH_OVERLAP


def _led(gold: Fact, found: Fact) -> bool:
    return _place(gold, found) and same_names(gold.value["leads"], found.value["leads"])


METRICS = (
    Metric("percentage", "percentage", _value),
    Metric("percentage full", "percentage", _full_value),
    Metric("deadline", "deadline", lambda g, f: same_deadline(g.value, f.value)),
    Metric("body", "body", _named),
    Metric("body role", "body", _named_in_role),
    Metric("reference", "reference", _number),
    Metric("goal", "goal", _aim),
    Metric("goal + deadline", "goal", lambda g, f: _aim(g, f) and _due(g, f)),
    Metric("goal qualitative", "qualitative", _place),
    Metric("task", "task", _place),
    Metric("task + lead", "task", _led),
    Metric("task + lead + deadline", "task", lambda g, f: _led(g, f) and _due(g, f)),
)
METADATA = "metadata"
"""The metric over the fields of a document's head and foot; it has no spans to pair."""

COUNT = Metric("count", "count", _full_value)
"""Values of goals that are no percentage; no metric of its own, since goals score them, but rules make them."""

HEADLINE = (
    "percentage full",
    "deadline",
    "body role",
    "goal + deadline",
    "goal qualitative",
    "task + lead + deadline",
    "reference",
    METADATA,
)
"""The metrics whose mean F1 is the headline: of each kind of item the strictest."""

NAMES = (*(metric.name for metric in METRICS), METADATA)
_FIELDS = ("number", "doc_type", "title", "issuer", "issued_on", "signer")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one gold item, or of one found item that answers none.

    Attributes:
        item: names the item inside its metric and document, the same for every run over the same gold.
        gold: the gold fact, None for a spurious one.
        found: the found fact, None for a missed one.
    """

    metric: str
    doc: str
    kind: str
    item: str
    result: Result
    gold: Fact | None
    found: Fact | None


@dataclass(frozen=True, slots=True)
class Score:
    """How many items gold has, were found, and are right."""

    right: int = 0
    gold: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was found right."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The verdicts on all items, by metric, then by document in the order of the gold.

    Attributes:
        missing: gold documents without a record.
    """

    verdicts: tuple[Verdict, ...]
    missing: tuple[str, ...] = ()
    documents: int = 0
    _scores: dict[str | None, dict[str, Score]] = field(default_factory=dict, repr=False, compare=False)

    def scores(self, kind: str | None = None) -> dict[str, Score]:
        """Scores by metric, over all documents or over those of one kind."""
        if kind not in self._scores:
            chosen = [v for v in self.verdicts if kind is None or v.kind == kind]
            right = Counter(v.metric for v in chosen if v.result == "right")
            gold = Counter(v.metric for v in chosen if v.gold is not None)
            found = Counter(v.metric for v in chosen if v.found is not None)
            self._scores[kind] = {name: Score(right[name], gold[name], found[name]) for name in NAMES}
        return self._scores[kind]

    @property
    def headline(self) -> float:
        """Mean F1 of the metrics in `HEADLINE`."""
        return sum(self.scores()[name].f1 for name in HEADLINE) / len(HEADLINE)

    @property
    def kinds(self) -> list[str]:
        """Kinds of document that the gold has, as ``doc_type`` names them."""
        return sorted({v.kind for v in self.verdicts})

    def mistakes(self, metric: str) -> list[Verdict]:
        """Verdicts of one metric that are not ``right``."""
        return [v for v in self.verdicts if v.metric == metric and v.result != "right"]


def evaluate(gold: Iterable[Json], records: Iterable[Json]) -> Evaluation:
    """Compare records with gold annotations, matched by the base name of the record's source.

    Args:
        gold: resolved annotations: every item has its ``span``.
        records: records as JSON objects; those without gold are passed over.

    Raises:
        UsageError: two records are of documents of one name, so that it is open which one is meant.
    """
    annotations = list(gold)
    wanted = {annotation["doc"] for annotation in annotations}
    by_name: dict[str, Json] = {}
    for record in records:
        name = PurePosixPath(record["source"]["uri"]).name
        if name in wanted and name in by_name:
            raise UsageError(f"two records are of a document named {name}. Leave one out")
        by_name[name] = record
    verdicts = [v for a in annotations for v in judge(a, by_name.get(a["doc"]))]
    order = {name: place for place, name in enumerate(NAMES)}
    return Evaluation(
        verdicts=tuple(sorted(verdicts, key=lambda v: order[v.metric])),
        missing=tuple(a["doc"] for a in annotations if a["doc"] not in by_name),
        documents=len(annotations),
    )


def judge(gold: Json, record: Json | None, *, metrics: Iterable[Metric] = METRICS) -> Iterator[Verdict]:
    """Verdicts on one document, a metric after the other, metadata last."""
    record = record or {}
    doc, kind = gold["doc"], gold["meta"].get("doc_type") or "unknown"
    wanted, found = gold_facts(gold), record_facts(record)
    for metric in metrics:
        for item, result, g, f in _compared(metric, wanted, found):
            yield Verdict(metric.name, doc, kind, item, result, g, f)
    for name, result, g, f in _metadata(gold["meta"], record.get("metadata") or {}):
        yield Verdict(METADATA, doc, kind, name, result, g, f)


Compared = tuple[str, Result, Fact | None, Fact | None]


def _compared(metric: Metric, wanted: Facts, found: Facts) -> Iterator[Compared]:
    gold, answers = wanted[metric.group], found[metric.group]
    pairs = dict(pair(gold, answers))
    for i, g in enumerate(gold):
        if i not in pairs:
            yield f"gold {i}", "missed", g, None
        else:
            f = answers[pairs[i]]
            yield f"gold {i}", "right" if metric.right(g, f) else "wrong", g, f
    used = set(pairs.values())
    seen: Counter[tuple[int, int]] = Counter()
    for j, f in enumerate(answers):
        if j not in used:
            seen[f.start, f.end] += 1
            yield f"found {f.start}-{f.end} {seen[f.start, f.end]}", "spurious", None, f


def _metadata(gold: Json, found: Json) -> Iterator[Compared]:
    """One point a field; of the reported directive (``about``) only the fields that gold lists."""
    reported = found.get("about") or {}
    fields: list[tuple[str, Any, Any]] = [(name, gold.get(name), found.get(name)) for name in _FIELDS]
    fields += [(f"about.{name}", value, reported.get(name)) for name, value in (gold.get("about") or {}).items()]
    for name, g, f in fields:
        if g is None and f is None:
            continue
        result: Result = "missed" if f is None else "spurious"
        if g is not None and f is not None:
            same = word_f1(g, f) >= ENOUGH_TITLE if name == "title" else words(str(g)) == words(str(f))
            result = "right" if same else "wrong"
        yield name, result, _field(name, g), _field(name, f)


def _field(name: str, value: Any) -> Fact | None:
    return None if value is None else Fact(0, 0, str(value), {name: value})
