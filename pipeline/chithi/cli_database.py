"""Commands around databases: `chithi load`, `chithi corrections export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chithi.cli_common import Refusals, examples, output_option, reported


@click.command(
    epilog=examples(
        "chithi load records.jsonl -o sqlite:///policy.db",
        "chithi load old.jsonl.gz new.jsonl.zst -o postgresql://analyst@localhost/policy",
        "cat records.jsonl | chithi load - -o tables/",
    )
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="RECORDS..."
)
@output_option
def load(files: tuple[Path, ...], outputs: tuple[str, ...]) -> None:
    """Load records that chithi extract wrote into databases, Parquet files or one file.

    RECORDS is a file of JSON Lines, compressed or not, or - for standard input. Loading the same records twice changes
    nothing in a database; a record that changed replaces the document's rows. The exit code is 1 when a line could not
    be loaded; the others are.
    """
    from chithi.errors import DocumentError

    with reported():
        from chithi.sinks import open_sinks
        from chithi.sinks.jsonl import read_lines, to_record

        refused = Refusals()
        with open_sinks(outputs, report=refused, inputs=[file for file in files if str(file) != "-"]) as write:
            for file in files:
                for number, line in read_lines(file):
                    try:
                        to_record(line)  # what is no record goes to no target
                        write(line)
                    except DocumentError as e:
                        refused(f"{file}: line {number}", e.code, e.message)
    sys.exit(1 if refused.count else 0)


@click.group(epilog=examples("chithi corrections export sqlite:///policy.db -o corrected/"))
def corrections() -> None:
    """Work with what people have put right in a database."""


@corrections.command(
    epilog=examples(
        "chithi corrections export sqlite:///policy.db -o corrected/ --documents documents/",
        "chithi evaluate corrected/ records.jsonl --errors 20",
    )
)
@click.argument("database", metavar="URL")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Folder for the annotations, one JSON file a document.",
)  # fmt: skip
@click.option(
    "--documents", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="The documents, to tell repeated quotes apart by their place.",
)  # fmt: skip
def export(database: str, output: Path, documents: Path | None) -> None:
    """Write the corrected documents as gold annotations, so that later runs are measured on them.

    A document is written when something in it was corrected; what nobody corrected stands as it was extracted.
    """
    with reported():
        from chithi.sinks import need

        need("sqlalchemy", "db")
        from chithi.evaluate import load_texts
        from chithi.sinks.corrections import export as run

        for path in run(database, output, text_of=lambda name: load_texts([name], documents).get(name)):
            click.echo(path.as_posix())
