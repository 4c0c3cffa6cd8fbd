"""What the commands share: options, exit codes, messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any

import click

from chithi.errors import ChithiError, OutputError
from chithi.ingest.limits import DEFAULT, Limits

rules_option = click.option(
    "--rules",
    "overlay",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of rule packs to lay over the shipped ones.",
)
output_option = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    default=("-",),
    metavar="TARGET",
    help="Where the records go, may be given more than once: a file of JSON Lines (.gz and .zst are compressed), a "
    "folder of Parquet files (tables/), a database (sqlite:///policy.db); standard output by default.",
)


class Refusals:
    """Names the documents that a target could not hold, and counts them."""

    def __init__(self, also: Callable[[str, str, str], None] | None = None) -> None:
        self.count = 0
        self._also = also

    def __call__(self, uri: str, code: str, message: str) -> None:
        """Take note of one."""
        self.count += 1
        say(f"failed: {uri}: {code}: {message}")
        if self._also is not None:
            self._also(uri, code, message)


_LIMITS = {  # option → (what it is, its help); names and defaults are those of `Limits`
    "max_bytes": ("N", "Refuse larger documents."),
    "max_unpacked": ("N", "Refuse containers that unpack to more bytes."),
    "max_pages": ("N", "Refuse documents with more pages."),
    "seconds": ("SECONDS", "Stop a document that takes longer."),
}


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that bound a document's cost; the command gets them as one `Limits`."""

    @wraps(command)
    def with_limits(*args: Any, **values: Any) -> None:
        limits = Limits(**{name: values.pop(name) for name in _LIMITS})
        command(*args, limits=limits, **values)

    for name, (metavar, text) in reversed(_LIMITS.items()):
        flag = "--timeout" if name == "seconds" else f"--{name.replace('_', '-')}"
        kind = click.FloatRange(min=0, min_open=True) if name == "seconds" else click.IntRange(min=1)
        option = click.option(flag, name, type=kind, default=getattr(DEFAULT, name), show_default=True,
                              metavar=metavar, help=text)  # fmt: skip
        with_limits = option(with_limits)
    return with_limits


def examples(*lines: str) -> str:
    r"""Write an epilog of runnable lines; ``\b`` keeps click from wrapping them."""
    return "\n".join(["\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)])


@contextmanager
def reported(kept: Path | None = None) -> Iterator[None]:
    """Turn what can go wrong into one line and an exit code: 2 for the call or the rules, 3 for a full disk.

    Ctrl-C gives 130, a reader of the output that has left 141.

    Args:
        kept: where a run keeps what is done, so that the same command goes on from there.
    """
    try:
        yield
    except OutputError as e:
        say(f"error: {e.message}" + (f"; what is done is kept in {kept}" if kept else ""))
        _leave_stdout()
        sys.exit(3)
    except ChithiError as e:
        say(f"error: {e.message}")
        sys.exit(2)
    except KeyboardInterrupt:
        say("interrupted" + (f". The same command goes on from here: what is done is kept in {kept}" if kept else ""))
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        _leave_stdout()
        sys.exit(141)


def _leave_stdout() -> None:
    """Let the flush at exit be quiet too."""
    with suppress(OSError, ValueError):  # a stand-in for standard output has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """Write one line to standard error, safe for a terminal."""
    from chithi.explain import visible

    click.echo(visible(message).replace("\n", " "), err=True)
