"""DOC, RTF and ODT → DOCX by LibreOffice without a screen → text by the DOCX reader."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from chithi.ingest.docx import extract_docx
from chithi.ingest.limits import Limits
from chithi.ingest.package import damaged, encrypted, unpack
from chithi.ingest.programs import Clock, run
from chithi.ingest.requirements import need
from chithi.source import SourceText

# What each kind is read by is fixed, so that LibreOffice does not take a file for one of the many others it knows.
_DOC = ("application/msword", "doc", "MS Word 97")
_RTF = ("application/rtf", "rtf", "Rich Text Format")
_ODT = ("application/vnd.oasis.opendocument.text", "odt", "writer8")
_DEAD_PROXY = "http://127.0.0.1:9"  # port 9 is for discarding; nothing answers
# No macros, no links to files or pages outside the document, no proxy that works, no start-up questions.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value>
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value>
</prop></item>
</oor:items>
"""


def extract_office(source: SourceText, data: bytes, *, limits: Limits) -> SourceText:
    """Read a DOC, RTF or ODT file.

    Args:
        source: what is known of the file, with an empty text.
        data: its bytes.
        limits: `Limits.seconds` bounds the conversion, `Limits.max_unpacked` what the file unpacks to.

    Raises:
        DocumentError: `missing_program`, `missing_extra`, `encrypted`, `damaged`, `too_large`, `timeout` or `empty`.
    """
    media_type, suffix, reader = _kind(data)
    if suffix == "odt":
        parts = unpack(data, limits=limits, keep=lambda _: True)
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise encrypted()
    elif suffix == "doc" and _doc_is_encrypted(data):
        raise encrypted()
    need("docx")
    converted = _to_docx(data, suffix, reader, limits=limits)
    return replace(extract_docx(source, converted, limits=limits), media_type=media_type)


def _kind(data: bytes) -> tuple[str, str, str]:
    if data.startswith(b"{\\rtf"):
        return _RTF
    return _ODT if data.startswith(b"PK") else _DOC


def _doc_is_encrypted(data: bytes) -> bool:
    """Whether an OLE file is a DOCX behind a password, or a DOC whose head says that it is encrypted.

    The head (FIB, [MS-DOC] 2.5.2) begins a sector with 0xA5EC; bit 8 of the flags at offset 10 is fEncrypted.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    heads = (at for at in range(512, len(data) - 12, 512) if data[at : at + 2] == b"\xec\xa5")
    return any(data[at + 11] & 1 for at in heads)


def _to_docx(data: bytes, suffix: str, reader: str, *, limits: Limits) -> bytes:
    soffice = need("LibreOffice")
    clock = Clock(limits.seconds)
    with tempfile.TemporaryDirectory(prefix="chithi-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (folder / f"document.{suffix}").write_bytes(data)
        command = [
            soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
            f"--infilter={reader}", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"),
            str(folder / f"document.{suffix}"),
        ]  # fmt: skip
        env = {"HOME": name, "TMPDIR": name, "http_proxy": _DEAD_PROXY, "https_proxy": _DEAD_PROXY}
        _, out, err = run(command, clock=clock, folder=folder, env=env)
        result = folder / "out" / "document.docx"
        if not result.is_file():
            said = re.sub(r"\s+", " ", (err + out).decode("utf-8", "replace")).strip()[:200]
            raise damaged(f"LibreOffice cannot open it ({said or 'it gives no reason'})")
        if result.stat().st_size > limits.max_unpacked:
            raise damaged("it becomes larger than the limit of --max-unpacked when converted")
        return result.read_bytes()
