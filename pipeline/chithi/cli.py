"""The `chithi` command: parses, calls, prints. Everything heavy is imported inside the commands, so help is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chithi.cli_common import examples, limit_options, reported, rules_option
from chithi.cli_database import corrections, load
from chithi.cli_evaluate import check, evaluate, list_, measure
from chithi.cli_extract import extract

if TYPE_CHECKING:
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


main.add_command(extract)
main.add_command(evaluate)
main.add_command(load)
main.add_command(corrections)
rules.add_command(check)
rules.add_command(list_)
rules.add_command(measure)
