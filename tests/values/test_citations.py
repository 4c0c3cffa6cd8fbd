"""Citations: what the rules find, and what the functions read behind, before and around them."""

from __future__ import annotations

from functools import cache

import pytest

from chithi.orthography import fold, lower
from chithi.record import DocType, Relation
from chithi.rulepack import CompiledRule, find_all, load_rules
from chithi.values import Context
from chithi.values.citations import (
    citation,
    citation_tail,
    cited_name_spans,
    doc_type_of,
    own_number,
    type_from_number,
)
from chithi.values.relations import relation


@cache
def rules() -> tuple[CompiledRule, ...]:
    return load_rules().labelled("reference", "vi.references")


def cited(text: str) -> list[tuple[str, str]]:
    """Quote and number of every citation in a text."""
    folded = fold(text)
    matches = find_all(rules(), folded, lower(folded), [(0, len(text))])
    values = [m.rule.value(m, Context()) or {} for m in matches]
    return [(text[m.start : m.end], value["number"]) for m, value in zip(matches, values, strict=True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Thực hiện Nghị quyết số 42-NQ/HU, ngày 05/9/2022 và Kế hoạch số 118/KH-UBND",
            [("Nghị quyết số 42-NQ/HU", "42-NQ/HU"), ("Kế hoạch số 118/KH-UBND", "118/KH-UBND")],
        ),
        (
            "theo các Quyết định số 12/QĐ-UBND, số 13/QĐ-UBND và số 15/QĐ-UBND của tỉnh",
            [
                ("Quyết định số 12/QĐ-UBND", "12/QĐ-UBND"),
                ("số 13/QĐ-UBND", "13/QĐ-UBND"),
                ("số 15/QĐ-UBND", "15/QĐ-UBND"),
            ],
        ),
        (
            "Căn cứ Luật Giáo dục nghề nghiệp số 74/2014/QH13 và Luật Việc làm số 38/2013/QH13",
            [
                ("Luật Giáo dục nghề nghiệp số 74/2014/QH13", "74/2014/QH13"),
                ("Luật Việc làm số 38/2013/QH13", "38/2013/QH13"),
            ],
        ),
        (
            "Nghị quyết 33-NQ/TW, Kết luận 76-KL/TW, 91-KL/TW",
            [("Nghị quyết 33-NQ/TW", "33-NQ/TW"), ("Kết luận 76-KL/TW", "76-KL/TW"), ("91-KL/TW", "91-KL/TW")],
        ),
        ("Đảng uỷ ban hành Nghị quyết số 7–NQ/ÐU", [("Nghị quyết số 7–NQ/ÐU", "7-NQ/ĐU")]),
        ("Thông tư 08, 09, 10 và Nghị định số 71, 72", []),
        ("Ban hành kèm theo Quyết định số …/QĐ-UBND", []),
        ("Số: 45/KH-UBND", []),
        ("Phòng đạt chuẩn mức độ 2/3-A của bộ tiêu chí, mẫu số 05-TT/GD", []),
    ],
)
def test_citations_found(text: str, found: list[tuple[str, str]]) -> None:
    assert cited(text) == found


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("115/2020/NĐ-CP", "115/2020/NĐ-CP"),
        ("57- NQ/TW", "57-NQ/TW"),
        ("78/2021/NĐ -CP", "78/2021/NĐ-CP"),
        ("87 /2025/QĐ-UBND", "87/2025/QĐ-UBND"),
        ("10-CTr/TU", "10-CTR/TU"),
        ("473a/NQ-UBTVQH13", "473A/NQ-UBTVQH13"),
        ("012/CT-UBND", "012/CT-UBND"),
    ],
)
def test_number_is_normalised(written: str, key: str) -> None:
    value = citation({"type": "quyết định", "number": written}, Context())
    assert value == {"number": key, "doc_type": "quyet_dinh"}


def test_citation_without_a_number_is_unreadable() -> None:
    assert citation({"type": "kế hoạch", "number": None}, Context()) is None


@pytest.mark.parametrize(
    ("word", "number", "doc_type"),
    [
        ("công văn", "5348/CT-CS", "cong_van"),
        ("quy định", "178-QĐ/TW", "quy_dinh"),
        ("quyết định", "178-QĐ/TW", "quyet_dinh"),
        ("luật", "57/2014/QH13", "luat"),
        ("nghị quyết", "57/2014/QH13", "nghi_quyet"),
        ("thông tri", "02-TT/TU", "khac"),
        ("văn bản", "708/BTTTT-CATTT", "cong_van"),
        (None, "13/QĐ-UBND", "quyet_dinh"),
        (None, "62/2025/QH15", None),
    ],
)
def test_type_word_decides_over_the_code(word: str | None, number: str, doc_type: DocType | None) -> None:
    assert citation({"type": word, "number": number}, Context()) == {"number": number, "doc_type": doc_type}


@pytest.mark.parametrize(
    ("word", "doc_type"),
    [
        ("Kế hoạch hành động", "ke_hoach"),
        ("NGHỊ QUYẾT", "nghi_quyet"),
        ("chỉ thị", "chi_thi"),
        ("công điện khẩn", "cong_dien"),
        ("tờ trình", "to_trinh"),
        ("thông báo kết luận", "thong_bao"),
        ("bộ luật", "luat"),
        ("văn bản hợp nhất", "van_ban_hop_nhat"),
        ("NĐ", "nghi_dinh"),
        ("phụ lục", None),
        ("", None),
    ],
)
def test_doc_type_of(word: str, doc_type: DocType | None) -> None:
    assert doc_type_of(word) == doc_type


@pytest.mark.parametrize(
    ("number", "doc_type"),
    [
        ("617/KH-UBND", "ke_hoach"),
        ("217/CĐ-TTg", "cong_dien"),
        ("118/2021/ND-CP", "nghi_dinh"),
        ("09/CT-UBND", "chi_thi"),
        ("05-CT/TW", "chi_thi"),
        ("5348/CT-CS", None),
        ("3509/QĐ-CT", "quyet_dinh"),
        ("02-TT/TU", "khac"),
        ("17/2024/TT-BYT", "thong_tu"),
        ("66.4/2025/NQ-CP", "nghi_quyet"),
        ("57/VBHN-BCT", "van_ban_hop_nhat"),
        ("8935/BNV-CTTN&BĐG", "cong_van"),
        ("72/2025/QH15", None),
        ("70/2025/UBTVQH15", None),
        ("kế hoạch", None),
    ],
)
def test_type_from_number(number: str, doc_type: DocType | None) -> None:
    assert type_from_number(number) == doc_type


@pytest.mark.parametrize(
    ("number", "tail", "rest", "issued", "issuer"),
    [
        ("42-nq/hu", ", ngày 05/9/2022 của huyện ủy vĩnh bảo", " về giảm nghèo", "2022-09-05", "huyện ủy vĩnh bảo"),
        ("80/nđ-cp", " ngày 26 tháng 8 năm 2021 của chính phủ", " quy định chi tiết", "2021-08-26", "chính phủ"),
        ("9/tt", " của bộ giáo dục và đào tạo", " và công văn số 7", None, "bộ giáo dục và đào tạo"),
        ("9/qđ", " của bộ văn hóa, thể thao và du lịch", ", sở y tế", None, "bộ văn hóa, thể thao và du lịch"),
        ("3/kh", " của ubnd thành phố cần thơ", " triển khai", None, "ubnd thành phố cần thơ"),
        ("3/kh", " của chính phủ ngày 01/4/2025", "; giao sở nội vụ", "2025-04-01", "chính phủ"),
        ("3/kh", " (ngày 01.4.2025)", " đến nay", "2025-04-01", None),
        ("8/ct", " năm 2025 ngày 18/9/2025", " như sau", "2025-09-18", None),
        ("8/ct", " năm 2024 của bộ chính trị", " xác định", None, "bộ chính trị"),
        ("8/ct", " được ban hành ngày 02/01/2025", "", "2025-01-02", None),
        ("8/l", " (có hiệu lực từ ngày 01/7/2025)", " quy định", None, None),
        ("8/l", "", " về đất đai", None, None),
        ("8/kh", "", ", hoàn thành trước ngày 30/6/2025", None, None),
        ("8/kh", "", " ngày 31/02/2025", None, None),
    ],
)
def test_citation_tail(number: str, tail: str, rest: str, issued: str | None, issuer: str | None) -> None:
    text = number + tail + rest
    end, date, span = citation_tail(text, len(number))
    assert (text[len(number) : end], date, text[slice(*span)] if span else None) == (tail, issued, issuer)


@pytest.mark.parametrize(
    ("before", "quote", "after", "expected"),
    [
        ("căn cứ ", "nghị định số 3/nđ-cp", " của chính phủ", "based_on"),
        ("tổ chức thực hiện có hiệu quả ", "nghị quyết số 3-nq/tu", "", "based_on"),
        ("theo đề nghị của sở y tế tại ", "tờ trình số 3/ttr-syt", "", "based_on"),
        ("theo dõi việc xử lý tại ", "công văn số 3/ubnd-vx", "", "cites"),
        ("căn cứ kế hoạch số 1/kh-ubnd của tỉnh; ", "kế hoạch số 3/kh-ubnd", "", "based_on"),
        ("điều 3. quyết định này thay thế ", "quyết định số 3/qđ-ubnd", "", "replaces"),
        (
            "quyết định này thay thế quyết định số 1/qđ-ubnd của tỉnh a; quyết định số 2/qđ-ubnd của tỉnh b; ",
            "quyết định số 3/qđ-ubnd",
            " của tỉnh c",
            "replaces",
        ),
        ("kế hoạch này thay thế các kế hoạch sau: ", "kế hoạch số 3/kh-ubnd", "", "replaces"),
        ("điều 1. sửa đổi, bổ sung một số điều của ", "thông tư số 3/2024/tt-byt", "", "amends"),
        ("2. bãi bỏ khoản 2 điều 7 ", "quyết định số 3/qđ-ubnd", "", "repeals"),
        ("", "quyết định số 3/qđ-ubnd", " hết hiệu lực kể từ ngày quyết định này có hiệu lực", "repeals"),
        ("thông tư này hướng dẫn thi hành một số điều của ", "nghị định số 3/2024/nđ-cp", "", "guides"),
        ("(ban hành kèm theo ", "quyết định số 3/qđ-ubnd", ")", "attached_to"),
        ("tờ khai theo mẫu 01 kèm theo ", "nghị định số 3/2024/nđ-cp", "", "based_on"),
        ("được sửa đổi, bổ sung bởi ", "nghị định số 3/2024/nđ-cp", "", "cites"),
        ("rà soát, đề xuất sửa đổi, bổ sung ", "nghị định số 3/2024/nđ-cp", "", "cites"),
        ("các văn bản sửa đổi, bổ sung hoặc thay thế ", "nghị định số 3/2024/nđ-cp", "", "cites"),
        ("căn cứ nghị định số 1/2025/nđ-cp sửa đổi, bổ sung ", "nghị định số 3/2024/nđ-cp", "", "cites"),
        ("căn cứ luật số 1/2020/qh14 được sửa đổi, bổ sung bởi ", "luật số 3/2025/qh15", "", "based_on"),
        ("chi tiết nêu tại ", "công văn số 3/snv-tccb", "", "cites"),
    ],
)
def test_relation(before: str, quote: str, after: str, expected: Relation) -> None:
    assert relation(before + quote + after, len(before), len(before) + len(quote)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Số: 617/KH-UBND", ("617/KH-UBND", 4, 15)),
        ("số 221-kl/tw", ("221-KL/TW", 3, 12)),
        ("Số: 2077/CT-TTHT V/v kê khai", ("2077/CT-TTHT", 4, 16)),
        ("Số: 14 /2023/QĐ- UBND", ("14/2023/QĐ-UBND", 4, 21)),
        ("**Số:** 30/NQ-HĐND", ("30/NQ-HĐND", 8, 18)),
        ("Số: 66.4/2025/NQ-CP", ("66.4/2025/NQ-CP", 4, 19)),
        ("số 12/2019/QH14;", None),
        ("Số:      /KH-UBND", None),
        ("Số: …/2025/QĐ-UBND", None),
        ("Số 12 Lê Lợi, phường Bến Nghé", None),
        ("Số lượng: 12/KH", None),
        ("Căn cứ Kế hoạch số 3/KH-UBND", None),
    ],
)
def test_own_number(line: str, expected: tuple[str, int, int] | None) -> None:
    assert own_number(line) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            'triển khai đề án "xây dựng xã hội học tập giai đoạn 2021-2030" trong năm 2026',
            ['đề án "xây dựng xã hội học tập giai đoạn 2021-2030"'],
        ),
        (
            "theo quy hoạch mạng lưới trường học thời kỳ 2021 - 2030, tầm nhìn đến năm 2050; đến năm 2027 có 9 trường",
            ["quy hoạch mạng lưới trường học thời kỳ 2021 - 2030, tầm nhìn đến năm 2050"],
        ),
        (
            "ban hành chiến lược phát triển thanh niên đến năm 2030",
            ["chiến lược phát triển thanh niên đến năm 2030"],
        ),
        (
            "nghị quyết số 9-nq/hu ngày 04/3/2022 của huyện ủy về phát triển du lịch (dl) giai đoạn 2022-2025, "
            "định hướng đến năm 2030",
            ["về phát triển du lịch (dl) giai đoạn 2022-2025, định hướng đến năm 2030"],
        ),
        ("giải ngân hết kế hoạch vốn sự nghiệp y tế năm 2025", ["kế hoạch vốn sự nghiệp y tế năm 2025"]),
        ("chương trình mỗi xã một sản phẩm đến năm 2030 có 50 sản phẩm", []),
        ("mục tiêu của chiến lược phát triển kinh tế biển đến năm 2030", []),
        ("hoàn thành đề án, trình phê duyệt trước ngày 30/6/2025", []),
        ("xây dựng kế hoạch triển khai thực hiện trong năm 2025", []),
        ("nghị quyết 57 đặt mục tiêu đến năm 2030", []),
        ("đến năm 2025, 80% trường đạt chuẩn", []),
    ],
)
def test_names_with_a_period(text: str, names: list[str]) -> None:
    assert [text[a:b] for a, b in cited_name_spans(text, 0, len(text))] == names


def test_names_are_sought_within_the_bounds() -> None:
    text = "đề án phát triển du lịch giai đoạn 2021-2025. đề án bảo vệ rừng giai đoạn 2022-2026"
    assert cited_name_spans(text, 46, len(text)) == [(46, len(text))]
