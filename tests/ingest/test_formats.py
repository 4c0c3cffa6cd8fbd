"""What a file is, told from its bytes."""

import io
import zipfile

import pytest

from chithi.errors import DocumentError
from chithi.ingest import read_bytes
from chithi.ingest.formats import FORMATS, Format, identify, is_html
from chithi.ingest.limits import DEFAULT
from chithi.source import SourceText

OOXML = "application/vnd.openxmlformats-officedocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIL = b"From: a@xa.vn\r\nTo: b@huyen.vn\r\nSubject: =?utf-8?q?K=E1=BA=BF?=\r\n hoach\r\n\r\nKinh gui\r\n"


def packed(**parts: str | bytes) -> bytes:
    """A ZIP of parts; `types` and `mimetype` stand for what their containers name so."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr({"types": "[Content_Types].xml"}.get(name, name), content)
    return data.getvalue()


def ooxml(main: str, *, embedded: str = "") -> bytes:
    types = f'<Default Extension="bin" ContentType="{embedded}"/><Override ContentType="{main}.main+xml"/>'
    return packed(types=f"<Types>{types}</Types>", other="<x/>")


def ole(*names: str) -> bytes:
    """Directory entries of an OLE file, each of 128 bytes."""
    return OLE.ljust(512, b"\0") + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\nrubbish before it\n%PDF-1.4\n", "PDF"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"II*\x00", "TIFF"),
        (b"MM\x00*", "TIFF"),
        (ooxml(OOXML + "wordprocessingml.document"), "DOCX"),
        (ooxml(OOXML + "wordprocessingml.template"), "DOCX"),
        (ooxml("application/vnd.ms-word.document.macroEnabled"), "DOCX"),
        (ooxml(OOXML + "wordprocessingml.document", embedded=OOXML + "spreadsheetml.sheet"), "DOCX"),
        (ooxml(OOXML + "spreadsheetml.sheet"), "an Excel workbook"),
        (ooxml(OOXML + "presentationml.presentation"), "a PowerPoint presentation"),
        (ooxml("application/vnd.ms-visio.drawing"), "an Office file of another kind"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "ODT"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument spreadsheet"),
        (packed(mimetype="application/epub+zip"), "an e-book (EPUB)"),
        (packed(a="văn bản"), "ZIP archive"),
        (packed(), "ZIP archive"),
        (b"PK\x03\x04 and no more", "a damaged ZIP archive"),
        (ooxml(OOXML + "wordprocessingml.document")[:60], "DOCX"),
        (ole("Root Entry", "1Table", "WordDocument", "Workbook"), "DOC"),
        (ole("Root Entry", "Workbook", "WordDocument"), "an old Excel workbook (XLS)"),
        (ole("Root Entry", "PowerPoint Document"), "an old PowerPoint presentation (PPT)"),
        (ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "an Office file with a password"),
        (ole("Root Entry", "__properties_version1.0"), "an Outlook message (MSG)"),
        (ole("Root Entry", "WordDocuments"), "an old Microsoft Office file of another kind"),
        (MAIL, "e-mail"),
        (b"From a@xa.vn Mon Jan  1 00:00:00 2024\n" + MAIL, "e-mail"),
        (b"X-Mailer: x\r\n" + MAIL, "e-mail"),
        ("Từ: xã\nĐến: huyện\n".encode(), "plain text"),
        (b"From: the district\nTo: the communes\nSubject: a plan\nand no field here\n", "plain text"),
        (b'{"text": "x"}\n', "JSON Lines"),
        ('{Phụ lục} "x"'.encode(), "plain text"),
        (b"PAR1\x15\x04", "Parquet"),
        (b"MZ\x90\x00\x03", "a program"),
        ("MZ là chữ cái".encode(), "plain text"),
        (b"<?xml version='1.0'?>\n<?mso-application progid='Word.Document'?>",
         "a Word document in the XML form of 2003"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"Rar!\x1a\x07\x00", "a RAR archive"),
        (b"GIF89a", "a GIF image"),
    ],
)  # fmt: skip
def test_the_bytes_tell_the_format_whatever_the_name(data: bytes, wanted: str) -> None:
    assert [identify(io.BytesIO(data), name=name).name for name in ("a.txt", "a.docx", "-")] == [wanted] * 3


@pytest.mark.parametrize(
    ("name", "wanted"), [("a.csv", "CSV"), ("a.TSV", "CSV"), ("a.ndjson", "JSON Lines"), ("a.txt", "plain text")]
)
def test_the_name_tells_kinds_of_text_apart(name: str, wanted: str) -> None:
    assert identify(io.BytesIO("số;nội dung\n1;Kế hoạch".encode()), name=name).name == wanted


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("<!DOCTYPE html><p>x", "-", True),
        ("<div><p>Kế hoạch</p></div>", "a.txt", True),
        ("<!-- x -->\n<table><tr><td>1</td></tr></table>", "-", True),
        ("<strong>Kế hoạch</strong><br/>Mục tiêu<br/>", "-", True),
        ("<div><p>Kế hoạch</p></div>\n\n# Mục tiêu", "a.md", False),
        ("<b>Kế hoạch</b> trong văn bản thường", "-", False),
        ("<30% số hộ; > 5% số xã", "-", False),
        ("Kế hoạch", "a.html", True),
    ],
)
def test_pages_and_pieces_of_pages_are_html(text: str, name: str, wanted: bool) -> None:
    assert is_html(text, name=name) is wanted


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"MZ\x90\x00\x03", "binary", "is a program, which chithi does not read. Leave it out"),
        (ooxml(OOXML + "spreadsheetml.sheet"), "unsupported", "Save its sheets as CSV"),
        (b"Rar!\x1a\x07\x00", "unsupported", "is a RAR archive, which chithi does not read. Unpack it first"),
        (ole("Root Entry", "EncryptedPackage"), "encrypted", "save it without the password"),
        (b"PK\x03\x04 and no more", "damaged", "Get the file again"),
        (packed(a="văn bản"), "container", "Read them with chithi extract"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(data: bytes, code: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(data, uri="a.docx")
    assert (caught.value.code, message in caught.value.message) == (code, True)


@pytest.mark.parametrize("form", [form for form in FORMATS if form.reader], ids=lambda form: form.name)
def test_readers_are_there_and_take_no_junk(form: Format) -> None:
    with pytest.raises(DocumentError) as caught:
        form.read(SourceText(text="", uri="a"), b"junk" * 100, limits=DEFAULT)
    assert caught.value.code in {"damaged", "missing_extra", "missing_program"}
