"""Fill in the spans of the gold annotations: `python corpus/resolve.py [FILES]`.

An item says where it stands by `quote`, or, if long, by `from` and `to` (searched behind `from`),
and by `nth` (from 1) where that occurs more than once; white space matches any white space. Each
item gets `span` = {start, end} (code points, end-exclusive); pointers between items are checked.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LISTS = ("quantities", "deadlines", "goals", "bodies", "tasks", "references")
POINTERS = {"quantity": "quantities", "deadline": "deadlines", "bodies": "bodies"}


def find(text: str, quote: str) -> list[tuple[int, int]]:
    """Start and end of every occurrence of quote."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]


def locate(text: str, item: dict[str, Any]) -> dict[str, int]:
    """The span of one item; a quote without nth must be unique."""
    quote, nth = item.get("quote") or item["from"], item.get("nth")
    hits = find(text, quote)
    if not hits or not 1 <= (nth or 1) <= len(hits) or (nth is None and len(hits) > 1):
        raise ValueError(f"occurs {len(hits)} times, nth is {nth or 'missing'}: {quote!r}")
    start, end = hits[(nth or 1) - 1]
    if "to" in item:
        tails = [hit for hit in find(text, item["to"]) if hit[0] >= end]
        if not tails:
            raise ValueError(f"'to' not found behind 'from': {item['to']!r}")
        end = tails[0][1]
    return {"start": start, "end": end}


def dump(gold: dict[str, Any]) -> str:
    """The gold file's text: one item a line."""
    parts = []
    for key, value in gold.items():
        line = json.dumps(value, ensure_ascii=False)
        if key in LISTS and value:
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            line = f"[\n  {rows}\n ]"
        parts.append(f' "{key}": {line}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def resolve(path: Path, documents: Path) -> tuple[str, list[str]]:
    """The gold file's text with every span filled in, and what is wrong with it."""
    gold, errors = json.loads(path.read_text("utf-8")), []
    text = (documents / gold["doc"]).read_bytes().decode("utf-8")
    for name, index, item in [(n, i, item) for n in LISTS for i, item in enumerate(gold[n])]:
        try:
            item["span"] = locate(text, item)
        except (KeyError, ValueError) as error:
            errors.append(f"{path.name}: {name}[{index}]: {error}")
        for key, target in POINTERS.items():
            for to in item.get(key) or [] if key == "bodies" else [item.get(key)]:
                if to is not None and not 0 <= to < len(gold[target]):
                    errors.append(f"{path.name}: {name}[{index}]: no {target}[{to}]")
    return dump(gold), errors


def main() -> int:
    """Resolve the files; 1 if one of them names text that is not there."""
    parser = argparse.ArgumentParser(description="Fill in the spans of the gold annotations.")
    parser.add_argument("files", nargs="*", type=Path, help="gold files (default: all)")
    parser.add_argument("--documents", type=Path, default=HERE / "documents", help="their folder")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    args, errors = parser.parse_args(), []
    for path in args.files or sorted((HERE / "gold").glob("*.json")):
        new, wrong = resolve(path, args.documents)
        if args.check and not wrong and path.read_text("utf-8") != new:
            wrong = [f"{path.name}: out of date"]
        if not args.check and not wrong:
            path.write_text(new, "utf-8", newline="\n")
        errors += wrong
    print("\n".join(errors) or "all resolved", file=sys.stderr if errors else sys.stdout)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
