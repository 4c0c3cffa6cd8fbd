"""Quantities: comparators, percentages, counts, money and ranks.

The rule packs ``percent`` and ``counts`` name these functions. The groups that they read: ``before`` and ``after``
(the comparator's words on both sides of the number), ``low`` and ``high`` (numbers), ``low_scale`` and ``scale``,
``unit`` and ``currency``, ``up`` and ``down`` (the words that make the number an amount of change).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chithi.record import Op
from chithi.values import Context, Groups, Normalizer, Value
from chithi.values.numbers import read_number

# The first that is found decides, so that the strongest bound of a stack wins: `tối thiểu đạt khoảng 60%` is a lower
# bound, `khoảng trên 10%` excludes the 10. Negated forms stand before the words that they contain.
_COMPARATORS: tuple[tuple[Op, re.Pattern[str]], ...] = (
    ("le", re.compile(r"(?:không|chưa) (?:được )?(?:vượt(?: quá)?|quá|cao hơn|lớn hơn|nhiều hơn|trên)")),
    ("ge", re.compile(r"không (?:được )?(?:dưới|thấp hơn|ít hơn|nhỏ hơn|kém)")),
    ("ge", re.compile(r"tối thiểu|ít nhất|≥|>=")),
    ("le", re.compile(r"tối đa|nhiều nhất|≤|<=")),
    ("lt", re.compile(r"dưới(?<!trên dưới)|(?:thấp|nhỏ|ít) hơn|chưa (?:đến|tới|đầy)|<")),
    ("approx", re.compile(r"trên dưới")),
    ("gt", re.compile(r"trên|hơn|vượt|quá|>")),
    ("approx", re.compile(r"khoảng|gần|xấp xỉ|ước|chừng|~")),
    ("ge", re.compile(r"từ")),
)
_CURRENCIES = {"đồng": "VND", "vnđ": "VND", "vnd": "VND", "euro": "EUR", "eur": "EUR"}
_PREDICATES = (
    "đạt", "có", "là", "được", "bị", "chiếm", "tăng", "giảm", "hoàn thành", "bảo đảm", "đảm bảo", "phải", "sẽ", "đã",
    "còn", "bằng", "gồm", "vượt", "duy trì", "phấn đấu", "trong đó", "riêng", "đối với", "theo",
)  # fmt: skip
_COMPARING = (
    "từ", "trên", "dưới", "hơn", "tối thiểu", "tối đa", "ít nhất", "nhiều nhất", "không quá", "không dưới", "khoảng",
    "gần", "xấp xỉ", "ước", "trở lên", "trở xuống", "lên", "xuống", "đến",
)  # fmt: skip


def _whole_words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


_OWN_WORDS = _whole_words((*_PREDICATES, *_COMPARING))
# What is counted, a list perhaps (`hộ nghèo, cận nghèo`), then the comma or conjunction before the next number.
_COORDINATED = re.compile(r"(?:,? [^\W\d_](?:[^\W\d_]|[&./-](?=\w))*){1,14}(?:,|,? (?:và|cùng|với)) ")


def read_comparator(before: str | None, after: str | None = None) -> Op:
    """Read the words around a number as one operator; ``eq`` where there are none.

    >>> read_comparator("tối thiểu đạt khoảng"), read_comparator("khoảng trên"), read_comparator("không quá")
    ('ge', 'gt', 'le')
    >>> read_comparator("khoảng", "trở lên"), read_comparator(None, "trở xuống"), read_comparator(None)
    ('ge', 'le', 'eq')
    """
    op: Op = next((op for op, pattern in _COMPARATORS if before and pattern.search(before)), "eq")
    # What stands behind the number outranks words that only open or blur it, not a bound of its own.
    if (after and op in ("eq", "approx")) or (op == "ge" and after == "trở xuống"):
        return "le" if after in ("trở xuống", "trở lại") else "ge"
    return op


def bounded(*, op: Op, low: float, high: float | None) -> Value | None:
    """Lay a number, or the two ends of a range, into the record's ``low`` and ``high``.

    Returns None where the ends of a range stand in the wrong order: then it was no range.

    >>> bounded(op="ge", low=95.0, high=None)
    {'low': 95.0, 'high': None, 'op': 'ge'}
    >>> bounded(op="approx", low=4.5, high=5.0)
    {'low': 4.5, 'high': 5.0, 'op': 'range'}
    """
    if high is not None:
        return {"low": low, "high": high, "op": "range"} if low <= high else None
    if op in ("ge", "gt"):
        return {"low": low, "high": None, "op": op}
    if op in ("le", "lt"):
        return {"low": None, "high": low, "op": op}
    return {"low": low, "high": low, "op": op}


def _delta(groups: Groups) -> str | None:
    if groups.get("up"):
        return "up"
    return "down" if groups.get("down") else None


def percentage(groups: Groups, context: Context) -> Value | None:
    """Read a percentage; percentage points have the unit ``%`` too.

    >>> percentage({"before": "khoảng", "low": "4,5", "high": "5"}, Context())
    {'low': 4.5, 'high': 5.0, 'op': 'range', 'unit': '%', 'delta': None}
    >>> percentage({"low": "3,28", "up": "tăng"}, Context())
    {'low': 3.28, 'high': 3.28, 'op': 'eq', 'unit': '%', 'delta': 'up'}
    """
    low = read_number((groups.get("low") or "").replace(" ", ""), percent=True)
    if low is None:  # a spelled number keeps its spaces
        low = read_number(groups.get("low") or "", percent=True)
    high_text = groups.get("high")
    high = read_number(high_text, percent=True) if high_text else None
    if low is None or (high_text and high is None):
        return None
    value = bounded(op=read_comparator(groups.get("before"), groups.get("after")), low=low, high=high)
    return value and {**value, "unit": "%", "delta": _delta(groups)}


def two_digit_growth(groups: Groups, context: Context) -> Value | None:
    """Read `hai con số`, growth of at least ten per cent.

    >>> two_digit_growth({}, Context())
    {'low': 10.0, 'high': None, 'op': 'ge', 'unit': '%', 'delta': None}
    """
    return {"low": 10.0, "high": None, "op": "ge", "unit": "%", "delta": _delta(groups)}


def count(groups: Groups, context: Context) -> Value | None:
    """Read a number of things or an amount of money; a range's scale and unit hold for both ends.

    ``unit`` is the noun as the match text has it; a currency becomes its ISO 4217 code.

    >>> count({"low": "22", "high": "23", "scale": "triệu", "unit": "lượt khách"}, Context())
    {'low': 22000000.0, 'high': 23000000.0, 'op': 'range', 'unit': 'lượt khách', 'delta': None}
    >>> count({"before": "khoảng trên", "low": "500", "scale": "tỉ", "currency": "đô la mỹ"}, Context())
    {'low': 500000000000.0, 'high': None, 'op': 'gt', 'unit': 'USD', 'delta': None}
    """
    scale, high_text = groups.get("scale") or "", groups.get("high")
    low = read_number(f"{groups.get('low') or ''} {groups.get('low_scale') or scale}".strip())
    high = read_number(f"{high_text} {scale}".strip()) if high_text else None
    if low is None or (high_text and high is None):
        return None
    currency = groups.get("currency")
    unit = _CURRENCIES.get(currency, "USD") if currency else groups.get("unit")
    value = bounded(op=read_comparator(groups.get("before"), groups.get("after")), low=low, high=high)
    return value and {**value, "unit": unit, "delta": _delta(groups)}


def rank(groups: Groups, context: Context) -> Value | None:
    """Read a rank to be reached or bettered: lower is better, so the number is an upper bound.

    >>> rank({"low": "3", "unit": "nước"}, Context())
    {'low': None, 'high': 3.0, 'op': 'le', 'unit': 'nước', 'delta': None}
    """
    place = read_number(groups.get("low") or "")
    if place is None:
        return None
    return {"low": None, "high": place, "op": "le", "unit": groups.get("unit"), "delta": None}


def shares_comparator(low: str, first_end: int, next_start: int) -> bool:
    """Say whether two quantities stand in one plain coordination, so that the first one's comparator holds for both.

    True where between them stands only what is counted and a comma or `và`: no verb of its own, no comparator, no end
    of the clause. A coordinated `100%` is never more than exact.

    Args:
        low: the lower-case match text.
        first_end: end of the first quantity's match in it.
        next_start: start of the next quantity's number in it, which has no comparator of its own.

    >>> text = "từ 90% hộ nghèo, 70% hộ khác có thẻ"
    >>> shares_comparator(text, 6, 17)
    True
    >>> text = "trên 80% số trạm có bác sĩ và 60% số trạm đạt chuẩn"
    >>> shares_comparator(text, 8, 30)
    False
    """
    between = low[first_end:next_start]
    if not 0 < len(between) <= 120 or re.match(r"100 ?%", low[next_start : next_start + 5]):
        return False
    return _COORDINATED.fullmatch(between) is not None and _OWN_WORDS.search(between) is None


NORMALIZERS: dict[str, Normalizer] = {
    "percentage": percentage,
    "two_digit_growth": two_digit_growth,
    "count": count,
    "rank": rank,
}
