"""Files of records, compressed or not, folders of Parquet files, and several targets at once."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner, Result
from tests.sinks.samples import ask, plan, record

from chithi.cli import main
from chithi.record import Record
from chithi.sinks.jsonl import to_line
from chithi.sinks.tables import TABLES

RECORDS = [plan("a"), record("b")]


def chithi(*args: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)


def text_of(records: list[Record]) -> bytes:
    return "".join(to_line(each) + "\n" for each in records).encode()


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(text_of(RECORDS))
    return path


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    from pyarrow import parquet

    rows: list[dict[str, Any]] = parquet.read_table(folder / f"{name}.parquet").to_pylist()
    return rows


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_records_come_back_from_a_file(records: Path, tmp_path: Path, ending: str) -> None:
    written = chithi("load", records, "-o", tmp_path / f"out.{ending}")
    again = chithi("load", tmp_path / f"out.{ending}")
    assert (written.exit_code, again.exit_code, again.stdout_bytes) == (0, 0, text_of(RECORDS))


@pytest.mark.parametrize("ending", ["jsonl.gz", "jsonl.zst"])
def test_a_compressed_file_is_smaller_and_the_same_every_time(records: Path, tmp_path: Path, ending: str) -> None:
    outputs = [tmp_path / f"{n}.{ending}" for n in (1, 2)]
    for output in outputs:
        chithi("load", records, "-o", output)
    first, second = (output.read_bytes() for output in outputs)
    assert (first == second, len(first) < records.stat().st_size) == (True, True)


@pytest.mark.parametrize("packed", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_compressed_records_are_read_from_standard_input(packed: Callable[[bytes], bytes]) -> None:
    many = text_of([plan(str(n)) for n in range(300)])
    result = chithi("load", "-", stdin=packed(many) + packed(text_of(RECORDS)))
    assert (result.exit_code, result.stdout_bytes == many + text_of(RECORDS)) == (0, True)


def test_several_targets_at_once(records: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/policy.db"
    result = chithi("load", records, "-o", url, "-o", f"{tmp_path}/tables/", "-o", tmp_path / "out.jsonl", "-o", "-")
    assert (result.exit_code, result.stdout_bytes, (tmp_path / "out.jsonl").read_bytes()) == (
        0,
        *[text_of(RECORDS)] * 2,
    )
    assert ask(url, "SELECT COUNT(*) FROM documents") == [(2,)]
    assert len(read(tmp_path / "tables", "documents")) == 2


def test_extract_writes_to_a_database_with_the_rules_it_used(tmp_path: Path) -> None:
    from chithi.rulepack import load_rules

    (tmp_path / "a.txt").write_text("Phấn đấu đến năm 2030, 95% hộ dân dùng nước sạch.", encoding="utf-8")
    url = f"sqlite:///{tmp_path}/policy.db"
    result = chithi("extract", "-q", tmp_path / "a.txt", "-o", url)
    assert (result.exit_code, result.output) == (0, "")
    assert ask(url, "SELECT rules_fingerprint FROM runs") == [(load_rules().fingerprint,)]
    assert ask(url, "SELECT indicator, low FROM v_targets") == [("hộ dân dùng nước sạch", 95.0)]


def test_every_table_is_a_file_with_the_tables_columns(records: Path, tmp_path: Path) -> None:
    chithi("load", records, "-o", f"{tmp_path}/tables/")
    from pyarrow import parquet

    found = {path.stem: parquet.read_schema(path).names for path in (tmp_path / "tables").iterdir()}
    assert found == {table.name: [column.name for column in table.columns] for table in TABLES}


def test_parquet_has_dates_and_numbers(records: Path, tmp_path: Path) -> None:
    chithi("load", records, "-o", f"{tmp_path}/tables/")
    [first, second] = read(tmp_path / "tables", "deadlines")
    assert (str(first["end_on"]), second["end_on"], read(tmp_path / "tables", "quantities")[0]["low"]) == (
        "2030-12-31",
        None,
        95.0,
    )


def test_a_document_of_two_files_is_one_in_parquet(tmp_path: Path) -> None:
    twice = text_of([plan("a"), plan("a").model_copy(update={"source": record("a", uri="b/a.txt").source}), plan("a")])
    chithi("load", "-", "-o", f"{tmp_path}/tables/", stdin=twice)
    sizes = {name: len(read(tmp_path / "tables", name)) for name in ("documents", "sources", "goals")}
    assert sizes == {"documents": 1, "sources": 2, "goals": 1}


def test_a_run_that_is_stopped_leaves_the_parquet_files_of_the_last_one(records: Path, tmp_path: Path) -> None:
    chithi("load", records, "-o", f"{tmp_path}/tables/")
    before = {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()}
    broken = chithi("load", "-", "-o", f"{tmp_path}/tables/", stdin=text_of([record("c")]) + b"\xff\n")
    assert (broken.exit_code, {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()}) == (2, before)


def test_a_line_that_is_no_record_is_named_and_the_others_are_loaded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/policy.db"
    lines = [
        text_of([record("a")]),
        b"{}\n",
        b"[1, 2\n",
        b'{"schema_version": "9.0"}\n',
        text_of([record("b")]).replace(b'"quantities":[]', b'"quantities":[{"id":"q1"}]'),
        b"\n",
        text_of([plan("c", goals=[{**plan().goals[0].model_dump(), "quantity": "q9"}])]),
        text_of([record("d", metadata={"issued_on": "30/02/2024"})]),
        b'"\\ud800"\n',
        text_of([record("e")]),
    ]
    result = chithi("load", "-", "-o", url, stdin=b"".join(lines))
    named = [line.split(": ")[1:3] for line in result.stderr.splitlines()]
    assert (result.exit_code, named) == (1, [["-", "line " + n] for n in ("2", "3", "4", "5", "7", "8", "9")])
    assert ask(url, "SELECT number FROM documents ORDER BY number") == [("a/KH-UBND",), ("e/KH-UBND",)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x1f\x8b\x08\x00 no gzip", "cannot be read"),
        (gzip.compress(b"{}\n" * 1000)[:-20], "cannot be read"),
        (b"\x28\xb5\x2f\xfd no zstd", "cannot be read"),
        (zstandard.compress(text_of(RECORDS))[:-20], "cannot be read: the compressed data is cut short"),
        (gzip.compress(text_of(RECORDS))[:30] + bytes(200), "cannot be read"),
        (b"PAR1\xff\xfe", "is not UTF-8"),
    ],
    ids=["damaged gzip", "gzip cut short", "damaged zstd", "zstd cut short", "damaged inside", "not text"],
)
def test_a_file_that_cannot_be_read_is_a_wrong_call(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "records").write_bytes(data)
    result = chithi("load", tmp_path / "records")
    assert (result.exit_code, message in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        (["records.jsonl"], "records.jsonl: is one of the documents to read"),
        (["folder"], "folder: is a folder. Name a file for the records, or folder/ for Parquet files in it"),
        (["records.jsonl/"], "records.jsonl/: is a file, not a folder"),
        (["none/out.jsonl"], "none: no such folder"),
        (["none/tables/"], "none: no such folder"),
        (["out.jsonl", "out.jsonl"], "a target is named twice"),
        (["out.jsonl", "mysql://host/x"], "mysql: is no database that chithi knows"),
        (["out.jsonl", "none/x"], "none: no such folder"),
    ],
)
def test_a_wrong_target_is_a_wrong_call_and_nothing_is_written(
    records: Path, monkeypatch: pytest.MonkeyPatch, targets: list[str], message: str
) -> None:
    monkeypatch.chdir(records.parent)
    Path("folder").mkdir()
    result = chithi("load", "records.jsonl", *(word for target in targets for word in ("-o", target)))
    assert (result.exit_code, message in result.stderr, records.read_bytes(), Path("out.jsonl").exists()) == (
        2,
        True,
        text_of(RECORDS),
        False,
    )


@pytest.mark.parametrize(
    ("target", "module", "extra"), [("tables/", "pyarrow", "parquet"), ("out.jsonl.zst", "zstandard", "zstd")]
)
def test_a_missing_package_is_named(
    records: Path, monkeypatch: pytest.MonkeyPatch, target: str, module: str, extra: str
) -> None:
    monkeypatch.chdir(records.parent)
    monkeypatch.setitem(sys.modules, module, None)
    result = chithi("load", records, "-o", target)
    assert result.stderr == f"error: needs the package {module}. Install it with: pip install 'chithi[{extra}]'\n"
