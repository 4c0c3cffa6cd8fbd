"""Make the documentation's examples anew: `python docs/refresh.py`.

Runs the pipeline on one document of the corpus, writes what it extracts into the README (the block behind the comment
`docs/refresh.py`) and a picture of `chithi explain` into docs/explain.svg; scores the whole corpus and writes the
figures into docs/accuracy.md; loads it into a database and writes what the README's questions find there.
`tests/test_docs.py` fails where the block, the figures or the answers are no longer what comes out.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.segment import Segment, Segments

from chithi.batch import build
from chithi.evaluate import HEADLINE, NAMES, Evaluation, Score, evaluate, load_gold
from chithi.explain import explanation
from chithi.ingest import read_source
from chithi.record import Record
from chithi.sinks import open_sinks
from chithi.sinks.jsonl import to_line
from chithi.source import SourceText

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "explain.svg"
ACCURACY = ROOT / "docs" / "accuracy.md"
CORPUS = ROOT / "corpus"
DOCUMENT = "corpus/documents/kh-truong-hoc-hanh-phuc.txt"
# The goal and the task that the README shows, by words in their text.
SHOWN = {"goals": "Ít nhất 90% số trường", "tasks": "ban hành bộ tiêu chí"}
BLOCK = re.compile(r"(?<=<!-- docs/refresh\.py -->\n```json\n)[^`]*(?=```\n)")
FIGURES = re.compile(r"(?<=<!-- docs/refresh\.py: figures -->\n).*?(?=<!-- end of figures -->\n)", re.DOTALL)
ANSWERS = re.compile(r"(?<=<!-- docs/refresh\.py: answers -->\n).*?(?=<!-- end of answers -->\n)", re.DOTALL)
# What the README asks of the sample corpus; the queries run as they stand on each of the three databases.
QUESTIONS = (
    ("Who must finish what before a day", """\
SELECT due_on, body, task, number FROM v_due
WHERE role = 'lead' AND due_on >= '2026-01-01' AND due_on < '2026-04-01'
ORDER BY due_on, body, task"""),
    ("What recurs, with the next three due dates from a day", """\
SELECT due_on, body, task, rrule FROM (
  SELECT r.*, ROW_NUMBER() OVER (PARTITION BY doc_id, task_id, body ORDER BY due_on) AS n
  FROM v_recurring r WHERE due_on >= '2026-01-01' AND number = '12/KH-UBND'
) next WHERE n <= 3
ORDER BY body, task, due_on"""),
    ("Where a body leads or coordinates, under its former names too", """\
SELECT body, role, task, issued_on FROM v_body_tasks
WHERE heir_id = 'so.khoa_hoc_cong_nghe' AND role IN ('lead', 'coordinate')
ORDER BY issued_on, body, task"""),
    ("All targets of an indicator, over documents, years and issuers", """\
SELECT indicator, op, low, year, issuer FROM v_targets
WHERE indicator_key LIKE '%bảo hiểm y tế%' OR indicator_key LIKE '%hộ nghèo%'
ORDER BY indicator_key, year, low"""),
    ("Tasks that lack a body, a deadline or both", """\
SELECT number, lacks, COUNT(*) AS tasks FROM v_task_gaps
WHERE number IS NOT NULL GROUP BY number, lacks
ORDER BY tasks DESC, number, lacks LIMIT 4"""),
    ("Documents that contradict themselves", """\
SELECT number, code, message FROM v_contradictions ORDER BY number, code, message"""),
    ("What a document replaces, repeals or amends", """\
SELECT number, relation, citation, cited_on FROM v_replaced ORDER BY number, citation"""),
    ("Where a reported value meets a target", """\
SELECT indicator, number, op, low, due_on, reported_on, achieved, reached FROM v_progress
WHERE reached IS NOT NULL ORDER BY indicator, achieved"""),
)  # fmt: skip
CELL = 60  # characters
WIDTH = 112
ASPECT = 0.602  # a letter's width by its height, of DejaVu Sans Mono and Menlo
SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px;
 line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def load() -> tuple[SourceText, Record]:
    """Read the document and its record."""
    source = read_source(ROOT / DOCUMENT, uri=DOCUMENT)
    return source, build()(source)


def excerpt(record: Record) -> str:
    """The README's piece of the record: a goal and a task with all that they point to, without empty fields."""
    items = record.model_dump(mode="json", exclude_none=True)
    kept: dict[str, list[dict[str, Any]]] = {}
    wanted: set[str] = set()
    for kind, words in SHOWN.items():
        kept[kind] = [item for item in items[kind] if words in item["text"]][:1]
        for item in kept[kind]:
            wanted |= {item.get("quantity"), item.get("deadline"), item.get("section"), *item["bodies"]} - {None}
    for kind in ("quantities", "deadlines", "bodies", "sections"):
        kept[kind] = [item for item in items[kind] if item["id"] in wanted]
    order = ("sections", "quantities", "deadlines", "bodies", "goals", "tasks")
    return "{\n" + ",\n".join(f' "{kind}": [\n{_rows(kept[kind])}\n ]' for kind in order) + "\n}\n"


def _rows(items: list[dict[str, Any]]) -> str:
    # How sure a rule is changes with every measurement, so the README leaves it out; the origin says nothing here.
    left_out = ("confidence", "origin")
    rows = ({key: value for key, value in item.items() if key not in left_out and value != []} for item in items)
    return ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)


def picture(source: SourceText, record: Record) -> str:
    """`chithi explain` on the document as SVG, long parts cut."""
    console = Console(width=WIDTH, record=True, file=StringIO(), color_system="truecolor", force_terminal=True)
    lines = console.render_lines(explanation(source, record), pad=False)
    for line in _cut(lines):
        console.print(Segments([*line, Segment.line()]), end="")
    title = f"chithi explain {DOCUMENT}"
    return console.export_svg(title=title, code_format=SVG, font_aspect_ratio=ASPECT, unique_id="chithi")


def _cut(lines: list[list[Segment]]) -> Iterator[list[Segment]]:
    """Of the text its middle, of each table the head and some rows; ⋮ stands for the rest."""
    texts = ["".join(segment.text for segment in line) for line in lines]
    heads = [n for n, text in enumerate(texts) if text.startswith("──")]
    yield from lines[: heads[0] + 1]
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        title = texts[start].strip("─ ")
        first, last = start, min(start + (16 if title.startswith("Goals") else 7), end)
        if title == "Text":
            first = next(n for n in range(start, end) if texts[n].startswith("II. HIỆN TRẠNG"))
            last = next(n for n in range(first, end) if texts[n].startswith("2. Tổ chức diễn đàn"))
            yield [Segment("⋮")]
        else:
            # A row's later lines have no id in front, so that a row is never cut through.
            while last < end and texts[last].startswith(" "):
                last += 1
        yield from lines[first:last]
        if last < end:
            yield [Segment("⋮")]


@cache
def records() -> tuple[Record, ...]:
    """The records of the corpus."""
    run = build()
    return tuple(run(read_source(file, uri=file.name)) for file in sorted((CORPUS / "documents").iterdir()))


def score() -> Evaluation:
    """The corpus's documents against its gold."""
    return evaluate(load_gold(CORPUS / "gold"), (record.model_dump(mode="json") for record in records()))


def answers() -> str:
    """The README's questions with what a database of the corpus answers."""
    with tempfile.TemporaryDirectory() as folder:
        with open_sinks([f"sqlite:///{folder}/policy.db"], report=print) as put:
            for record in records():
                put(to_line(record))
        connection = sqlite3.connect(f"{folder}/policy.db")
        try:
            return "".join(_answer(connection, *question) for question in QUESTIONS)
        finally:
            connection.close()


def _answer(connection: sqlite3.Connection, question: str, query: str) -> str:
    cursor = connection.execute(query)
    head = [column[0] for column in cursor.description]
    rows = [[_cell(value) for value in row] for row in cursor]
    return f"{question}:\n\n```sql\n{query};\n```\n\n{_table(head, rows, numbers=False)}\n"


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split()).replace("|", "/")
    return text if len(text) <= CELL else text[: CELL - 1].rstrip() + "…"


def figures(evaluation: Evaluation) -> str:
    """The figures of docs/accuracy.md: a table of the metrics, and one of their F1 by kind of document."""
    kinds = {kind: evaluation.scores(kind) for kind in evaluation.kinds}
    documents = Counter(kind for _, kind in {(v.doc, v.kind) for v in evaluation.verdicts})
    metrics = [
        (_starred(name), *(f"{x:.3f}" for x in (s.precision, s.recall, s.f1)), str(s.gold), str(s.found))
        for name, s in evaluation.scores().items()
    ]
    by_kind = [("documents", *(str(documents[kind]) for kind in kinds))]
    by_kind += [(_starred(name), *(_f1(scores[name]) for scores in kinds.values())) for name in NAMES]
    headline = f"Headline: {evaluation.headline:.3f}, {evaluation.documents} documents."
    first = _table(("Metric", "Precision", "Recall", "F1", "Gold", "Found"), metrics)
    second = _table(("F1 by kind", *(f"`{kind}`" for kind in kinds)), by_kind)
    return f"{first}\n{headline}\n\n{second}"


def _starred(name: str) -> str:
    return f"`{name}` *" if name in HEADLINE else f"`{name}`"


def _f1(score: Score) -> str:
    return f"{score.f1:.3f}" if score.gold or score.found else "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True) -> str:
    lines = [head, ["---", *(["---:" if numbers else "---"] * (len(head) - 1))], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write(page: Path, part: re.Pattern[str], made: str) -> bool:
    """Put what was made in the place of a page's part; False where the page has no such part."""
    text = page.read_text(encoding="utf-8")
    if not part.search(text):
        print(f"{page.relative_to(ROOT)}: has no part that begins with a comment <!-- docs/refresh.py", file=sys.stderr)
        return False
    page.write_text(part.sub(lambda _: made, text, count=1), encoding="utf-8", newline="\n")
    return True


def main() -> int:
    """Write all four."""
    source, record = load()
    written = [write(README, BLOCK, excerpt(record)), write(README, ANSWERS, answers())]
    written.append(write(ACCURACY, FIGURES, figures(score())))
    PICTURE.write_text(picture(source, record), encoding="utf-8", newline="\n")
    return 0 if all(written) else 1


if __name__ == "__main__":
    sys.exit(main())
