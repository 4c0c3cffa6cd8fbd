"""Loading into databases: what is there afterwards, and that a second load changes nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from tests.sinks.samples import ask, everything, item, load, plan, record, refused

from chithi.errors import UsageError
from chithi.record import Record
from chithi.sinks.jsonl import to_line
from chithi.sinks.tables import BY_NAME

TABLES_OF_CONTENT = ("sections", "quantities", "deadlines", "occurrences", "bodies", "goals", "goal_bodies", "tasks",
                     "task_bodies", "refs", "diagnostics", "diagnostic_places")  # fmt: skip


def sizes(url: str) -> dict[str, int]:
    return {
        name: ask(url, f"SELECT COUNT(*) FROM {name}")[0][0] for name in ("documents", "sources", *TABLES_OF_CONTENT)
    }


def test_every_part_of_a_record_has_its_rows(url: str) -> None:
    load(url, [plan()])
    assert sizes(url) == {
        "documents": 1, "sources": 1, "sections": 2, "quantities": 1, "deadlines": 2, "occurrences": 40, "bodies": 2,
        "goals": 1, "goal_bodies": 1, "tasks": 2, "task_bodies": 3, "refs": 1, "diagnostics": 1, "diagnostic_places": 2,
    }  # fmt: skip


def test_a_document_has_its_metadata(url: str) -> None:
    load(url, [record("07", metadata={"issuer": "UBND tỉnh Hà Châu", "about": {"number": "1/CT"}})])
    assert ask(url, "SELECT number, number_key, issuer, issuer_key, issued_on, about_number FROM documents") == [
        ("07/KH-UBND", "7/KH-UBND", "UBND tỉnh Hà Châu", "ủy ban nhân dân tỉnh hà châu", "2024-03-01", "1/CT")
    ]


def test_a_goal_is_joined_to_what_it_points_to(url: str) -> None:
    load(url, [plan()])
    query = """
        SELECT g.indicator, q.low, l.end_on, s.heading FROM goals g
        JOIN quantities q ON q.doc_id = g.doc_id AND q.id = g.quantity_id
        JOIN deadlines l ON l.doc_id = g.doc_id AND l.id = g.deadline_id
        JOIN sections s ON s.doc_id = g.doc_id AND s.id = g.section_id"""
    assert ask(url, query) == [("hộ dùng nước sạch", 95.0, "2030-12-31", "Nước sạch")]


def test_dates_and_numbers_have_their_types(url: str) -> None:
    load(url, [plan()])
    assert ask(url, "SELECT low + 0.5 FROM quantities WHERE low > 94") == [(95.5,)]
    assert ask(url, "SELECT id FROM deadlines WHERE end_on < '2031-01-01'") == [("t1",)]


def test_loading_twice_changes_nothing(url: str) -> None:
    records = [plan("a"), plan("b"), record("c")]
    load(url, records)
    before = everything(url)
    load(url, records)
    assert everything(url) == before


def test_a_changed_record_replaces_all_its_rows(url: str) -> None:
    load(url, [plan("a"), plan("b")])
    load(url, [plan("a", goals=[], tasks=[], deadlines=[], quantities=[], references=[], diagnostics=[])])
    counts = {
        "quantities": 1, "deadlines": 2, "goals": 1, "tasks": 2, "refs": 1, "documents": 2, "sources": 2, "bodies": 4
    }  # fmt: skip
    assert {name: size for name, size in sizes(url).items() if name in counts} == counts


def test_corrected_text_of_one_file_is_a_change(url: str) -> None:
    load(url, [record("a", text="Muc tieu")])
    load(url, [record("a", text="Mục tiêu")])
    assert ask(url, "SELECT text FROM documents") == [("Mục tiêu",)]


def test_a_changed_document_names_the_load_that_changed_it(url: str) -> None:
    load(url, [plan("a"), plan("b")])
    load(url, [plan("a", goals=[]), plan("b")])
    assert ask(url, "SELECT COUNT(*), COUNT(DISTINCT run_id) FROM documents") == [(2, 2)]
    assert ask(url, "SELECT COUNT(*) FROM runs") == [(2,)]


def test_one_document_in_two_files_is_one_with_two_sources(url: str) -> None:
    load(url, [record("a", uri="one/a.txt"), record("a", uri="two/a.txt")])
    load(url, [record("a", uri="three/a.txt")])
    assert ask(url, "SELECT COUNT(*) FROM documents") == [(1,)]
    assert ask(url, "SELECT uri FROM sources ORDER BY uri") == [("one/a.txt",), ("three/a.txt",), ("two/a.txt",)]


def test_one_number_of_two_issuers_is_two_documents(url: str) -> None:
    number = {"number": "12/KH-UBND"}
    load(url, [record("a", metadata={**number, "issuer": "UBND huyện Phú Lâm"}),
               record("b", metadata={**number, "issuer": "UBND huyện Nậm Khoai"})])  # fmt: skip
    assert ask(url, "SELECT issuer FROM documents WHERE number_key = '12/KH-UBND' ORDER BY issuer") == [
        ("UBND huyện Nậm Khoai",),
        ("UBND huyện Phú Lâm",),
    ]


def test_the_later_of_two_records_of_a_document_counts(url: str) -> None:
    load(url, [plan("a"), plan("a", goals=[])])
    assert sizes(url)["goals"] == 0


def test_many_documents_take_several_transactions(url: str) -> None:
    load(url, [plan(str(n)) for n in range(250)])
    assert (sizes(url)["documents"], sizes(url)["task_bodies"]) == (250, 750)


@pytest.mark.parametrize(
    "text", ["a\x00b", "'; DROP TABLE goals; --", '"%s" :a {b}', "\x1b[2J\x07\u202e", "\\N\t\r\n,"]
)
def test_any_text_is_only_text(url: str, text: str) -> None:
    load(url, [record("a", uri=f"docs/{text}.txt", text=text, metadata={"issuer": text, "number": text})])
    stored = text.replace("\x00", "\ufffd")
    assert ask(
        url, "SELECT d.text, d.issuer, d.number, s.uri FROM documents d JOIN sources s ON s.doc_id = d.doc_id"
    ) == [(stored, stored, stored, f"docs/{stored}.txt")]


def test_a_document_that_the_database_refuses_is_named_and_the_others_stay(postgres: str) -> None:
    # An index entry of PostgreSQL has no room for such a name.
    name = "".join(chr(0x1000 + (n * 7919) % 20000) for n in range(4000))
    failures = refused(postgres, [plan("a"), record("b", uri=name), plan("c")])
    assert [(uri, code) for uri, code, _ in failures] == [(name, "database")]
    assert ask(postgres, "SELECT number FROM documents ORDER BY number") == [("a/KH-UBND",), ("c/KH-UBND",)]


def test_tables_of_others_are_left_alone(url: str) -> None:
    ask(url, "CREATE TABLE documents (id INTEGER)")
    with pytest.raises(UsageError, match="tables documents that chithi did not make") as error:
        load(url, [plan()])
    assert error.value.code == "database_taken"


@pytest.mark.parametrize("table", ["documents", "goals"])
def test_tables_and_columns_are_commented(postgres: str, table: str) -> None:
    load(postgres, [])
    [(comment,)] = ask(postgres, f"SELECT obj_description('{table}'::regclass)")
    described = f"col_description('{table}'::regclass, ordinal_position) LIKE 'the document: digest%'"
    columns = ask(
        postgres, f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND {described}"
    )
    assert (bool(comment), columns) == (True, [("doc_id",)])


@pytest.mark.parametrize(
    ("database", "values"),
    [
        ("sqlite", {"kind": "unheard"}),
        ("sqlite", {"doc_id": "none"}),
        ("sqlite", {"quantity_id": "q9"}),
        ("postgresql", {"kind": "unheard"}),
        ("postgresql", {"doc_id": "none"}),
        ("postgresql", {"quantity_id": "q9"}),
        ("duckdb", {"kind": "unheard"}),  # it has no foreign keys
    ],
)
def test_the_database_refuses(
    request: pytest.FixtureRequest, tmp_path: Path, database: str, values: dict[str, str]
) -> None:
    url = request.getfixturevalue("postgres") if database == "postgresql" else f"{database}:///{tmp_path}/policy.db"
    load(url, [plan()])
    names = [column.name for column in BY_NAME["goals"].columns]
    [stored] = ask(url, f"SELECT {', '.join(names)} FROM goals")
    query = f"INSERT INTO goals ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
    good = {**dict(zip(names, stored, strict=True)), "id": "g8"}
    ask(url, query, **good)
    with pytest.raises(IntegrityError):
        ask(url, query, **{**good, "id": "g9", **values})


KILLED = """
import os, signal, sys
import chithi.sinks.database as database
from chithi.cli import main

insert, calls = database.insert, 0
def dying(*arguments):
    global calls
    calls += 1
    if calls == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    insert(*arguments)
database.insert = dying
main(["load", sys.argv[2], "-o", sys.argv[3]])
"""


def written(path: Path, records: list[Record]) -> Path:
    path.write_text("".join(to_line(each) + "\n" for each in records), encoding="utf-8")
    return path


@pytest.mark.parametrize("call", [2, 9, 20])
def test_a_killed_loader_leaves_whole_documents(url: str, tmp_path: Path, call: int) -> None:
    records = [plan(str(n)) for n in range(250)]
    file = written(tmp_path / "records.jsonl", records)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(call), file, url], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    load(url, [])
    found = sizes(url)
    assert (found["documents"], found["goals"], found["task_bodies"]) in [(0, 0, 0), (100, 100, 300)]
    load(url, records)
    assert (sizes(url)["documents"], sizes(url)["goals"], sizes(url)["task_bodies"]) == (250, 250, 750)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("overlap", [0, 200, 400])
def test_two_loaders_at_once(request: pytest.FixtureRequest, tmp_path: Path, database: str, overlap: int) -> None:
    url = request.getfixturevalue("postgres") if database == "postgresql" else f"sqlite:///{tmp_path}/policy.db"
    first = [plan(str(n)) for n in range(400)]
    second = [plan(str(n), goals=[]) for n in reversed(range(400 - overlap, 800 - overlap))]
    files = [written(tmp_path / "1.jsonl", first), written(tmp_path / "2.jsonl", second)]
    loaders = [
        subprocess.Popen([sys.executable, "-m", "chithi", "load", file, "-o", url], stderr=subprocess.PIPE)
        for file in files
    ]
    ends = [(loader.communicate()[1], loader.returncode) for loader in loaders]
    found = sizes(url)
    assert ends == [(b"", 0), (b"", 0)]
    assert (found["documents"], found["task_bodies"]) == (800 - overlap, 3 * (800 - overlap))
    assert 400 - overlap <= found["goals"] <= 400


def test_an_unreachable_database_is_a_wrong_call_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError) as error:
        load("postgresql://u:s3cret@127.0.0.1:1/none?password=s4cret", [])
    assert error.value.code == "database"
    assert ("s3cret" in str(error.value), "s4cret" in str(error.value), error.value.__cause__) == (False, False, None)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://u:s3cret@host:port/x", "the database's URL cannot be read"),
        ("postgresql:/u:s3cret@host/x", "the database's URL cannot be read"),
        ("mysql://u:s3cret@host/x", "mysql: is no database that chithi knows"),
        ("sqlite://", "sqlite: the URL names no file"),
        ("duckdb:///:memory:", "duckdb: the URL names no file"),
        ("sqlite:////nowhere/at/all/policy.db", "unable to open database file"),
    ],
)
def test_a_wrong_url_says_what_is_wrong(url: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        load(url, [])
    assert (message in str(error.value), "s3cr" in str(error.value)) == (True, False)


@pytest.mark.parametrize("name", ["psycopg", "duckdb_engine", "sqlalchemy"])
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = {"psycopg": "postgres", "duckdb_engine": "duckdb", "sqlalchemy": "db"}[name]
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(
        UsageError, match=rf"needs the package {name}\. Install it with: pip install 'chithi\[{extra}\]'"
    ):
        load({"psycopg": "postgresql:///x", "duckdb_engine": "duckdb:///x.db"}.get(name, "sqlite:///x.db"), [])


def test_a_duckdb_that_another_process_holds_is_a_wrong_call(tmp_path: Path) -> None:
    path = tmp_path / "policy.db"
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline() == b"open\n"
        with pytest.raises(UsageError, match="lock"):
            load(f"duckdb:///{path}", [])
        os.kill(other.pid, signal.SIGTERM)


def test_items_of_one_place_are_told_apart(url: str) -> None:
    goals = [item("g1", "tăng 5%", 0, kind="qualitative"), item("g2", "tăng 5%", 0, kind="qualitative")]
    load(url, [record("a", goals=goals)])
    assert ask(url, "SELECT id, item_key FROM goals ORDER BY id") == [("g1", "0-7"), ("g2", "0-7/2")]
