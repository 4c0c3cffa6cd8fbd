"""A small valid file of each format that fuzzing starts from."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

TEXT = """ỦY BAN NHÂN DÂN HUYỆN PHÚ LÂM

KẾ HOẠCH
Phát triển y tế cơ sở đến năm 2030

II. MỤC TIÊU
- Phấn đấu đến năm 2030, ít nhất 95% hộ dân dùng nước sạch.

III. TỔ CHỨC THỰC HIỆN
1. Phòng Tài chính - Kế hoạch chủ trì, phối hợp với Phòng Y tế bố trí kinh phí trước ngày 30/6/2026.

| TT | Nhiệm vụ | Chủ trì | Thời gian |
| --- | --- | --- | --- |
| 1 | Rà soát trạm y tế xã | Phòng Y tế | Quý II/2026 |
"""
COLUMN = "noi_dung"


def html() -> bytes:
    rows = "".join(
        f"<tr>{''.join(f'<td rowspan=1 colspan=1>{cell.strip()}</td>' for cell in line.strip('|').split('|'))}</tr>"
        for line in TEXT.splitlines()
        if line.startswith("| ")
    )
    body = "".join(f"<p class=x>{line}</p>" for line in TEXT.splitlines() if not line.startswith("|"))
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Kế hoạch</title></head><body>{body}<table>{rows}"
    return f"{page}</table></body></html>".encode()


def docx() -> bytes:
    import docx as library

    document = library.Document()
    for line in TEXT.splitlines():
        if not line.startswith("|"):
            document.add_paragraph(line, style="List Number" if line.startswith("1.") else None)
    table = document.add_table(rows=2, cols=3)
    for cell in table._cells:
        cell.text = "Phòng Y tế"
    table.cell(0, 0).merge(table.cell(1, 0))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def rtf() -> bytes:
    body = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in TEXT.replace("\n", "\\par\n"))
    return f"{{\\rtf1\\ansi {body}}}".encode("ascii")


def pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas = Canvas(data, pageCompression=1)
    for page in range(2):
        canvas.drawString(72, 750, f"II. MUC TIEU {page}")
        for n in range(4):
            canvas.rect(72, 600 - 20 * n, 200, 20)
            canvas.drawString(80, 605 - 20 * n, f"Den nam 203{n}, 95% so xa dat.")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def image(kind: str) -> Callable[[], bytes]:
    def make() -> bytes:
        from PIL import Image, ImageDraw

        picture = Image.new("L", (300, 60), 255)
        ImageDraw.Draw(picture).text((10, 20), "Den nam 2030, 95% so xa dat.", fill=0)
        data = io.BytesIO()
        picture.save(data, kind)
        return data.getvalue()

    return make


def archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in (("a.txt", TEXT.encode()), ("b/c.html", html()), ("d.docx", docx()), ("e.eml", mail())):
            out.writestr(name, content)
    return data.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vp@xa.vn", "ubnd@huyen.vn", "Gửi kế hoạch"
    message["Date"], message["Message-ID"] = "Mon, 01 Jan 2024 08:00:00 +0700", "<1@xa.vn>"
    message.set_content(TEXT)
    message.add_alternative(html().decode(), subtype="html")
    message.add_attachment(TEXT.encode(), maintype="application", subtype="octet-stream", filename="kế hoạch.txt")
    return message.as_bytes()


def comma_separated() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["so", COLUMN], *([n, TEXT] for n in range(3))])
    return out.getvalue().encode()


def json_lines() -> bytes:
    return "".join(json.dumps({"so": n, COLUMN: TEXT}, ensure_ascii=n > 1) + "\n" for n in range(3)).encode()


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = io.BytesIO()
    pq.write_table(pa.table({"so": [1, 2, 3], COLUMN: [TEXT, None, TEXT]}), data)
    return data.getvalue()


# The name of a format's files → how to make one, and how many runs it takes in a hundred: programs are slow to start.
SEEDS: dict[str, tuple[Callable[[], bytes], int]] = {
    "a.txt": (TEXT.encode, 10),
    "utf-16.txt": (lambda: TEXT.encode("utf-16"), 5),
    "a.html": (html, 12),
    "a.docx": (docx, 20),
    "a.rtf": (rtf, 1),
    "a.pdf": (pdf, 20),
    "a.png": (image("PNG"), 1),
    "a.jpg": (image("JPEG"), 1),
    "a.tif": (image("TIFF"), 1),
    "a.zip": (archive, 8),
    "a.eml": (mail, 8),
    "a.csv": (comma_separated, 5),
    "a.jsonl": (json_lines, 3),
    "a.parquet": (parquet, 5),
}
