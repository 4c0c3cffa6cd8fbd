"""A run over many documents: the work list, the workers, and one outcome a document in the order of the input.

A broken document never stops the run: its outcome carries a code and a message. Outcomes do not depend on the number of
workers.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import overload

from chithi.errors import ChithiError, DocumentError, UsageError
from chithi.ingest import MAX_BYTES, SUFFIXES, read_bytes, read_source, uri_of
from chithi.record import Record
from chithi.rulepack import RuleSet, load_rules
from chithi.sinks.jsonl import to_line
from chithi.source import SourceText

Pipeline = Callable[[SourceText], Record]
Factory = Callable[[], Pipeline]
"""Builds the pipeline once in each process; must be picklable for more than one worker."""

_CHUNK = 8  # documents a worker takes at once
_IN_FLIGHT = 3  # chunks a worker may be ahead of the output, which bounds memory


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of the work list: a file, or standard input (no path; `data` once it is read)."""

    uri: str
    path: Path | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a record holds; the sum of them is a run's summary."""

    goals: int = 0
    percentages: int = 0
    deadlines: int = 0
    bodies: int = 0
    tasks: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document has no record."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document: its record as a line of JSON, or a failure."""

    uri: str
    line: str | None = None
    counts: Counts = Counts()
    failure: Failure | None = None


@cache
def _default_rules() -> RuleSet:
    return load_rules()


def build(overlay: Path | None = None) -> Pipeline:
    """Build the pipeline with the shipped rules and a user's overlay; ``partial(build, overlay)`` is a `Factory`.

    Raises:
        RuleError: a rule pack is broken.
    """
    from chithi.stages import build_pipeline  # spaCy and underthesea take a second to import

    return build_pipeline(load_rules(overlay))


@overload
def extract(document: str | Path | SourceText, *, rules: RuleSet | None = None) -> Record: ...
@overload
def extract(document: Iterable[Path | SourceText], *, rules: RuleSet | None = None) -> Iterator[Record]: ...


def extract(
    document: str | Path | SourceText | Iterable[Path | SourceText], *, rules: RuleSet | None = None
) -> Record | Iterator[Record]:
    """Extract one document's record, or those of many, one after the other as they are asked for.

    Of many, a document that cannot be read is left out with a warning that names it, and the others go on; a folder
    stands for the documents in it.

    Args:
        document: the text itself, the path of a file, or a source that ingestion made; or several of the latter two.
        rules: the rules to use, the shipped ones by default. Building the pipeline is done once a rule set.

    Raises:
        UsageError: there is no such file.
        DocumentError: the file cannot be read.
        RuleError: a rule pack is broken.
    """
    if not isinstance(document, str | Path | SourceText):
        return _extract_each(document, rules)
    if isinstance(document, str):
        source = SourceText.from_text(document)
    else:
        source = read_source(document) if isinstance(document, Path) else document
    return _pipeline_of(rules if rules is not None else _default_rules())(source)


def _extract_each(documents: Iterable[Path | SourceText], rules: RuleSet | None) -> Iterator[Record]:
    for document in documents:
        parts: Iterable[Path | SourceText] = [document]
        if isinstance(document, Path) and document.is_dir():
            parts = [found.path for found in find_documents([document]) if found.path is not None]
        for part in parts:
            try:
                yield extract(part, rules=rules)
            except DocumentError as e:
                name = uri_of(part) if isinstance(part, Path) else part.uri
                warnings.warn(f"{name}: {e.code}: {e.message}", stacklevel=2)


_built: list[tuple[RuleSet, Pipeline]] = []


def _pipeline_of(rules: RuleSet) -> Pipeline:
    if not _built or _built[0][0] is not rules:
        from chithi.stages import build_pipeline

        _built[:] = [(rules, build_pipeline(rules))]
    return _built[0][1]


def find_documents(paths: Iterable[Path]) -> list[Document]:
    """List what is to be read: files as named, folders searched for known extensions, ``-`` for standard input.

    In a folder, documents are sorted by path, hidden files and folders are skipped, and symbolic links are followed
    only to files inside the folder. A folder that cannot be listed becomes a document, so that it fails visibly.

    Raises:
        UsageError: a path is missing, or a folder holds no documents.
    """
    found: dict[str, Document] = {}
    for path in paths:
        if str(path) == "-":
            found.setdefault("-", Document("-"))
            continue
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError) as e:
            raise UsageError(f"{uri_of(path)}: no such file or folder. Check the path", code="missing") from e
        except OSError:
            pass  # it is there but cannot be reached: reading it fails with the reason
        files = _search(path) if os.path.isdir(path) else [path]  # noqa: PTH112 (False where there is no access)
        if not files:
            raise UsageError(
                f"{uri_of(path)}: no documents in this folder. chithi reads {', '.join(sorted(SUFFIXES))} files",
                code="no_documents",
            )
        for file in files:
            found.setdefault(os.path.abspath(file), Document(uri_of(file), file))  # noqa: PTH100 (links stay links)
    return list(found.values())


def _search(folder: Path) -> list[Path]:
    root = folder.resolve()
    files: list[Path] = []

    def cannot_list(error: OSError) -> None:
        files.append(Path(error.filename))

    for where, folders, names in os.walk(folder, onerror=cannot_list):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(where, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            files.append(path)
    return sorted(files, key=lambda file: file.parts)


def process(document: Document, *, pipeline: Pipeline, max_bytes: int = MAX_BYTES) -> Outcome:
    """Turn one document into its outcome; whatever goes wrong with the document stays in the outcome."""
    try:
        if document.path is not None:
            source = read_source(document.path, max_bytes=max_bytes, uri=document.uri)
        else:
            source = read_bytes(document.data or b"", uri=document.uri, max_bytes=max_bytes)
        record = pipeline(source)
        return Outcome(document.uri, to_line(record), _count(record))
    except ChithiError as e:
        return Outcome(document.uri, failure=Failure(e.code, e.message))
    except Exception as e:  # a defect of ours: the batch goes on, the user can report it
        message = f"{type(e).__name__}: {e}. This is a defect of chithi; please report it with the document"
        return Outcome(document.uri, failure=Failure("internal", message))


def _count(record: Record) -> Counts:
    return Counts(
        goals=len(record.goals),
        percentages=sum(q.unit == "%" for q in record.quantities),
        deadlines=len(record.deadlines),
        bodies=len(record.bodies),
        tasks=len(record.tasks),
    )


def run(
    documents: Sequence[Document], *, factory: Factory, jobs: int = 1, max_bytes: int = MAX_BYTES
) -> Generator[Outcome, None, None]:
    """Process documents and yield an outcome for each, in their order, as soon as it is known.

    Closing the generator early stops the workers.

    Args:
        documents: the work list.
        factory: builds the pipeline, here or in each worker.
        jobs: number of processes; with 1 everything runs in this one.
        max_bytes: larger documents fail.
    """
    if jobs == 1 or len(documents) < 2:
        pipeline = factory()
        for document in documents:
            yield process(_with_data(document, max_bytes), pipeline=pipeline, max_bytes=max_bytes)
    else:
        yield from _run_parallel(documents, factory, min(jobs, len(documents)), max_bytes)


def _with_data(document: Document, max_bytes: int) -> Document:
    if document.path is not None:
        return document
    return replace(document, data=sys.stdin.buffer.read(max_bytes + 1))


_in_worker: list[Pipeline] = []  # one, once built; a factory is unpickled anew for each chunk, so it is no cache key


def _work(documents: list[Document], factory: Factory, max_bytes: int) -> list[Outcome]:
    if not _in_worker:
        _in_worker.append(factory())
    return [process(document, pipeline=_in_worker[0], max_bytes=max_bytes) for document in documents]


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the same on every platform, and the parent's progress thread holds locks.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_parent)


def _run_parallel(documents: Sequence[Document], factory: Factory, jobs: int, max_bytes: int) -> Iterator[Outcome]:
    size = max(1, min(_CHUNK, len(documents) // (jobs * 2)))
    todo = iter(documents)
    window: deque[tuple[list[Document], Future[list[Outcome]]]] = deque()
    others = set(multiprocessing.active_children())
    pool = _pool(jobs)
    try:
        while True:
            while len(window) < jobs * _IN_FLIGHT:
                chunk = [_with_data(document, max_bytes) for document in islice(todo, size)]
                if not chunk:
                    break
                window.append((chunk, _submit(pool, chunk, factory, max_bytes)))
            if not window:
                break
            chunk, future = window.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                # Nobody says which document killed its worker: those that have no outcome yet run one by one.
                pool.shutdown(wait=False)
                for part, result in [(chunk, future), *window]:
                    if result.exception() is None:
                        yield from result.result()
                    else:
                        yield from _run_apart(part, factory, max_bytes)
                window.clear()
                pool = _pool(jobs)
        pool.shutdown()
    finally:  # also when the reader of the outcomes stops early
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()


def _submit(
    pool: ProcessPoolExecutor, chunk: list[Document], factory: Factory, max_bytes: int
) -> Future[list[Outcome]]:
    try:
        return pool.submit(_work, chunk, factory, max_bytes)
    except BrokenProcessPool as e:
        future: Future[list[Outcome]] = Future()
        future.set_exception(e)
        return future


def _run_apart(chunk: list[Document], factory: Factory, max_bytes: int) -> Iterator[Outcome]:
    pool = _pool(1)
    for document in chunk:
        try:
            yield from _submit(pool, [document], factory, max_bytes).result()
        except BrokenProcessPool:
            message = "the worker process died while it read this document, perhaps for want of memory"
            yield Outcome(document.uri, failure=Failure("worker_died", message))
            pool.shutdown(wait=False)
            pool = _pool(1)
    pool.shutdown()
