"""Commands that measure and check: `chithi evaluate`, `chithi rules check`, `rules list`, `rules measure`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chithi.cli_common import examples, reported, rules_option, say
from chithi.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from chithi.evaluate import Evaluation
    from chithi.rulepack import RuleSet

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(
    epilog=examples(
        "chithi evaluate corpus/gold records.jsonl --errors 20",
        "chithi evaluate corpus/gold new.jsonl --against old.jsonl --only deadline",
        "chithi evaluate corpus/gold records.jsonl --floors tests/floors.toml",
    )
)
@click.argument("gold", type=_FOLDER, metavar="GOLD")
@click.argument("records", type=_FILE, metavar="RECORDS")
@click.option("--against", type=_FILE, metavar="FILE", help="Records of an earlier run: what was gained and lost.")
@click.option("--by", type=click.Choice(["kind"]), help="Scores of each kind of document too.")
@click.option("--only", multiple=True, metavar="METRIC", help="Show this metric only; may be given more than once.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="List N mistakes of each metric.")
@click.option(
    "--documents", type=_FOLDER, metavar="DIR", help="The documents, to show mistakes in; `documents` beside GOLD."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--floors", type=_FILE, metavar="FILE", help="Exit with 1 if a metric is below its floor in FILE.")
@click.option("--update-floors", is_flag=True, help="Raise the floors to the present scores.")
@click.option("--allow-lower", is_flag=True, help="Let --update-floors lower floors too.")
def evaluate(
    gold: Path, records: Path, against: Path | None, by: str | None, only: tuple[str, ...], errors: int,
    documents: Path | None, as_json: bool, floors: Path | None, update_floors: bool, allow_lower: bool,
) -> None:  # fmt: skip
    """Score records on gold annotations: precision, recall and F1 a metric.

    GOLD is a folder of annotations such as corpus/gold, RECORDS a file of records that chithi extract wrote.
    """
    with reported():
        from chithi.evaluate import evaluate as run
        from chithi.evaluate import load_gold, load_records, load_texts

        if floors is None and (update_floors or allow_lower):
            raise UsageError("--update-floors and --allow-lower need --floors FILE")
        chosen = _metrics(only)
        annotations = load_gold(gold)
        after = run(annotations, load_records(records))
        before = run(annotations, load_records(against)) if against is not None else None
        folder = documents if documents is not None else gold.absolute().parent / "documents"
        texts = load_texts((a["doc"] for a in annotations), folder) if errors else {}
        show = _print_json if as_json else _print
        show(after, before, only=chosen, most=errors, by_kind=by == "kind", texts=texts)
        stands = floors is None or _floors(after, floors, update=update_floors, allow_lower=allow_lower)
    sys.exit(0 if stands else 1)


def _metrics(only: tuple[str, ...]) -> tuple[str, ...]:
    from chithi.evaluate import NAMES

    unknown = [name for name in only if name not in NAMES]
    if unknown:
        raise UsageError(f"no metric is named {', '.join(map(repr, unknown))}. Known are {', '.join(NAMES)}")
    return only or NAMES


def _print(
    after: Evaluation, before: Evaluation | None, *,
    only: Collection[str], most: int, by_kind: bool, texts: Mapping[str, str],
) -> None:  # fmt: skip
    from chithi.evaluate import compare, report
    from chithi.explain import visible

    lines = [*report.table(after, only=only), *report.summary(after)]
    for kind in after.kinds if by_kind else ():
        lines += [f"\n{kind}", *report.table(after, only=only, kind=kind)]
    if before is not None:
        comparison = compare(before, after)
        lines += report.changes(before, after, comparison, only=only)
        if most:
            lines += report.changed_items(comparison, texts=texts, most=most, only=only)
    elif most:
        lines += report.mistakes(after, texts=texts, most=most, only=only)
    click.echo(visible("\n".join(lines)))


def _print_json(
    after: Evaluation, before: Evaluation | None, *,
    only: Collection[str], most: int, by_kind: bool, texts: Mapping[str, str],
) -> None:  # fmt: skip
    import json

    from chithi.evaluate import compare, report

    out: dict[str, Any] = report.to_json(after, by_kind=by_kind, only=only)
    if most:
        out["errors"] = {name: report.mistakes_json(after.mistakes(name)[:most], texts) for name in only}
    if before is not None:
        out["against"] = report.changes_json(before, compare(before, after), texts=texts, most=most, only=only)
    click.echo(json.dumps(out, ensure_ascii=False))


def _floors(evaluation: Evaluation, file: Path, *, update: bool, allow_lower: bool) -> bool:
    from chithi.evaluate import floors

    old = {} if update and not file.exists() else floors.load_floors(file)
    values = floors.present(evaluation)
    falls = floors.falls(values, old)
    if update and (allow_lower or not falls):
        new = floors.raised(values, old, allow_lower=allow_lower)
        floors.write_floors(file, new)
        say(f"{file}: {sum(new[name] != old.get(name) for name in new)} floors changed")
        return True
    for fall in falls:
        say(str(fall))
    if update:
        say(f"{file}: not changed. Lower floors with --allow-lower")
    return not falls


@click.command(epilog=examples("chithi rules check", "chithi rules check my-rules/ --warnings"))
@click.argument("overlay", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("-w", "--warnings", is_flag=True, help="Name what no example speaks for: alternatives, shadowed rules.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
def check(overlay: Path | None, warnings: bool, strict: bool) -> None:
    """Load the rule packs, with those of DIR laid over them, and run every example and reject.

    With DIR, warnings are about its rules only. The exit code is 1 when an example or reject does not hold.
    """
    with reported():
        from chithi.rulecheck import check_rules
        from chithi.rulelint import lint_rules
        from chithi.rulepack import load_rules

        rules = load_rules(overlay)
        result = check_rules(rules)
        doubts = lint_rules(rules, ids=None if overlay is None else _brought(rules))
        for doubt in doubts if warnings or strict else ():
            say(f"warning: {doubt}")
        for failure in result.failures:
            say(str(failure))
        ran = f"{result.rules} rules, {result.examples} examples, {result.rejects} rejects"
        click.echo(f"{ran}: {len(result.failures)} failures, {len(doubts)} warnings")
    sys.exit(1 if result.failures or (strict and doubts) else 0)


def _brought(rules: RuleSet) -> set[str]:
    """Ids of the rules that are not the shipped ones."""
    from chithi.rulepack import load_rules

    shipped = {rule.id: rule.rule for rule in load_rules().rules}
    return {rule.id for rule in rules.rules if rule.rule != shipped.get(rule.id)}


@click.command("list", epilog=examples("chithi rules list | grep percent"))
@rules_option
def list_(overlay: Path | None) -> None:
    """List the rules in force, separated by tabs: id, pack, label, priority, n, precision.

    n is how many items the rule made on gold documents, precision the share of them that is right; - where it was not
    measured. Rules that live in code stand at the end, with - for pack, label and priority.
    """
    with reported():
        from chithi.rulepack import load_rules

        rules = load_rules(overlay)
        known = {r.id: (r.pack, r.label, str(r.rule.priority)) for r in rules.rules}
        for name in [*sorted(known), *sorted(set(rules.measured) - set(known))]:
            measured = rules.measured.get(name)
            numbers = (str(measured.n), f"{measured.precision:.3f}") if measured else ("-", "-")
            click.echo("\t".join((name, *known.get(name, ("-", "-", "-")), *numbers)))
        if overlay is None and rules.measured_on not in (None, rules.digest):
            say("note: the rules have changed since their precision was measured. Run chithi rules measure")


@click.command(epilog=examples("chithi rules measure corpus/gold corpus/documents -o rules/confidence.json"))
@click.argument("folders", nargs=-1, required=True, type=_FOLDER, metavar="GOLD DOCUMENTS...")
@click.option("-o", "--output", required=True, type=_FILE, metavar="FILE", help="Where the table goes.")
@click.option("--data", metavar="TEXT", help="What the documents are, for the file's head; the folders by default.")
@rules_option
def measure(folders: tuple[Path, ...], output: Path, data: str | None, overlay: Path | None) -> None:
    """Measure the precision of each rule on gold annotations.

    Folders come in pairs, annotations and their documents. The table becomes the confidence of a record's items once it
    stands as confidence.json in the folder of the shipped rules; a rule with fewer than 20 items has none.
    """
    with reported():
        import json

        from chithi.batch import Document, build, process
        from chithi.confidence import to_json
        from chithi.evaluate import load_gold
        from chithi.evaluate import measure as run
        from chithi.rulepack import load_rules

        if len(folders) % 2:
            raise UsageError(f"{folders[-1]}: no folder of documents after it. Name pairs: GOLD DOCUMENTS")
        rules = load_rules(overlay)
        pipeline = build(overlay)
        pairs = []
        for gold, documents in zip(folders[::2], folders[1::2], strict=True):
            for annotation in load_gold(gold):
                outcome = process(Document(annotation["doc"], documents / annotation["doc"]), pipeline=pipeline)
                if outcome.line is None:
                    message = outcome.failure.message if outcome.failure else "no record"
                    raise UsageError(f"{documents / annotation['doc']}: {message}")
                pairs.append((annotation, json.loads(outcome.line)))
        table = run(pairs)
        about = data or ", ".join(path.as_posix() for path in folders[::2])
        try:
            output.write_text(to_json(table, data=about, documents=len(pairs), rules=rules.digest), encoding="utf-8",
                              newline="\n")  # fmt: skip
        except OSError as e:
            raise UsageError(f"{output}: cannot be written: {e.strerror}") from e
        items = sum(m.n for m in table.values())
        say(f"{output}: {len(table)} rules, {items} items, {len(pairs)} documents")
