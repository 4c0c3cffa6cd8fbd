"""DOC, RTF and ODT: what LibreOffice may and may not do, and how long."""

import io
import shutil
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.ingest.office_files import convert, package, paragraph

from chithi.errors import DocumentError
from chithi.ingest.limits import DEFAULT, Limits
from chithi.ingest.office import extract_office
from chithi.source import SourceText

pytest.importorskip("docx", reason="needs python-docx: pip install 'chithi[docx]'")
pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs LibreOffice: apt-get install libreoffice-writer"
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = rb"{\rtf1\ansi\uc0 K\u7871  ho\u7841 ch %s}"


def read(data: bytes, limits: Limits = DEFAULT) -> SourceText:
    return extract_office(SourceText(text="", uri="a.doc"), data, limits=limits)


def code_of(data: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(DocumentError) as caught:
        read(data, limits)
    return caught.value.code


@pytest.fixture(scope="module")
def odt(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    files = {"a": package(paragraph("Kế hoạch năm 2030"))}
    return convert(files, "odt", tmp_path_factory.mktemp("odt"))["a"]


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A ZIP file with some bytes of one member replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.namelist():
            content = before.read(member)
            assert member != name or old in content
            after.writestr(member, content.replace(old, new, 1) if member == name else content)
    return out.getvalue()


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine: its address, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_error(404)

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}", asked
        http.shutdown()


def test_rtf_says_what_it_is() -> None:
    source = read(RTF % b"2030")
    assert (source.text, source.media_type, source.carried) == ("Kế hoạch 2030\n", "application/rtf", True)


def test_nothing_is_fetched(server: tuple[str, list[str]], odt: bytes) -> None:
    address, asked = server
    picture = (
        '<text:p><draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="5cm"><draw:image '
        f'xlink:href="{address}/i.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p></office:text>'
    )
    source = read(changed(odt, "content.xml", b"</office:text>", picture.encode()))
    assert (source.text, asked) == ("Kế hoạch năm 2030\n", [])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLE + bytes(2000), "damaged"),
        (OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000), "encrypted"),
        (OLE + bytes(504) + b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(2000), "encrypted"),
        (rb"{\rtf1\ansi }", "empty"),
    ],
    ids=["no DOC", "DOCX behind a password", "DOC behind a password", "no text"],
)  # fmt: skip
def test_a_bad_file_fails_with_a_code(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_an_encrypted_odt_is_named_as_that(odt: bytes) -> None:
    mark = b"<manifest:encryption-data/></manifest:manifest>"
    assert code_of(changed(odt, "META-INF/manifest.xml", b"</manifest:manifest>", mark)) == "encrypted"


def test_entities_of_an_odt_are_refused(odt: bytes) -> None:
    assert code_of(changed(odt, "content.xml", b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>')) == "damaged"


def test_what_an_odt_unpacks_to_is_counted(odt: bytes) -> None:
    assert code_of(odt, Limits(max_unpacked=1000)) == "too_large"


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 600\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert code_of(RTF % b"2030", Limits(seconds=0.5)) == "timeout"


def test_without_the_program_its_command_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError, match="apt-get install libreoffice-writer") as caught:
        read(RTF % b"2030")
    assert caught.value.code == "missing_program"
