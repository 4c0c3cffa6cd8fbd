"""How right records are: scores on gold annotations, what a change gained and lost, floors, the rules' precision."""

from chithi.evaluate.change import Change, Comparison, compare
from chithi.evaluate.files import context, load_gold, load_records, load_texts
from chithi.evaluate.measure import measure
from chithi.evaluate.score import HEADLINE, METRICS, NAMES, Evaluation, Metric, Score, Verdict, evaluate

__all__ = [
    "HEADLINE",
    "METRICS",
    "NAMES",
    "Change",
    "Comparison",
    "Evaluation",
    "Metric",
    "Score",
    "Verdict",
    "compare",
    "context",
    "evaluate",
    "load_gold",
    "load_records",
    "load_texts",
    "measure",
]
