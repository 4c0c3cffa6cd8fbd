"""What lies beside an output: which documents failed, and what the run was."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from chithi.errors import UsageError
from chithi.record import SCHEMA_VERSION
from chithi.resources import version
from chithi.sinks import is_url, written


@dataclass(frozen=True, slots=True)
class Sidecars:
    """Names of the files beside an output.

    Attributes:
        output: the output.
        progress: what is done, see `chithi.progress`.
        failures: the documents that failed, one JSON object a line.
        manifest: what the run was.
    """

    output: Path
    progress: Path
    failures: Path
    manifest: Path

    @property
    def own(self) -> list[Path]:
        """All of them, with what the database of the progress puts beside itself."""
        log = self.progress.with_name(f"{self.progress.name}-wal")
        return [self.output, self.progress, log, self.failures, self.manifest]


def sidecars_of(targets: Sequence[str]) -> Sidecars | None:
    """The files beside the first target that is a file or a folder; None where all are streams or databases."""
    for target in targets:
        path = Path(target)
        if target == "-" or is_url(target) or (path.exists() and not path.is_file() and not path.is_dir()):
            continue
        path = path if path.name not in ("", "..") else path.resolve()
        if not path.name:  # the root
            continue
        progress, failures, manifest = (
            path.with_name(f"{path.name}.{ending}") for ending in ("progress", "failures.jsonl", "manifest.json")
        )
        return Sidecars(path, progress, failures, manifest)
    return None


class FailureLog:
    """Writes failures as they become known; without any there is no file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> FailureLog:
        try:
            self._path.unlink(missing_ok=True)  # of an earlier run
        except OSError as e:
            raise UsageError(f"{self._path}: cannot be replaced: {e.strerror or e}. Remove it") from e
        return self

    def add(self, path: str, code: str, message: str) -> None:
        """Take note of one."""
        line = json.dumps({"path": path, "code": code, "message": message}, ensure_ascii=False) + "\n"
        with written(self._path):
            if self._file is None:
                self._file = self._path.open("wb")
            self._file.write(line.encode("utf-8", "backslashreplace"))
            self._file.flush()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            with suppress(OSError):  # each line has been flushed, or its error told
                self._file.close()


@contextmanager
def manifest(path: Path, facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Keep a manifest of a run: as it begins, and again as it ends.

    Args:
        path: the file.
        facts: what is known of the run; what is added to it meanwhile stands in the file at the end.
    """
    started = datetime.now(UTC)
    facts = {
        "status": "running",
        "chithi": version(),
        "schema_version": SCHEMA_VERSION,
        "python": platform.python_version(),
        "platform": sys.platform,
        **facts,
        "started_at": started.isoformat(timespec="seconds"),
    }
    with suppress(OSError):  # the output, which is opened next, tells what is wrong
        _replace(path, facts)
    status = "failed"
    try:
        yield facts
        status = "finished"
    except KeyboardInterrupt:
        status = "interrupted"
        raise
    finally:
        ended = datetime.now(UTC)
        facts |= {"status": status, "ended_at": ended.isoformat(timespec="seconds"),
                  "seconds": round((ended - started).total_seconds(), 3)}  # fmt: skip
        if status == "finished":
            with written(path):
                _replace(path, facts)
        else:
            with suppress(OSError):  # a full disk, most likely, which has been told
                _replace(path, facts)


def _replace(path: Path, facts: dict[str, Any]) -> None:
    """Write the file as a whole, so that nobody reads half of it."""
    part = path.with_name(f"{path.name}.part")
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    try:
        part.write_bytes(text.encode("utf-8", "backslashreplace"))
        os.replace(part, path)  # noqa: PTH105
    except OSError:
        part.unlink(missing_ok=True)
        raise


def shown_targets(targets: Sequence[str]) -> list[str]:
    """Targets as a manifest may tell them: URLs without what is secret in them."""
    if not any(map(is_url, targets)):
        return list(targets)
    from chithi.sinks.engine import database_url, shown

    return [shown(database_url(target)) if is_url(target) else target for target in targets]
