"""What users really feed a batch: each case ends in a record or a coded failure, never in a crash."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chithi.cli import main
from chithi.record import Record

GOOD = "II. MỤC TIÊU\n\nPhấn đấu đến năm 2030, 95% hộ dân dùng nước sạch.\n"
ENGLISH = "The county council will raise school enrolment to 95% by 2030 and report to the mayor every year.\n" * 5


def extract(path: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["extract", "--jobs", "0", str(path), *options])


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def failure_of(result: Result) -> str:
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("failed: ")]
    return line.split(": ")[2]


def record_of(result: Result) -> Record:
    (line,) = result.stdout.splitlines()
    return Record.model_validate_json(line)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.4\n%\xe2\xe3", "damaged"),
        (b"MZ\x90\x00\x03\x00", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (GOOD.encode() + b"\x00", "binary"),
        (b"\x81\x8d\x8f\x90 \x9d\x9e" * 50, "encoding"),
        (GOOD.encode()[:-20] + b"\xe1\xba", "encoding"),
        ("mục tiêu \ud800".encode("utf-8", "surrogatepass"), "encoding"),
        (b"\xff\xfe\x00\xdca\x00", "encoding"),
        (b"x" * 2_000_001, "too_large"),
    ],
    ids=[
        "empty", "white space", "mark only", "PDF named .txt", "program", "all bytes", "NUL at the end", "undecodable",
        "cut inside a character", "surrogate in UTF-8", "surrogate in UTF-16", "one line beyond the limit",
    ],
)  # fmt: skip
def test_a_bad_file_fails_with_a_code(tmp_path: Path, data: bytes, code: str) -> None:
    result = extract(put(tmp_path, "a.txt", data), "--max-bytes", "2000000")
    assert (result.exit_code, result.stdout, failure_of(result)) == (1, "", code)


def test_fifty_megabytes_on_one_line_are_refused_by_default(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)  # takes no room on the disk
    assert failure_of(extract(path)) == "too_large"


def test_a_file_without_permission_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.txt", GOOD.encode())
    opened = Path.open

    def refuse(self: Path, *args: object, **options: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert failure_of(extract(path)) == "unreadable"


def test_a_missing_path_is_a_wrong_call(tmp_path: Path) -> None:
    assert extract(tmp_path / "none").exit_code == 2


def test_a_folder_without_documents_is_a_wrong_call(tmp_path: Path) -> None:
    put(tmp_path, "a.exe", b"MZ")
    assert extract(tmp_path).exit_code == 2


def test_another_language_is_processed(tmp_path: Path) -> None:
    result = extract(put(tmp_path, "a.txt", ENGLISH.encode()))
    assert (result.exit_code, [d.level for d in record_of(result).diagnostics][:1]) == (0, ["warning"])


def test_ten_thousand_percentages(tmp_path: Path) -> None:
    lines = "".join(f"- Xã số {n} đạt {n % 100},5% số hộ dùng nước sạch.\n" for n in range(10_000))
    result = extract(put(tmp_path, "a.txt", ("II. MỤC TIÊU\n\n" + lines).encode()))
    assert (result.exit_code, sum(q.unit == "%" for q in record_of(result).quantities)) == (0, 10_000)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["CRLF", "CR", "LF"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    text = GOOD.replace("\n", end)
    record = record_of(extract(put(tmp_path, "a.txt", text.encode())))
    assert [text[q.span.start : q.span.end] for q in record.quantities] == ["95%"]


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    record = record_of(extract(put(tmp_path, "a.txt", b"\xef\xbb\xbf" + GOOD.encode())))
    assert [GOOD[q.span.start : q.span.end] for q in record.quantities] == ["95%"]


def test_a_long_line_within_the_limit_is_processed(tmp_path: Path) -> None:
    text = "Huyện phấn đấu 95% hộ dân dùng nước sạch, " * 500
    assert extract(put(tmp_path, "a.txt", text.encode())).exit_code == 0


def test_control_characters_are_no_danger(tmp_path: Path) -> None:
    text = "\x1b[2J\x07\x0c" + GOOD
    assert extract(put(tmp_path, "a.txt", text.encode())).exit_code == 0


def test_a_name_with_spaces_and_accents(tmp_path: Path) -> None:
    path = put(tmp_path, "nghị quyết  số 1 – bản (cuối).txt", GOOD.encode())
    assert record_of(extract(path)).source.uri == path.as_posix()


def test_a_batch_of_good_and_bad_counts_right(tmp_path: Path) -> None:
    put(tmp_path, "1.txt", GOOD.encode())
    put(tmp_path, "2.txt", b"")
    put(tmp_path, "3.txt", b"\x7fELF\x02\x01\x01\x00")
    put(tmp_path, "4.md", GOOD.encode())
    put(tmp_path, "5.txt", b"\xff\x81")
    result = extract(tmp_path)
    uris = [Path(json.loads(line)["source"]["uri"]).name for line in result.stdout.splitlines()]
    failed = [line.split(": ")[2] for line in result.stderr.splitlines() if line.startswith("failed: ")]
    summary = [line.split() for line in result.stderr.splitlines() if not line.startswith("failed: ")][:4]
    assert (result.exit_code, uris, failed, summary) == (
        1,
        ["1.txt", "4.md"],
        ["empty", "binary", "encoding"],
        [["documents", "5"], ["read", "2"], ["skipped", "0"], ["failed", "3"]],
    )
