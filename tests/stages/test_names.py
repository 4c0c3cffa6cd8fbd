"""Bodies by name: lists with a shared head, names with commas inside, aliases, office-holders, groups."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]

TASK = "UBND TỈNH HÀ CHÂU\nSố: 15/KH-UBND\n\nKẾ HOẠCH\nPhòng cháy rừng\n\nII. NHIỆM VỤ\n1. {}\n"


def names(record: Record) -> list[tuple[str, str]]:
    return [(b.text, b.name) for b in record.bodies]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Các Sở: Y tế, Nội vụ, Công Thương bố trí lực lượng trực gác.",
            [("Y tế", "Sở Y tế"), ("Nội vụ", "Sở Nội vụ"), ("Công Thương", "Sở Công Thương")],
            id="a shared head",
        ),
        pytest.param(
            "Giao các Sở: Văn hóa, Thể thao và Du lịch, Khoa học và Công nghệ, Xây dựng lập phương án.",
            [
                ("Văn hóa, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
                ("Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"),
                ("Xây dựng", "Sở Xây dựng"),
            ],
            id="commas and và inside a name",
        ),
        pytest.param(
            "Các phòng: Kinh tế - Hạ tầng, Tư pháp lập dự toán mua thiết bị.",
            [("Kinh tế - Hạ tầng", "Phòng Kinh tế - Hạ tầng"), ("Tư pháp", "Phòng Tư pháp")],
            id="a dash inside a name",
        ),
        pytest.param(
            "Các Bộ: Quốc phòng, Công an, Y tế chuẩn bị phương tiện.",
            [("Quốc phòng", "Bộ Quốc phòng"), ("Công an", "Bộ Công an"), ("Y tế", "Bộ Y tế")],
            id="ministries",
        ),
        pytest.param(
            "Sở Y tế, Sở Văn hóa, Thể thao và Du lịch và Sở Nội vụ tổ chức tập huấn.",
            [
                ("Sở Y tế", "Sở Y tế"),
                ("Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
                ("Sở Nội vụ", "Sở Nội vụ"),
            ],
            id="a head each",
        ),
    ],
)
def test_list_of_names(text: str, found: list[tuple[str, str]], extract: Extract) -> None:
    assert names(extract(TASK.format(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Giao Sở GD&ĐT tổ chức tuyên truyền.", ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo")),
        ("Giao phòng GD-ĐT tổ chức tuyên truyền.", ("phòng GD-ĐT", "Phòng Giáo dục và Đào tạo")),
        ("UBND các xã, thị trấn tổ chức trực gác.", ("UBND các xã, thị trấn", "Ủy ban nhân dân các xã, thị trấn")),
        ("Sở NN&MT tổ chức kiểm tra rừng.", ("Sở NN&MT", "Sở Nông nghiệp và Môi trường")),
        ("Giao Sở VHTTDL tổ chức tuyên truyền.", ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch")),
        ("Uỷ ban nhân dân các xã tổ chức trực gác.", ("Uỷ ban nhân dân các xã", "Uỷ ban nhân dân các xã")),
    ],
)
def test_abbreviation_is_written_out(text: str, found: tuple[str, str], extract: Extract) -> None:
    assert names(extract(TASK.format(text))) == [found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Giám đốc Sở Xây dựng chỉ đạo rà soát kho xăng dầu.", "Giám đốc Sở Xây dựng"),
        ("Chủ tịch UBND các xã tổ chức diễn tập.", "Chủ tịch Ủy ban nhân dân các xã"),
        ("Giao Thủ trưởng các cơ quan, đơn vị tổ chức diễn tập.", "Thủ trưởng các cơ quan, đơn vị"),
        ("Hiệu trưởng các trường tổ chức diễn tập.", "Hiệu trưởng các trường"),
        ("Chánh Văn phòng UBND tỉnh theo dõi việc thực hiện.", "Chánh Văn phòng Ủy ban nhân dân tỉnh"),
    ],
)
def test_office_holder_is_one_body(text: str, name: str, extract: Extract) -> None:
    assert [b.name for b in extract(TASK.format(text)).bodies] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Các sở, ban, ngành tổ chức tuyên truyền.", "Các sở, ban, ngành"),
        ("Các cơ quan, đơn vị liên quan tổ chức trực gác.", "Các cơ quan, đơn vị liên quan"),
        ("Yêu cầu các địa phương rà soát kho xăng dầu.", "Các địa phương"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh vận động nhân dân.", "Ủy ban Mặt trận Tổ quốc tỉnh"),
        ("Công an tỉnh chỉ đạo kiểm tra kho xăng dầu.", "Công an tỉnh"),
        ("Đoàn Thanh niên tổ chức các đội xung kích.", "Đoàn Thanh niên"),
    ],
)
def test_group_or_organisation_is_one_body(text: str, name: str, extract: Extract) -> None:
    assert [b.name for b in extract(TASK.format(text)).bodies] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Chi phí mua máy do ngân sách của Sở Y tế chi trả.",
        "Xe chữa cháy đỗ tại trụ sở Công an tỉnh.",
        "Danh sách gồm 12 cơ sở sản xuất có kho chứa.",
    ],
)
def test_body_outside_a_task_is_none(text: str, extract: Extract) -> None:
    assert names(extract(f"KẾ HOẠCH\nPhòng cháy rừng\n\nIII. KINH PHÍ\n{text}\n")) == []


def test_object_of_an_action_is_no_body_of_the_task(extract: Extract) -> None:
    text = TASK.format("Sở Y tế hướng dẫn các bệnh viện tổ chức sơ cứu người bị bỏng.")
    assert [b.name for b in extract(text).bodies] == ["Sở Y tế"]


@pytest.mark.parametrize("between", [", ", "; ", " và "])
def test_body_of_another_kind_ends_a_list_of_departments(between: str, extract: Extract) -> None:
    text = TASK.format(f"Sở Y tế{between}Công an tỉnh tổ chức tập huấn sơ cứu.")
    assert [b.name for b in extract(text).bodies] == ["Sở Y tế", "Công an tỉnh"]


def test_alias_of_the_document_is_a_body(extract: Extract) -> None:
    text = TASK.format(
        "Thành lập Ban Chỉ đạo phòng cháy rừng tỉnh (sau đây gọi tắt là Ban Chỉ đạo).\n"
        "2. Ban Chỉ đạo tổ chức họp giao ban hằng tháng."
    )
    assert [b.name for b in extract(text).bodies][-1:] == ["Ban Chỉ đạo"]


def test_recipients_and_signer_are_no_bodies(extract: Extract) -> None:
    text = TASK.format(
        "Sở Y tế tổ chức tập huấn sơ cứu.\n\nNơi nhận:\n- Sở Nội vụ;\n- Lưu: VT.\n"
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Tám"
    )
    assert [b.name for b in extract(text).bodies] == ["Sở Y tế"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Bộ trưởng các Bộ: Quốc phòng, Y tế chỉ đạo dự trữ thuốc.",
            [("Quốc phòng", "Bộ trưởng Bộ Quốc phòng"), ("Y tế", "Bộ trưởng Bộ Y tế")],
            id="an office over a shared head",
        ),
        pytest.param(
            "UBND các xã: Tân Lập, Hòa Bình và Phú Sơn bố trí người trực.",
            [
                ("Tân Lập", "Ủy ban nhân dân xã Tân Lập"),
                ("Hòa Bình", "Ủy ban nhân dân xã Hòa Bình"),
                ("Phú Sơn", "Ủy ban nhân dân xã Phú Sơn"),
            ],
            id="a head over places",
        ),
        pytest.param(
            "Các đơn vị thuộc Sở Y tế rà soát trang thiết bị.",
            [("Các đơn vị thuộc Sở Y tế", "Các đơn vị thuộc Sở Y tế")],
            id="a group of a body",
        ),
        pytest.param(
            "Các doanh nghiệp trên địa bàn tỉnh nghiêm túc tự kiểm tra.",
            [("Các doanh nghiệp trên địa bàn tỉnh", "Các doanh nghiệp trên địa bàn tỉnh")],
            id="where a group sits",
        ),
        pytest.param(
            "Các Bộ, các ngành rà soát phương án của mình.",
            [("Các Bộ, các ngành", "Các Bộ, các ngành")],
            id="a group joined by a second các",
        ),
        pytest.param(
            "Giao Sở Xây dựng (cơ quan Thường trực Ban Chỉ đạo) rà soát phương án.",
            [("Sở Xây dựng", "Sở Xây dựng")],
            id="a gloss in brackets",
        ),
        pytest.param(
            "Đảng ủy Bộ Nội vụ rà soát quy chế.",
            [("Đảng ủy Bộ Nội vụ", "Đảng ủy Bộ Nội vụ")],
            id="a Party committee of a ministry",
        ),
    ],
)
def test_names_with_heads_and_qualifiers(text: str, found: list[tuple[str, str]], extract: Extract) -> None:
    assert names(extract(TASK.format(text))) == found
