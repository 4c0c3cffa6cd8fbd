"""A run over many documents: the workers, and one outcome a document in the order of the input.

A broken document never stops the run: its outcome carries a code and a message. Outcomes do not depend on the number of
workers.
"""

from __future__ import annotations

import hashlib
import sys
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import overload

from chithi.errors import ChithiError, DocumentError
from chithi.ingest import read_bytes, read_file, read_source, uri_of
from chithi.ingest.documents import Document, defect, expand, may_hold_documents, out_of_memory
from chithi.ingest.limits import DEFAULT, Limits
from chithi.record import Record
from chithi.rulepack import RuleSet, load_rules
from chithi.sinks.jsonl import to_line
from chithi.source import SourceText
from chithi.workers import Loss, Pool, Worker, WorkerError
from chithi.worklist import find_documents

__all__ = [
    "Counts", "Document", "Failure", "Outcome", "build", "content_of", "extract", "find_documents", "process", "run",
]  # fmt: skip

Pipeline = Callable[[SourceText], Record]
Factory = Callable[[], Pipeline]
"""Builds the pipeline once in each process; must be picklable for workers."""
Known = Callable[[Document], "Outcome | None"]


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
    """What came of one document: its record as a line of JSON, or a failure.

    Attributes:
        uri: the document's name.
        line: the record.
        counts: what it holds.
        failure: why there is none.
        content: SHA-256 of the bytes that were read, in hexadecimal; None where they could not be.
        known: it comes from an earlier run.
    """

    uri: str
    line: str | None = None
    counts: Counts = Counts()
    failure: Failure | None = None
    content: str | None = None
    known: bool = False


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
            parts = (found.path for found in find_documents([document]) if found.path is not None)
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


def process(document: Document, *, pipeline: Pipeline, limits: Limits = DEFAULT) -> Outcome:
    """Turn one document into its outcome; whatever goes wrong with the document stays in the outcome."""
    content = None
    try:
        if document.error is not None:
            raise document.error
        uri, path = document.uri, document.path
        data = read_file(path, uri=uri, limits=limits) if path is not None else document.data or b""
        content = hashlib.sha256(data).hexdigest()
        record = pipeline(read_bytes(data, uri=uri, limits=limits, plain=document.plain))
        return Outcome(document.uri, to_line(record), _count(record), content=content)
    except ChithiError as e:
        return _failed(document, e, content)
    except MemoryError:
        return _failed(document, out_of_memory(), content)
    except Exception as e:
        return _failed(document, defect(e), content)


def _failed(document: Document, error: ChithiError, content: str | None) -> Outcome:
    return Outcome(document.uri, failure=Failure(error.code, error.message), content=content)


def content_of(document: Document) -> str | None:
    """SHA-256 of a document's bytes as `process` reads them, None where they cannot be read."""
    if document.error is not None:
        return None
    if document.path is None:
        return hashlib.sha256(document.data or b"").hexdigest()
    try:
        if not document.path.is_file():
            return None
        with document.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _count(record: Record) -> Counts:
    return Counts(
        goals=len(record.goals),
        percentages=sum(q.unit == "%" for q in record.quantities),
        deadlines=len(record.deadlines),
        bodies=len(record.bodies),
        tasks=len(record.tasks),
    )


def run(
    documents: Iterable[Document],
    *,
    factory: Factory,
    jobs: int = 0,
    limits: Limits = DEFAULT,
    max_memory: int | None = None,
    text_column: str | None = None,
    known: Known | None = None,
) -> Generator[Outcome, None, None]:
    """Process documents and yield an outcome for each, and for each document inside them, in their order.

    An outcome comes as soon as it is known. Closing the generator early stops the workers.

    Args:
        documents: the work list, taken as it is needed.
        factory: builds the pipeline, here or in each worker.
        jobs: number of worker processes. Without any, everything runs in this one, and nothing stops a document that
            takes too long or too much memory.
        limits: what a document may cost.
        max_memory: bytes that a worker may take.
        text_column: the column that holds the texts of tables.
        known: gives what an earlier run made of a document, None where it is to be read.
    """
    opened = (_opened(entry, limits) for entry in documents)
    inside = partial(expand, limits=limits, text_column=text_column)
    if not jobs:
        pipeline = factory()
        for document in chain.from_iterable(map(inside, opened)):
            yield (known and known(document)) or process(document, pipeline=pipeline, limits=limits)
        return
    setup = partial(_processor, factory, limits)
    pool: Pool[Document, Outcome] = Pool(setup, jobs=jobs, seconds=limits.seconds, max_memory=max_memory)
    unpacker = _Unpacker(inside, seconds=limits.seconds, max_memory=max_memory, text_column=text_column)
    try:
        for document, answer in pool.answers(chain.from_iterable(map(unpacker.unpack, opened)), known=known):
            if isinstance(answer, Outcome):
                yield answer
            else:
                yield _failed(document, _loss(answer, limits), content_of(document))
    finally:  # also when the reader of the outcomes stops early
        pool.stop()
        unpacker.stop()


def _opened(document: Document, limits: Limits) -> Document:
    """Read what only this process can: standard input and pipes."""
    try:
        if document.path is None and document.data is None and document.error is None:
            return replace(document, data=sys.stdin.buffer.read(limits.max_bytes + 1))
        if document.path is not None and document.path.is_fifo():
            return replace(document, path=None, data=read_file(document.path, uri=document.uri, limits=limits))
    except DocumentError as e:
        return replace(document, path=None, error=e)
    except OSError:
        pass  # reading it fails with the reason
    return document


def _processor(factory: Factory, limits: Limits) -> Callable[[Document], Iterator[Outcome]]:
    pipeline = factory()

    def answer(document: Document) -> Iterator[Outcome]:
        yield process(document, pipeline=pipeline, limits=limits)

    return answer


def _loss(why: Loss, limits: Limits) -> DocumentError:
    if why == "timeout":
        message = f"took more than {limits.seconds:g} seconds and was stopped. Raise the limit with --timeout"
        return DocumentError(message, code=why)
    return DocumentError("the worker process died while it read this document, perhaps for want of memory", code=why)


Expand = Callable[[Document], Iterator[Document]]


class _Unpacker:
    """Opens containers in a process of its own: what reads them can hang or die just as what reads a page can."""

    def __init__(self, expand: Expand, *, seconds: float, max_memory: int | None, text_column: str | None) -> None:
        self.expand, self.seconds, self.max_memory, self.text_column = expand, seconds, max_memory, text_column
        self.worker: Worker[Document, Document] | None = None

    def unpack(self, document: Document) -> Iterator[Document]:
        """Yield the documents in a file, or the file itself."""
        if not may_hold_documents(document, text_column=self.text_column):
            yield document
            return
        if self.worker is None:
            self.worker = Worker(partial(_returned, self.expand), max_memory=self.max_memory)
            self.worker.receive()  # ready
        try:
            self.worker.send(document)
            while (answer := self.worker.receive(seconds=self.seconds)) is not None:
                yield answer[0]
        except WorkerError as e:
            self.stop()
            yield replace(document, path=None, data=None, error=_loss(e.why, Limits(seconds=self.seconds)))

    def stop(self) -> None:
        """End the process."""
        if self.worker is not None:
            self.worker.stop()
            self.worker = None


def _returned(expand: Expand) -> Expand:
    return expand
