"""What the commands share: options, exit codes, messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from chithi.errors import ChithiError

rules_option = click.option(
    "--rules",
    "overlay",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of rule packs to lay over the shipped ones.",
)
max_bytes_option = click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=20_000_000,
    show_default=True,
    metavar="N",
    help="Refuse larger documents.",
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

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, uri: str, code: str, message: str) -> None:
        """Take note of one."""
        self.count += 1
        say(f"failed: {uri}: {code}: {message}")


def examples(*lines: str) -> str:
    r"""Write an epilog of runnable lines; ``\b`` keeps click from wrapping them."""
    return "\n".join(["\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)])


@contextmanager
def reported() -> Iterator[None]:
    """Turn what can go wrong into one line and an exit code: 2 for the call or the rules, 130 for Ctrl-C."""
    try:
        yield
    except ChithiError as e:
        say(f"error: {e.message}")
        sys.exit(2)
    except KeyboardInterrupt:
        say("interrupted")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the flush at exit is quiet too
        sys.exit(141)


def say(message: str) -> None:
    """Write one line to standard error, safe for a terminal."""
    from chithi.explain import visible

    click.echo(visible(message).replace("\n", " "), err=True)
