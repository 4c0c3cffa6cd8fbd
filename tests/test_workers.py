"""Workers: what takes too long, takes too much or dies costs one document, whatever it is doing."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chithi.batch import Document, Outcome, Pipeline, run
from chithi.errors import DocumentError, UsageError
from chithi.ingest.limits import DEFAULT, Limits
from chithi.record import Metadata, Record, Source
from chithi.source import SourceText
from chithi.workers import Pool

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")


def suffer(source: SourceText) -> Record:
    """A pipeline in which a text's first word says what happens to it."""
    match source.text.split():
        case ["loop", *_]:
            while True:
                pass
        case ["stuck", *_]:
            sum(range(10**15))  # never leaves C code, where no signal handler runs
        case ["child", pid_file]:
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            Path(pid_file).write_text(str(child.pid))
            child.wait()
        case ["greedy", *_]:
            bytearray(1 << 34)
        case ["die", *_]:
            os._exit(9)
        case ["fail", *_]:
            raise DocumentError("is not what it seems", code="odd")
    origin = Source(uri=source.uri, media_type=source.media_type, sha256=source.sha256, size=source.size)
    return Record(doc_id=source.doc_id, source=origin, metadata=Metadata())


def suffering() -> Pipeline:
    return suffer


def outcomes(*texts: str, jobs: int = 1, seconds: float = 3, max_memory: int | None = None) -> list[str]:
    documents = [Document(f"{n}.txt", data=text.encode()) for n, text in enumerate(texts)]
    found = run(documents, factory=suffering, jobs=jobs, limits=Limits(seconds=seconds), max_memory=max_memory)
    return [code(outcome) for outcome in found]


def code(outcome: Outcome) -> str:
    return outcome.failure.code if outcome.failure else "ok"


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("misfortune", ["loop", "stuck"])
def test_a_document_that_takes_too_long_is_stopped_and_the_batch_goes_on(misfortune: str, jobs: int) -> None:
    assert outcomes("a", misfortune, "b", jobs=jobs) == ["ok", "timeout", "ok"]


@linux
def test_what_a_stopped_worker_has_started_ends_with_it(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    assert outcomes(f"child {pid_file}") == ["timeout"]
    assert not alive(int(pid_file.read_text()))


def alive(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except FileNotFoundError:
            return False
        time.sleep(0.05)
    return True


@linux
def test_a_document_that_takes_too_much_memory_fails_alone() -> None:
    assert outcomes("a", "greedy", "b", seconds=60, max_memory=4 << 30) == ["ok", "out_of_memory", "ok"]


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_worker_that_dies_costs_only_its_document(jobs: int) -> None:
    texts = ["die" if n in {0, 4, 5} else "a" for n in range(9)]
    assert outcomes(*texts, jobs=jobs, seconds=60) == ["worker_died" if text == "die" else "ok" for text in texts]


def test_the_order_is_that_of_the_input() -> None:
    documents = (Document(f"{n}.txt", data=b"a" if n % 3 else b"fail") for n in range(100))
    found = [(o.uri, code(o)) for o in run(documents, factory=suffering, jobs=3)]
    assert found == [(f"{n}.txt", "ok" if n % 3 else "odd") for n in range(100)]


def test_the_work_list_is_taken_as_it_is_needed() -> None:
    taken: list[int] = []

    def documents() -> Iterator[Document]:
        for n in range(1000):
            taken.append(n)
            yield Document(f"{n}.txt", data=b"a")

    found = run(documents(), factory=suffering, jobs=2)
    next(found)
    assert len(taken) < 50
    found.close()


def failing() -> Pipeline:
    raise UsageError("no rules here")


def dying() -> Pipeline:
    os._exit(9)


@pytest.mark.parametrize(
    ("factory", "message"), [(failing, "no rules here"), (dying, "a worker process died while it started")]
)
def test_a_worker_that_cannot_start_stops_the_run(factory: Callable[[], Pipeline], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        next(run([Document("a", data=b"a")], factory=factory, jobs=1, limits=DEFAULT))


def squaring() -> Callable[[int], list[int]]:
    return squares


def squares(number: int) -> list[int]:
    return [number * number]


def test_no_more_workers_are_started_than_there_are_tasks() -> None:
    pool: Pool[int, int] = Pool(squaring, jobs=5, seconds=60)
    try:
        assert (list(pool.answers([3])), len(pool.workers)) == ([(3, 9)], 1)
    finally:
        pool.stop()


def naming() -> Callable[[int], list[int]]:
    return name


def name(_: int) -> list[int]:
    return [os.getpid()]


def test_a_worker_gives_way_to_a_new_one_after_many_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chithi.workers._RENEWED", 3)
    pool: Pool[int, int] = Pool(naming, jobs=1, seconds=30)
    try:
        pids = [answer for _, answer in pool.answers(range(7))]
    finally:
        pool.stop()
    assert [pids.index(pid) for pid in pids] == [0, 0, 0, 3, 3, 3, 6]


def endless(document: Document, **_: object) -> Iterator[Document]:
    yield document
    while True:
        pass


def dying_while_unpacking(document: Document, **_: object) -> Iterator[Document]:
    yield document
    os._exit(9)


@pytest.mark.parametrize(("expand", "wanted"), [(endless, "timeout"), (dying_while_unpacking, "worker_died")])
def test_a_container_that_cannot_be_opened_to_its_end_fails_alone(
    expand: Callable[..., Iterator[Document]], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chithi.batch.expand", expand)
    documents = [Document("a.jsonl", data=b'{"'), Document("b.jsonl", data=b'{"'), Document("c.txt", data=b"a")]
    found = run(documents, factory=suffering, jobs=1, limits=Limits(seconds=3))
    assert [(o.uri, code(o)) for o in found] == [
        ("a.jsonl", "container"),
        ("a.jsonl", wanted),
        ("b.jsonl", "container"),
        ("b.jsonl", wanted),
        ("c.txt", "ok"),
    ]
