"""Where records go; one module a format.

A target is a name: ``-`` for standard output, a file of JSON Lines (``.gz`` and ``.zst`` compress it), a folder of
Parquet files (``tables/``), or the URL of a database (``sqlite:///policy.db``).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Protocol

from chithi.errors import OutputError, UsageError

Report = Callable[[str, str, str], None]
"""Called with the name of a document that could not be stored, a code and a message."""

# With one slash it is a URL that is written wrongly; as a path its password would stand in a message.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.]+:/")


class Sink(Protocol):
    """Takes records as lines of JSON."""

    def write(self, line: str) -> None:
        """Take one record, without its line end.

        Raises:
            DocumentError: `record`: the line is no record that this target can hold.
        """

    def close(self) -> None:
        """Finish; what was taken is stored."""

    def abort(self) -> None:
        """Finish after an error; what is whole is kept."""


def is_url(target: str) -> bool:
    """Whether a target is a database rather than a path."""
    return bool(_URL.match(target))


@contextmanager
def open_sinks(
    targets: Sequence[str], *, report: Report, inputs: Collection[Path] = (), fingerprint: str | None = None
) -> Iterator[Callable[[str], None]]:
    """Open all targets and give a function that writes a record to each.

    Nothing is opened before every target has been looked at, and databases are opened before files are emptied.

    Args:
        targets: where the records go.
        report: hears of documents that a target could not hold.
        inputs: files that are read, none of which may be a target.
        fingerprint: of the rules that made the records, where it is known.

    Raises:
        UsageError: a target cannot be written.
        OutputError: a target takes no more.
    """
    check_targets(targets, inputs=inputs)
    with ExitStack() as stack:
        sinks: list[tuple[str, Sink]] = []
        for target in sorted(targets, key=is_url, reverse=True):
            sink = open_sink(target, report=report, fingerprint=fingerprint)
            sinks.append((target, stack.enter_context(_closing(sink, target))))

        def write(line: str) -> None:
            for target, sink in sinks:
                with written(target):
                    sink.write(line)

        yield write


def check_targets(targets: Sequence[str], *, inputs: Collection[Path] = ()) -> None:
    """Look at all targets without touching any.

    Raises:
        UsageError: one cannot be written, or is one of the inputs.
    """
    if len(set(targets)) < len(targets):
        raise UsageError("a target is named twice. Name each once")
    for target in targets:
        if not is_url(target):
            _check(target, inputs)


def open_sink(target: str, *, report: Report, fingerprint: str | None = None) -> Sink:
    """Open one target; see `open_sinks`.

    Raises:
        UsageError: it cannot be written.
    """
    if is_url(target):
        need("sqlalchemy", "db")
        from chithi.sinks.database import DatabaseSink

        return DatabaseSink(target, report=report, fingerprint=fingerprint)
    if target.endswith("/"):
        need("pyarrow", "parquet")
        from chithi.sinks.parquet import ParquetSink

        return ParquetSink(Path(target))
    from chithi.sinks.jsonl import JsonLinesSink, open_to_write

    return JsonLinesSink(sys.stdout.buffer) if target == "-" else JsonLinesSink(open_to_write(Path(target)), owned=True)


def need(module: str, extra: str) -> None:
    """Check that an optional package is installed.

    Raises:
        UsageError: it is not; names the command that installs it.
    """
    try:
        import_module(module)
    except ImportError as e:
        name = module.split(".")[0]
        raise UsageError(f"needs the package {name}. Install it with: pip install 'chithi[{extra}]'") from e


@contextmanager
def _closing(sink: Sink, target: str) -> Iterator[Sink]:
    try:
        yield sink
    except BaseException:
        with suppress(OSError):  # what cannot be written has been told
            sink.abort()
        raise
    with written(target):
        sink.close()


@contextmanager
def written(name: str | Path) -> Iterator[None]:
    """Turn what the system says to a write into an `OutputError`; a reader that has left is the caller's affair."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as e:
        raise OutputError(
            f"{name}: cannot be written any further: {e.strerror or e}. Make room, or raise the limit, and give the "
            "same command again"
        ) from e


def _check(target: str, inputs: Collection[Path]) -> None:
    if target == "-":
        return
    path = Path(target)
    if path.is_dir() and not target.endswith("/"):
        raise UsageError(f"{target}: is a folder. Name a file for the records, or {target}/ for Parquet files in it")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder. Make it first, or name another output")
    if path.is_file() and target.endswith("/"):
        raise UsageError(f"{target}: is a file, not a folder. Name another output")
    if path.exists() and any(file.exists() and path.samefile(file) for file in inputs):
        raise UsageError(f"{target}: is one of the documents to read. Name another output")
