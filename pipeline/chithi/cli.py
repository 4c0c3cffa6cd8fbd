"""The `chithi` command: parses, calls, prints. Everything heavy is imported inside the commands, so help is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chithi.cli_common import Refusals, examples, limit_options, output_option, reported, rules_option, say
from chithi.cli_database import corrections, load
from chithi.cli_evaluate import check, evaluate, list_, measure

if TYPE_CHECKING:
    from chithi.batch import Document, Outcome
    from chithi.ingest.limits import Limits


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
        "chithi extract rows.csv --text-column noi_dung -o records.jsonl",
        "cat plan.html | chithi extract - | jq .goals",
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH...")
@output_option
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Worker processes; 0 works in this one, without --timeout and --max-memory.",
)
@rules_option
@click.option("--text-column", metavar="NAME", help="Column of tables that holds the texts: one document a row.")
@limit_options
@click.option(
    "--max-memory",
    type=click.IntRange(min=1),
    default=4 << 30,
    show_default="4 GiB",
    metavar="N",
    help="Bytes that a worker may take, where the system can limit it.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; failures are still named.")
def extract(
    paths: tuple[Path, ...], outputs: tuple[str, ...], jobs: int, overlay: Path | None, text_column: str | None,
    limits: Limits, max_memory: int, quiet: bool,
) -> None:  # fmt: skip
    """Extract records from documents, one line of JSON each.

    PATH is a file, a folder that is searched for files, or - for standard input. Archives, e-mails and tables give a
    record for each document inside. chithi doctor tells which formats can be read. The exit code is 0 when every
    document has a record, 1 when some failed, 2 when the call or the rules are wrong.
    """
    with reported():
        from chithi.batch import build, find_documents, run
        from chithi.rulepack import load_rules
        from chithi.sinks import open_sinks

        documents = find_documents(paths, rows=text_column is not None)
        inputs = [document.path for document in documents if document.path is not None]
        refused = Refusals()
        with closing(
            run(
                documents,
                factory=partial(build, overlay),
                jobs=jobs,
                limits=limits,
                max_memory=max_memory,
                text_column=text_column,
            )
        ) as outcomes:
            first = list(islice(outcomes, 1))  # a broken rule pack stops the run before the output is touched
            fingerprint = load_rules(overlay).fingerprint
            with open_sinks(outputs, report=refused, inputs=inputs, fingerprint=fingerprint) as write:
                total = _total(documents, text_column)
                failed = _write(chain(first, outcomes), write, total=total, quiet=quiet)
    sys.exit(1 if failed or refused.count else 0)


def _total(documents: list[Document], text_column: str | None) -> int | None:
    """Say how many records are to be expected, None where files hold a number of documents that only reading tells."""
    from chithi.ingest.formats import FORMATS

    holding = {suffix for form in FORMATS if form.holds for suffix in form.suffixes}
    unknown = text_column is not None or any(Path(document.uri).suffix.lower() in holding for document in documents)
    return None if unknown else len(documents)


def _write(outcomes: Iterator[Outcome], write: Callable[[str], None], *, total: int | None, quiet: bool) -> int:
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
def _progress(total: int | None) -> Iterator[Callable[[int, int], None]]:
    """Show documents, documents a second, failures and the time left; gives a function to call after each document."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    left = (TextColumn("left"), TimeRemainingColumn()) if total is not None else ()
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents, {task.fields[rate]} a second, {task.fields[failed]} failed"),
        *left,
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
@limit_options
def explain(file: Path, overlay: Path | None, limits: Limits) -> None:
    """Show one document with what was extracted from it, and by which rule."""
    with reported():
        from rich.console import Console

        from chithi.batch import build
        from chithi.explain import print_explanation
        from chithi.ingest import read_bytes, read_source

        if str(file) == "-":
            source = read_bytes(sys.stdin.buffer.read(limits.max_bytes + 1), uri="-", limits=limits)
        else:
            source = read_source(file, limits=limits)
        print_explanation(source, build(overlay)(source), console=Console())


@main.command(
    epilog=examples("chithi doctor", "chithi doctor --json | jq -r '.[] | select(.readable | not) | .format'")
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def doctor(as_json: bool) -> None:
    """Tell which formats this machine can read, by what, and what would add the others."""
    with reported():
        from chithi.doctor import examine, lines, to_json

        findings = examine()
        click.echo(to_json(findings) if as_json else "\n".join(lines(findings)))


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
