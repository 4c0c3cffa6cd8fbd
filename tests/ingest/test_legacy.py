"""The encodings before Unicode: what is read, in files and inside Unicode text, and what is left alone."""

from __future__ import annotations

import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.legacy_encoders import shown, typed

from chithi.batch import extract
from chithi.errors import DocumentError
from chithi.ingest import read_bytes
from chithi.ingest.legacy import BK_HCM2, LEGACY, TCVN3, VISCII, VNI, VPS, Legacy, capitals, decode_run, transcode
from chithi.record import Record
from chithi.rulepack import RuleSet
from chithi.source import SourceText

DOCUMENTS = sorted((Path(__file__).parents[2] / "corpus" / "documents").iterdir())
WORDS = [
    "Ủy",
    "ban",
    "nhân",
    "dân",
    "tỉnh",
    "đã",
    "quyết",
    "nghị",
    "chỉ",
    "tiêu",
    "của",
    "giáo",
    "dục",
    "trước",
    "ngày",
]
by_name = pytest.mark.parametrize("legacy", LEGACY, ids=lambda legacy: legacy.name)


def read(text: str) -> SourceText:
    return read_bytes(text.encode(), uri="a.txt")


@pytest.mark.parametrize(
    ("legacy", "codes", "text"),
    [
        (TCVN3, "Héi ®ång nh©n d©n quyÕt nghÞ; tr­íc h¹n", "Hội đồng nhân dân quyết nghị; trước hạn"),
        (TCVN3, "n−íc s¹ch, x∙ Hoμ B×nh", "nước sạch, xã Hoà Bình"),
        (VNI, "Hoäi ñoàng nhaân daân quyeát nghò; tröôùc haïn", "Hội đồng nhân dân quyết nghị; trước hạn"),
        (VNI, "THÖÔØNG TRÖÏC HUYEÄN UÛY, Uûy ban", "THƯỜNG TRỰC HUYỆN ỦY, Ủy ban"),
        (BK_HCM2, "Höåi àöìng nhên dên quyïët nghõ; trûúác haån", "Hội đồng nhân dân quyết nghị; trước hạn"),
        (VISCII, "Hµi ð°ng nhân dân quyªt ngh¸", "Hội đồng nhân dân quyết nghị"),
        (VPS, "H¶i ÇÒng nhân dân quy‰t nghÎ", "Hội đồng nhân dân quyết nghị"),
    ],
)  # fmt: skip
def test_codes_mean_letters(legacy: Legacy, codes: str, text: str) -> None:
    assert transcode(codes, legacy)[0] == text


@pytest.mark.parametrize(("legacy", "name"), [(TCVN3, "TCVN5712-1"), (VISCII, "VISCII")], ids=["TCVN3", "VISCII"])
def test_tables_are_those_of_iconv(legacy: Legacy, name: str) -> None:
    codes = [code for code in sorted(legacy.letters) if code <= "\xff" and legacy.letters[code] != code]
    command = ["iconv", "-f", name, "-t", "UTF-8"]
    done = subprocess.run(command, input="".join(codes).encode("latin-1"), capture_output=True, check=False)
    if done.returncode:
        pytest.skip("needs an iconv that knows the encoding: Debian's package libc-bin")
    assert "".join(legacy.letters[code] for code in codes) == done.stdout.decode()


@by_name
def test_every_letter_has_a_code(legacy: Legacy) -> None:
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    small = {unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in marks} - set("aeiouy") | {"đ"}
    wanted = small | set("ĂÂÊÔƠƯĐ") if legacy is TCVN3 else small | {c.upper() for c in small}
    assert wanted - set(legacy.letters.values()) == set()


@by_name
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_file_gives_the_record_of_its_unicode_text(legacy: Legacy, path: Path, rules: RuleSet) -> None:
    text = typed(path.read_text(), legacy)
    source = read_bytes(shown(text, legacy).encode("latin-1"), uri=path.name)
    plain = read_bytes(text.encode(), uri=path.name)
    assert (source.encoding, source.text) == (legacy.name, text)
    assert values(extract(source, rules=rules)) == values(extract(plain, rules=rules))


def values(record: Record) -> dict[str, object]:
    """What a record says, without what it says of the file."""
    return record.model_dump(exclude={"doc_id", "source", "text"})


@by_name
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_codes_in_a_unicode_file_are_read(legacy: Legacy, path: Path) -> None:
    text = typed(path.read_text(), legacy)
    source = read_bytes(shown(text, legacy).encode(), uri=path.name)
    assert (source.encoding, source.text, source.regions) == (f"utf-8+{legacy.name}", text, ())


@by_name
def test_a_record_carries_the_text_that_was_read(legacy: Legacy, rules: RuleSet) -> None:
    text = typed("Phấn đấu đến năm 2030, 95% hộ dân dùng nước sạch, 90% thôn đạt chuẩn văn hóa.", legacy)
    record = extract(read_bytes(shown(text, legacy).encode("latin-1"), uri="a.txt"), rules=rules)
    assert (record.text, record.source.encoding) == (text, legacy.name)
    assert [text[q.span.start : q.span.end] for q in record.quantities] == ["95%", "90%"]


@by_name
def test_a_page_in_an_old_encoding_is_read(legacy: Legacy) -> None:
    text = typed("Phấn đấu đến năm 2030, 95% hộ dân dùng nước sạch, 90% thôn đạt chuẩn văn hóa.", legacy)
    page = f"<html><head><title>x</title></head><body><p>{shown(text, legacy)}</p></body></html>"
    assert read_bytes(page.encode("latin-1"), uri="a.html").text == f"x\n\n{text}\n"


def test_a_page_of_character_references_is_read() -> None:
    text = "Phấn đấu đến năm 2030, 95% hộ dân dùng nước sạch"
    page = "".join(c if c.isascii() else f"&#{ord(c)};" for c in shown(text, TCVN3))
    source = read_bytes(f"<p>{page}</p>".encode(), uri="a.html")
    assert (source.text, source.encoding) == (f"{text}\n", "utf-8+tcvn3")


def test_furniture_of_a_page_in_an_old_encoding_is_known() -> None:
    text = "Hội đồng nhân dân tỉnh đã quyết nghị về chỉ tiêu phổ cập giáo dục cho các xã trên địa bàn"
    page = f"<p>{shown(text, TCVN3)}</p><p>{shown('Các tin liên quan', TCVN3)}</p>"
    source = read_bytes(f"<meta charset=windows-1252>{page}".encode("cp1252"), uri="a.html")
    assert [source.text[r.start : r.end] for r in source.regions] == ["Các tin liên quan"]
    assert source.encoding == "windows-1252+tcvn3"


MIXED = (
    "Kế hoạch này có hiệu lực từ ngày ký.\n"
    "Uû ban nh©n d©n tØnh giao Së Y tÕ chñ tr×; cã b¸o c¸o tr­íc ngµy 5.\n"
    "Ủy ban có, là và đã ký; Müller GmbH, café, 5 m², «kết luận».\n"
)


def test_only_the_coded_lines_of_a_text_are_read() -> None:
    assert read(MIXED).text.splitlines() == [
        "Kế hoạch này có hiệu lực từ ngày ký.",
        "Uỷ ban nhân dân tỉnh giao Sở Y tế chủ trì; có báo cáo trước ngày 5.",
        "Ủy ban có, là và đã ký; Müller GmbH, café, 5 m², «kết luận».",
    ]


def test_only_the_coded_words_of_a_line_are_read() -> None:
    text = "Theo đề nghị của Uû ban nh©n d©n tØnh có mặt tại kỳ họp, ông nói."
    assert read(text).text == "Theo đề nghị của Uỷ ban nhân dân tỉnh có mặt tại kỳ họp, ông nói."


def test_two_encodings_in_one_text_are_read() -> None:
    first, second = "Hội đồng nhân dân tỉnh quyết nghị", "Ủy ban nhân dân các huyện báo cáo kết quả"
    source = read(f"{shown(first, TCVN3)}\n{shown(second, VNI)}\n")
    assert (source.text, source.encoding) == (f"{first}\n{second}\n", "utf-8+vni+tcvn3")


ALONE = [
    "§ 5",
    "® 2020 ABC",
    "naïve café",
    "«Uỷ ban» họp ở nhiệt độ 30 °C, 5 m², 10 µm, 3 × 4 ÷ 2 ± 1",
    "a² + b² = c², ½·g·t² và x÷y",
    "Uy ban nhan dan tinh giao So Y te chu tri thuc hien ke hoach",
    "The council shall submit its report — “as is” — by 30 June 2025…",
    "Les élèves français reçoivent à Noël, où ça naît naïvement, des œuvres bien connues; déjà vu à la forêt.",
    "Größe und Übung, schön für die Straße; Mädchen über Käse, Türen öffnen, Füße, Bäume und Äpfel.",
    "El niño pequeño soñó mañana en España; señor Muñoz, pingüino y cañón; ¿qué año? ¡Aquí está!",
    "As ações não são em vão; coração, irmãos, às três, português, avó e avô, têm, pôr, lições.",
    "På øya får også små sjøer; København, Ærø, blå, grønn, kjære, går, må, å være.",
    "Çok güzel bir öğrenci, şimdi ülke için görüş bildirdi; çözüm, gün, küçük.",
    "Žluťoučký kůň úpěl ďábelské ódy; příliš, více, město, být.",
    "Þetta er íslensk þjóð; það var ágætt, ökumaður, næstu ár, föður.",
    "id;tên;tỷ lệ\n1;xã A;95,5\n2;xã B;87,25\n",
]


@pytest.mark.parametrize("text", ALONE)
def test_other_text_is_left_alone(text: str) -> None:
    source = read(text)
    assert (source.text, source.encoding, source.regions, source.carried) == (text, "utf-8", (), False)


@pytest.mark.parametrize("text", [t for t in ALONE if not t.isascii() and len(t) > 70 and "Ủ" not in t])
def test_other_languages_in_latin_1_are_refused(text: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(text.encode("cp1252", "ignore"), uri="a.txt")
    assert caught.value.code == "encoding"


def test_too_little_to_tell_is_reported(rules: RuleSet) -> None:
    text = "Mục tiêu năm 2030\nNghÞ quyÕt 5\nĐạt 95% hộ dân"
    record = extract(read(text), rules=rules)
    assert (record.text, [(d.code, d.span and text[d.span.start : d.span.end]) for d in record.diagnostics]) == (
        None,
        [("legacy_encoding_suspected", "NghÞ quyÕt 5")],
    )


@pytest.mark.parametrize(
    ("text", "font", "shows"),
    [
        ("Uû ban nh©n d©n", ".VnTime", "Uỷ ban nhân dân"),
        ("Uû ban nh©n d©n", ".VnArial Bold", "Uỷ ban nhân dân"),
        ("céng hoµ x· héi", ".VnTimeH", "CỘNG HOÀ XÃ HỘI"),
        ("CéNG HOµ X· HéI", ".VnTime", "CỘNG HOÀ XÃ HỘI"),
        ("tr­íc", ".VnTime", "trước"),
        ("\uf0a7iÒu 5", ".VnTime", "Điều 5"),
        ("§", ".VnTime", "Đ"),
        ("UÛy ban nhaân daân", "VNI-Times", "Ủy ban nhân dân"),
        ("Ñieàu 5", "VNI Helve", "Điều 5"),
        ("ÇiŠu", "VPS Long Xuyen", "điều"),
        ("Ði«u", "VISCII Times", "Điều"),
        ("Ủy ban nhân dân", ".VnTime", "Ủy ban nhân dân"),
        ("Ủy ban nhân dân", ".VnTimeH", "ỦY BAN NHÂN DÂN"),
        ("là nhà", ".VnTime", "là nhà"),
        ("95% of 20", ".VnTime", "95% of 20"),
        ("Uû ban nh©n d©n", "Times New Roman", "Uû ban nh©n d©n"),
        ("§ 5", None, "§ 5"),
    ],
)
def test_a_run_is_read_by_its_font(text: str, font: str | None, shows: str) -> None:
    assert decode_run(text, font) == shows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CộNG HOà Xã HộI CHủ NGHĩA VIệT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Uỷ BAN, Sở Tư pháp", "UỶ BAN, Sở Tư pháp"),
        ("Số: 15/KH-UBND; Sở KH&CN", "Số: 15/KH-UBND; Sở KH&CN"),
        ("Bộ, ngành\nTỔNG KẾT", "Bộ, ngành\nTỔNG KẾT"),
    ],
)
def test_capitals(text: str, expected: str) -> None:
    assert capitals(text) == expected


@pytest.mark.parametrize("legacy", [VNI, BK_HCM2], ids=["vni", "bk-hcm2"])
@pytest.mark.parametrize("how", ["latin-1", "utf-8"])
def test_spans_map_back_to_the_file(legacy: Legacy, how: str) -> None:
    text = "Phấn đấu đến năm 2030 có 95% hộ dân dùng nước sạch"
    codes = shown(text, legacy)
    source = read_bytes(codes.encode(how), uri="a.txt")
    start = text.index("hộ dân")
    at, end = source.original(start, start + 6)
    assert codes[at:end] == shown("hộ dân", legacy)


def test_spans_of_other_texts_are_their_own_place() -> None:
    assert read("Đạt 95%").original(4, 7) == (4, 7)


lines = st.lists(
    st.one_of(
        st.sampled_from(WORDS), st.text(alphabet="ab é2.%\n", max_size=4), st.sampled_from(["\r\n", "§", "5 m²"])
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.tuples(st.sampled_from([None, *LEGACY]), lines), max_size=4))
def test_the_map_rises_and_covers_the_file(parts: list[tuple[Legacy | None, str]]) -> None:
    text = "\n".join(shown(line, legacy) if legacy else line for legacy, line in parts)
    if not text.strip():
        return
    source = read(text)
    places = [source.original(i, i + 1) for i in range(len(source.text))]
    assert [start for start, _ in places] + [len(text)] == [0] + [end for _, end in places]
    assert all(start < end for start, end in places)
