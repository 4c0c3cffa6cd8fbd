"""Numbers: every Vietnamese spelling, and the texts that are no number."""

from __future__ import annotations

import pytest

from chithi.values.numbers import read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7.0),
        ("05", 5.0),
        ("22,5", 22.5),
        ("0,7", 0.7),
        ("1.234", 1234.0),
        ("12.345.678", 12345678.0),
        ("328.782,902", 328782.902),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567.0),
        ("38,439", 38439.0),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("99.9", 99.9),
        ("3.1416", 3.1416),
        ("2024.125", 2024.125),
    ],
)
def test_digits(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("99.94", 99.94),
        ("5.5", 5.5),
        ("10,125", 10.125),
        ("1.200", 1200.0),
        ("104,24", 104.24),
        ("một nửa", 50.0),
        ("3/4", 75.0),
    ],
)
def test_percentages(text: str, value: float) -> None:
    assert read_number(text, percent=True) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 nghìn", 5000.0),
        ("5 ngàn", 5000.0),
        ("2 vạn", 20000.0),
        ("1,2 triệu", 1200000.0),
        ("58,813 tỷ", 58813000000.0),
        ("2.600 triệu", 2600000000.0),
        ("500 tỉ", 500000000000.0),
        ("47,5 nghìn tỷ", 47500000000000.0),
        ("1 tỷ 200 triệu", 1200000000.0),
        ("2 triệu rưỡi", 2500000.0),
        ("3 trăm triệu", 300000000.0),
        ("02 (hai)", 2.0),
        ("1,5 (một phẩy năm) triệu", 1500000.0),
    ],
)
def test_scales(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("không", 0.0),
        ("tư", 4.0),
        ("mười", 10.0),
        ("mười lăm", 15.0),
        ("hai mươi mốt", 21.0),
        ("hai mốt", 21.0),
        ("ba chục", 30.0),
        ("một trăm", 100.0),
        ("một trăm mười", 110.0),
        ("một trăm linh năm", 105.0),
        ("chín trăm chín mươi chín", 999.0),
        ("Ba nghìn năm trăm", 3500.0),
        ("hai nghìn lẻ năm", 2005.0),
        ("năm phẩy hai năm", 5.25),
        ("hai phần ba", 2 / 3),
        ("một phần 3", 1 / 3),
        ("phân nửa", 0.5),
        ("2/3", 2 / 3),
    ],
)
def test_words(text: str, value: float | None) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", "1.2.3", "1,23,456", "12.34,5,6", "629/731", "5/0", "0/3", "hai triệu năm", "2 triệu 5", "vài",
        "triệu", "hai trăm năm", "một trăm linh", "mười mười", "mười hai ba", "ba bốn năm sáu", "rưỡi",
        "2 nghìn 3 triệu", "1 phần 2 phần 3", "năm phẩy", "năm phẩy mười", "bốn mươi mươi", "9" * 19,
        "1 " * 80, "một phần x",
    ],
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert read_number(text) is None
