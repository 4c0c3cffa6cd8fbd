"""HTML to text: blocks, lists, tables, headline and furniture."""

import pytest

from chithi.errors import DocumentError
from chithi.ingest import read_bytes
from chithi.source import SourceText

PROSE = (
    "Sáng nay, huyện Phú Lâm họp bàn việc xây thêm trường học. Lãnh đạo huyện đề nghị các xã rà soát quỹ đất, "
    "bố trí vốn và báo cáo trước ngày 20 tháng 11, để năm học tới không còn lớp học tạm ở các thôn xa trung tâm."
)


def read(markup: str) -> SourceText:
    return read_bytes(markup.encode(), uri="page.html")


def text_of(body: str) -> str:
    return read(f"<html><body>{body}</body></html>").text


def regions_of(source: SourceText) -> list[tuple[str, str, str]]:
    return [(r.kind, r.reason, source.text[r.start : r.end]) for r in source.regions]


def furniture_of(body: str) -> list[tuple[str, str]]:
    source = read(f"<html><body><p>{PROSE}</p>{body}</body></html>")
    return [(reason, text) for kind, reason, text in regions_of(source) if kind == "boilerplate"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Một\n  hai</p><p>Ba</p>", "Một hai\n\nBa\n"),
        ("Một<br>hai<br/><br>ba", "Một\nhai\n\nba\n"),
        ("<h2>I. Mục tiêu</h2>Đạt <b>95</b>%", "I. Mục tiêu\n\nĐạt 95%\n"),
        ("<div>Một<div>hai</div>ba</div>", "Một\n\nhai\n\nba\n"),
        ("<span style='display: block'>Một</span>hai", "Một\n\nhai\n"),
        ("<p>&nbsp;</p><p>A&amp;B&#7879;</p>", "A&Bệ\n"),
        ("<pre>Một\nhai</pre>", "Một\nhai\n"),
        ("<p>Một<!-- ẩn --> hai<script>var a = 1</script></p><style>p {}</style>", "Một hai\n"),
        ("<p>Một</p><p style='DISPLAY:none'>ẩn</p><p hidden>ẩn</p><p class='sr-only'>ẩn</p>", "Một\n"),
    ],
    ids=["paragraphs", "breaks", "heading", "nested", "styled", "entities", "pre", "scripts", "hidden"],
)
def test_blocks(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Gồm:</p><ul><li>một</li><li>hai</li></ul><p>Hết</p>", "Gồm:\n\n- một\n- hai\n\nHết\n"),
        ("<ul><li>một<ul><li>hai</li><li>ba</li></ul></li><li>bốn</li></ul>", "- một\n  - hai\n  - ba\n- bốn\n"),
        ("<ul><li>- một</li><li>+ hai</li><li>a) ba</li></ul>", "- một\n+ hai\na) ba\n"),
        ("<ul style='list-style: none'><li>một</li><li>hai</li></ul>", "một\n\nhai\n"),
        ("<ol><li>một</li><li>hai</li></ol>", "1. một\n2. hai\n"),
        ("<ol start=3 type=a><li>một</li><li>hai</li></ol>", "c) một\nd) hai\n"),
        ("<ol type=I start=9><li>một</li><li>hai</li></ol>", "IX. một\nX. hai\n"),
        ("<ul><li><p>một</p><p>tiếp</p></li><li></li><li>hai</li></ul>", "- một\n\ntiếp\n- hai\n"),
    ],
    ids=["bullets", "nested", "marked already", "no bullets", "numbers", "letters", "Roman", "paragraphs inside"],
)
def test_lists(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (
            "<tr><th>TT<th>Việc<th>Cơ quan<tr><td>1<td>Rà soát<br>quỹ đất<td><p>Sở A</p><p>Sở B</p>",
            "| TT | Việc | Cơ quan |\n| --- | --- | --- |\n| 1 | Rà soát quỹ đất | Sở A Sở B |\n",
        ),
        (
            "<tr><td>TT<td>Việc<td>Hạn<tr><td>1<td>Một<td rowspan=2>Quý I<tr><td>2<td>Hai<tr><td colspan=3>II. Nhóm",
            "| TT | Việc | Hạn |\n| --- | --- | --- |\n| 1 | Một | Quý I |\n| 2 | Hai |  |\n| II. Nhóm |  |  |\n",
        ),
        (
            "<tbody><tr><td>1<td>Một</tbody><thead><tr><td>TT<td>Việc</thead>",
            "| TT | Việc |\n| --- | --- |\n| 1 | Một |\n",
        ),
        (
            "<tr><td rowspan=0>A<td colspan=2 rowspan=2>B<td>C<tr><td>D<tr><td>E",
            "| A | B |  | C |\n| --- | --- | --- | --- |\n|  |  |  | D |\n|  | E |  |  |\n",
        ),
        ("<tr><td>a|b<td>c<tr><td>d<td>e", "| a\\|b | c |\n| --- | --- |\n| d | e |\n"),
        ("<caption>Bảng 1</caption><tr><td>a<td>b<tr><td>c<td>d", "Bảng 1\n\n| a | b |\n| --- | --- |\n| c | d |\n"),
    ],
    ids=["breaks in cells", "merged", "head first", "merged to the end", "pipes", "caption"],
)
def test_data_tables(table: str, text: str) -> None:
    assert text_of(f"<table>{table}</table>") == text


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (
            "<tr><td>UBND HUYỆN<br>Số: 7/KH-UBND<td>Độc lập - Tự do – Hạnh phúc<tr><td><td>Phú Lâm, ngày 2/3/2025",
            "UBND HUYỆN\nSố: 7/KH-UBND\n\nĐộc lập - Tự do – Hạnh phúc\n\nPhú Lâm, ngày 2/3/2025\n",
        ),
        (
            "<tr><td>Nơi nhận:<br>- Như trên<td>TM. ỦY BAN<tr><td><td>Lê A",
            "Nơi nhận:\n- Như trên\n\nTM. ỦY BAN\n\nLê A\n",
        ),
        ("<tr><td><p>Một</p><td><p>Hai</p>", "Một\n\nHai\n"),
        ("<tr><td>Một<tr><td>Hai", "Một\n\nHai\n"),
        ("<tr><td>Một<td>Hai<tr><td><h2>Ba</h2><td>Bốn", "Một\n\nHai\n\nBa\n\nBốn\n"),
    ],
    ids=["head of a directive", "foot of a directive", "one row", "one column", "headings in cells"],
)
def test_tables_that_only_lay_out(table: str, text: str) -> None:
    assert text_of(f"<table>{table}</table>") == text


def test_huge_spans_do_not_ask_for_huge_tables() -> None:
    rows = "<tr>" + "<td colspan=1000 rowspan=65534>x" * 5 + "<tr><td>y<td>z"
    assert len(text_of(f"<table>{rows}</table>")) < 10_000


@pytest.mark.parametrize(
    ("head", "body", "titles"),
    [
        ("<title>Huyện A | Cổng tin</title>", "<h1>Xây thêm trường</h1><p>Tin</p>", ["Xây thêm trường"]),
        ("<title>Xây thêm trường | Cổng tin</title>", "<p>Tin</p>", ["Xây thêm trường"]),
        ("<title>Tin</title><meta property='og:title' content='Xây thêm'>", "<p>x</p>", ["Xây thêm"]),
        ("<title>Xây thêm trường</title>", "<p>Mở</p><h2>Xây thêm trường.</h2>", ["Xây thêm trường."]),
        ("<meta property='og:title' content='Hai'>", "<h1>Một</h1><h1>Hai</h1>", ["Hai"]),
        ("", "<p>Tin</p>", []),
    ],
    ids=["h1", "title put first", "og:title before title", "another heading", "the h1 that the head names", "none"],
)
def test_headline(head: str, body: str, titles: list[str]) -> None:
    regions = regions_of(read(f"<html><head>{head}</head><body>{body}</body></html>"))
    assert [text for kind, _, text in regions if kind == "title"] == titles


def test_a_headline_from_the_head_stands_before_the_text() -> None:
    source = read("<html><head><title>Xây thêm trường</title></head><body><nav>Trang chủ</nav><p>Tin</p></body></html>")
    assert (source.text, regions_of(source)) == (
        "Xây thêm trường\n\nTrang chủ\n\nTin\n",
        [("title", "headline", "Xây thêm trường"), ("boilerplate", "menu", "Trang chủ")],
    )


@pytest.mark.parametrize(
    ("body", "furniture"),
    [
        ("<nav><a>Trang chủ</a></nav>", [("menu", "Trang chủ")]),
        ("<header>Cổng thông tin</header>", [("header", "Cổng thông tin")]),
        ("<footer><p>Địa chỉ</p><p>Điện thoại</p></footer>", [("footer", "Địa chỉ\n\nĐiện thoại")]),
        ("<aside>Thời tiết 100%</aside>", [("aside", "Thời tiết 100%")]),
        ("<form>Góp ý</form>", [("form", "Góp ý")]),
        ("<div role=navigation>Mục lục</div>", [("menu", "Mục lục")]),
        ("<div class='main_SideBar-right'>99,9%</div>", [("aside", "99,9%")]),
        ("<div id=shareBox>Gửi bạn</div>", [("share", "Gửi bạn")]),
        ("<div class=tin-lien-quan><p>Một tin</p></div>", [("related", "Một tin")]),
        ("<ul class=binh-luan><li>Hay quá</li></ul>", [("comments", "- Hay quá")]),
        (
            "<ul><li><a>Tin một</a></li><li><a>Tin hai</a></li><li><a>Tin ba</a></li></ul>",
            [("links", "- Tin một\n- Tin hai\n- Tin ba")],
        ),
        ("<table><tr><td><img src=a.jpg><tr><td>Cuộc họp, ảnh: A</table>", [("caption", "Cuộc họp, ảnh: A")]),
        ("<div class=wp-caption><img><p>Cuộc họp</p></div>", [("caption", "Cuộc họp")]),
        ("<p>Các tin khác:</p>", [("related", "Các tin khác:")]),
        ("<p>Lượt xem: 1.024</p>", [("counter", "Lượt xem: 1.024")]),
        ("<p>© 2025 UBND huyện</p>", [("footer", "© 2025 UBND huyện")]),
    ],
)
def test_furniture_is_marked(body: str, furniture: list[tuple[str, str]]) -> None:
    assert furniture_of(body) == furniture


@pytest.mark.parametrize(
    "body",
    [
        f"<form id=aspnetForm><p>{PROSE}</p><p>{PROSE}</p></form>",
        f"<div class='content-sidebar'><p>{PROSE}</p><p>{PROSE}</p></div>",
        "<div class=entry-header><h1>Phú Lâm xây thêm trường học</h1><p>Ngày 3/4/2025</p></div>",
        "<article><header><p>Ngày 3/4/2025</p></header></article>",
        "<p class=MsoFooter>Mục tiêu: 95%</p>",
        "<div class=section-header><h2>II. Mục tiêu</h2></div>",
        "<p>Căn cứ <a>Luật A</a>, <a>Luật B</a>, <a>Luật C</a> và đề nghị của Trưởng phòng Giáo dục</p>",
        "<p>Tin học được dạy ở mọi trường</p>",
        "<div class=menuitems-none>Một</div>",
        "<section><h3>Kết quả giải quyết thủ tục hành chính</h3><p>Đến nay 95% hồ sơ được trả trước hạn cho người dân "
        "và doanh nghiệp trên địa bàn huyện.</p></section>",
        "<hr><div class=footnotes><p>(1) Năm học trước đạt 85%.</p></div>",
        f"<div class=elementor-widget><p>{PROSE[:120]}</p></div>",
    ],
    ids=[
        "portal",
        "most of the page",
        "headline",
        "article's header",
        "Word",
        "heading",
        "linked laws",
        "words",
        "name",
        "heading like a widget's",
        "footnotes",
        "page builder",
    ],
)
def test_content_is_not_marked(body: str) -> None:
    assert furniture_of(body) == []


def test_related_news_behind_the_article_go_on_to_the_end() -> None:
    body = "Tin liên quan<br><br>Xã A đạt 99%<br>Xã B về đích<p>Giảm 30% phí</p>"
    assert furniture_of(body) == [
        ("related", "Tin liên quan"),
        ("related", "Xã A đạt 99%\nXã B về đích\n\nGiảm 30% phí"),
    ]


def test_related_news_before_the_article_do_not() -> None:
    body = f"<div><p>Tin liên quan</p><p>Xã A đạt 99%</p></div><p>{PROSE}</p><p>{PROSE}</p>"
    assert furniture_of(body) == [("related", "Tin liên quan\n\nXã A đạt 99%")]


def test_comments_are_marked_even_where_they_outweigh_the_article() -> None:
    comments = f"<div class=comments><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert [reason for reason, _ in furniture_of(comments)] == ["comments"]


def test_the_record_carries_the_text_of_a_page() -> None:
    source = read("<p>Một</p>")
    assert (source.carried, source.media_type) == (True, "text/html")


def test_entities_of_the_page_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><html><p>Một &b;</p></html>'
    assert "haha" not in read(bomb).text


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 400 + "x" + "</div>" * 400,
        "<p>" + "a " * 6_000_000 + "</p>",
        "<p " + " ".join(f"a{i}" for i in range(100_000)) + ">x</p>",
        "<p ' " + " ".join(f"a{i}='<'" for i in range(100_000)),
        "<b></b>" * 1_000_001,
    ],
    ids=["deep", "one long text", "attributes", "open attributes", "elements"],
)
def test_pages_beyond_the_parser_are_refused_and_not_cut(body: str) -> None:
    with pytest.raises(DocumentError) as caught:
        text_of(body)
    assert caught.value.code == "html"


def test_a_page_just_within_the_depth_is_read() -> None:
    assert text_of("<div>" * 200 + "x" + "</div>" * 200) == "x\n"


@pytest.mark.parametrize("markup", ["<!doctype html>", "<!-- chỉ có chú thích -->", "<p> </p><script>x</script>"])
def test_pages_without_text_are_refused(markup: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(markup)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Một</p><!-- <p>hai</p>", "Một\n"),
        ("<p>Một</p><!-- > <p>hai</p> -- > <p>ba</p>", "Một\n"),
        ("<p>Một</p><script>document.write('<p>hai</p>')", "Một\n"),
        ("<p>Một <a href='javascript:alert(1)'>javascript:alert(1)</a></p>", "Một javascript:alert(1)\n"),
        ("<p onclick='x()'>Một</p><iframe src=file:///etc/passwd>hai</iframe><object data=x>ba</object>", "Một\n"),
        ("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>Một &x;</p>", "]>\n\nMột &x;\n"),
        ("<base href=//evil.example/><link rel=stylesheet href=x><p>Một</p>", "Một\n"),
        ("<p>Một&#13;&#0;&#xD800;&#x110000;&#x1F;</p>", "Một \ufffd\ufffd\ufffd\n"),
        ("<p><b><i>Một</p></b>hai</i><table><td>ba</p>", "Một\n\nhai\n\nba\n"),
        ("<plaintext><p>Một", "<p>Một\n"),
    ],
    ids=[
        "open comment", "odd comment", "open script", "script link", "frames", "external entity", "base",
        "character codes", "crossed tags", "plaintext",
    ],
)  # fmt: skip
def test_hostile_markup_is_only_text(markup: str, text: str) -> None:
    assert read(markup).text == text
