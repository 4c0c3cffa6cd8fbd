"""Citations of other documents: their number, type, date, issuer, and the names that carry years.

Form of numbers: Decree 30/2020/NĐ-CP, appendices I and III (the State), Guidance 36-HD/VPTW (the Party). The code in a
number is a prior only, the type word decides: ``CT`` is a directive in ``09/CT-UBND`` and the tax office in
``5348/CT-CS``; ``QĐ`` in a Party number is a decision or a regulation.

Offsets are into the text that the caller gives: folded by `chithi.orthography.fold`, lower-case, single spaces.
"""

from __future__ import annotations

import re
from datetime import date

from chithi.record import DocType
from chithi.values import Context, Groups, Normalizer, Value

_TYPES: dict[str, DocType] = {
    "nghị quyết": "nghi_quyet", "nq": "nghi_quyet", "nqlt": "nghi_quyet", "chỉ thị": "chi_thi", "ct": "chi_thi",
    "quyết định": "quyet_dinh", "qđ": "quyet_dinh", "kế hoạch": "ke_hoach", "kh": "ke_hoach", "công điện": "cong_dien",
    "cđ": "cong_dien", "thông báo": "thong_bao", "tb": "thong_bao", "chương trình": "chuong_trinh",
    "ctr": "chuong_trinh", "kết luận": "ket_luan", "kl": "ket_luan", "công văn": "cong_van", "cv": "cong_van",
    "đề án": "de_an", "đa": "de_an", "nghị định": "nghi_dinh", "nđ": "nghi_dinh", "thông tư": "thong_tu",
    "tt": "thong_tu", "ttlt": "thong_tu", "luật": "luat", "bộ luật": "luat", "báo cáo": "bao_cao", "bc": "bao_cao",
    "hướng dẫn": "huong_dan", "hd": "huong_dan", "tờ trình": "to_trinh", "ttr": "to_trinh", "quy định": "quy_dinh",
    "qyđ": "quy_dinh", "quy chế": "quy_che", "qc": "quy_che", "pháp lệnh": "phap_lenh",
    "văn bản hợp nhất": "van_ban_hop_nhat", "quyết": "quyet_dinh", "thông tri": "khac", "thông cáo": "khac",
    "quy trình": "khac", "phương án": "khac", "sắc lệnh": "khac", "lệnh": "khac", "giấy phép": "khac",
    "biên bản": "khac", "công hàm": "khac",
}  # fmt: skip
_CODES: dict[str, DocType] = {
    "NQ": "nghi_quyet", "NQLT": "nghi_quyet", "QĐ": "quyet_dinh", "QD": "quyet_dinh", "QĐNS": "quyet_dinh",
    "NĐ": "nghi_dinh", "ND": "nghi_dinh", "NĐCP": "nghi_dinh", "TT": "thong_tu", "TTLT": "thong_tu", "TB": "thong_bao",
    "KL": "ket_luan", "KH": "ke_hoach", "KHPH": "ke_hoach", "KHHĐ": "ke_hoach", "KHLN": "ke_hoach",
    "CTR": "chuong_trinh", "CTHĐ": "chuong_trinh", "CTPH": "chuong_trinh", "HD": "huong_dan", "BC": "bao_cao",
    "BCTĐ": "bao_cao", "TTR": "to_trinh", "ĐA": "de_an", "CĐ": "cong_dien", "CV": "cong_van", "QC": "quy_che",
    "QCPH": "quy_che", "QYĐ": "quy_dinh", "VBHN": "van_ban_hop_nhat", "HNVB": "van_ban_hop_nhat", "LCT": "luat",
    "PL": "phap_lenh", "PA": "khac", "GP": "khac", "SL": "khac", "BB": "khac", "TC": "khac", "DA": "khac", "L": "khac",
}  # fmt: skip
_DIRECTING = re.compile(r"(?:TTG|TW|[THQĐX]U|(?:CT)?UBND|UB|HĐND|CTN|NHNN|TANDTC|VKSNDTC|S[A-ZĐ]{2,}|B[A-ZĐ]{1,9})$")
_NUMBER = re.compile(r"\d+[A-ZĐ]?(?:\.\d+)?(?:[/-]\d{3,4})?[/-](?P<code>[A-ZĐƯ].*)")

_DAY = (
    r"ngày ?(?P<d>\d{1,2})(?: ?[/.-] ?(?P<m>\d{1,2}) ?[/.-] ?(?P<y>\d{4})|"
    r" (?:tháng|thánh|năm) (?P<m2>\d{1,2})(?:,? năm | ?/ ?)(?P<y2>\d{4}))(?!\d)"
)
_TAIL_DATE = re.compile(rf",? ?\(?(?:được |do )?(?:đã )?(?:(?:ban hành|ký|thông qua) )?{_DAY}")
_TAIL_YEAR = re.compile(r",? (?:năm )?(?:19|20)\d\d(?![\d/]|-\d)")
# Names of bodies that hold "và" or a comma; elsewhere these end the issuer.
_JOINED = (
    r"lao động ?[,-] thương binh và xã hội|văn hóa,? thể thao và du lịch|văn hóa và thể thao|giáo dục và đào tạo|"
    r"khoa học và công nghệ|nông nghiệp và môi trường|nông nghiệp (?:và|&) (?:phát triển nông thôn|ptnt)|"
    r"dân tộc và tôn giáo|tuyên giáo và dân vận|tài nguyên và môi trường|thông tin và truyền thông|kế hoạch và đầu tư|"
    r"quy hoạch và kiến trúc|hội đồng nhân dân và ủy ban nhân dân|hđnd và ubnd|kinh tế và ngân sách|"
    r"pháp luật và tư pháp"
)
_STOP = (  # place names such as Cần Thơ begin like function words
    r"về|ban hành|quy định|hướng dẫn|phê duyệt|sửa đổi|bổ sung|thay thế|bãi bỏ|công bố|thực hiện|triển khai|tại|và|"
    r"thông qua|giao(?! thủy| thông)|đã|đang|được|bị|có|là|cho|trong|gửi|yêu cầu|đề nghị|thì|(?<!ban )chỉ đạo|kèm|nhằm|"
    r"để|đối với|theo|hoặc|hết|còn|ngày|năm(?! căn)|nêu|phải|cần(?! thơ| giờ| giuộc| đước)|sẽ|do|với|đến|"
    r"như(?! xuân| thanh)|tiếp tục|tăng cường|đẩy mạnh|kết luận|thông báo|này|nói trên|nghị định|nghị quyết|quyết định|"
    r"thông tư|kế hoạch số|chỉ thị|chương trình|ký|khi|vào|một số|các nội dung|cùng|khoảng|xác định|đưa ra|ở|vẫn|trên|"
    r"tiếp thu|điều|dự kiến|nhưng|nên|mà|từ|khoản|mục|phần|bao gồm|gồm|giữa|tải|phân công"
)
_ISSUER = re.compile(
    rf",? của (?P<issuer>(?:{_JOINED}|(?!(?:{_STOP})(?!\w))[^\W\d_][\w&]*(?:-[^\W\d_][\w&]*)?)"
    rf"(?: (?:- )?(?:{_JOINED}|(?!(?:{_STOP})(?!\w))[^\W_][\w&]*(?:-[^\W\d_][\w&]*)?)){{0,13}})"
)
_EFFECT = re.compile(r" ?\((?:có )?hiệu lực[^()]{1,60}\)")


def doc_type_of(word: str) -> DocType | None:
    """Read a type word or its abbreviation, also with what narrows it down.

    >>> doc_type_of("Nghị quyết liên tịch"), doc_type_of("CÔNG ĐIỆN"), doc_type_of("văn bản")
    ('nghi_quyet', 'cong_dien', None)
    """
    parts = word.lower().split()
    for size in range(len(parts), 0, -1):
        if found := _TYPES.get(" ".join(parts[:size])):
            return found
    return None


def type_from_number(number: str) -> DocType | None:
    """Guess the type from a number's code: a prior for where no type word stands.

    None for numbers of the National Assembly, which laws and resolutions share, and for codes with two readings.

    >>> type_from_number("27-KH/HU"), type_from_number("55/NHNN-TD"), type_from_number("31/2024/QH15")
    ('ke_hoach', 'cong_van', None)
    """
    m = _NUMBER.fullmatch(_clean(number))
    if m is None:
        return None
    first, *rest = re.split(r"[/-]", m["code"])
    if first == "CT":  # the tax office writes its letters as N/CT-<division>
        return "chi_thi" if rest and _DIRECTING.fullmatch(rest[0]) else None
    if first == "TT" and re.match(r"\d+-", number):  # the Party's thông tri
        return "khac"
    if first in _CODES:
        return _CODES[first]
    if "QH" in first:
        return None
    # A letter: issuer and drafting unit, no type.
    return "cong_van" if rest and "/" in number and len(first) > 1 else None


def citation(groups: Groups, context: Context) -> Value | None:
    """Read a citation: ``number`` without spaces in capitals, ``doc_type`` by the type word, else by the code.

    >>> citation({"type": "Thông tư", "number": "30/2020/TT- BTC"}, Context())
    {'number': '30/2020/TT-BTC', 'doc_type': 'thong_tu'}
    """
    raw = groups.get("number") or groups.get("old")
    if not raw:
        return None
    number = _clean(raw)
    word = groups.get("type")
    return {"number": number, "doc_type": (doc_type_of(word) if word else None) or type_from_number(number)}


def _clean(number: str) -> str:
    return re.sub(r"\s", "", number).upper()


def citation_tail(low: str, end: int) -> tuple[int, str | None, tuple[int, int] | None]:
    """Follow a citation behind its number: date and issuer, in either order, up to what the document is about.

    Args:
        low: folded, lower-case text.
        end: where the citation's number ends.

    Returns:
        Where the citation ends (``end`` itself if nothing follows), its date (ISO 8601), the span of the issuer's name.

    >>> text = "nghị quyết số 31-nq/hu, ngày 06/5/2024 của huyện ủy x về trồng rừng"
    >>> stop, issued, issuer = citation_tail(text, 22)
    >>> text[:stop], issued, text[slice(*issuer)]
    ('nghị quyết số 31-nq/hu, ngày 06/5/2024 của huyện ủy x', '2024-05-06', 'huyện ủy x')
    """
    issued: str | None = None
    issuer: tuple[int, int] | None = None
    dated = False
    while True:
        if issued is None and (m := _TAIL_DATE.match(low, end)):
            try:
                issued = date(int(m["y"] or m["y2"]), int(m["m"] or m["m2"]), int(m["d"])).isoformat()
            except ValueError:  # 31/2: nothing is guessed
                return end, None, issuer
            end = m.end() + ("(" in m[0] and low.startswith(")", m.end()))
        elif issuer is None and (m := _ISSUER.match(low, end)):
            issuer = m.span("issuer")
            end = m.end()
        elif not dated and issued is None and issuer is None and (m := _TAIL_YEAR.match(low, end)):
            dated, end = True, m.end()
        elif m := _EFFECT.match(low, end):
            end = m.end()
        else:
            break
    return end, issued, issuer


CITED = re.compile(r"\d[\da-zđ.]{0,12}(?: ?/ ?\d{4})? ?[/-] ?[a-zđư][\wđ&]*(?: ?[/-] ?[a-zđư][\wđ&]*)*")

_OWN = re.compile(
    r"[\s|*_-]*số(?: hiệu)? ?:? ?[\s|*]*(?P<number>\d{1,6}[a-zđ]?(?:\.\d{1,2})?(?: ?[/-] ?(?:19|20)\d\d)? ?[/-] ?"
    r"[a-zđư][a-zđư&\d]*(?: ?/ ?[a-zđư][a-zđư&\d]*| ?-[a-zđư][a-zđư&\d]*|- [a-zđư][a-zđư&\d]*){0,6})(?!\w)",
    re.IGNORECASE,
)


def own_number(line: str) -> tuple[str, int, int] | None:
    """Read the document's own number from a line of its header; None where it is left blank.

    Returns:
        The number without spaces, in capitals, and where it stands in the line.

    >>> own_number("Số: 617/KH-UBND"), own_number("Số:      /KH-UBND")
    (('617/KH-UBND', 4, 15), None)
    """
    m = _OWN.match(line)
    # A small "số" among capitals goes on with a citation that a line break cut in two.
    cut = m is not None and "số" in m[0] and line != line.lower()
    return (_clean(m["number"]), *m.span("number")) if m and not cut else None


_SPAN_OF_YEARS = r"(?:từ )?(?:năm )?\d{4} ?(?:-|đến) ?(?:năm )?\d{4}"
_PERIOD = rf"(?:(?:giai đoạn|thời kỳ|nhiệm kỳ) {_SPAN_OF_YEARS}|(?:10 |5 )?năm \d{{4}} ?- ?\d{{4}})"
_HORIZON = r"(?:định hướng |tầm nhìn )?(?:đến |tới )?(?:hết )?(?:năm )?\d{4}(?![\d/])"
_FURTHER = rf"(?:(?:,| và)? (?:{_PERIOD}|(?:và )?(?:định hướng|tầm nhìn|đến năm) ?{_HORIZON}))*"
# What makes a clause of a noun: behind it a time expression bounds the action, not the name.
_ACTION = (
    r"phấn đấu|mục tiêu(?! quốc gia)|hoàn thành|trình|báo cáo|trước ngày|chậm nhất|yêu cầu|trong đó|đạt|đề ra|xác định|"
    r"đặt|gồm|được|đã|sẽ|phải|ubnd|ủy ban nhân dân|sở|như sau|trong năm|vào năm|bảo đảm|tối thiểu|ít nhất|từ nay|"
    r"có trách nhiệm|chủ trì|nêu|tham mưu|số lượng|tỷ lệ"
)
_GAP = rf"(?:(?!(?:{_ACTION})(?!\w))(?:[^\s;:.|()\"]{{1,20}}|\([^()\d]{{1,20}}\)) )"
# "chương trình OCOP của tỉnh đến năm 2030 có 50 sản phẩm": the time bounds the goal that follows.
_NO_GOAL = r"(?! (?:có|đạt|phấn đấu|tối thiểu|ít nhất|khoảng|trên(?! địa bàn| phạm vi)|là|hoàn thành)(?!\w)| \d)"
_HEAD = (
    r"(?<!mục tiêu )(?<!mục tiêu của )(?<!các )(?<!những )(?<!\w)(?:đề án|chương trình|kế hoạch|chiến lược|quy hoạch"
)
_STRICT_GAP = rf"(?:(?!(?:{_ACTION})(?!\w))[^\s;:.|()\",]{{1,20}} )"
_NAMES = (
    # In quotes the name's bounds are certain.
    re.compile(
        r"(?:đề án|chương trình|kế hoạch|chiến lược|quy hoạch|dự án|phong trào|cuộc vận động|phương án|đề tài|mô hình)"
        rf"[^;.|\"]{{0,60}}\"[^\"|]{{5,200}}?(?:{_PERIOD}|{_HORIZON})[^\"|]{{0,60}}\""
    ),
    # Behind a citation and "về" the words are the cited document's title.
    re.compile(
        rf"(?:về|phê duyệt|ban hành|thực hiện|triển khai) {_GAP}{{2,40}}?(?:\"[^\"|;]{{2,80}}\" )?"
        rf"(?:{_PERIOD}|(?:đến|tới) (?:hết )?năm \d{{4}}){_FURTHER}"
    ),
    re.compile(
        rf"{_HEAD}|cuộc vận động|phong trào|quyết định phê duyệt|nghị quyết đại hội) {_GAP}{{2,26}}?"
        rf"{_PERIOD}{_FURTHER}{_NO_GOAL}"
    ),
    re.compile(
        rf"{_HEAD}) {_STRICT_GAP}{{3,22}}?(?<!thực hiện )(?<!triển khai )đến (?:hết )?năm \d{{4}}{_FURTHER}{_NO_GOAL}"
    ),
    re.compile(
        r"(?<!mục tiêu )(?<!\w)(?:kế hoạch|chương trình|dự toán) "
        rf"(?:(?!(?:thực hiện|triển khai|trong|vào|ngay|đến|tới|hết|từ) ){_STRICT_GAP}){{1,12}}?"
        r"năm \d{4}(?! ?- ?\d)(?![\d/])"
    ),
)


def cited_name_spans(low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find names of plans, programmes, schemes and strategies that carry a period or a horizon.

    Time expressions inside such a name belong to the name and bound nothing. The spans are in order, do not overlap,
    and reach from the name's head noun to the end of its period.

    >>> text = "triển khai đề án phát triển cây chè giai đoạn 2023-2027, định hướng đến 2032; năm 2026"
    >>> [text[a:b] for a, b in cited_name_spans(text, 0, len(text))]
    ['đề án phát triển cây chè giai đoạn 2023-2027, định hướng đến 2032']
    """
    quoted, titled, *plain = _NAMES
    found = [m.span() for pattern in (quoted, *plain) for m in pattern.finditer(low, start, end)]
    for cited in CITED.finditer(low, start, end):
        tail, _, _ = citation_tail(low, cited.end())
        if m := titled.match(low, tail + low.startswith(" ", tail), end):
            found.append(m.span())
    merged: list[tuple[int, int]] = []
    for a, b in sorted(found):
        if merged and a < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


NORMALIZERS: dict[str, Normalizer] = {"citation": citation}
