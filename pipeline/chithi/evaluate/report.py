"""Evaluations as text to read and as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from chithi.evaluate.change import Change, Comparison
from chithi.evaluate.facts import Fact
from chithi.evaluate.files import context
from chithi.evaluate.score import HEADLINE, METADATA, NAMES, Evaluation, Score, Verdict

_HEAD = f"{'metric':<26}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}"


def table(evaluation: Evaluation, *, only: Collection[str] = NAMES, kind: str | None = None) -> Iterator[str]:
    """Precision, recall and F1 a metric; a star marks those whose mean is the headline."""
    yield _HEAD
    for name, s in evaluation.scores(kind).items():
        if name in only and (kind is None or s.gold or s.found):
            star = "  *" if name in HEADLINE else ""
            yield f"{name:<26}{s.precision:7.3f}{s.recall:7.3f}{s.f1:7.3f}{s.gold:7}{s.found:7}{star}"


def summary(evaluation: Evaluation) -> Iterator[str]:
    """The headline, and the documents that have no record."""
    yield f"headline (mean F1 of the starred): {evaluation.headline:.3f}, {evaluation.documents} documents"
    if evaluation.missing:
        yield f"no record of: {', '.join(evaluation.missing)}"


def mistakes(
    evaluation: Evaluation, *, texts: Mapping[str, str], most: int, only: Collection[str] = NAMES
) -> Iterator[str]:
    """List the mistakes of each metric in their surroundings, at most so many."""
    for name in NAMES:
        wrong = evaluation.mistakes(name) if name in only else []
        if wrong:
            yield f"\n{name}: {len(wrong)} mistakes"
            for verdict in wrong[:most]:
                yield from _mistake(verdict, texts)


def changes(
    before: Evaluation, after: Evaluation, comparison: Comparison, *, only: Collection[str] = NAMES
) -> Iterator[str]:
    """What a change gained and lost, a metric a line."""
    yield f"\n{'metric':<26}{'before':>8}{'after':>8}{'fixed':>8}{'broken':>8}{'still':>8}"
    for name in NAMES:
        if name in only:
            scores = "".join(f"{e.scores()[name].f1:8.3f}" for e in (before, after))
            counts = "".join(f"{len(part[name]):8}" for part in _parts(comparison).values())
            yield f"{name:<26}{scores}{counts}"
    yield f"{'headline':<26}{before.headline:8.3f}{after.headline:8.3f}"


def changed_items(
    comparison: Comparison, *, texts: Mapping[str, str], most: int, only: Collection[str] = NAMES
) -> Iterator[str]:
    """List what was fixed, broken and is still wrong, at most so many of each in a metric."""
    for name in NAMES:
        for part, by_metric in _parts(comparison).items():
            if name in only and by_metric[name]:
                yield f"\n{name}, {part}: {len(by_metric[name])}"
                for change in by_metric[name][:most]:
                    yield from _mistake(change.verdict, texts)


def _parts(comparison: Comparison) -> dict[str, dict[str, list[Change]]]:
    return {"fixed": comparison.fixed, "broken": comparison.broken, "still wrong": comparison.still}


def _mistake(verdict: Verdict, texts: Mapping[str, str]) -> Iterator[str]:
    rule = f" ({verdict.found.rule})" if verdict.found is not None and verdict.found.rule else ""
    yield f"  {verdict.doc} {verdict.result}{rule}: {_surroundings(verdict, texts)}"
    if verdict.result == "wrong":
        gold, found = _differing(verdict)
        yield f"      gold {_written(gold)} | found {_written(found)}"


def _fact(verdict: Verdict) -> Fact:
    fact = verdict.gold or verdict.found
    assert fact is not None
    return fact


def _surroundings(verdict: Verdict, texts: Mapping[str, str]) -> str:
    fact = _fact(verdict)
    if verdict.metric == METADATA:
        return f"{verdict.item} {fact.text}"
    text = texts.get(verdict.doc)
    return context(text, fact.start, fact.end) if text is not None else " ".join(fact.text.split())


def _differing(verdict: Verdict) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that the two sides do not share, and the text where all are the same but the place is not."""
    assert verdict.gold is not None and verdict.found is not None
    gold, found = verdict.gold.value, verdict.found.value
    keys = [key for key in gold if gold[key] != found.get(key)]
    if not keys:
        return {"text": verdict.gold.text}, {"text": verdict.found.text}
    return {key: gold[key] for key in keys}, {key: found.get(key) for key in keys}


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_written(part)}" for key, part in value.items() if part is not None) or "nothing"
    if isinstance(value, list):
        return "[" + "; ".join(map(str, value)) + "]"
    return " ".join(str(value).split())


def to_json(evaluation: Evaluation, *, by_kind: bool = False, only: Collection[str] = NAMES) -> dict[str, Any]:
    """Scores as an object; ``kinds`` only if asked for."""
    out: dict[str, Any] = {
        "headline": evaluation.headline,
        "documents": evaluation.documents,
        "missing": list(evaluation.missing),
        "metrics": _scores(evaluation.scores(), only),
    }
    if by_kind:
        out["kinds"] = {kind: _scores(evaluation.scores(kind), only) for kind in evaluation.kinds}
    return out


def _scores(scores: Mapping[str, Score], only: Collection[str]) -> dict[str, Any]:
    return {
        name: {"precision": s.precision, "recall": s.recall, "f1": s.f1, "gold": s.gold, "found": s.found}
        for name, s in scores.items()
        if name in only
    }


def mistakes_json(verdicts: Sequence[Verdict], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Mistakes as objects, with the whole values of both sides."""
    return [
        {
            "doc": v.doc,
            "result": v.result,
            "item": v.item,
            "text": _fact(v).text,
            "context": _surroundings(v, texts),
            "gold": None if v.gold is None else dict(v.gold.value),
            "found": None if v.found is None else dict(v.found.value),
            "rule": None if v.found is None else v.found.rule,
        }
        for v in verdicts
    ]


def changes_json(
    before: Evaluation, comparison: Comparison, *, texts: Mapping[str, str], most: int, only: Collection[str] = NAMES
) -> dict[str, Any]:
    """The comparison as an object: the other run's scores, counts, and at most so many items of each kind."""
    out = to_json(before, only=only)
    for part, by_metric in _parts(comparison).items():
        out[part.replace(" ", "_")] = {
            name: {
                "count": len(by_metric[name]),
                "items": mistakes_json([c.verdict for c in by_metric[name][:most]], texts),
            }
            for name in NAMES
            if name in only
        }
    return out
