"""What header, footer and article share: written dates, the words for kinds of documents and for organisations."""

from __future__ import annotations

import re
from datetime import date

DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)")
# Words for the kinds of documents, as an alternation of a pattern.
TYPES = (
    "nghị quyết|chỉ thị|quyết định|kế hoạch|công điện|thông báo|chương trình hành động|chương trình|kết luận|công văn|"
    "đề án|nghị định|thông tư liên tịch|thông tư|luật|báo cáo|hướng dẫn|tờ trình|quy định|quy chế|pháp lệnh|"
    "văn bản hợp nhất"
)
# What begins the name of an organisation or office in a header.
ORGANISATION = re.compile(
    r"^(?:ủy ban|hội đồng|ubnd|hđnd|bộ|sở|phòng|ban|văn phòng|thủ tướng|chính phủ|quốc hội|tỉnh ủy|huyện ủy|thành ủy|"
    r"đảng ủy|đảng bộ|ban thường vụ|tòa án|viện|chủ tịch|cục|chi cục|tổng cục|ngân hàng|thanh tra|tổng liên đoàn|"
    r"bảo hiểm|kho bạc|công an|trường|trung tâm|liên đoàn|hội|đoàn|mặt trận|kiểm toán|bộ trưởng|"
    r"giám đốc|quận ủy|thị ủy|tổng)"
)


def iso(day: str, month: str, year: str) -> str | None:
    """The ISO date, None where there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
