"""Floors: the F1 below which no metric may fall, kept in a TOML file that only rises."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chithi.errors import UsageError
from chithi.evaluate.score import NAMES, Evaluation
from chithi.ingest import uri_of

_DIGITS = 1000
_NOTHING = 1e-9  # less than any item of a corpus can weigh; 0.29 * 1000 is 289.99…
_HEAD = """\
# F1 that no metric may fall below: chithi evaluate GOLD RECORDS --floors FILE.
# Raise with --update-floors.

[floors]
"""


@dataclass(frozen=True, slots=True)
class Fall:
    """A metric that stands below its floor."""

    metric: str
    floor: float
    value: float

    def __str__(self) -> str:
        return f"{self.metric} fell by {self.floor - self.value:.4f}: F1 {self.value:.4f}, floor {self.floor:.3f}"


def present(evaluation: Evaluation) -> dict[str, float]:
    """What floors hold: F1 by metric, and the headline."""
    return {**{name: score.f1 for name, score in evaluation.scores().items()}, "headline": evaluation.headline}


def load_floors(file: Path) -> dict[str, float]:
    """Read a floors file.

    Raises:
        UsageError: it cannot be read, or names a metric that is none.
    """
    try:
        floors = tomllib.loads(file.read_text(encoding="utf-8"))["floors"]
        out = {str(name): float(value) for name, value in floors.items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as e:
        raise UsageError(f"{uri_of(file)}: is no floors file: {e}. Make one with --update-floors") from e
    unknown = sorted(set(out) - {*NAMES, "headline"})
    if unknown:
        raise UsageError(f"{uri_of(file)}: no metric is named {', '.join(unknown)}. Known are {', '.join(NAMES)}")
    return out


def falls(values: Mapping[str, float], floors: Mapping[str, float]) -> list[Fall]:
    """Metrics below their floor."""
    return [Fall(name, floor, values[name]) for name, floor in floors.items() if values[name] < floor - _NOTHING]


def raised(values: Mapping[str, float], floors: Mapping[str, float], *, allow_lower: bool = False) -> dict[str, float]:
    """New floors: the values rounded down, or the old floor where that is higher.

    Args:
        values: what `present` gives.
        floors: the old floors; a metric that has none gets one.
        allow_lower: take the values also where they are lower.
    """
    new = {name: round_down(value) for name, value in values.items()}
    return new if allow_lower else {name: max(value, floors.get(name, 0.0)) for name, value in new.items()}


def write_floors(file: Path, floors: Mapping[str, float]) -> None:
    """Write a floors file.

    Raises:
        UsageError: it cannot be written.
    """
    rows = "".join(f'"{name}" = {value}\n' for name, value in floors.items())
    try:
        file.write_text(_HEAD + rows, encoding="utf-8", newline="\n")
    except OSError as e:
        raise UsageError(f"{uri_of(file)}: cannot be written: {e.strerror}") from e


def round_down(value: float) -> float:
    """Round down to three digits.

    >>> round_down(0.9879), round_down(0.29)
    (0.987, 0.29)
    """
    return math.floor(value * _DIGITS + _NOTHING) / _DIGITS
