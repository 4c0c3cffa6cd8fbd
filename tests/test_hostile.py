"""Files that mean harm: each ends in its own coded failure, within the memory and the time that a worker has."""

import io
import os
import socket
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from chithi.batch import Document, Pipeline, run
from chithi.ingest.limits import Limits
from chithi.record import Metadata, Record, Source
from chithi.source import SourceText

MEMORY = 2 << 30
LIMITS = Limits(seconds=60)
TEXT = "Đến năm 2030, 90% số xã có trạm y tế kiên cố.\n"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "cười cười cười cười ">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def recording(source: SourceText) -> Record:
    """A record that only tells how long the text was."""
    origin = Source(uri=source.uri, media_type=source.media_type, sha256=source.sha256, size=len(source.text))
    return Record(doc_id=source.doc_id, source=origin, metadata=Metadata(), text=source.text[:1000])


def recorder() -> Pipeline:
    return recording


def codes(data: bytes | Path, *, uri: str = "a", limits: Limits = LIMITS, column: str | None = None) -> list[str]:
    """Read a file in a worker: each outcome's code, `ok` for a record."""
    document = Document(uri, path=data) if isinstance(data, Path) else Document(uri, data=data)
    found = run([document], factory=recorder, jobs=1, limits=limits, max_memory=MEMORY, text_column=column)
    return [outcome.failure.code if outcome.failure else "ok" for outcome in found]


def packed(*files: tuple[str, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


def zeros(size: int) -> bytes:
    """Deflated zeros, without holding them."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(pack.compress(bytes(1 << 20)) for _ in range(size >> 20)) + pack.flush()


def member(name: bytes, deflated: bytes, *, size: int, copies: int = 1) -> bytes:
    """An archive whose central directory names one member several times, with a size of our own claim."""
    fields = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, 0, len(deflated), size)
    local = b"PK\x03\x04" + fields + struct.pack("<HH", len(name), 0) + name + deflated
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<HHHHIIH", 0, 0, copies, copies, len(entry) * copies, len(local), 0)
    return local + entry * copies + b"PK\x05\x06" + end


def docx(document: str, *more: tuple[str, bytes | str]) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return packed(
        ("[Content_Types].xml", f'<Types xmlns="{package}/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/>'
         f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'),
        ("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
         f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", document),
        *more,
    )  # fmt: skip


def paragraphs(inner: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def paragraph(text: str = TEXT) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(content: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    return packed(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:'
         '1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text'
         '"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
         "</manifest:manifest>"),
        ("content.xml", content.replace("<body/>", f'<office:document-content xmlns:office="{office}" xmlns:text="urn:'
         'oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text><text:p>&i;'
         "</text:p></office:text></office:body></office:document-content>")),
    )  # fmt: skip


def nested(depth: int) -> bytes:
    data = packed(("a.txt", TEXT))
    for _ in range(depth):
        data = packed(("a.zip", data))
    return data


def pdf(*, pages: int = 1, password: str | None = None) -> bytes:
    canvas_of = pytest.importorskip("reportlab.pdfgen.canvas", reason="needs pip install reportlab")
    data = io.BytesIO()
    canvas = canvas_of.Canvas(data, encrypt=password, pageCompression=0)
    for _ in range(pages):
        canvas.drawString(72, 700, "Den nam 2030, 90% so xa co tram y te.")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def pdf_of(content: bytes) -> bytes:
    """A page whose content is the deflated bytes."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return data + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def png(width: int, height: int) -> bytes:
    """The head of a picture with one line of it."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(width + 1))),
    )
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (*parts, (b"IEND", b""))
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def parquet(text: str) -> bytes:
    pa = pytest.importorskip("pyarrow", reason="needs pip install 'chithi[tables]'")
    import pyarrow.parquet as pq

    data = io.BytesIO()
    pq.write_table(pa.table({"text": [text]}), data, compression="zstd", use_dictionary=False, write_statistics=False)
    return data.getvalue()


CASES: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "zip bomb": (lambda: member(b"a.txt", zeros(512 << 20), size=512 << 20), ["too_large"]),
    "small zip bomb": (lambda: member(b"a.txt", zeros(8 << 20), size=8 << 20), ["zip_bomb"]),
    "zip bomb that claims to be small": (lambda: member(b"a.txt", zeros(512 << 20), size=10), ["damaged"]),
    "small file that claims 2 GB": (lambda: member(b"a.txt", zeros(1 << 20), size=1 << 31), ["damaged"]),
    "nested archives": (lambda: nested(9), ["nested_archive"]),
    "path that climbs out": (lambda: packed(("../../etc/cron.txt", TEXT)), ["unsafe_name"]),
    "DOCX that is a program": (lambda: b"MZ\x90\x00\x03\x00\x00\x00" + bytes(500), ["binary"]),
    "DOCX that is a zip bomb": (
        lambda: docx(paragraphs(paragraph("x" * 250_000_000))),
        ["too_large"],
    ),
    "DOCX with entities in entities": (lambda: docx(LAUGHS + paragraphs(paragraph("&i;"))), ["damaged"]),
    "DOCX with an entity from a file": (lambda: docx(FILE_ENTITY + paragraphs(paragraph("&i;"))), ["damaged"]),
    "DOCX nested deep": (
        lambda: docx(paragraphs("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000)),
        ["damaged"],
    ),
    "DOCX cut off": (lambda: docx(paragraphs(paragraph()))[:-200], ["damaged"]),
    "DOCX with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(96),
        ["encrypted"],
    ),
    "ODT with entities in entities": (lambda: odt(LAUGHS + "<body/>"), ["damaged"]),
    "ODT with an entity from a file": (lambda: odt(FILE_ENTITY + "<body/>"), ["damaged"]),
    "PDF cut off": (lambda: pdf()[:300], ["damaged"]),
    "PDF with a password": (lambda: pdf(password="mật khẩu"), ["encrypted"]),
    "page nested deep": (lambda: b"<html>" + b"<div>" * 100_000 + TEXT.encode(), ["html"]),
    "JSON nested deep": (lambda: b'{"text": ' + b"[" * 500_000, ["damaged"]),
    "Parquet with one huge text": (lambda: parquet("x" * (64 << 20)), ["too_large"]),
    "PDF with a stream that is a bomb": (lambda: pdf_of(zlib.compress(bytes(256 << 20))), ["empty"]),
    "PNG that claims to be 60,000 pixels wide and high": (lambda: png(60_000, 60_000), ["too_large"]),
    "PNG cut off": (lambda: png(60, 60)[:50], ["damaged"]),
    "e-mail nested deep": (
        lambda: b"From: a@x.vn\nTo: b@x.vn\nSubject: x\n"
        + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000)),
        ["damaged"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_harm_ends_in_a_failure(case: str) -> None:
    make, wanted = CASES[case]
    assert codes(make(), uri="a.txt", column="text") == wanted


def test_entries_that_lie_one_over_the_other_are_counted_each_time() -> None:
    deflated = zlib.compress(os.urandom(40_000) * 20)[2:-4]
    data = member(b"a.txt", deflated, size=800_000, copies=1000)
    found = codes(data, limits=Limits(max_unpacked=5_000_000))
    assert (found[-1], len(found) <= 7) == ("too_large", True)


def test_a_pdf_with_too_many_pages_fails() -> None:
    assert codes(pdf(pages=6), limits=Limits(max_pages=5)) == ["too_large"]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine that notes who calls."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def note() -> None:
            with suppress(OSError):
                while True:
                    calls.append(server.accept()[0].recv(10))

        threading.Thread(target=note, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls


def test_nothing_outside_a_docx_is_fetched(listener: tuple[str, list[bytes]]) -> None:
    address, calls = listener
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'attachedTemplate" Target="{address}/evil.dotm" TargetMode="External"/></Relationships>'
    )
    found = codes(docx(paragraphs(paragraph()), ("word/_rels/document.xml.rels", links)))
    assert (found, calls) == (["ok"], [])


def test_nothing_outside_a_page_is_fetched(listener: tuple[str, list[bytes]]) -> None:
    address, calls = listener
    page = f'<!DOCTYPE html SYSTEM "{address}/x.dtd"><link rel=stylesheet href="{address}/x.css"><p>{TEXT}'
    assert (codes(page.encode()), calls) == (["ok"], [])


def test_devices_are_refused() -> None:
    assert codes(Path("/dev/zero")) == ["unreadable"]


def test_a_pipe_without_end_is_read_up_to_the_limit(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def pour() -> None:
        with suppress(BrokenPipeError), pipe.open("wb") as stream:
            while True:
                stream.write(b"x" * 65536)

    threading.Thread(target=pour, daemon=True).start()
    assert codes(pipe, limits=Limits(max_bytes=1_000_000, seconds=60)) == ["too_large"]


def test_a_pipe_that_nobody_writes_to_is_left(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert codes(pipe, limits=Limits(seconds=0.5)) == ["timeout"]


def test_a_line_without_end_in_a_table_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.write(b"text\n")
        stream.truncate(1 << 30)  # takes no room on the disk
    assert codes(path, uri="a.csv", column="text", limits=Limits(seconds=60)) == ["too_large"]
