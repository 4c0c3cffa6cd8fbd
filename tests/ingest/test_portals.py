"""Portal pages: what a page says is that of the document in it, wherever it stands and whatever stands around it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ingest.portals import GOAL, LAYOUTS, TASK, Page

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


@by_layout
def test_furniture_stays_in_the_text_and_is_marked(portal: Callable[[Page], str], rules: RuleSet) -> None:
    title, body = article_of(ARTICLES[0])
    source = read_bytes(portal(Page(title, DAY, markup(body, rules))).encode(), uri="a.html")
    traps = [m.span() for trap in (TASK, GOAL, "41362", "99.9%", "637,261") for m in re.finditer(trap, source.text)]
    boxes = [(r.start, r.end) for r in source.regions if r.kind == "boilerplate"]
    assert traps
    assert [source.text[a:b] for a, b in traps if not any(c <= a and b <= d for c, d in boxes)] == []


@by_layout
def test_a_short_article_is_found_among_much_furniture(portal: Callable[[Page], str], rules: RuleSet) -> None:
    body = "<p>Huyện Phú Lâm phấn đấu đến năm 2027 có 61% số trường mầm non đạt chuẩn quốc gia.</p>"
    page = portal(Page("Phú Lâm xây thêm trường mầm non ở các xã vùng cao", DAY, body))
    record = extract(read_bytes(page.encode(), uri="a.html"), rules=rules)
    assert (record.metadata.title, record.metadata.issued_on) == (
        "Phú Lâm xây thêm trường mầm non ở các xã vùng cao",
        DAY,
    )
    assert [q.low for q in record.quantities] == [61.0]


@by_layout
def test_the_document_is_not_marked(portal: Callable[[Page], str], rules: RuleSet) -> None:
    body = markup(PLANS[1].read_text(), rules)
    source = read_bytes(portal(Page("Kế hoạch của tỉnh về đội ngũ giáo viên", DAY, body)).encode(), uri="a.html")
    plain_text = read_bytes(f"<article>{body}</article>".encode(), uri="a.html").text.strip()
    start = source.text.index(plain_text)
    marked = [r for r in source.regions if r.start < start + len(plain_text) and r.end > start]
    assert marked == []


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        ("", "Thứ năm, 21/7/2022 | 5:25:21 Chiều", "2022-07-21"),
        ("", "Thứ Năm - 21/07/2022 05:25", "2022-07-21"),
        ("", "Đăng ngày: 21 - 07 - 2022", "2022-07-21"),
        ("", "Ngày đăng tin: 21/07/2022 | Lượt xem: 1.204", "2022-07-21"),
        ("", "17:25 | 21/07/2022", "2022-07-21"),
        ("", "21/07/2022 17:25:00 (GMT+7)", "2022-07-21"),
        ("", "(Chủ nhật, 24/07/2022)", "2022-07-24"),
        ("", "Được đăng bởi Ban biên tập vào Thứ 5, 21/07/2022 - 17:25", "2022-07-21"),
        ("", '<time datetime="2022-07-21">hôm qua</time>', "2022-07-21"),
        ('<meta property="article:published_time" content="2022-07-20T18:30:00Z">', "", "2022-07-21"),
        ('<meta itemprop="datePublished" content="2022-07-21">', "", "2022-07-21"),
        (
            '<script type="application/ld+json">{"datePublished": "2022-07-21T08:00:00+07:00"}</script>',
            "",
            "2022-07-21",
        ),
        ('<meta property="article:modified_time" content="2023-01-01T00:00:00Z">', "", None),
        ('<meta property="article:published_time" content="2022-13-45">', "", None),
        ("", "Cập nhật lần cuối: 25/10/2024 07:12:44", None),
        ("", "Hội nghị ngày 21/7/2022", None),
        ("", "Ngày 31/2/2022", None),
    ],
)
def test_day_of_posting(head: str, line: str, day: str | None) -> None:
    page = f"<html><head>{head}</head><body><h1>Phú Lâm xây thêm trường học</h1><p>{line}</p><p>Tin</p></body></html>"
    assert read_bytes(page.encode(), uri="a.html").posted_on == day


def test_a_clock_in_the_header_is_not_the_day_of_posting() -> None:
    page = (
        "<div id=header><p>Thứ ba, 12/11/2024</p></div><h1>Phú Lâm xây thêm trường học</h1>"
        "<div class=ngaydang>21/07/2022</div><p>Sáng nay, huyện họp.</p><ul><li>Tin cũ (20/07/2022)</li></ul>"
    )
    assert read_bytes(page.encode(), uri="a.html").posted_on == "2022-07-21"


def test_a_directive_on_a_page_keeps_its_own_date(rules: RuleSet) -> None:
    page = (
        "<h1>Kế hoạch giảm nghèo</h1><p>Đăng ngày 25/7/2022</p><table><tr><td>ỦY BAN NHÂN DÂN"
        "<br>HUYỆN PHÚ LÂM<br>Số: 7/KH-UBND</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc"
        "<br>Phú Lâm, ngày 21 tháng 7 năm 2022</td></tr></table><p><b>KẾ HOẠCH</b></p><p><b>Giảm nghèo năm 2022</b></p>"
        "<p>I. MỤC TIÊU</p><p>Giảm 3% hộ nghèo.</p>"
    )
    metadata = extract(read_bytes(page.encode(), uri="a.html"), rules=rules).metadata
    assert (metadata.number, metadata.issuer, metadata.place, metadata.issued_on) == (
        "7/KH-UBND",
        "Ủy ban nhân dân huyện Phú Lâm",
        "Phú Lâm",
        "2022-07-21",
    )
