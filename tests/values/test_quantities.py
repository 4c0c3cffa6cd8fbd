"""Quantities: comparators, bounds and units; the percent and count packs against their own examples."""

from __future__ import annotations

from typing import Any

import pytest

from chithi.orthography import fold, lower
from chithi.rulepack import CompiledRule, Example, Reject, find_all, load_rules
from chithi.values import Context, Groups
from chithi.values.quantities import count, percentage, rank, read_comparator, shares_comparator, two_digit_growth

PACKS = ("vi.percent", "vi.count")
RULES = [rule for pack in PACKS for rule in load_rules().labelled("quantity", pack)]
EXAMPLES = [pytest.param(rule, e, id=f"{rule.id}-{n}") for rule in RULES for n, e in enumerate(rule.rule.examples)]
REJECTS = [pytest.param(rule, r, id=f"{rule.id}-{n}") for rule in RULES for n, r in enumerate(rule.rule.rejects)]


def quantities(rules: list[CompiledRule], text: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Rule, quote and fields that are not null; the group ``quote`` is the mention, the rest of a match its context."""
    folded = fold(text)
    out = []
    for m in find_all(rules, folded, lower(folded), [(0, len(folded))]):
        start, end = m.spans["quote"]
        value = m.rule.value(m, Context()) or {}
        out.append((m.rule.id, text[start:end], {k: v for k, v in value.items() if v is not None}))
    return out


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_alone(rule: CompiledRule, example: Example) -> None:
    assert (rule.id, example.match, example.value) in quantities([rule], example.text)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_among_all(rule: CompiledRule, example: Example) -> None:
    assert (rule.id, example.match, example.value) in quantities(RULES, example.text)


@pytest.mark.parametrize(("rule", "reject"), REJECTS)
def test_reject(rule: CompiledRule, reject: Reject) -> None:
    assert quantities([rule], reject.text) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("nâng từ 20% năm 2020 lên 50% vào năm 2025", [("20%", "eq", None), ("50%", "eq", None)]),
        ("giảm từ 8,5% xuống còn 3%", [("8,5%", "eq", None), ("3%", "eq", None)]),
        ("giảm xuống dưới 30%", [("dưới 30%", "lt", None)]),
        ("tốc độ tăng GRDP 8%, xuất khẩu tăng 9%", [("8%", "eq", None), ("9%", "eq", "up")]),
        ("Tăng trưởng kinh tế trên 8%", [("trên 8%", "gt", None)]),
        ("tăng tỷ lệ bao phủ đạt tối thiểu 6%", [("tối thiểu 6%", "ge", None)]),
        ("hoàn thành mục tiêu trích từ 5% quỹ lương", [("5%", "eq", None)]),
        ("vốn đầu tư từ 100% ngân sách", [("100%", "eq", None)]),
        ("các mục tiêu nêu trên 100% hoàn thành", [("100%", "eq", None)]),
        ("Năm 2030 - 100% xã", [("100%", "eq", None)]),
        ("nợ xấu 1 - 1,5%; lạm phát dưới 4%", [("1 - 1,5%", "range", None), ("dưới 4%", "lt", None)]),
    ],
)
def test_percentages_in_text(text: str, quotes: list[tuple[str, str, str | None]]) -> None:
    found = [(quote, value["op"], value.get("delta")) for _, quote, value in quantities(RULES, text)]
    assert found == quotes


@pytest.mark.parametrize(
    ("before", "after", "op"),
    [
        (None, None, "eq"),
        ("", None, "eq"),
        ("từ", None, "ge"),
        ("từ", "trở lên", "ge"),
        ("từ", "trở xuống", "le"),
        (None, "trở lên", "ge"),
        (None, "trở xuống", "le"),
        ("khoảng", "trở lên", "ge"),
        ("trên", "trở lên", "gt"),
        ("tối thiểu", None, "ge"),
        ("không thấp hơn", None, "ge"),
        ("không được quá", None, "le"),
        ("chưa vượt quá", None, "le"),
        ("≤", None, "le"),
        ("thấp hơn", None, "lt"),
        ("chưa đến", None, "lt"),
        ("vượt", None, "gt"),
        ("trên dưới", None, "approx"),
        ("gần", None, "approx"),
        ("ước đạt", None, "approx"),
        ("khoảng dưới", None, "lt"),
    ],
)
def test_comparators(before: str | None, after: str | None, op: str) -> None:
    assert read_comparator(before, after) == op


@pytest.mark.parametrize(
    ("groups", "value"),
    [
        ({"low": "95"}, {"low": 95.0, "high": 95.0, "op": "eq", "unit": "%", "delta": None}),
        ({"low": "70, 25"}, {"low": 70.25, "high": 70.25, "op": "eq", "unit": "%", "delta": None}),
        ({"low": "mười lăm"}, {"low": 15.0, "high": 15.0, "op": "eq", "unit": "%", "delta": None}),
        (
            {"low": "1", "high": "1,5", "down": "giảm", "before": "tối thiểu"},
            {"low": 1.0, "high": 1.5, "op": "range", "unit": "%", "delta": "down"},
        ),
        ({"low": "9", "high": "5"}, None),
        ({"low": "1.2.3"}, None),
        ({"low": "1", "high": "2.3.4"}, None),
        ({}, None),
    ],
)
def test_percentage(groups: Groups, value: dict[str, Any] | None) -> None:
    assert percentage(groups, Context()) == value


@pytest.mark.parametrize(
    ("groups", "value"),
    [
        (
            {"low": "900", "low_scale": "nghìn", "high": "1", "scale": "triệu", "unit": "người"},
            {"low": 900000.0, "high": 1000000.0, "op": "range", "unit": "người", "delta": None},
        ),
        (
            {"before": "không quá", "low": "58,813", "scale": "tỷ", "currency": "đồng"},
            {"low": None, "high": 58813000000.0, "op": "le", "unit": "VND", "delta": None},
        ),
        ({"low": "0,7"}, {"low": 0.7, "high": 0.7, "op": "eq", "unit": None, "delta": None}),
        ({"low": "12", "high": "5", "unit": "xã"}, None),
        ({"low": "", "unit": "xã"}, None),
    ],
)
def test_count(groups: Groups, value: dict[str, Any] | None) -> None:
    assert count(groups, Context()) == value


def test_unreadable_rank() -> None:
    assert rank({"low": "đầu"}, Context()) is None


def test_two_digit_growth_with_direction() -> None:
    value = {"low": 10.0, "high": None, "op": "ge", "unit": "%", "delta": "up"}
    assert two_digit_growth({"up": "tăng"}, Context()) == value


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("từ 95%| bác sĩ, |80% y tá có chứng chỉ", True),
        ("ít nhất 30%| thời gian, |20% chi phí", True),
        ("trên 80%| hộ nghèo, cận nghèo và |60% hộ khác", True),
        ("từ 95%| GV mầm non, TH&THCS, |80% GV khác", True),
        ("trên 80%| số trạm y tế và |100% cơ sở cai nghiện", False),
        ("trên 80%| số trạm đạt chuẩn, |60% số hộ có nước", False),
        ("từ 95%| giáo viên; |80% học sinh", False),
        ("từ 95%| giáo viên (nữ), |80% học sinh", False),
        ("trên 80%| giáo viên, trong đó |60% là nữ", False),
        ("trên 80%| xã, khoảng |60% thôn", False),
        ("từ 95%| giáo viên |80% học sinh", False),
        ("trên 5%|, |6%", False),
    ],
)
def test_shared_comparator(text: str, shared: bool) -> None:
    first, between, rest = text.split("|")
    low = first + between + rest
    assert shares_comparator(low, len(first), len(first + between)) is shared
