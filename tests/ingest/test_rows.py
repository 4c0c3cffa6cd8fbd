"""Tables of texts: one document a row."""

import codecs
import io
import json
import tracemalloc
from pathlib import Path

import pytest

from chithi.ingest.documents import Document, expand
from chithi.ingest.limits import DEFAULT, Limits

TEXT = "Đến năm 2030, 90% số xã có trạm y tế kiên cố."


def rows(
    data: bytes, *, uri: str = "a.csv", column: str | None = "nội dung", limits: Limits = DEFAULT
) -> list[tuple[str, str]]:
    """Names of the rows' documents after the file's, each with its text or the code of what is wrong with it."""
    found = expand(Document(uri, data=data), text_column=column, limits=limits)
    return [(d.uri.removeprefix(uri), d.error.code if d.error else (d.data or b"").decode()) for d in found]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_parts_the_cells_is_found(delimiter: str) -> None:
    data = delimiter.join(["số", "nội dung"]) + "\r\n" + delimiter.join(["1", f'"{TEXT} ""x"";\n| y"']) + "\r\n"
    assert rows(data.encode()) == [("#row=1", f'{TEXT} "x";\n| y')]


def test_rows_are_counted_from_the_first_under_the_header() -> None:
    assert rows("nội dung\nmột\n\nhai\n".encode()) == [("#row=1", "một"), ("#row=2", "hai")]


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + f'nội dung,b\n"{TEXT}",x\n'.encode(),
        codecs.BOM_UTF16_LE + f"số\tnội dung\n1\t{TEXT}\n".encode("utf-16-le"),
        f'no\u0302\u0323i dung ,b\n"{TEXT}",x\n'.encode(),
    ],
    ids=["UTF-8 with a mark", "UTF-16", "a name in other code points"],
)
def test_header_and_cells_are_decoded(data: bytes) -> None:
    assert rows(data) == [("#row=1", TEXT)]


def test_a_cell_keeps_the_bytes_of_the_file() -> None:
    cell = bytes(range(0x80, 0x100))
    found = list(expand(Document("a.csv", data=b"text\n" + cell + b"\n"), text_column="text"))
    assert [(d.data, d.plain) for d in found] == [(cell, True)]


def test_a_short_row_fails_alone() -> None:
    assert rows(f'a,nội dung\n1\n2,"{TEXT}"\n'.encode()) == [("#row=1", "empty"), ("#row=2", TEXT)]


def test_a_row_with_more_cells_than_the_header_fails_alone() -> None:
    data = "a,nội dung\n1,đạt 9,5%\n2,đạt 9%,\n".encode()
    assert rows(data) == [("#row=1", "damaged"), ("#row=2", "đạt 9%")]


def test_any_line_ends_part_rows() -> None:
    assert rows("nội dung\rmột\rhai\r\nba\n".encode()) == [("#row=1", "một"), ("#row=2", "hai"), ("#row=3", "ba")]


def test_a_single_column_needs_no_quotes() -> None:
    assert rows(f"nội dung\n{TEXT}\n".encode()) == [("#row=1", TEXT)]


def test_a_long_row_fails_alone() -> None:
    data = f'nội dung,b\n{"x" * 101},1\n"{"x" * 60}\n{"x" * 60}",1\nhai,2\n'.encode()
    assert rows(data, limits=Limits(max_bytes=100)) == [
        ("#row=1", "too_large"),
        ("#row=2", "too_large"),
        ("#row=3", "hai"),
    ]


@pytest.mark.parametrize("uri", ["a.csv", "a.jsonl", "a.parquet"])
def test_a_missing_column_names_those_there_are(uri: str) -> None:
    (document,) = expand(Document(uri, data=table(uri, [TEXT])), text_column="text")
    assert document.error is not None
    assert (document.uri, document.error.code, document.error.message) == (
        uri,
        "no_column",
        "has no column 'text'. It has the columns 'số', 'nội dung'",
    )


@pytest.mark.parametrize("uri", ["a.csv", "a.jsonl", "a.parquet"])
def test_a_table_without_the_name_of_a_column_says_how_to_give_it(uri: str) -> None:
    (document,) = expand(Document(uri, data=table(uri, [TEXT])))
    assert document.error is not None
    assert (document.error.code, "--text-column" in document.error.message) == ("no_column", True)


@pytest.mark.parametrize("uri", ["a.csv", "a.jsonl", "a.parquet"])
def test_every_kind_of_table_gives_its_rows(uri: str) -> None:
    assert rows(table(uri, [TEXT, "hai"]), uri=uri) == [("#row=1", TEXT), ("#row=2", "hai")]


@pytest.mark.parametrize("uri", ["a.csv", "a.parquet"])
def test_a_table_without_rows_fails(uri: str) -> None:
    assert rows(table(uri, []), uri=uri) == [("", "empty")]


def table(uri: str, texts: list[str]) -> bytes:
    if uri.endswith(".csv"):
        return "".join(f"{n or 'số'}\t{text}\n" for n, text in enumerate(["nội dung", *texts])).encode()
    if uri.endswith(".jsonl"):
        return "".join(json.dumps({"số": 1, "nội dung": text}) + "\n" for text in texts).encode()
    pa = pytest.importorskip("pyarrow", reason="needs pip install 'chithi[tables]'")
    data = io.BytesIO()
    import pyarrow.parquet as pq

    pq.write_table(
        pa.table({"số": pa.array([1] * len(texts), pa.int64()), "nội dung": pa.array(texts, pa.string())}), data
    )
    return data.getvalue()


def test_bad_lines_of_json_fail_alone() -> None:
    lines = [
        json.dumps({"nội dung": TEXT}), "", "{", "[1]", '{"x": 1}', '{"nội dung": null}', '{"nội dung": 5}',
        '{"nội dung": "\\ud800"}', "[" * 100_000, '{"nội dung": "hai"}',
    ]  # fmt: skip
    assert rows("\n".join(lines).encode(), uri="a.jsonl") == [
        ("#row=1", TEXT), ("#row=2", "damaged"), ("#row=3", "damaged"), ("#row=4", "no_column"), ("#row=5", "empty"),
        ("#row=6", "damaged"), ("#row=7", "encoding"), ("#row=8", "damaged"), ("#row=9", "hai"),
    ]  # fmt: skip


def test_empty_cells_of_parquet_fail_alone() -> None:
    pa = pytest.importorskip("pyarrow", reason="needs pip install 'chithi[tables]'")
    import pyarrow.parquet as pq

    data = io.BytesIO()
    pq.write_table(pa.table({"nội dung": [TEXT, None, "ba"]}), data)
    assert rows(data.getvalue(), uri="a.bin") == [("#row=1", TEXT), ("#row=2", "empty"), ("#row=3", "ba")]


def test_damaged_parquet_fails() -> None:
    assert rows(b"PAR1" + b"\x15\x04" * 50 + b"PAR1", uri="a.parquet") == [("", "damaged")]


@pytest.mark.parametrize(("uri", "wanted"), [("-", [("#row=1", TEXT)]), ("a.txt", [("", f"nội dung\n{TEXT}")])])
def test_with_a_column_text_of_no_known_name_is_a_table(uri: str, wanted: list[tuple[str, str]]) -> None:
    assert rows(f"nội dung\n{TEXT}".encode(), uri=uri) == wanted


@pytest.mark.parametrize("uri", ["a.csv", "a.jsonl"])
def test_rows_are_never_all_in_memory(uri: str, tmp_path: Path) -> None:
    path = tmp_path / uri
    path.write_bytes(table(uri, [TEXT] * 30_000))
    tracemalloc.start()
    count = sum(1 for _ in expand(Document(uri, path), text_column="nội dung"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < path.stat().st_size / 4) == (30_000, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_reading_may_stop_before_the_end(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nội dung\nmột\nhai\n", encoding=encoding)
    documents = expand(Document("a.csv", path), text_column="nội dung")
    assert next(documents).data == "một".encode()
    documents.close()


def test_a_row_that_looks_like_a_mail_is_text() -> None:
    mail = "From: a@xa.vn\nTo: b@xa.vn\nSubject: x\n\nĐạt 95%"
    assert rows(f'nội dung\n"{mail}"\n'.encode()) == [("#row=1", mail)]
