"""The `chithi` command: parses, calls, prints. Everything heavy is imported inside the commands, so help is quick."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from chithi.errors import ChithiError, UsageError

if TYPE_CHECKING:
    from chithi.batch import Outcome

_RULES = click.option(
    "--rules",
    "overlay",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of rule packs to lay over the shipped ones.",
)
_MAX_BYTES = click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=20_000_000,
    show_default=True,
    metavar="N",
    help="Refuse larger documents.",
)


def _examples(*lines: str) -> str:
    r"""Write an epilog of runnable lines; ``\b`` keeps click from wrapping them."""
    return "\n".join(["\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)])


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        import chithi

        click.echo(f"chithi {chithi.__version__}")
        context.exit()


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_examples("chithi extract documents/ -o records.jsonl"),
)
@click.option("--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Show the version.")
def main() -> None:
    """Turn Vietnamese directive documents into structured records.

    A record holds a document's goals, percentages, deadlines, tasks and responsible bodies.
    """


@contextmanager
def _reported() -> Iterator[None]:
    """Turn what can go wrong into one line and an exit code: 2 for the call or the rules, 130 for Ctrl-C."""
    try:
        yield
    except ChithiError as e:
        _say(f"error: {e.message}")
        sys.exit(2)
    except KeyboardInterrupt:
        _say("interrupted")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the flush at exit is quiet too
        sys.exit(141)


def _say(message: str) -> None:
    from chithi.explain import visible

    click.echo(visible(message).replace("\n", " "), err=True)


@main.command(
    epilog=_examples(
        "chithi extract resolution.txt",
        "chithi extract documents/ -o records.jsonl --jobs 4",
        "cat plan.html | chithi extract - | jq .goals",
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH...")
@click.option(
    "-o",
    "--output",
    default="-",
    show_default=True,
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Where the records go; - is standard output.",
)
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes.")
@_RULES
@_MAX_BYTES
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; failures are still named.")
def extract(
    paths: tuple[Path, ...], output: Path, jobs: int, overlay: Path | None, max_bytes: int, quiet: bool
) -> None:
    """Extract records from documents, one line of JSON each.

    PATH is a .txt, .md, .html or .htm file, a folder that is searched for them, or - for standard input. The exit code
    is 0 when every document has a record, 1 when some failed, 2 when the call or the rules are wrong.
    """
    with _reported():
        from chithi.batch import build, find_documents, run
        from chithi.rulepack import load_rules

        documents = find_documents(paths)
        load_rules(overlay)  # a broken pack stops the run before the output is touched
        _check_output(output, [document.path for document in documents if document.path is not None])
        with closing(run(documents, factory=partial(build, overlay), jobs=jobs, max_bytes=max_bytes)) as outcomes:
            failed = _write(outcomes, output, total=len(documents), quiet=quiet)
    sys.exit(1 if failed else 0)


def _check_output(output: Path, inputs: list[Path]) -> None:
    if str(output) == "-":
        return
    if output.is_dir():
        raise UsageError(f"{output}: is a folder. Name a file for the records")
    if not output.parent.is_dir():
        raise UsageError(f"{output.parent}: no such folder. Make it first, or name another output")
    if output.exists() and any(path.exists() and output.samefile(path) for path in inputs):
        raise UsageError(f"{output}: is one of the documents to read. Name another output")


@contextmanager
def _opened(output: Path) -> Iterator[BinaryIO]:
    if str(output) == "-":
        yield sys.stdout.buffer
        return
    try:
        stream = output.open("wb")
    except OSError as e:
        raise UsageError(f"{output}: cannot be written: {e.strerror}. Check its permissions") from e
    with stream:
        yield stream


def _write(outcomes: Iterator[Outcome], output: Path, *, total: int, quiet: bool) -> int:
    """Write records as they come and name the failures; returns the number of documents that failed."""
    from chithi.batch import Counts
    from chithi.sinks.jsonl import JsonLinesSink

    done = failed = 0
    counts = Counts()
    with _opened(output) as stream, _progress(total) if _shows_progress(quiet) else nullcontext() as progress:
        sink = JsonLinesSink(stream)
        for outcome in outcomes:
            done += 1
            if outcome.failure is not None:
                failed += 1
                _say(f"failed: {outcome.uri}: {outcome.failure.code}: {outcome.failure.message}")
            elif outcome.line is not None:
                sink.write(outcome.line)
                counts += outcome.counts
            if progress is not None:
                progress(done, failed)
    if not quiet:
        rows = {"documents": done, "failed": failed, "goals": counts.goals, "percentages": counts.percentages,
                "deadlines": counts.deadlines, "bodies": counts.bodies, "tasks": counts.tasks}  # fmt: skip
        click.echo("\n".join(f"{name:<12}{number:>9,}" for name, number in rows.items()), err=True)
    return failed


def _shows_progress(quiet: bool) -> bool:
    return not quiet and sys.stderr.isatty()


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """Show documents, documents a second, failures and the time left; gives a function to call after each document."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents, {task.fields[rate]} a second, {task.fields[failed]} failed, left"),
        TimeRemainingColumn(),
    )
    # Rich takes standard error over while it draws, so that failure lines stand above the bar.
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=False, transient=True) as bar:
        task = bar.add_task("", total=total, rate="-", failed=0)

        def update(done: int, failed: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{done / elapsed:.1f}" if elapsed > 0 else "-"
            bar.update(task, completed=done, failed=failed, rate=rate)

        yield update


@main.command(epilog=_examples("chithi explain resolution.txt"))
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE")
@_RULES
@_MAX_BYTES
def explain(file: Path, overlay: Path | None, max_bytes: int) -> None:
    """Show one document with what was extracted from it, and by which rule."""
    with _reported():
        from rich.console import Console

        from chithi.batch import build
        from chithi.explain import print_explanation
        from chithi.ingest import read_bytes, read_source

        if str(file) == "-":
            source = read_bytes(sys.stdin.buffer.read(max_bytes + 1), uri="-", max_bytes=max_bytes)
        else:
            source = read_source(file, max_bytes=max_bytes)
        print_explanation(source, build(overlay)(source), console=Console())


@main.command(epilog=_examples("chithi schema > record.schema.json"))
def schema() -> None:
    """Print the JSON Schema of a record."""
    with _reported():
        import json

        from chithi.record import Record

        click.echo(json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2))


@main.group(epilog=_examples("chithi rules check my-rules/"))
def rules() -> None:
    """Check and list rule packs."""


@rules.command("check", epilog=_examples("chithi rules check", "chithi rules check my-rules/"))
@click.argument("overlay", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
def check(overlay: Path | None) -> None:
    """Load the rule packs, with those of DIR laid over them, and run every example and reject."""
    with _reported():
        from chithi.rulecheck import check_rules
        from chithi.rulepack import load_rules

        report = check_rules(load_rules(overlay))
        for failure in report.failures:
            _say(str(failure))
        ran = f"{report.rules} rules, {report.examples} examples, {report.rejects} rejects"
        click.echo(f"{ran}: {len(report.failures)} failures")
    sys.exit(1 if report.failures else 0)


@rules.command("list", epilog=_examples("chithi rules list | grep percent"))
@_RULES
def list_(overlay: Path | None) -> None:
    """List the rules in force: id, pack, label and priority, separated by tabs."""
    with _reported():
        from chithi.rulepack import load_rules

        for rule in sorted(load_rules(overlay).rules, key=lambda r: r.id):
            click.echo(f"{rule.id}\t{rule.pack}\t{rule.label}\t{rule.rule.priority}")
