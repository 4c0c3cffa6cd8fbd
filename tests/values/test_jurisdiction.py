"""Where a body sits: the header's units, and the place of a mention."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.values.identity import identify
from chithi.values.jurisdiction import Home, home, jurisdiction

BEFORE = date(2024, 3, 22)
AFTER = date(2025, 11, 20)


@pytest.mark.parametrize(
    ("lines", "on", "expected"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH HÀ CHÂU"], None, Home(province="tỉnh Hà Châu")),
        (["TỈNH HẢI ĐÔNG Độc lập - Tự do - Hạnh phúc"], None, Home(province="tỉnh Hải Đông")),
        (["ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], None, Home()),
        (["UBND TỈNH HÀ CHÂU", "SỞ Y TẾ"], None, Home(province="tỉnh Hà Châu")),
        (["UBND TỈNH HÀ CHÂU SỞ Y TẾ"], None, Home(province="tỉnh Hà Châu")),
        (["ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG"], None, Home(province="thành phố Hải Phòng")),
        (["Ủy ban nhân dân tỉnh hà châu 87/2025/qđ-ubnd"], None, Home(province="tỉnh Hà Châu")),
        (["TP.HCM"], None, Home(province="thành phố Hồ Chí Minh")),
        (["UBND TP. HỒ CHÍ MINH"], None, Home(province="thành phố Hồ Chí Minh")),
        (["TỈNH ỦY HÀ CHÂU"], None, Home(province="tỉnh Hà Châu")),
        (["ĐẢNG BỘ TỈNH HÀ CHÂU", "HUYỆN ỦY TAM SƠN"], None, Home(district="huyện Tam Sơn", province="tỉnh Hà Châu")),
        (["Ban Thường vụ Huyện ủy Lạc Sơn"], None, Home(district="huyện Lạc Sơn", province="tỉnh Hòa Bình")),
        (["HUYỆN BÌNH SƠN HẠ"], None, Home(district="huyện Bình Sơn Hạ")),
        (["UBND QUẬN 3"], None, Home(district="quận 3", province="thành phố Hồ Chí Minh")),
        (
            ["ỦY BAN NHÂN DÂN XÃ TÂN PHÚ TỈNH HÀ CHÂU"],
            None,
            Home(commune="xã Tân Phú", province="tỉnh Hà Châu"),
        ),
        (["ỦY BAN NHÂN DÂN THÀNH PHỐ AN LÂM"], BEFORE, Home(city="thành phố An Lâm")),
        (["ỦY BAN NHÂN DÂN THÀNH PHỐ AN LÂM"], AFTER, Home(province="thành phố An Lâm")),
        (
            ["TỈNH HÀ CHÂU", "UBND THÀNH PHỐ AN LÂM"],
            BEFORE,
            Home(district="thành phố An Lâm", province="tỉnh Hà Châu"),
        ),
        (["Chính phủ"], None, Home()),
        (["Hội đồng nhân dân tỉnh"], None, Home()),
    ],
)
def test_units_of_a_header(lines: list[str], on: date | None, expected: Home) -> None:
    assert home(lines, on) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [("Cần Thơ", Home(province="thành phố Cần Thơ")), ("Tam Sơn", Home()), (None, Home())],
)
def test_place_of_signing_stands_in_for_a_header_without_units(place: str | None, expected: Home) -> None:
    assert home(["Chủ tịch Ủy ban nhân dân"], place=place) == expected


PROVINCE = Home(province="tỉnh Hà Châu")
DISTRICT = Home(district="huyện Tam Sơn", province="tỉnh Hà Châu")
COMMUNE = Home(commune="xã Tân Phú", province="tỉnh Hà Châu")
CITY = Home(city="thành phố An Lâm")


@pytest.mark.parametrize(
    ("name", "here", "place"),
    [
        ("Sở Nội vụ", PROVINCE, "tỉnh Hà Châu"),
        ("UBND tỉnh", PROVINCE, "tỉnh Hà Châu"),
        ("UBND tỉnh Hà Thượng", PROVINCE, "tỉnh Hà Thượng"),
        ("UBND các tỉnh, thành phố", PROVINCE, None),
        ("UBND các xã, phường", PROVINCE, "tỉnh Hà Châu"),
        ("UBND xã Tân Phú", PROVINCE, "xã Tân Phú, tỉnh Hà Châu"),
        ("UBND huyện", PROVINCE, "tỉnh Hà Châu"),
        ("UBND huyện Tứ Kỳ", PROVINCE, "huyện Tứ Kỳ, tỉnh Hải Dương"),
        ("Các sở, ban, ngành", PROVINCE, "tỉnh Hà Châu"),
        ("các xã, phường", PROVINCE, "tỉnh Hà Châu"),
        ("các tỉnh, thành phố", PROVINCE, None),
        ("Các cơ quan, đơn vị", PROVINCE, None),
        ("Giám đốc Sở Nội vụ", PROVINCE, "tỉnh Hà Châu"),
        ("Bộ Nội vụ", PROVINCE, None),
        ("Kho bạc Nhà nước khu vực XII", PROVINCE, "khu vực XII"),
        ("UBND huyện", DISTRICT, "huyện Tam Sơn, tỉnh Hà Châu"),
        ("UBND huyện Tam Sơn", DISTRICT, "huyện Tam Sơn, tỉnh Hà Châu"),
        ("UBND các xã, thị trấn", DISTRICT, "huyện Tam Sơn, tỉnh Hà Châu"),
        ("UBND xã Tân Phú", DISTRICT, "xã Tân Phú, huyện Tam Sơn, tỉnh Hà Châu"),
        ("Sở Nội vụ", DISTRICT, "tỉnh Hà Châu"),
        ("Công an xã", COMMUNE, "xã Tân Phú, tỉnh Hà Châu"),
        ("Phòng Nội vụ", CITY, "thành phố An Lâm"),
        ("UBND thành phố", CITY, "thành phố An Lâm"),
        ("UBND các xã, phường", CITY, "thành phố An Lâm"),
        ("Sở Nội vụ", CITY, None),
        ("Sở Nội vụ", Home(), None),
        ("UBND xã Tân Phú", Home(), "xã Tân Phú"),
    ],
)
def test_place_of_a_body(name: str, here: Home, place: str | None) -> None:
    who = identify(name, BEFORE, city=here.city_level)
    assert who is not None
    assert jurisdiction(who, here, BEFORE) == place
