"""The gazetteer: provinces, districts and communes, and what the reform of 2025 made of them."""

from __future__ import annotations

import tracemalloc
from datetime import date

import pytest

from chithi.values import places
from chithi.values.places import find_place, gazetteer, provinces, successors

BEFORE = date(2024, 6, 1)
LAST_DAY = date(2025, 6, 30)
AFTER = date(2025, 7, 1)


def named(text: str, on: date | None = None) -> str | None:
    place = find_place(text, on)
    return None if place is None else str(place)


@pytest.mark.parametrize(("on", "count"), [(BEFORE, 63), (LAST_DAY, 63), (AFTER, 34), (None, 34)])
def test_number_of_provinces(on: date | None, count: int) -> None:
    assert len(provinces(on)) == count


@pytest.mark.parametrize(
    ("unit", "count"), [("xã", 2621), ("phường", 687), ("đặc khu", 13)], ids=["rural", "urban", "islands"]
)
def test_number_of_communes_of_today_is_the_official_one(unit: str, count: int) -> None:
    today = {p for found in gazetteer().places.values() for p in found if p.level == "commune" and p.until is None}
    assert len([p for p in today if p.unit == unit]) == count


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hà Nội", "thành phố Hà Nội"),
        ("TP.HCM", "thành phố Hồ Chí Minh"),
        ("tp. Hồ Chí Minh", "thành phố Hồ Chí Minh"),
        ("TỈNH ĐẮC LẮC", "tỉnh Đắk Lắk"),
        ("Kontum", "tỉnh Kon Tum"),
        ("Bà Rịa-Vũng Tàu", "tỉnh Bà Rịa - Vũng Tàu"),
        ("tỉnh Thanh Hoá", "tỉnh Thanh Hóa"),
        ("huyện Tứ Kì", "huyện Tứ Kỳ, tỉnh Hải Dương"),
        ("thành phố Hải Dương", "thành phố Hải Dương, tỉnh Hải Dương"),
        ("thành phố Thủ Đức", "thành phố Thủ Đức, thành phố Hồ Chí Minh"),
        ("quận 3", "quận 3, thành phố Hồ Chí Minh"),
        ("huyện Châu Thành, Tiền Giang", "huyện Châu Thành, tỉnh Tiền Giang"),
        ("xã Lạc Sơn, tỉnh Phú Thọ", "xã Lạc Sơn, tỉnh Phú Thọ"),
        ("phường Bến Thành, TP.HCM", "phường Bến Thành, thành phố Hồ Chí Minh"),
        ("xã Cẩm Giang, thành phố Hải Phòng", "xã Cẩm Giang, thành phố Hải Phòng"),
        ("xã Cẩm Giàng, thành phố Hải Phòng", "xã Cẩm Giàng, thành phố Hải Phòng"),
    ],
)
def test_a_place_is_found_by_any_spelling(text: str, place: str) -> None:
    assert named(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "huyện Châu Thành",  # ten provinces had one
        "xã Tân Thành",
        "phường 1",
        "xã Lạc Sơn",  # the only one, and yet a commune
        "phường 1, tỉnh Sóc Trăng",  # of several districts
        "tỉnh Hà Châu",
        "huyện Tứ Kỳ, tỉnh Thái Bình",
        "Tứ Kỳ",
        "",
    ],
)
def test_what_is_not_told_from_its_namesakes_is_not_found(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize(
    ("text", "on", "place"),
    [
        ("thành phố Huế", date(2024, 12, 31), "thành phố Huế, tỉnh Thừa Thiên Huế"),
        ("thành phố Huế", date(2025, 1, 1), "thành phố Huế"),
        ("xã Tân Thành, tỉnh Đồng Tháp", BEFORE, "xã Tân Thành, huyện Lai Vung, tỉnh Đồng Tháp"),
        ("xã Tân Thành, tỉnh Đồng Tháp", AFTER, "xã Tân Thành, tỉnh Đồng Tháp"),
        ("huyện Tứ Kỳ", AFTER, "huyện Tứ Kỳ, tỉnh Hải Dương"),  # ended, and still named by its name
    ],
)
def test_the_day_decides_between_places_of_one_name(text: str, on: date, place: str) -> None:
    assert named(text, on) == place


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("tỉnh Hải Dương", ["thành phố Hải Phòng"]),
        ("tỉnh Thừa Thiên Huế", ["thành phố Huế"]),
        ("tỉnh Nghệ An", []),
        ("huyện Vĩnh Lộc", [f"xã {name}, tỉnh Thanh Hóa" for name in ("Biện Thượng", "Tây Đô", "Vĩnh Lộc")]),
        (
            "huyện Tứ Kỳ",
            [
                f"xã {name}, thành phố Hải Phòng"
                for name in ("Chí Minh", "Lạc Phượng", "Nguyên Giáp", "Tân Kỳ", "Tứ Kỳ", "Đại Sơn")
            ],
        ),
        ("xã Cẩm Hoàng, huyện Cẩm Giàng, tỉnh Hải Dương", ["xã Cẩm Giang, thành phố Hải Phòng"]),
        ("xã Tứ Kỳ, thành phố Hải Phòng", []),
    ],
)
def test_successors_of_a_place(text: str, after: list[str]) -> None:
    place = find_place(text)
    assert place is not None
    assert [str(p) for p in successors(place)] == after


@pytest.mark.parametrize(("district", "count"), [("huyện Lạc Sơn", 8), ("huyện Tam Bình", 8)])
def test_a_district_has_no_single_successor(district: str, count: int) -> None:
    place = find_place(district)
    assert place is not None
    assert len(successors(place)) == count


def test_23_provinces_took_in_others() -> None:
    taken_in = [p for p in provinces(LAST_DAY) if successors(p)]
    assert len({successors(p) for p in taken_in}) == 23


def test_the_gazetteer_is_small() -> None:
    gazetteer.cache_clear()
    tracemalloc.start()
    try:
        gazetteer()
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < 20_000_000


def test_without_the_address_data_only_own_places_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    gazetteer.cache_clear()
    find_place.cache_clear()
    monkeypatch.setattr(places, "_address_file", lambda: None)
    try:
        assert [str(p) for p in provinces(BEFORE)] == ["tỉnh Thừa Thiên Huế"]
    finally:
        gazetteer.cache_clear()
        find_place.cache_clear()
