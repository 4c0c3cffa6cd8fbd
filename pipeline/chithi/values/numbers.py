"""Numbers as Vietnamese documents write them: digits in two conventions, scales, words and fractions.

The reading is exact: it runs in fractions and becomes a float once, at the end. A text that could mean two things is
read by the choices that `read_number` documents, or not at all.
"""

from __future__ import annotations

import re
from fractions import Fraction

_MAX_CHARS = 120
_MAX_DIGITS = 18
_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SMALL_SCALES = {"chục": 10, "trăm": 100}
_HALVES = {"nửa", "một nửa", "phân nửa"}
_GLOSS = re.compile(r"\([^()]*\)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_RATIO = re.compile(r"(\d{1,6}) ?/ ?(\d{1,6})")


def read_number(text: str, *, percent: bool = False) -> float | None:
    """Read one number with its scale words; None where the text is no number or could be two.

    The choices where one spelling has two readings:

    * a dot before exactly three digits groups thousands (``1.234``), unless the whole part is ``0`` or has more than
      three digits; before one, two or more than three digits it is a decimal point (``99.4``);
    * a comma is the decimal comma, except that before exactly three digits of a number without a scale word it groups
      thousands, as portals write (``38,439``); percentages (`percent`) and scaled numbers (``58,813 tỷ``) have
      decimals;
    * a remark in brackets repeats the number in words and is skipped (``02 (hai)``);
    * colloquial tails (``hai triệu năm`` for 2.5 million) are not read.

    Args:
        text: the number alone, without comparator, unit or per-cent sign.
        percent: the number is a percentage; fractions come out in hundredths.

    >>> read_number("22,5"), read_number("1.234"), read_number("38,439"), read_number("99.4", percent=True)
    (22.5, 1234.0, 38439.0, 99.4)
    >>> read_number("1,2 triệu"), read_number("47,5 nghìn tỷ"), read_number("mười lăm"), read_number("hai phần ba")
    (1200000.0, 47500000000000.0, 15.0, 0.6666666666666666)
    """
    if len(text) > _MAX_CHARS:
        return None
    plain = " ".join(_GLOSS.sub(" ", text).lower().split())
    value = _read_fraction(plain)
    if value is not None:
        return float(value * 100 if percent else value)
    value = _read_scaled(plain.split(), percent=percent)
    return None if value is None else float(value)


def _read_fraction(text: str) -> Fraction | None:
    if text in _HALVES:
        return Fraction(1, 2)
    if ratio := _RATIO.fullmatch(text):
        above, below = int(ratio[1]), int(ratio[2])
    elif " phần " in text:
        parts = [_read_words(part.split()) for part in text.split(" phần ")]
        if len(parts) != 2 or parts[0] is None or parts[1] is None:
            return None
        above, below = parts[0], parts[1]
    else:
        return None
    # Two thirds, not the done-of-planned pair that `629/731` is.
    return Fraction(above, below) if 0 < above <= below <= 100 else None


def _read_scaled(tokens: list[str], *, percent: bool) -> Fraction | None:
    total = Fraction(0)
    last_scale: int | None = None
    while tokens:
        if tokens == ["rưỡi"] and last_scale is not None and last_scale > 1:
            return total + Fraction(last_scale, 2)
        linked = last_scale is not None and tokens[0] in ("linh", "lẻ")
        if linked:
            tokens = tokens[1:]
        part, scale, tokens = _read_part(tokens, percent=percent)
        if part is None or (last_scale is not None and scale >= last_scale):
            return None
        if last_scale is not None and scale == 1 and part < 100 and not linked:
            return None
        total += part * scale
        last_scale = scale
    return total if last_scale is not None else None


def _read_part(tokens: list[str], *, percent: bool) -> tuple[Fraction | None, int, list[str]]:
    """One number and the scale words behind it, with the tokens left over."""
    digits = bool(tokens) and tokens[0][0].isdigit()
    end = 1
    if not digits:
        end = next((i for i, t in enumerate(tokens) if t in _SCALES or t == "rưỡi"), len(tokens))
    scale, rest = 1, end
    scales = {**_SCALES, **_SMALL_SCALES} if digits else _SCALES
    while rest < len(tokens) and rest - end < 3 and tokens[rest] in scales:
        scale *= scales[tokens[rest]]
        rest += 1
    if digits:
        return _read_digits(tokens[0], grouped=not percent and scale == 1), scale, tokens[rest:]
    head, comma, tail = " ".join(tokens[:end]).partition(" phẩy ")
    whole = _read_words(head.split())
    if whole is None:
        return None, scale, []
    value = Fraction(whole)
    if comma:
        decimals = [_UNITS.get(word) for word in tail.split()]
        if not decimals or None in decimals:
            return None, scale, []
        value += Fraction(int("".join(map(str, decimals))), 10 ** len(decimals))
    return value, scale, tokens[rest:]


def _read_digits(token: str, *, grouped: bool) -> Fraction | None:
    if not _DIGITS.fullmatch(token) or sum(c.isdigit() for c in token) > _MAX_DIGITS:
        return None
    dots, commas = token.count("."), token.count(",")
    if dots and commas:
        point = "," if token.rindex(",") > token.rindex(".") else "."
        whole, _, decimals = token.rpartition(point)
        thousands = _ungroup(whole, "." if point == "," else ",")
        return None if thousands is None else _decimal(thousands, decimals)
    if dots + commas > 1:
        thousands = _ungroup(token, "." if dots else ",")
        return None if thousands is None else Fraction(int(thousands))
    if dots or (commas and grouped):
        thousands = _ungroup(token, "." if dots else ",")
        if thousands is not None:
            return Fraction(int(thousands))
    whole, _, decimals = token.replace(",", ".").partition(".")
    return _decimal(whole, decimals)


def _ungroup(text: str, mark: str) -> str | None:
    """Digits without their thousands marks; None where the groups are not of three."""
    first, *others = text.split(mark)
    good = 1 <= len(first) <= 3 and first.strip("0") and all(len(o) == 3 and o.isdigit() for o in others)
    return "".join([first, *others]) if good else None


def _decimal(whole: str, decimals: str) -> Fraction:
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def _read_words(words: list[str]) -> int | None:
    """A spelled number below one thousand."""
    if len(words) == 1 and words[0].isdigit() and len(words[0]) <= 3:
        return int(words[0])
    hundreds = 0
    if len(words) >= 2 and words[1] == "trăm" and words[0] in _UNITS:
        hundreds, words = _UNITS[words[0]] * 100, words[2:]
        if not words:
            return hundreds
        if words[0] in ("linh", "lẻ"):
            return hundreds + _UNITS[words[1]] if len(words) == 2 and words[1] in _UNITS else None
        if len(words) == 1 and words[0] != "mười":  # `hai trăm năm` may be 205 or, in speech, 250
            return None
    tens = _read_tens(words)
    return None if tens is None else hundreds + tens


def _read_tens(words: list[str]) -> int | None:
    if not words or len(words) > 3:
        return None
    if len(words) == 1:
        return 10 if words[0] == "mười" else _UNITS.get(words[0])
    if words[0] == "mười":
        return 10 + _UNITS[words[1]] if len(words) == 2 and words[1] in _UNITS else None
    if words[0] not in _UNITS:
        return None
    tens = _UNITS[words[0]] * 10
    if words[1] in ("mươi", "chục"):
        if len(words) == 2:
            return tens
        return tens + _UNITS[words[2]] if words[2] in _UNITS else None
    # `hai mốt`, `ba lăm`: the word for ten is left out
    return tens + _UNITS[words[1]] if len(words) == 2 and words[1] in ("mốt", "lăm", "nhăm", "tư") else None
