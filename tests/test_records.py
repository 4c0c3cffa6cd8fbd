"""What every record promises: on the sample documents, and on texts that nobody would write."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chithi.record import Item, Record, Section

Extract = Callable[[str], Record]
DOCUMENTS = sorted((Path(__file__).parents[1] / "corpus" / "documents").iterdir())
VALIDATOR = jsonschema.Draft202012Validator(Record.model_json_schema())

FRAGMENTS = (
    "Ủy ban nhân dân tỉnh", "UBND các xã, thị trấn", "Sở Giáo dục và Đào tạo", "các Sở: Y tế, Nội vụ",
    "Giám đốc Sở Y tế", "chủ trì, phối hợp với", "phấn đấu", "đạt", "từ 95% trở lên", "trên 80 phần trăm",
    "giảm 1,5%/năm", "6,5 - 7%", "tăng từ 20% lên 50%", "đến năm 2030", "trước ngày 30/6/2025", "hằng năm",
    "ngày 25 hằng tháng", "quý IV/2025", "giai đoạn 2026\n- 2030", "trước ngày 31/02/2025",
    "trong vòng 15 ngày kể từ ngày ký", "Nghị quyết số 29-NQ/TW", "Nghị định số 115/2020/NĐ-CP ngày 25/9/2020",
    "KẾ HOẠCH", "Về việc nâng cao chất lượng", "Số: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "Bình Minh, ngày 05 tháng 3 năm 2025", "I. MỤC TIÊU", "II. NHIỆM VỤ VÀ GIẢI PHÁP",
    "1. Mục tiêu cụ thể", "1.1. Đến năm 2025:", "a)", "đ)", "- ", "+ ", "• ", "Điều 3.", "Chương II", "Phụ lục",
    "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "Căn cứ", "STT", "Đơn vị chủ trì", "Thời hạn", "Nhiệm vụ",
    "Chỉ tiêu", "100 %", "hộ nghèo", "giáo viên đạt chuẩn", "xây dựng 10 trường học", "Lượt xem: 99%",
    "Nguyễn Văn Bình", "từ", "đến", "và", "năm", "tháng", "số", "\u201c", "\u201d", "(", ")", "%", "İ", "𝟗𝟓%", "Ð",
    "đ̣",
)  # fmt: skip
GLUE = (
    " ", " ", " ", "\n", "\n", "\n\n", ", ", "; ", ". ", ": ", "\t", "   ", "\u00a0", "\u200b", "\ufeff", "\u2028",
    "**", " | ", "\n|\n", "| ", "|---|", "# ", "\u0301", "\u0323", "", "/", "-", "\u2013", "\x0c",
)  # fmt: skip
TEXTS = st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(GLUE)), max_size=40).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)
MANY = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def items(record: Record) -> Iterator[Item | Section]:
    for name in ("sections", "quantities", "deadlines", "bodies", "goals", "tasks", "references"):
        yield from getattr(record, name)


def misplaced(record: Record, text: str) -> list[tuple[str, str, str]]:
    """Items whose span does not cover their text."""
    placed = [item for item in items(record) if isinstance(item, Item)]
    wrong = [(i.id, i.text, text[i.span.start : i.span.end]) for i in placed]
    return [w for w in wrong if w[1] != w[2] or not w[1]]


def outside(record: Record, text: str) -> list[tuple[int, int]]:
    spans = [item.span for item in items(record)] + [s for d in record.diagnostics for s in (d.span, *d.related) if s]
    return [(s.start, s.end) for s in spans if not 0 <= s.start < s.end <= len(text)]


def repeated(record: Record) -> list[str]:
    ids = [item.id for item in items(record)]
    return sorted({i for i in ids if ids.count(i) > 1})


def dangling(record: Record) -> list[tuple[str, str]]:
    """References between items that lead nowhere, or to an item of another kind."""
    sections, bodies = {s.id for s in record.sections}, {b.id for b in record.bodies}
    deadlines, quantities = {d.id for d in record.deadlines}, {q.id for q in record.quantities}
    links = [(s.id, s.parent, sections) for s in record.sections]
    for item in (*record.goals, *record.tasks):
        links += [(item.id, item.deadline, deadlines), (item.id, item.section, sections)]
        links += [(item.id, body, bodies) for body in item.bodies]
    links += [(g.id, g.quantity, quantities) for g in record.goals]
    return [(source, target) for source, target, known in links if target is not None and target not in known]


def is_day(value: str | None) -> bool:
    return value is None or date.fromisoformat(value).isoformat() == value


def bad_dates(record: Record) -> list[str]:
    about = record.metadata.about
    days = [record.metadata.issued_on, record.metadata.effective_on, about.issued_on if about else None]
    days += [r.issued_on for r in record.references]
    days += [day for d in record.deadlines for day in (d.start, d.end)]
    backward = [f"{d.start}..{d.end}" for d in record.deadlines if d.start and d.end and d.start > d.end]
    return [str(day) for day in days if not is_day(day)] + backward


def bad_rules(record: Record) -> list[str]:
    """Recurrence rules that give no day."""
    start = datetime(2025, 1, 1)
    return [d.rrule for d in record.deadlines if d.rrule and next(iter(rrulestr(d.rrule, dtstart=start)), None) is None]


def bad_durations(record: Record) -> list[str]:
    return [
        d.duration for d in record.deadlines if d.duration and not re.fullmatch(r"P(?:\d+[DWMY]|T\d+[HM])", d.duration)
    ]


def values(record: Record) -> Any:
    """The record without what depends on the spelling of the source: offsets, evidence, identity."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k not in ("span", "related", "text", "doc_id", "source")}
        return [bare(v) for v in value] if isinstance(value, list) else value

    return bare(record.model_dump())


def promises(record: Record, text: str) -> dict[str, list[Any]]:
    """Every promise that is broken; empty lists where all hold."""
    return {
        "misplaced": misplaced(record, text),
        "outside": outside(record, text),
        "repeated": repeated(record),
        "dangling": dangling(record),
        "dates": bad_dates(record),
        "rrules": bad_rules(record),
        "durations": bad_durations(record),
        "schema": [e.message for e in VALIDATOR.iter_errors(record.model_dump(mode="json"))],
    }


KEPT: dict[str, list[Any]] = {
    "misplaced": [], "outside": [], "repeated": [], "dangling": [], "dates": [], "rrules": [], "durations": [],
    "schema": [],
}  # fmt: skip


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_keeps_the_promises(path: Path, extract: Extract) -> None:
    text = read(path)
    assert promises(extract(text), text) == KEPT


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_gives_the_same_bytes_twice(path: Path, extract: Extract) -> None:
    text = read(path)
    assert extract(text).model_dump_json() == extract(text).model_dump_json()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_decomposed_document_gives_the_same_values(path: Path, extract: Extract) -> None:
    text = unicodedata.normalize("NFC", read(path))
    assert values(extract(unicodedata.normalize("NFD", text))) == values(extract(text))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_decomposed_document_keeps_the_promises(path: Path, extract: Extract) -> None:
    text = unicodedata.normalize("NFD", read(path))
    assert promises(extract(text), text) == KEPT


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_with_crlf_line_ends_gives_the_same_values(path: Path, extract: Extract) -> None:
    text = read(path)
    assert values(extract(text.replace("\n", "\r\n"))) == values(extract(text))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_yields_every_kind_that_its_gold_has(path: Path, extract: Extract) -> None:
    gold = json.loads((path.parents[1] / "gold" / f"{path.stem}.json").read_text("utf-8"))
    record = extract(read(path))
    kinds = ("quantities", "deadlines", "goals", "bodies", "tasks", "references")
    assert [kind for kind in kinds if gold[kind] and not getattr(record, kind)] == []


@MANY
@given(text=TEXTS)
def test_any_text_keeps_the_promises(extract: Extract, text: str) -> None:
    assert promises(extract(text), text) == KEPT


@MANY
@given(text=TEXTS)
def test_any_text_gives_the_same_bytes_twice(extract: Extract, text: str) -> None:
    assert extract(text).model_dump_json() == extract(text).model_dump_json()


@MANY
@given(text=TEXTS)
def test_any_decomposed_text_gives_the_same_values(extract: Extract, text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert values(extract(decomposed)) == values(extract(composed))


@MANY
@given(text=TEXTS)
def test_any_text_with_crlf_line_ends_gives_the_same_values(extract: Extract, text: str) -> None:
    assert values(extract(text.replace("\n", "\r\n"))) == values(extract(text))


@MANY
@given(text=st.text(max_size=200))
def test_any_characters_keep_the_promises(extract: Extract, text: str) -> None:
    assert promises(extract(text), text) == KEPT


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", "|", "|\n|\n|", "**", "#", "\u0301", "- ", "I.", "%", "\r", "\x00"]
)
def test_nothing_to_find_gives_an_empty_record(text: str, extract: Extract) -> None:
    assert list(items(extract(text))) == []
