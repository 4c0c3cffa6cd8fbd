"""Runs other people's programs: with a time limit that reaches their children too, and no terminal to wait at."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from chithi.errors import DocumentError


class Clock:
    """The time left to one document, which several programs share."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left.

        Raises:
            DocumentError: `timeout` once there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.ran_out()
        return left

    def ran_out(self) -> DocumentError:
        """The error of a document that took too long."""
        return DocumentError(
            f"took longer than {self.seconds:g} seconds to read. Raise the limit with --timeout, or split the document",
            code="timeout",
        )


def run(
    command: Sequence[str],
    *,
    clock: Clock,
    folder: Path,
    data: bytes | None = None,
    env: Mapping[str, str] | None = None,
) -> tuple[int, bytes, bytes]:
    """Run a program to its end; exit code, standard output and standard error.

    Args:
        command: the program's path and its arguments.
        clock: when it is over, the program is killed with all it has started.
        folder: its working directory.
        data: its standard input.
        env: variables laid over the process's own.

    Raises:
        DocumentError: `timeout`.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, **(env or {})},
        start_new_session=True,  # a process group of its own, so that a script's children can be killed with it
    ) as process:
        try:
            out, err = process.communicate(data, timeout=clock.left())
        except BaseException as e:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            if isinstance(e, subprocess.TimeoutExpired):
                raise clock.ran_out() from e
            raise
    return process.returncode, out, err
