"""Who a body is: one key for all spellings, the organisation that a name means, and its data."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from chithi.errors import RuleError
from chithi.record import BodyKind, BodyLevel
from chithi.resources import rules_root
from chithi.values.bodyparts import split_unit
from chithi.values.identity import Identity, identify, key, written_out
from chithi.values.organisations import Organisation, load_organisations, organisations

BODIES = organisations().body
BY_ID = {body.id: body for body in BODIES}
BEFORE = date(2022, 7, 18)
AFTER = date(2025, 11, 20)


def known(name: str, on: date | None = None, city: BodyLevel | None = None) -> Identity:
    who = identify(name, on, city=city)
    assert who is not None
    return who


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo"),
        ("phòng GD-ĐT", "Phòng Giáo dục và Đào tạo"),
        ("PHÒNG GDĐT", "Phòng Giáo dục và Đào tạo"),
        ("Phòng GD - ĐT", "Phòng Giáo dục và Đào tạo"),
        ("Phòng GD & ĐT", "Phòng Giáo dục và Đào tạo"),
        ("phòng gdđt", "Phòng Giáo dục và Đào tạo"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("UBND", "Ủy ban nhân dân"),
        ("Sở Văn hoá Thể thao du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở LĐ - TB&XH", "Sở Lao động-Thương binh và Xã hội"),
        ("SỞ LĐTBXH", "Sở Lao động - Thương binh và Xã hội"),
        ("Phòng Văn hóa – Xã hội", "Phòng Văn hóa - Xã hội"),
        ("Hội LHPN", "Hội Liên hiệp Phụ nữ"),
        ("Bộ Kĩ thuật", "Bộ Kỹ thuật"),
        ("Sở  Nội\nvụ", "Sở Nội vụ"),
        ("So\u031b\u0309 Nội vụ", "Sở Nội vụ"),
    ],
)
def test_spellings_of_a_name_have_one_key(name: str, same: str) -> None:
    assert key(name) == key(same)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Sở Nội vụ", "Phòng Nội vụ"),
        ("xã Thanh An", "xã Thạnh An"),
        ("Sở Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Hội thảo", "Hội Thao"),
    ],
)
def test_different_names_have_different_keys(name: str, other: str) -> None:
    assert key(name) != key(other)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Uỷ ban MTTQ các cấp", "Ủy ban Mặt trận Tổ quốc các cấp"),
        ("phòng KT&HT", "Phòng Kinh tế và Hạ tầng"),
        ("UBND TP. Hà Nội", "Ủy ban nhân dân Thành phố Hà Nội"),
        ("các đồng chí Giám đốc Sở", "Giám đốc Sở"),
        ("Tổ Tự quản số 3", "Tổ Tự quản số 3"),
    ],
)
def test_name_is_written_out(name: str, written: str) -> None:
    assert written_out(name) == written


@pytest.mark.parametrize(
    ("name", "body_id", "kind", "level"),
    [
        ("Chính phủ", "chinh_phu", "state", "central"),
        ("Thủ tướng Chính phủ", "thu_tuong", "office_holder", "central"),
        ("Bộ Công An", "bo.cong_an", "state", "central"),
        ("BGDĐT", "bo.giao_duc_dao_tao", "state", "central"),
        ("NHNN", "ngan_hang_nha_nuoc", "state", "central"),
        ("Thông tấn xã Việt Nam", "thong_tan_xa_viet_nam", "state", "central"),
        ("Uỷ ban Kiểm tra Trung ương", "dang.uy_ban_kiem_tra_trung_uong", "party", "central"),
        ("TAND tối cao", "toa_an.toi_cao", "court", "central"),
        ("Viện Kiểm sát nhân dân tỉnh", "vien_kiem_sat.tinh", "procuracy", "province"),
        ("Sở GD&ĐT", "so.giao_duc_dao_tao", "state", "province"),
        ("Sở Tài chính tỉnh Hà Châu", "so.tai_chinh", "state", "province"),
        ("Sở Y tế Nghệ An", "so.y_te", "state", "province"),
        ("UBND các tỉnh, thành phố trực thuộc Trung ương", "ubnd.tinh", "state", "province"),
        ("HĐND huyện", "hdnd.huyen", "state", "district"),
        ("Phòng GD-ĐT huyện", "phong.giao_duc_dao_tao", "state", "district"),
        ("Các Phòng Giáo dục và Đào tạo", "phong.giao_duc_dao_tao", "state", "district"),
        ("Ủy ban nhân dân các phường, xã, đặc khu", "ubnd.xa", "state", "commune"),
        ("UBND các phường xã", "ubnd.xa", "state", "commune"),
        ("Ủy ban nhân dân cấp xã", "ubnd.xa", "state", "commune"),
        ("Ủy ban nhân dân các cấp", "ubnd", "state", "any"),
        ("Tỉnh ủy", "dang.tinh_uy", "party", "province"),
        ("các tỉnh uỷ, thành uỷ", "dang.tinh_uy", "party", "province"),
        ("Huyện ủy Tam Sơn", "dang.huyen_uy", "party", "district"),
        ("Ban Thường vụ Huyện ủy", "dang.ban_thuong_vu_huyen_uy", "party", "district"),
        ("Đảng ủy xã, phường", "dang.dang_uy_xa", "party", "commune"),
        ("Uỷ ban MTTQ Việt Nam tỉnh", "mttq.tinh", "front", "province"),
        ("Hội LHPN huyện", "hoi_phu_nu.huyen", "mass", "district"),
        ("Tỉnh đoàn", "doan_thanh_nien.tinh", "mass", "province"),
        ("Liên minh Hợp tác xã Tỉnh", "lien_minh_htx.tinh", "mass", "province"),
        ("Bộ CHQS tỉnh", "quan_su.tinh", "state", "province"),
        ("Bộ Chỉ huy quân sự", "quan_su.tinh", "state", "province"),
        ("Kho bạc Nhà nước khu vực XII", "kho_bac_nha_nuoc.khu_vuc", "state", "any"),
        ("Tập đoàn PVN", "doanh_nghiep.pvn", "enterprise", "central"),
        ("Tập đoàn Bưu chính viễn thông Việt Nam", "doanh_nghiep.vnpt", "enterprise", "central"),
    ],
)
def test_name_means_an_organisation(name: str, body_id: str, kind: BodyKind, level: BodyLevel) -> None:
    who = known(name)
    assert (who.id, who.kind, who.level) == (body_id, kind, level)


@pytest.mark.parametrize(
    ("name", "body_id", "level", "canonical"),
    [
        ("Giám đốc Sở KH&ĐT", "so.ke_hoach_dau_tu", "province", "Giám đốc Sở Kế hoạch và Đầu tư"),
        ("Bộ trưởng Bộ Y tế", "bo.y_te", "central", "Bộ trưởng Bộ Y tế"),
        ("Chủ tịch UBND các xã", "ubnd.xa", "commune", "Chủ tịch Ủy ban nhân dân các xã"),
        ("Chánh văn phòng UBND tỉnh", "van_phong.ubnd_tinh", "province", "Chánh Văn phòng Ủy ban nhân dân tỉnh"),
        ("Chánh Thanh tra tỉnh", "thanh_tra.tinh", "province", "Chánh Thanh tra tỉnh"),
        ("Tổng Kiểm toán nhà nước", "kiem_toan_nha_nuoc", "central", "Tổng Kiểm toán nhà nước"),
        ("Trưởng phòng Nội vụ", "phong.noi_vu", "district", "Trưởng Phòng Nội vụ"),
        ("Bí thư Huyện ủy Tam Sơn", "dang.huyen_uy", "district", "Bí thư Huyện ủy"),
        ("Đại biểu Quốc hội", "quoc_hoi", "central", "Đại biểu Quốc hội"),
        ("Thủ trưởng các sở, ban, ngành", None, "province", "Thủ trưởng các sở, ban, ngành"),
        ("Giám đốc Sở", None, "province", "Giám đốc Sở"),
        ("Hiệu trưởng các trường Trung học cơ sở", None, None, "Hiệu trưởng các trường trung học cơ sở"),
    ],
)
def test_office_holder_keeps_its_kind_with_the_organisations_id(
    name: str, body_id: str | None, level: BodyLevel | None, canonical: str
) -> None:
    who = known(name)
    assert (who.kind, who.id, who.level, who.canonical) == ("office_holder", body_id, level, canonical)


@pytest.mark.parametrize(
    ("name", "level", "canonical"),
    [
        ("các Sở, ban, ngành", "province", "Các sở, ban, ngành"),
        ("Sở, ban, ngành có liên quan", "province", "Sở, ban, ngành có liên quan"),
        ("Các bộ, cơ quan ngang bộ", "central", "Các bộ, cơ quan ngang bộ"),
        ("cơ quan, địa phương liên quan", None, "Cơ quan, địa phương liên quan"),
        ("Cấp có thẩm quyền", None, "Cấp có thẩm quyền"),
        ("các xã, thị trấn", "commune", "Các xã, thị trấn"),
        ("Các trường trung học cơ sở", None, "Các trường trung học cơ sở"),
        ("các cơ quan thuộc Chính phủ", "central", "Các cơ quan thuộc Chính phủ"),
        ("ngành Y tế", None, "Ngành y tế"),
        ("Các chi bộ, đảng bộ xã", "commune", "Các chi bộ, đảng bộ xã"),
    ],
)
def test_group_has_a_kind_and_no_id(name: str, level: BodyLevel | None, canonical: str) -> None:
    who = known(name)
    assert (who.kind, who.id, who.level, who.canonical) == ("group", None, level, canonical)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Trường THPT Bình Minh Hạ", "school"),
        ("Công ty Cấp nước Hà Châu", "enterprise"),
        ("Hội Làm vườn", "mass"),
        ("Cục Hàng hải", "state"),
    ],
)
def test_first_words_tell_the_kind_of_an_unknown_body(name: str, kind: BodyKind) -> None:
    who = known(name)
    assert (who.id, who.kind) == (None, kind)


@pytest.mark.parametrize(
    ("name", "level", "canonical", "place"),
    [
        ("Trung tâm Y tế huyện Tam Sơn", "district", "Trung tâm Y tế huyện", "huyện Tam Sơn"),
        ("Ban Chỉ đạo giảm nghèo tỉnh", "province", "Ban Chỉ đạo giảm nghèo tỉnh", None),
        ("HĐND và UBND tỉnh", "province", "Hội đồng nhân dân và Ủy ban nhân dân tỉnh", None),
    ],
)
def test_unit_tells_the_level_of_an_unknown_body(
    name: str, level: BodyLevel, canonical: str, place: str | None
) -> None:
    who = known(name)
    assert (who.id, who.kind, who.level, who.canonical, who.place) == (None, None, level, canonical, place)


@pytest.mark.parametrize(
    "name",
    [
        "Ban Chỉ đạo",
        "Hội đồng thi đua",
        "Bộ phận Một cửa",
        "Viện",
        "Giải pháp",
        "Ủy ban nhân dân các tỉnh, thành phố Khẩn",
        "Ban Tổ chức",  # an event's as well as the Party's
        "",
    ],
)
def test_unsure_names_stay_unknown(name: str) -> None:
    assert identify(name) is None


@pytest.mark.parametrize(
    ("name", "canonical", "place"),
    [
        ("UBND tỉnh Hà Châu", "Ủy ban nhân dân tỉnh", "tỉnh Hà Châu"),
        ("UBND TP.HCM", "Ủy ban nhân dân thành phố", "thành phố Hồ Chí Minh"),
        ("Ban Quản lý khu Kinh tế tỉnh Hà Châu", "Ban Quản lý Khu kinh tế", "tỉnh Hà Châu"),
        ("Huyện ủy Tam Sơn", "Huyện ủy", "huyện Tam Sơn"),
        ("Sở Y tế Nghệ An", "Sở Y tế", "tỉnh Nghệ An"),
        ("Chi cục Hải quan khu vực IX", "Chi cục Hải quan khu vực", "khu vực IX"),
        ("Các sở, ngành tỉnh Hà Châu", "Các sở, ngành tỉnh", "tỉnh Hà Châu"),
        ("UBND các xã", "Ủy ban nhân dân các xã", None),
    ],
)
def test_place_stands_beside_the_canonical_name(name: str, canonical: str, place: str | None) -> None:
    who = known(name)
    assert (who.canonical, who.place) == (canonical, place)


@pytest.mark.parametrize(
    ("name", "on", "city", "body_id"),
    [
        ("UBND thành phố", None, None, "ubnd"),
        ("UBND thành phố", BEFORE, None, "ubnd"),
        ("UBND thành phố", BEFORE, "district", "ubnd.huyen"),
        ("UBND thành phố", BEFORE, "province", "ubnd.tinh"),
        ("UBND thành phố", AFTER, None, "ubnd.tinh"),
        ("UBND các huyện, thành phố", BEFORE, "province", "ubnd.huyen"),
        ("UBND thành phố Cần Thơ", BEFORE, None, "ubnd.tinh"),
        ("UBND thành phố Nam Định", BEFORE, None, "ubnd.huyen"),
        ("UBND thành phố Huế", BEFORE, None, "ubnd.huyen"),
        ("UBND thành phố Huế", AFTER, None, "ubnd.tinh"),
    ],
)
def test_level_of_a_city(name: str, on: date | None, city: BodyLevel | None, body_id: str) -> None:
    assert known(name, on, city).id == body_id


@pytest.mark.parametrize(
    ("name", "on", "body_id"),
    [
        ("Phòng Kinh tế", BEFORE, "phong.kinh_te"),
        ("Phòng Kinh tế", AFTER, "phong_xa.kinh_te"),
        ("Sở Nông nghiệp", BEFORE, "so.nong_nghiep_ptnt"),
        ("Sở Nông nghiệp", AFTER, "so.nong_nghiep_moi_truong"),
        ("Cục Thuế", BEFORE, "thue.cuc_tinh"),
        ("Cục Thuế", AFTER, "cuc.thue"),
        ("Sở Kế hoạch và Đầu tư", AFTER, "so.ke_hoach_dau_tu"),  # ended, and still named
    ],
)
def test_the_day_decides_between_bodies_of_one_name(name: str, on: date, body_id: str) -> None:
    assert known(name, on).id == body_id


@pytest.mark.parametrize(
    ("name", "until", "after"),
    [
        ("Bộ Kế hoạch và Đầu tư", date(2025, 2, 28), ("bo.tai_chinh",)),
        ("Bộ GTVT", date(2025, 2, 28), ("bo.xay_dung",)),
        ("Bộ TT&TT", date(2025, 2, 28), ("bo.khoa_hoc_cong_nghe", "bo.van_hoa_the_thao_du_lich")),
        ("Ủy ban Dân tộc", date(2025, 2, 28), ("bo.dan_toc_ton_giao",)),
        ("Sở TN&MT", date(2025, 2, 28), ("so.nong_nghiep_moi_truong",)),
        ("Công an huyện", date(2025, 2, 28), ("cong_an.tinh", "cong_an.xa")),
        ("UBND huyện Tứ Kỳ", date(2025, 6, 30), ("ubnd.xa",)),
        ("TAND huyện", date(2025, 6, 30), ("toa_an.khu_vuc",)),
        ("Phòng Nội vụ", date(2025, 6, 30), ()),
        ("Bộ Tài chính", None, ()),
    ],
)
def test_end_and_successors(name: str, until: date | None, after: tuple[str, ...]) -> None:
    who = known(name)
    assert (who.until, who.successors) == (until, after)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.id)
def test_every_body_is_found_by_its_own_name(body: Organisation) -> None:
    on = body.until or body.since or AFTER
    who = identify(body.name, on)
    assert who is not None
    assert (who.id, who.kind, who.canonical) == (body.id, body.kind, body.name)


@pytest.mark.parametrize("body", [b for b in BODIES if b.successors], ids=lambda body: body.id)
def test_successors_are_there_the_day_after(body: Organisation) -> None:
    assert body.until is not None
    after = [BY_ID[name] for name in body.successors]
    assert [b.id for b in after if b.until is not None and b.until <= body.until] == []


def test_no_two_bodies_of_one_day_share_a_name() -> None:
    marks: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for body in (b for b in BODIES if b.valid(AFTER)):
        parts = {split_unit(written_out(name)) for name in (body.name, *body.aliases)}
        levels = (body.level,) if body.level != "any" else ()
        marks.update({(key(p.stem), p.family if p.family != "committee" else "", levels) for p in parts})
    assert [mark for mark, count in marks.items() if count > 1] == []


GOOD = '{ id = "bo.mot", name = "Bộ Một", kind = "state", level = "central" }'


@pytest.mark.parametrize(
    ("line", "key", "message"),
    [
        ('{ id = "bo.hai", name = "Bộ Hai", kind = "state", level = "central", town = "x" }', "town", "Extra inputs"),
        ('{ id = "bo.hai", name = "Bộ Hai", kind = "ministry", level = "central" }', "kind", "Input should be"),
        ('{ id = "Bộ", name = "Bộ Hai", kind = "state", level = "central" }', "id", "String should match"),
        ('{ id = "bo.mot", name = "Bộ Hai", kind = "state", level = "central" }', "id", "stands twice"),
        (
            '{ id = "bo.hai", name = "Bộ Hai", kind = "state", level = "central", until = 2025-01-01, '
            'successors = ["bo.ba"], source = "luat" }',
            "successors",
            "no body has the id 'bo.ba'",
        ),
        (
            '{ id = "bo.hai", name = "Bộ Hai", kind = "state", level = "central", successors = ["bo.mot"] }',
            "",
            "successors but no until",
        ),
        (
            '{ id = "bo.hai", name = "Bộ Hai", kind = "state", level = "central", until = 2025-01-01 }',
            "",
            "no source",
        ),
        (
            '{ id = "bo.hai", name = "Bộ Hai", kind = "state", level = "central", since = 2025-01-01, source = "x" }',
            "source",
            "no source has the key 'x'",
        ),
    ],
)
def test_broken_data_say_what_is_wrong(tmp_path: Path, line: str, key: str, message: str) -> None:
    file = tmp_path / "bodies.toml"
    file.write_text(f'sources.luat = "Luật"\nbody = [{GOOD}, {line}]\n[heads]\n', encoding="utf-8")
    with pytest.raises(RuleError, match=message) as error:
        load_organisations(file)
    assert (error.value.file, error.value.key) == (str(file), key)


def test_shipped_data_lie_among_the_rules() -> None:
    assert sorted(p.name for p in (rules_root() / "identity").iterdir()) == ["bodies.toml", "places.toml"]
