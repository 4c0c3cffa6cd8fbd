"""The work list, and one outcome a document whatever happens to it."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from chithi.batch import Counts, Document, Outcome, Pipeline, extract, find_documents, process, run
from chithi.errors import DocumentError, UsageError
from chithi.record import Metadata, Quantity, Record, Source, Span
from chithi.sinks.jsonl import to_line
from chithi.source import SourceText


def stub_record(source: SourceText) -> Record:
    """One percentage for each sign; text that names a misfortune suffers it."""
    if "chết" in source.text:
        os._exit(9)
    if "lỗi" in source.text:
        raise DocumentError("is not what it seems", code="odd")
    if "hỏng" in source.text:
        raise KeyError("năm")
    return Record(
        doc_id=source.doc_id,
        source=Source(uri=source.uri, media_type=source.media_type, sha256=source.sha256, size=source.size),
        metadata=Metadata(),
        quantities=[
            Quantity(id=f"q{n}", text="%", span=Span(start=i, end=i + 1), rule="x.y", op="eq", unit="%", role="target")
            for n, i in enumerate((i for i, c in enumerate(source.text) if c == "%"), 1)
        ],
        text=source.text if source.carried else None,
    )


def stub_factory() -> Pipeline:
    return stub_record


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def names(documents: Iterable[Document], folder: Path) -> list[str]:
    return [d.path.relative_to(folder).as_posix() if d.path else d.uri for d in documents]


def codes(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(Path(o.uri).name, o.failure.code if o.failure else "ok") for o in outcomes]


def test_a_folder_is_searched_in_order_for_known_extensions(tmp_path: Path) -> None:
    wanted = ["a/c.htm", "a/d.md", "a b.txt", "b.HTML", "ế.txt"]
    write(tmp_path, dict.fromkeys([*wanted, "x.exe", ".hidden.txt", ".git/x.txt", "README"], "x"))
    assert sorted(names(find_documents([tmp_path]), tmp_path)) == sorted(wanted)
    assert names(find_documents([tmp_path]), tmp_path) == ["a/c.htm", "a/d.md", "a b.txt", "b.HTML", "ế.txt"]


def test_inputs_keep_the_order_of_the_call_and_none_is_read_twice(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "x", "b.txt": "x", "c.dat": "x"})
    paths = [tmp_path / "c.dat", Path("-"), tmp_path / "b.txt", tmp_path, Path("-")]
    assert names(find_documents(paths), tmp_path) == ["c.dat", "-", "b.txt", "a.txt"]


def test_links_are_followed_only_inside_the_folder(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": "x", "out/b.txt": "x"})
    folder = tmp_path / "in"
    (folder / "inner.txt").symlink_to(folder / "a.txt")
    (folder / "outer.txt").symlink_to(tmp_path / "out/b.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "away").symlink_to(tmp_path / "out")
    assert names(find_documents([folder]), folder) == ["a.txt", "inner.txt"]


def test_a_file_that_an_earlier_folder_gave_is_not_given_again(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/c.txt": "x", "a/.d.txt": "x", "a/e.dat": "x", "f.txt": "x"})
    (tmp_path / "a/link.txt").symlink_to(tmp_path / "f.txt")
    paths = [tmp_path / name for name in ("a", "a/b/c.txt", "a/b", "a/.d.txt", "a/e.dat", "a/link.txt", "a")]
    wanted = ["a/b/c.txt", "a/.d.txt", "a/e.dat", "a/link.txt"]
    assert names(find_documents(paths), tmp_path) == wanted


def test_documents_are_found_as_they_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"a/1.txt": "x", "b/1.txt": "x"})
    documents = find_documents([tmp_path])
    first = next(documents)
    write(tmp_path, {"b/2.txt": "x"})
    assert names([first, *documents], tmp_path) == ["a/1.txt", "b/1.txt", "b/2.txt"]


def test_what_is_left_out_is_not_searched(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "x", "b.txt": "x", "c/d.txt": "x"})
    assert names(find_documents([tmp_path], but=[tmp_path / "b.txt", tmp_path / "c"]), tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("none.txt", "missing"), ("a.txt/b", "missing"), ("dangling", "missing"), ("empty", "no_documents")],
)
def test_inputs_that_stop_the_run(tmp_path: Path, name: str, code: str) -> None:
    write(tmp_path, {"a.txt": "x", "empty/x.exe": "x"})
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError) as caught:
        list(find_documents([tmp_path / name]))
    assert caught.value.code == code


def test_a_folder_that_cannot_be_listed_fails_visibly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": "x", "locked/b.txt": "x"})
    listed = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    outcomes = list(run(find_documents([tmp_path]), factory=stub_factory))
    assert codes(outcomes) == [("a.txt", "ok"), ("locked", "unreadable")]


MIXED = {
    "01.txt": "đạt 95%",
    "02.txt": "",
    "03.txt": "lỗi",
    "04.txt": "hỏng",
    "05.txt": "10% và 20%",
    "06.html": "<p>đạt 5%</p>",
}


def outcomes_of(folder: Path, *, jobs: int) -> list[Outcome]:
    return list(run(find_documents([folder]), factory=stub_factory, jobs=jobs))


def test_a_bad_document_fails_alone(tmp_path: Path) -> None:
    assert codes(outcomes_of(write(tmp_path, MIXED), jobs=0)) == [
        ("01.txt", "ok"),
        ("02.txt", "empty"),
        ("03.txt", "odd"),
        ("04.txt", "internal"),
        ("05.txt", "ok"),
        ("06.html", "ok"),
    ]


def test_outcomes_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    write(tmp_path, MIXED | {f"{n}.txt": f"{n}%" for n in range(10, 40)})
    assert outcomes_of(tmp_path, jobs=3) == outcomes_of(tmp_path, jobs=0)


@pytest.mark.parametrize("jobs", [0, 2])
def test_what_is_known_keeps_its_place(tmp_path: Path, jobs: int) -> None:
    write(tmp_path, {f"{n:02}.txt": f"{n}%" for n in range(30)})

    def known(document: Document) -> Outcome | None:
        return Outcome("known") if int(Path(document.uri).stem) % 3 == 0 else None

    outcomes = run(find_documents([tmp_path]), factory=stub_factory, jobs=jobs, known=known)
    assert [Path(o.uri).stem for o in outcomes] == [f"{n:02}" if n % 3 else "known" for n in range(30)]


def test_a_worker_that_dies_costs_only_its_document(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:02}.txt": f"{n}%" for n in range(12)} | {"03.txt": "chết", "10.txt": "chết"})
    assert codes(outcomes_of(tmp_path, jobs=2)) == [
        (f"{n:02}.txt", "worker_died" if n in {3, 10} else "ok") for n in range(12)
    ]


def test_a_reader_that_stops_early_leaves_no_workers(tmp_path: Path) -> None:
    write(tmp_path, {f"{n:02}.txt": f"{n}%" for n in range(12)})
    outcomes = run(find_documents([tmp_path]), factory=stub_factory, jobs=2)
    next(outcomes)
    outcomes.close()
    deadline = time.monotonic() + 10
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert multiprocessing.active_children() == []


def test_a_file_that_vanishes_fails_alone(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "x", "b.txt": "x"})
    documents = list(find_documents([tmp_path]))
    (tmp_path / "a.txt").unlink()
    assert codes(list(run(documents, factory=stub_factory))) == [("a.txt", "missing"), ("b.txt", "ok")]


def test_a_failure_names_the_defect(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "hỏng"})
    outcome = process(Document("a.txt", tmp_path / "a.txt"), pipeline=stub_record)
    assert outcome.failure is not None
    assert outcome.failure.message.startswith("KeyError: 'năm'. This is a defect of chithi")


def test_counts_of_an_outcome(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "10% và 20%"})
    assert process(Document("a.txt", tmp_path / "a.txt"), pipeline=stub_record).counts == Counts(percentages=2)


def test_counts_add_up() -> None:
    assert Counts(1, 2, 3, 4, 5) + Counts(10, 20, 30, 40, 50) == Counts(11, 22, 33, 44, 55)


def line_of(tmp_path: Path, name: str, text: str) -> str:
    write(tmp_path, {name: text})
    line = process(Document(name, tmp_path / name), pipeline=stub_record).line
    assert line is not None
    return line


def test_a_line_has_no_text_where_the_file_has_it(tmp_path: Path) -> None:
    assert '"text"' not in line_of(tmp_path, "a.txt", "không có gì")


def test_a_line_has_the_text_where_ingestion_made_it(tmp_path: Path) -> None:
    assert line_of(tmp_path, "a.html", "<p>không\ncó gì").endswith(',"text":"không có gì\\n"}')


def test_a_line_is_one_line_that_reads_back(tmp_path: Path) -> None:
    line = line_of(tmp_path, "a.txt", "đạt\n95%\u2028")
    assert "\n" not in line
    assert to_line(Record.model_validate_json(line)) == line


@pytest.mark.parametrize("wrap", [str, SourceText.from_text], ids=["text", "source"])
def test_extract_takes_text(wrap: Callable[[str], str | SourceText]) -> None:
    record = extract(wrap("II. MỤC TIÊU\n\nPhấn đấu đến năm 2030, 95% hộ dân dùng nước sạch.\n"))
    assert [q.text for q in record.quantities] == ["95%"]


def test_extract_takes_a_path(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "II. MỤC TIÊU\n\nPhấn đấu đến năm 2030, 95% hộ dân dùng nước sạch.\n"})
    assert extract(tmp_path / "a.txt").source.uri == (tmp_path / "a.txt").as_posix()


def test_a_factory_may_carry_an_overlay() -> None:
    from chithi.batch import build
    from chithi.errors import RuleError

    with pytest.raises(RuleError, match="is not a folder"):
        next(run([Document("a")], factory=partial(build, Path("/none"))))
