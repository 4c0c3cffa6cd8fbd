"""Work grows with the length of the text and no faster, whatever the text is: no pattern backtracks without bound.

Nothing here depends on how quick the machine is: a time is only compared with another of the same test.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chithi.orthography import lower
from chithi.record import Record
from chithi.rulecheck import match_text
from chithi.rulepack import CompiledRule, load_rules

Extract = Callable[[str], Record]
RULES = [r for r in load_rules().rules if r.regex]
DOCUMENTS = sorted((Path(__file__).parents[1] / "corpus" / "documents").iterdir())
UNITS = (
    "1", "1.", "1 ", " ", ",", ", ", "-", "- ", "*", "|", "| ", "(", '"', "a", "A", "#", ".", "1/", "\n", "\u0301",
    "a: ", "a. ", "a; ", "abc ", "từ ", "đến ", "và ", "của ", "về ", "đã ", "đạt ", "An ", "Sở ", "các sở, ",
    "nghị định số ",
    "thông tư ", "ban hành ", "trong phạm vi ", "giai đoạn ", "ngày 1 tháng ", "1% ", "đạt 1% ", "Ủy ban nhân dân ",
)  # fmt: skip
LAYOUTS = (
    "|\nô\n", "| a | b |\n", "- Sở Y tế chủ trì đạt 5% đến năm 2030;\n", "1. Đạt 5% đến năm 2030\n", "- Mục tiêu:\n",
    "I. MỤC TIÊU\n", "Sở Y tế:\n\n", "Sở Y tế chủ trì, đạt 5% đến năm 2030. ", "Nghị quyết số 29-NQ/TW ngày 1/2/2020, ",
)  # fmt: skip
N = 2000  # characters of the short text; the long one has eight times as many
GROWTH = 20  # times as long for eight times the text; work that grows as the square would take 64 times as long


def repeat(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The shortest of several runs, in seconds: what the machine does besides only ever adds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def scan(rule: CompiledRule, unit: str, length: int) -> Callable[[], object]:
    text = repeat(unit, length)
    text = text if rule.rule.case else lower(text)
    regex = rule.regex
    assert regex is not None
    return lambda: [None for _ in regex.finditer(text)]


def grows_too_fast(small: Callable[[], object], large: Callable[[], object], *, growth: float, floor: float) -> bool:
    """Whether the large work takes too many times as long; only a suspect is measured more than once."""
    if best(large, 1) <= growth * best(small, 1) + floor:
        return False
    return best(large) > growth * best(small) + floor


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_takes_time_in_proportion(rule: CompiledRule) -> None:
    units = (*UNITS, *(match_text(example.text) + " " for example in rule.rule.examples))
    slow = [u for u in units if grows_too_fast(scan(rule, u, N), scan(rule, u, 8 * N), growth=GROWTH, floor=0.01)]
    assert slow == []


@pytest.mark.parametrize("unit", [*UNITS, *LAYOUTS], ids=repr)
def test_pipeline_takes_time_in_proportion(unit: str, extract: Extract) -> None:
    head = "I. MỤC TIÊU\n"
    small, large = head + repeat(unit, N), head + repeat(unit, 8 * N)
    assert not grows_too_fast(lambda: extract(small), lambda: extract(large), growth=GROWTH, floor=0.15)


@pytest.mark.parametrize("unit", ["a", "1", " ", "(", "| ", "từ ", "một từ, "], ids=repr)
def test_one_line_of_200_000_characters_takes_time_in_proportion(unit: str, extract: Extract) -> None:
    small, large = repeat(unit, 20_000), repeat(unit, 200_000)
    assert not grows_too_fast(lambda: extract(small), lambda: extract(large), growth=25, floor=0.5)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_ten_times_as_long_takes_time_in_proportion(path: Path, extract: Extract) -> None:
    text = path.read_bytes().decode("utf-8")
    assert not grows_too_fast(lambda: extract(text), lambda: extract("\n".join([text] * 10)), growth=25, floor=0.05)
