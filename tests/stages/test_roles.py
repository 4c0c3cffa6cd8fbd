"""Roles of listed bodies: what governs the first of a list, what makes all of them the subject."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]

PLAN = "UBND TỈNH HÀ CHÂU\nSố: 15/KH-UBND\nHà Châu, ngày 12 tháng 02 năm 2025\n\nKẾ HOẠCH\nChống hạn\n\n"


def found(text: str, extract: Extract) -> list[tuple[str, str]]:
    return [(b.name, str(b.role)) for b in extract(f"{PLAN}II. NHIỆM VỤ\n1. {text}\n").bodies]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        pytest.param(
            "Sở Nông nghiệp và Môi trường hướng dẫn các phòng, ban, Ủy ban nhân dân các xã, phường triển khai tưới ẩm.",
            [("Sở Nông nghiệp và Môi trường", "lead")],
            id="who is guided does not lead, nor who is listed with them",
        ),
        pytest.param(
            "Trên cơ sở đề nghị của Sở Tài chính, Sở Nông nghiệp và Môi trường khẩn trương rà soát trạm bơm.",
            [("Sở Nông nghiệp và Môi trường", "lead")],
            id="the comma behind a ground ends what it governs",
        ),
        pytest.param(
            "Sở Y tế, Công an tỉnh (và công an các xã), Tỉnh đoàn chịu trách nhiệm tuyên truyền tiết kiệm nước.",
            [("Sở Y tế", "lead"), ("Công an tỉnh", "lead"), ("Tỉnh đoàn", "lead")],
            id="the duty behind a list is everyone's",
        ),
        pytest.param(
            "Sở Y tế coi đây là việc cấp bách của các cấp, các ngành và dự trữ thuốc trước ngày 30/4/2025.",
            [("Sở Y tế", "lead")],
            id="whose concern it is",
        ),
        pytest.param(
            "Đoàn đại biểu Quốc hội và đại biểu Quốc hội tỉnh Hà Châu, trong phạm vi nhiệm vụ, quyền hạn của mình, "
            "giám sát việc thực hiện Kế hoạch này.",
            [("Đoàn đại biểu Quốc hội", "supervise"), ("Đại biểu Quốc hội tỉnh Hà Châu", "supervise")],
            id="a delegation of a province supervises",
        ),
        pytest.param(
            "Hội đồng nhân dân tỉnh thực hiện giám sát việc triển khai Kế hoạch này.",
            [("Hội đồng nhân dân tỉnh", "supervise")],
            id="carrying out supervision",
        ),
        pytest.param(
            "Sở Y tế, Thuế tỉnh (và Thuế cơ sở), Công an tỉnh có trách nhiệm thi hành Kế hoạch này.",
            [("Sở Y tế", "lead"), ("Thuế tỉnh", "lead"), ("Thuế cơ sở", "lead"), ("Công an tỉnh", "lead")],
            id="a bracket inside a list",
        ),
        pytest.param("Đài Khí tượng Thủy văn tỉnh nhận định hạn còn kéo dài hết tháng 6.", [], id="a forecast"),
    ],
)
def test_roles_of_listed_bodies(text: str, roles: list[tuple[str, str]], extract: Extract) -> None:
    assert found(text, extract) == roles
