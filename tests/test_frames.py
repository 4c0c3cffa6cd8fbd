"""Records as data frames, and many documents at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import pytest
from tests.sinks.samples import plan, record

import chithi
from chithi.errors import DocumentError, UsageError
from chithi.sinks.tables import BY_NAME, TABLES

ENGINES: tuple[Literal["pandas", "polars"], ...] = ("pandas", "polars")
TEXT = "Phấn đấu đến năm 2030, {n}% hộ dân dùng nước sạch."


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_a_frame_has_the_rows_and_columns_of_the_table(engine: Any, table: str) -> None:
    frame = chithi.to_frame([plan("a"), plan("b")], table, engine=engine)
    columns = next([column.name for column in each.columns] for each in TABLES if each.name == table)
    assert (list(frame.columns), len(frame) > 0) == (columns, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_frame_without_rows_keeps_its_columns(engine: Any) -> None:
    assert chithi.to_frame([], "goals", engine=engine).shape == (0, len(BY_NAME["goals"].columns))


def test_a_frame_of_pandas_has_dates_and_nulls() -> None:
    frame = chithi.to_frame([plan()], "deadlines")
    assert (str(frame.end_on[0]), frame.end_on.isna().tolist()) == ("2030-12-31", [False, True])


def test_a_frame_of_polars_has_dates_and_nulls() -> None:
    import polars

    frame = chithi.to_frame([plan()], "deadlines", engine="polars")
    assert (frame["end_on"].dtype, frame["end_on"].is_null().to_list()) == (polars.Date, [False, True])


def test_an_unknown_table_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="references: is no table"):
        chithi.to_frame([record()], "references")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_missing_library_is_named(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, engine, None)
    with pytest.raises(
        UsageError, match=rf"needs the package {engine}\. Install it with: pip install 'chithi\[frames\]'"
    ):
        chithi.to_frame([record()], "goals", engine=engine)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in (90, 95):
        (tmp_path / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return tmp_path


def test_records_of_many_paths_come_in_their_order(folder: Path) -> None:
    records = chithi.extract([folder / "95.txt", folder / "90.txt"])
    assert [each.quantities[0].low for each in records] == [95.0, 90.0]


def test_a_folder_among_paths_stands_for_its_documents(folder: Path) -> None:
    assert [each.quantities[0].low for each in chithi.extract([folder])] == [90.0, 95.0]


def test_nothing_is_read_before_it_is_asked_for(folder: Path) -> None:
    records = chithi.extract(path for path in [folder / "90.txt", folder / "none.txt"])
    assert next(records).quantities[0].low == 90.0


def test_a_document_that_cannot_be_read_is_left_out_with_a_warning(folder: Path) -> None:
    (folder / "92.txt").write_bytes(b"\x00\x01\x02")
    with pytest.warns(UserWarning, match=r"92\.txt: binary: "):
        assert [each.quantities[0].low for each in chithi.extract([folder])] == [90.0, 95.0]


def test_one_document_that_cannot_be_read_is_an_error(folder: Path) -> None:
    (folder / "92.txt").write_bytes(b"\x00\x01\x02")
    with pytest.raises(DocumentError):
        chithi.extract(folder / "92.txt")
