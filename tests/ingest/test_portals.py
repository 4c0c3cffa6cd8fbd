"""Portal pages: what a page says is that of the document in it, wherever it stands and whatever stands around it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ingest.portals import LAYOUTS, Page

from chithi.batch import extract
from chithi.ingest import read_bytes
from chithi.record import Record
from chithi.rulepack import RuleSet
from chithi.source import SourceText
from chithi.stages.draft import Block, Draft
from chithi.stages.layout import layout

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
PLANS = sorted(DOCUMENTS.glob("kh-*"))
ARTICLES = sorted(DOCUMENTS.glob("bai-viet-*"))
DAY = "2022-07-21"
HEADLINES = {
    "bai-viet-ket-qua-nam-hoc": "Giáo dục thị xã Phú Mỹ Lâm khép lại một năm học nhiều dấu ấn",
    "bai-viet-truong-chuan-quoc-gia": (
        "UBND tỉnh Vĩnh Giang chỉ thị đẩy nhanh tiến độ xây dựng trường học đạt chuẩn quốc gia"
    ),
}
WIDE = re.compile(r"\s{3,}")
by_layout = pytest.mark.parametrize("portal", LAYOUTS, ids=lambda f: f.__name__)


def markup(text: str, rules: RuleSet) -> str:
    """A document as a word processor exports it: paragraphs, tables, and a header of two columns."""
    draft = Draft(source=SourceText.from_text(text), rules=rules)
    layout(draft)
    parts: list[str] = []
    columns: list[tuple[str, str]] = []
    table = -1
    for block in draft.blocks:
        raw = text[slice(*draft.match.source(block.start, block.end))]
        if block.cell is not None:
            if block.cell[0] != table:
                table = block.cell[0]
                parts.append(data_table(draft, table))
            continue
        sides = WIDE.split(raw.strip())
        if len(sides) == 2 and not 8 <= block.index < len(draft.blocks) - 16:
            columns.append((sides[0], sides[1]))
            continue
        if columns:
            parts.append(header_table(columns))
            columns = []
        parts.append(f"<h2>{plain(raw)}</h2>" if block.level else f"<p>{bold(plain(raw), block)}</p>")
    if columns:
        parts.append(header_table(columns))
    return "\n".join(parts)


def plain(raw: str) -> str:
    return html.escape(re.sub(r"\s+", " ", raw.replace("*", "").lstrip("#")).strip(), quote=False)


def bold(text: str, block: Block) -> str:
    return f"<b>{text}</b>" if block.bold else text


def data_table(draft: Draft, number: int) -> str:
    def cell(blocks: list[Block]) -> str:
        texts = [bold(html.escape(draft.match.text[b.start : b.end], quote=False), b) for b in blocks]
        return texts[0] if len(texts) == 1 else "".join(f"<p>{t}</p>" for t in texts)

    rows = [f"<tr>{''.join(f'<td>{cell(c)}</td>' for c in row)}</tr>" for row in draft.tables[number].rows]
    return f"<table border=1>{''.join(rows)}</table>"


def header_table(columns: list[tuple[str, str]]) -> str:
    left, right = ("<br>".join(html.escape(side) for side in sides) for sides in zip(*columns, strict=True))
    return f"<table><tr><td width=40%>{left}</td><td>{right}</td></tr></table>"


def values(record: Record) -> dict[str, object]:
    """What a record says, without places and without line ends inside texts."""

    def clean(value: object) -> object:
        if isinstance(value, dict):
            return {k: clean(v) for k, v in value.items() if k not in ("span", "related", "confidence")}
        if isinstance(value, list):
            return [clean(v) for v in value]
        return re.sub(r"[\s*|]+", " ", value).strip() if isinstance(value, str) else value

    kept = record.model_dump(exclude={"doc_id", "source", "text", "schema_version", "diagnostics"})
    return {k: clean(v) for k, v in kept.items()}


def article_of(path: Path) -> tuple[str, str]:
    """An article's headline and its own paragraphs: of a saved portal page, what has the form of sentences."""
    text = path.read_text()
    paragraphs = [p for p in text.split("\n\n") if len(p) > 100 and p.endswith(".")]
    return HEADLINES[path.stem], "\n\n".join(paragraphs)


@by_layout
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_gives_the_record_of_its_text(portal: Callable[[Page], str], path: Path, rules: RuleSet) -> None:
    title, body = article_of(path)
    day = Page("", DAY, "").padded
    expected = extract(read_bytes(f"{title}\n\nĐăng ngày {day}\n\n{body}".encode(), uri="a.md"), rules=rules)
    page = portal(Page(title, DAY, markup(body, rules)))
    record = extract(read_bytes(page.encode(), uri="a.html"), rules=rules)
    assert (record.metadata.title, record.metadata.issued_on) == (title, DAY)
    assert values(record) == values(expected)


@by_layout
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_gives_the_record_of_its_text(portal: Callable[[Page], str], path: Path, rules: RuleSet) -> None:
    text = path.read_text()
    expected = extract(read_bytes(text.encode(), uri=path.name), rules=rules)
    page = portal(Page(f"Toàn văn {expected.metadata.title}", DAY, markup(text, rules)))
    record = extract(read_bytes(page.encode(), uri="a.html"), rules=rules)
    assert values(record) == values(expected)
