"""What a file is, and the SourceText made of it."""

import hashlib
import time
from pathlib import Path

import pytest

from chithi.errors import DocumentError, UsageError
from chithi.ingest import read_bytes, read_source, uri_of
from chithi.ingest.limits import Limits

TEXT = "Đến năm 2030, 90% số xã có trạm y tế kiên cố.\r\nGiao Phòng Y tế chủ trì.\r\n"


def test_a_text_file_keeps_its_characters(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert read_source(file).text == TEXT


def test_a_source_says_where_it_came_from(tmp_path: Path) -> None:
    file = tmp_path / "kế hoạch 1.md"
    file.write_bytes(TEXT.encode())
    source = read_source(file)
    assert (source.uri, source.media_type, source.sha256, source.size, source.encoding, source.carried) == (
        file.as_posix(),
        "text/markdown",
        hashlib.sha256(TEXT.encode()).hexdigest(),
        len(TEXT.encode()),
        "utf-8",
        False,
    )


@pytest.mark.parametrize(
    ("name", "text", "media_type"),
    [
        ("a.txt", "Kế hoạch năm 2030", "text/plain"),
        ("a.TXT", "Kế hoạch năm 2030", "text/plain"),
        ("-", "Kế hoạch năm 2030", "text/plain"),
        ("a.md", "# Kế hoạch", "text/markdown"),
        ("a.html", "<p>Kế hoạch</p>", "text/html"),
        ("a.HTM", "Kế hoạch", "text/html"),
        ("a.txt", "\n<!doctype HTML><p>Kế hoạch", "text/html"),
        ("-", "<?xml version='1.0'?><!-- x --><html><p>Kế hoạch</p></html>", "text/html"),
        ("a.txt", "<b>Kế hoạch</b> trong văn bản thường", "text/plain"),
    ],
)
def test_type_of_a_file(name: str, text: str, media_type: str) -> None:
    assert read_bytes(text.encode(), uri=name).media_type == media_type


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"MZ\x90\x00\x03", "a program"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"text with \x00 in it", "NUL"),
    ],
)
def test_binary_files_are_refused_by_name(data: bytes, named: str) -> None:
    with pytest.raises(DocumentError, match=named) as caught:
        read_bytes(data, uri="a.txt")
    assert caught.value.code == "binary"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "\u00a0\u3000\n".encode(), b"\xff\xfe \x00"])
def test_files_without_text_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(data, uri="a.txt")
    assert caught.value.code == "empty"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * 101)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("was opened"))
    with pytest.raises(DocumentError, match=r"101 bytes, the limit is 100\. Raise it with --max-bytes") as caught:
        read_source(file, limits=Limits(max_bytes=100))
    assert caught.value.code == "too_large"


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * 100)
    assert read_source(file, limits=Limits(max_bytes=100)).size == 100


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DocumentError, match="Permission denied") as caught:
        read_source(file)
    assert caught.value.code == "unreadable"


def test_a_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_source(tmp_path / "none.txt")


def test_a_name_that_is_not_utf_8_becomes_one_that_a_record_can_hold() -> None:
    assert uri_of(Path("thư mục/k\udce9.txt")) == "thư mục/k\\xe9.txt"


def test_a_file_of_comments_is_judged_quickly() -> None:
    start = time.perf_counter()
    read_bytes(b"<!---->" * 50_000, uri="a.txt")
    assert time.perf_counter() - start < 5  # hours, if comments could end in more than one place
