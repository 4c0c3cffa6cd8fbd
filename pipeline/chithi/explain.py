"""Show a document with its extractions in a terminal: what `chithi explain` prints.

The text comes from strangers, so nothing of it may act on the terminal: control characters become visible signs and
Rich's markup is never read from it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleRenderable, Group
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from chithi.record import Body, Deadline, Item, Quantity, Record
from chithi.source import SourceText

_STYLES = {"quantities": "bold green", "deadlines": "bold yellow", "bodies": "bold cyan", "references": "magenta"}
_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    # Marks that turn the direction of writing can make a line read as what it is not.
    **dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
    **dict.fromkeys([0x2028, 0x2029], 0x2424),
}


def visible(text: str) -> str:
    r"""Replace what could act on a terminal by signs, one for one, so that offsets stay.

    >>> visible("a\x1b[2Jb\r\n")
    'a␛[2Jb \n'
    """
    text = text.replace("\r\n", " \n").translate(_VISIBLE)
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def print_explanation(source: SourceText, record: Record, *, console: Console) -> None:
    """Print the text with its spans coloured and their ids behind them, then a table for each kind of extraction."""
    console.print(explanation(source, record))


def explanation(source: SourceText, record: Record) -> ConsoleRenderable:
    """Build what `print_explanation` prints."""
    parts: list[ConsoleRenderable] = [_metadata(record), Line("Text"), _marked(source, record)]
    for name, items in _kinds(record):
        if items:
            parts += [Line(f"{name.capitalize()} ({len(items)})"), _table(items, _STYLES.get(name, "none"))]
    if record.diagnostics:
        lines = [f"{d.level} {d.code}: {d.message}" for d in record.diagnostics]
        parts += [Line("Diagnostics"), Text(visible("\n".join(lines)))]
    return Group(*parts)


def _kinds(record: Record) -> list[tuple[str, Sequence[Item]]]:
    return [
        ("goals", record.goals),
        ("tasks", record.tasks),
        ("quantities", record.quantities),
        ("deadlines", record.deadlines),
        ("bodies", record.bodies),
        ("references", record.references),
    ]


def _metadata(record: Record) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row("source", Text(visible(record.source.uri)))
    for key, value in record.metadata.model_dump(exclude_none=True).items():
        if isinstance(value, dict):
            value = ", ".join(f"{k} {v}" for k, v in value.items() if v is not None)
        table.add_row(key, Text(visible(str(value))))
    return table


def _marked(source: SourceText, record: Record) -> Text:
    text = Text(visible(source.text))
    for region in source.regions:
        text.stylize("dim" if region.kind == "boilerplate" else "underline", region.start, region.end)
    labels: dict[int, str] = {}
    for name, items in _kinds(record):
        for item in items:
            if name in _STYLES:  # goals and tasks are whole sentences; colouring them would hide what stands inside
                text.stylize(_STYLES[name], item.span.start, item.span.end)
                labels[item.span.end] = labels.get(item.span.end, "") + f"[{item.id}]"
    cuts = sorted(labels)
    out = Text(overflow="fold")
    for piece, cut in zip(text.divide(cuts), [*cuts, None], strict=True):
        out.append_text(piece)
        if cut is not None:
            out.append(labels[cut], "dim")
    return out


def _table(items: Sequence[Item], style: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("id", no_wrap=True)
    for name, ratio in (("text", 4), ("kind", 1), ("value", 3), ("rule", 2)):
        table.add_column(name, overflow="fold", ratio=ratio)
    for item in items:
        row = (item.id, item.text, _kind(item), _value(item), item.rule)
        table.add_row(*(Text(visible(cell), style=style if n == 1 else "") for n, cell in enumerate(row)))
    return table


def _kind(item: Item) -> str:
    if isinstance(item, (Quantity, Body)):
        return item.role
    return str(getattr(item, "kind", "") or getattr(item, "relation", ""))


def _value(item: Item) -> str:
    if isinstance(item, Quantity):
        low, high = (f"{x:,.10g}" if x is not None else "" for x in (item.low, item.high))
        number = low if low == high else f"{low}..{high}"
        return " ".join(part for part in (item.op, number, item.unit, item.delta) if part)
    if isinstance(item, Deadline):
        dates = f"{item.start or ''}..{item.end or ''}" if item.start or item.end else ""
        return " ".join(part for part in (dates, item.rrule, item.duration, item.anchor) if part)
    if isinstance(item, Body):
        return item.name
    shown = item.model_dump(exclude={"id", "text", "span", "rule", "confidence", "kind", "relation"})
    return ", ".join(
        f"{key} {' '.join(value) if isinstance(value, list) else value}" for key, value in shown.items() if value
    )
