"""`chithi extract`: the run, what it writes beside its output, its progress and its summary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chithi.cli_common import Refusals, examples, limit_options, output_option, reported, rules_option, say
from chithi.errors import UsageError

if TYPE_CHECKING:
    from chithi.batch import Counts, Document, Outcome
    from chithi.ingest.limits import Limits


@click.command(
    epilog=examples(
        "chithi extract resolution.txt",
        "chithi extract documents/ -o records.jsonl --jobs 4",
        "chithi extract documents/ -o records.jsonl --retry-failures",
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
@click.option(
    "--retry-failures",
    is_flag=True,
    help="Read again what failed in an earlier run; without this, it stays failed until the document, the rules, a "
    "limit or chithi changes.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; failures are still named.")
def extract(
    paths: tuple[Path, ...], outputs: tuple[str, ...], jobs: int, overlay: Path | None, text_column: str | None,
    limits: Limits, max_memory: int, retry_failures: bool, quiet: bool,
) -> None:  # fmt: skip
    """Extract records from documents, one line of JSON each.

    PATH is a file, a folder that is searched for files, or - for standard input. Archives, e-mails and tables give a
    record for each document inside. chithi doctor tells which formats can be read.

    A run into a file can be stopped at any time: the same command goes on, skips what is done and has not changed, and
    ends with the same bytes. OUTPUT.progress keeps what is done, OUTPUT.failures.jsonl lists what failed and
    OUTPUT.manifest.json tells what the run was.

    The exit code is 0 when every document has a record, 1 when some failed, 2 when the call or the rules are wrong, 3
    when an output could not be written to its end, 130 after Ctrl-C.
    """
    from chithi.sidecars import FailureLog, manifest, shown_targets, sidecars_of

    beside = sidecars_of(outputs)
    with reported(kept=beside.progress if beside else None), ExitStack() as stack:
        from chithi.batch import build, find_documents, run
        from chithi.progress import Progress
        from chithi.rulepack import load_rules
        from chithi.sinks import check_targets, is_url, open_sinks

        check_targets(outputs)
        if retry_failures and (beside is None or not beside.progress.exists()):
            raise UsageError("--retry-failures: there is no earlier run into this output. Leave the option out")
        search = partial(find_documents, paths, rows=text_column is not None)
        own = beside.own if beside else []
        files = [Path(target) for target in outputs if target != "-" and not is_url(target)]
        earlier = own if beside and beside.progress.exists() else own[1:]  # else the output is not a run's yet
        total = _survey(search(but=earlier), files, text_column)
        fingerprint = load_rules(overlay).fingerprint
        options = {"limits": asdict(limits), "max_memory": max_memory, "text_column": text_column}
        progress = None
        if beside:
            conditions = options | {"workers": jobs > 0}
            progress = stack.enter_context(
                Progress(beside.progress, fingerprint=fingerprint, conditions=conditions, retry=retry_failures)
            )
        outcomes = run(
            search(but=[*own, *files]),
            factory=partial(build, overlay),
            jobs=jobs,
            limits=limits,
            max_memory=max_memory,
            text_column=text_column,
            known=progress.known if progress else None,
        )
        stack.enter_context(closing(outcomes))
        first = list(islice(outcomes, 1))  # a broken rule pack stops the run before the output is touched
        tally = Tally()
        if beside:
            facts: dict[str, Any] = {
                "rules_fingerprint": fingerprint,
                "rules": overlay and str(overlay),
                "paths": [str(path) for path in paths],
                "targets": shown_targets(outputs),
                "options": {**options, "jobs": jobs},
            }
            facts = stack.enter_context(manifest(beside.manifest, facts))
            stack.callback(lambda: facts.update(counts=tally.counts()))
        failures = stack.enter_context(FailureLog(beside.failures)) if beside else None
        refused = Refusals(also=failures.add if failures else None)
        with open_sinks(outputs, report=refused, fingerprint=fingerprint) as write:
            shown = _progress(total) if not quiet and sys.stderr.isatty() else nullcontext()
            with shown as show:
                for outcome in chain(first, outcomes):
                    if progress is not None:
                        progress.keep(outcome)
                    if outcome.line is not None:
                        write(outcome.line)
                    elif outcome.failure is not None:
                        say(f"failed: {outcome.uri}: {outcome.failure.code}: {outcome.failure.message}")
                        if failures is not None:
                            failures.add(outcome.uri, outcome.failure.code, outcome.failure.message)
                    tally.add(outcome)
                    if show is not None:
                        show(tally.found, tally.failed)
        tally.refused = refused.count
        if progress is not None:
            progress.finish()
    if not quiet:
        click.echo("\n".join(tally.lines()), err=True)
    sys.exit(1 if tally.failed or tally.refused else 0)


@dataclass(slots=True)
class Tally:
    """What came of the documents: each that was found was read, skipped as done before, or failed."""

    read: int = 0
    skipped: int = 0
    failed: int = 0
    known_failures: int = 0
    refused: int = 0
    held: Counts | None = field(default=None)

    @property
    def found(self) -> int:
        """All of them."""
        return self.read + self.skipped + self.failed

    def add(self, outcome: Outcome) -> None:
        """Count one."""
        if outcome.failure is not None:
            self.failed += 1
            self.known_failures += outcome.known
            return
        if outcome.known:
            self.skipped += 1
        else:
            self.read += 1
        self.held = outcome.counts if self.held is None else self.held + outcome.counts

    def counts(self) -> dict[str, int]:
        """The numbers by their names."""
        found: dict[str, int] = {"documents": self.found, "read": self.read, "skipped": self.skipped,
                                 "failed": self.failed}  # fmt: skip
        if self.refused:
            found["refused"] = self.refused
        from chithi.batch import Counts

        return found | asdict(self.held or Counts())

    def lines(self) -> list[str]:
        """The summary."""
        lines = [f"{name:<12}{number:>9,}" for name, number in self.counts().items()]
        if self.known_failures:
            lines.append(f"{self.known_failures:,} failed in an earlier run. Read them again with --retry-failures")
        return lines


def _survey(documents: Iterable[Document], outputs: Sequence[Path], text_column: str | None) -> int | None:
    """Walk over the work list before anything is written: what is wrong with the call is told, and their number.

    Returns:
        How many records are to be expected, None where files hold a number of documents that only reading tells.

    Raises:
        UsageError: a path is missing, a folder has no documents, an output is one of the documents.
    """
    from chithi.ingest.formats import FORMATS

    holding = {suffix for form in FORMATS if form.holds for suffix in form.suffixes}
    there = [output for output in outputs if output.is_file()]
    total = 0
    unknown = text_column is not None
    for document in documents:
        total += 1
        path = document.path
        for output in there:
            if path is not None and path.exists() and output.samefile(path):
                raise UsageError(f"{output}: is one of the documents to read. Name another output")
        unknown = unknown or Path(document.uri).suffix.lower() in holding
    return None if unknown else total


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
