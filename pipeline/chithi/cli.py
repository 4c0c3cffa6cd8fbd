"""The `chithi` command: parses, calls, prints. Everything heavy is imported inside the commands, so help is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chithi.cli_common import Refusals, examples, max_bytes_option, output_option, reported, rules_option, say
from chithi.cli_database import corrections, load
from chithi.cli_evaluate import check, evaluate, list_, measure

if TYPE_CHECKING:
    from chithi.batch import Outcome


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        import chithi

        click.echo(f"chithi {chithi.__version__}")
        context.exit()


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("chithi extract documents/ -o records.jsonl"),
)
@click.option("--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Show the version.")
def main() -> None:
    """Turn Vietnamese directive documents into structured records.

    A record holds a document's goals, percentages, deadlines, tasks and responsible bodies.
    """


@main.command(
    epilog=examples(
        "chithi extract resolution.txt",
        "chithi extract documents/ -o records.jsonl --jobs 4",
        "chithi extract documents/ -o records.jsonl.gz -o sqlite:///policy.db",
        "cat plan.html | chithi extract - | jq .goals",
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH...")
@output_option
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes.")
@rules_option
@max_bytes_option
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; failures are still named.")
def extract(
    paths: tuple[Path, ...], outputs: tuple[str, ...], jobs: int, overlay: Path | None, max_bytes: int, quiet: bool
) -> None:
    """Extract records from documents, one line of JSON each.

    PATH is a .txt, .md, .html or .htm file, a folder that is searched for them, or - for standard input. The exit code
    is 0 when every document has a record, 1 when some failed, 2 when the call or the rules are wrong.
    """
    with reported():
        from chithi.batch import build, find_documents, run
        from chithi.rulepack import load_rules
        from chithi.sinks import open_sinks

        documents = find_documents(paths)
        rules = load_rules(overlay)  # a broken pack stops the run before the output is touched
        refused = Refusals()
        with (
            closing(run(documents, factory=partial(build, overlay), jobs=jobs, max_bytes=max_bytes)) as outcomes,
            open_sinks(
                outputs, report=refused, inputs=[d.path for d in documents if d.path], fingerprint=rules.fingerprint
            ) as write,
        ):
            failed = _write(outcomes, write, total=len(documents), quiet=quiet)
    sys.exit(1 if failed or refused.count else 0)


def _write(outcomes: Iterator[Outcome], write: Callable[[str], None], *, total: int, quiet: bool) -> int:
    """Write records as they come and name the failures; returns the number of documents that failed."""
    from chithi.batch import Counts

    done = failed = 0
    counts = Counts()
    with _progress(total) if _shows_progress(quiet) else nullcontext() as progress:
        for outcome in outcomes:
            done += 1
            if outcome.failure is not None:
                failed += 1
                say(f"failed: {outcome.uri}: {outcome.failure.code}: {outcome.failure.message}")
            elif outcome.line is not None:
                write(outcome.line)
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


@main.command(epilog=examples("chithi explain resolution.txt"))
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE")
@rules_option
@max_bytes_option
def explain(file: Path, overlay: Path | None, max_bytes: int) -> None:
    """Show one document with what was extracted from it, and by which rule."""
    with reported():
        from rich.console import Console

        from chithi.batch import build
        from chithi.explain import print_explanation
        from chithi.ingest import read_bytes, read_source

        if str(file) == "-":
            source = read_bytes(sys.stdin.buffer.read(max_bytes + 1), uri="-", max_bytes=max_bytes)
        else:
            source = read_source(file, max_bytes=max_bytes)
        print_explanation(source, build(overlay)(source), console=Console())


@main.command(epilog=examples("chithi schema > record.schema.json"))
def schema() -> None:
    """Print the JSON Schema of a record."""
    with reported():
        import json

        from chithi.record import Record

        click.echo(json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2))


@main.group(epilog=examples("chithi rules check my-rules/"))
def rules() -> None:
    """Check, list and measure rule packs."""


main.add_command(evaluate)
main.add_command(load)
main.add_command(corrections)
rules.add_command(check)
rules.add_command(list_)
rules.add_command(measure)
