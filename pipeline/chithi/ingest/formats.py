"""What a file is, told from its bytes; its name only decides between kinds of text.

A format names the function that reads it, imported when a file of that format comes: chithi needs no PDF library to
read text.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import BinaryIO

from chithi.errors import DocumentError
from chithi.ingest.limits import Limits
from chithi.source import SourceText

Reader = Callable[..., SourceText]

BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, ValueError, EOFError, KeyError)
"""What zipfile raises on damaged archives, unknown methods of compression and passwords."""
HEAD = 4096  # bytes at the beginning that tell most formats
_PARTS_BYTES = 1_000_000  # of a container's list of parts
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # with entries, without
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file.

    Attributes:
        name: as its users call it.
        suffixes: extensions by which it is found in folders and archives.
        reader: ``module:function`` that makes its text.
        needs: names of the `REQUIREMENTS` of its reader.
        holds: documents inside, each of which has a record of its own: ``files`` or ``rows``.
        mend: what to do about a file that chithi does not read.
        code: the failure's code then.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    reader: str = ""
    needs: tuple[str, ...] = ()
    holds: str = ""
    mend: str = ""
    code: str = "unsupported"

    def read(self, source: SourceText, data: bytes, *, limits: Limits) -> SourceText:
        """Make the document's text, with the module that does it.

        Raises:
            DocumentError: the file is damaged, encrypted, of a kind that is not read, or what reads it is missing.
        """
        if self.mend:
            raise DocumentError(f"is {self.name}, which chithi does not read. {self.mend}", code=self.code)
        module, _, function = self.reader.partition(":")
        read: Reader = getattr(import_module(module), function)
        return read(source, data, limits=limits)


OCR = ("ocr", "tesseract")
_OFFICE = ("docx", "LibreOffice")
TEXT = Format(name="plain text", suffixes=(".txt", ".md"))
HTML = Format(name="HTML", suffixes=(".html", ".htm"))
DOCX = Format(name="DOCX", suffixes=(".docx", ".docm"), reader="chithi.ingest.docx:extract_docx", needs=("docx",))
DOC = Format(name="DOC", suffixes=(".doc",), reader="chithi.ingest.office:extract_office", needs=_OFFICE)
RTF = Format(name="RTF", suffixes=(".rtf",), reader="chithi.ingest.office:extract_office", needs=_OFFICE)
ODT = Format(name="ODT", suffixes=(".odt",), reader="chithi.ingest.office:extract_office", needs=_OFFICE)
PDF = Format(name="PDF", suffixes=(".pdf",), reader="chithi.ingest.pdf:extract_pdf", needs=("pdf",))
PNG = Format(name="PNG", suffixes=(".png",), reader="chithi.ingest.ocr:extract_image", needs=OCR)
JPEG = Format(name="JPEG", suffixes=(".jpg", ".jpeg"), reader="chithi.ingest.ocr:extract_image", needs=OCR)
TIFF = Format(name="TIFF", suffixes=(".tif", ".tiff"), reader="chithi.ingest.ocr:extract_image", needs=OCR)
ZIP = Format(name="ZIP archive", suffixes=(".zip",), holds="files")
EMAIL = Format(name="e-mail", suffixes=(".eml", ".mht", ".mhtml"), holds="files")
CSV = Format(name="CSV", suffixes=(".csv", ".tsv"), holds="rows")
JSONL = Format(name="JSON Lines", suffixes=(".jsonl", ".ndjson"), holds="rows")
PARQUET = Format(name="Parquet", suffixes=(".parquet",), holds="rows", needs=("tables",))
FORMATS = (
    TEXT, HTML, DOCX, DOC, RTF, ODT, PDF, PNG, JPEG, TIFF, ZIP, EMAIL, CSV, JSONL, PARQUET,
)  # fmt: skip
"""The formats that chithi reads."""

_TABLE = "Save its sheets as CSV and name the column of texts with --text-column"
_UNPACK = "Unpack it first"
_OCR = "Save it as PNG, JPEG or TIFF first"
_DOCX = "Save it as DOCX first"
_LEAVE = "Leave it out"
_DAMAGED_ZIP = Format(name="a damaged ZIP archive", mend="Get the file again", code="damaged")
_ENCRYPTED = Format(
    name="an Office file with a password", mend="Open it and save it without the password", code="encrypted"
)


def _unread(what: str, mend: str, code: str = "unsupported") -> Format:
    return Format(name=what, mend=mend, code=code)


_MAGIC = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"PAR1", PARQUET),
    (b"PARE", _unread("an encrypted Parquet file", "Write it without encryption", "encrypted")),
    (b"GIF8", _unread("a GIF image", _OCR)),
    (b"RIFF", _unread("a WebP image or a sound", _OCR)),
    (b"AT&TFORM", _unread("a DjVu scan", "Save it as PDF first")),
    (b"\x1f\x8b", _unread("a gzip archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", _unread("a 7-Zip archive", _UNPACK)),
    (b"Rar!\x1a\x07", _unread("a RAR archive", _UNPACK)),
    (b"BZh", _unread("a bzip2 archive", _UNPACK)),
    (b"\xfd7zXZ\x00", _unread("an xz archive", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", _unread("a Zstandard archive", _UNPACK)),
    (b"SQLite format 3\x00", _unread("an SQLite database", "Write its table of texts as CSV")),
    (b"\x7fELF", _unread("a program", _LEAVE, "binary")),
)
# The main part of an Office Open XML file, as its list of content types names it.
_OOXML = (
    (b"wordprocessingml", DOCX),
    (b"ms-word", DOCX),
    (b"spreadsheetml", _unread("an Excel workbook", _TABLE)),
    (b"ms-excel", _unread("an Excel workbook", _TABLE)),
    (b"presentationml", _unread("a PowerPoint presentation", "Save it as PDF first")),
    (b"ms-powerpoint", _unread("a PowerPoint presentation", "Save it as PDF first")),
)
_MIMETYPES = (  # of the part `mimetype` that OpenDocument and EPUB begin with
    (b"application/vnd.oasis.opendocument.text", ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", _unread("an OpenDocument spreadsheet", _TABLE)),
    (b"application/vnd.oasis.opendocument", _unread("an OpenDocument file other than a text", "Save it as PDF first")),
    (b"application/epub+zip", _unread("an e-book (EPUB)", "Save it as HTML or DOCX first")),
)
_OLE_FORMATS = {
    "EncryptedPackage": _ENCRYPTED,
    "WordDocument": DOC,
    "Workbook": _unread("an old Excel workbook (XLS)", _TABLE),
    "Book": _unread("an old Excel workbook (XLS)", _TABLE),
    "PowerPoint Document": _unread("an old PowerPoint presentation (PPT)", "Save it as PDF first"),
    "__properties_version1.0": _unread("an Outlook message (MSG)", "Save it as an .eml file first"),
}
# An entry of the directory begins with its name, which ends with a zero.
_OLE_ENTRY = re.compile(b"|".join(re.escape(name.encode("utf-16-le")) + b"\x00\x00" for name in _OLE_FORMATS))
_OLE_OTHER = _unread("an old Microsoft Office file of another kind", _DOCX)
_PDF_LATER = re.compile(rb"[\r\n]%PDF-\d\.\d")  # readers accept the mark anywhere in the first kilobyte
_WORD_XML = re.compile(rb"\s*<\?xml[^>]{0,200}>\s*<\?mso-application\s")
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?")
_MAIL_FIELDS = {b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"received", b"content-type"}
_FRAGMENT = re.compile(r"\s*(?:<!--[^>]{0,1000}-->\s*)?<[a-z][a-z0-9]*[\s>/]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:p|div|table|tr|td|li|ul|ol|h[1-6]|section|article|span)\s*>|<br\s*/?>", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,5000}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def identify(stream: BinaryIO, *, name: str) -> Format:
    """Tell a file's format; text of all kinds is `TEXT` here, `is_html` looks at its characters.

    Args:
        stream: the whole file, seekable, at its beginning.
        name: decides for text only: ``.csv`` and ``.tsv`` are tables.
    """
    head = stream.read(HEAD)
    found = identify_head(head, name=name)
    if found is ZIP:
        return _identify_zip(stream, head)
    return _identify_ole(stream) if head.startswith(_OLE) else found


def identify_head(head: bytes, *, name: str) -> Format:
    """Tell the format from the first `HEAD` bytes, where `ZIP` may also be any format that is packed as one."""
    if head.startswith(_ZIP):
        return ZIP
    if head.startswith(_OLE):
        return _OLE_OTHER
    for magic, form in _MAGIC:
        if head.startswith(magic):
            return form
    if head.startswith(b"MZ") and b"\x00" in head:
        return _unread("a program", _LEAVE, "binary")
    if _PDF_LATER.search(head[:1024]):
        return PDF
    if _WORD_XML.match(head):
        return _unread("a Word document in the XML form of 2003", _DOCX)
    if _is_mail(head):
        return EMAIL
    suffix = PurePath(name).suffix.lower()
    if suffix in CSV.suffixes:
        return CSV
    if suffix in JSONL.suffixes or re.match(rb'(?:\xef\xbb\xbf)?\s*\{[ \t]*"', head):
        return JSONL
    return TEXT


def is_html(text: str, *, name: str) -> bool:
    """Whether text is a web page or a piece of one, by its first marks or by its name.

    >>> is_html("<div><p>Kế hoạch</p></div>", name="-"), is_html("<b>Kế hoạch</b> năm 2025", name="-")
    (True, False)
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in HTML.suffixes or _PAGE.match(text):
        return True
    if suffix == ".md" or not _FRAGMENT.match(text):
        return False
    return len(_CLOSED.findall(text, 0, 20_000)) > 1


def _is_mail(head: bytes) -> bool:
    """Whether the first lines are the fields of an e-mail: three of the known names, and no line of another form."""
    if head.startswith(b"From "):  # the envelope of a mailbox file
        head = head.partition(b"\n")[2]
    if not _FIELD.match(head):
        return False
    known: set[bytes] = set()
    lines = re.split(rb"\r?\n", head)
    for line in lines if len(head) < HEAD - 100 else lines[:-1]:  # the last line may be cut
        if line.startswith((b" ", b"\t")) and known:
            continue
        field = _FIELD.match(line)
        if not field:
            return not line and len(known) > 2
        if (field_name := field[1].lower()) in _MAIL_FIELDS:
            known.add(field_name)
        elif not known and not field_name.startswith((b"x-", b"return-", b"delivered-", b"dkim-", b"arc-", b"auth")):
            return False
    return len(known) > 2


def _identify_zip(stream: BinaryIO, head: bytes) -> Format:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                with archive.open("[Content_Types].xml") as part:
                    return _first(_OOXML, part.read(_PARTS_BYTES)) or _unread("an Office file of another kind", _DOCX)
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    kind = part.read(200)
                return next((form for mark, form in _MIMETYPES if kind.startswith(mark)), ZIP)
            return ZIP
    except BROKEN_ZIP as e:
        if type(e) is RuntimeError:  # zipfile's word for a part with a password
            return _ENCRYPTED
        if b"word/" in head or b"[Content_Types].xml" in head:
            return DOCX  # cut off, as its reader says
        return ODT if b"mimetypeapplication/vnd.oasis.opendocument.text" in head else _DAMAGED_ZIP


def _first(table: tuple[tuple[bytes, Format], ...], text: bytes) -> Format | None:
    """Give the format of the main part: documents embed files of the other kinds and declare those too."""
    for mark, form in table:
        if re.search(rb"%s[\w.+-]{0,80}?main\+xml" % re.escape(mark), text):
            return form
    return None


def _identify_ole(stream: BinaryIO) -> Format:
    stream.seek(0)
    for entry in _OLE_ENTRY.finditer(stream.read()):  # the first: a document's own streams precede embedded files'
        if entry.start() % 128 == 0:
            return _OLE_FORMATS[entry[0][:-2].decode("utf-16-le")]
    return _OLE_OTHER
