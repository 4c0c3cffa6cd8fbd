"""Read gold folders, files of records and the documents' texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jsonlines

from chithi.errors import ChithiError, UsageError
from chithi.ingest import read_source, uri_of

_LISTS = ("quantities", "deadlines", "goals", "bodies", "tasks", "references")
_WIDTH = 40


def load_gold(folder: Path) -> list[dict[str, Any]]:
    """Read the annotations ``*.json`` of a folder, by name.

    Raises:
        UsageError: the folder holds none, or one is no resolved annotation.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise UsageError(f"{uri_of(folder)}: no gold annotations (*.json) there. Name a folder such as corpus/gold")
    return [_annotation(file) for file in files]


def _annotation(file: Path) -> dict[str, Any]:
    data = _object(_text(file), uri_of(file))
    absent = [name for name in ("doc", "meta", *_LISTS) if name not in data]
    if absent:
        raise UsageError(f"{uri_of(file)}: is no gold annotation, it has no {', '.join(absent)}")
    for name in _LISTS:
        for place, item in enumerate(data[name]):
            if "span" not in item:
                raise UsageError(f"{uri_of(file)}: {name}[{place}] has no span. Run corpus/resolve.py on the file")
            for key, target in (("quantity", "quantities"), ("deadline", "deadlines"), ("bodies", "bodies")):
                pointers = item.get(key) if isinstance(item.get(key), list) else [item.get(key)]
                if any(p is not None and not 0 <= p < len(data[target]) for p in pointers or ()):
                    raise UsageError(f"{uri_of(file)}: {name}[{place}]: {key} points to no item of {target}")
    return data


def load_records(file: Path) -> list[dict[str, Any]]:
    """Read records from a JSON Lines file.

    Raises:
        UsageError: the file cannot be read, or a line of it is no record.
    """
    return list(_records(file))


def _records(file: Path) -> Iterator[dict[str, Any]]:
    number = 0

    def numbered() -> Iterator[str]:
        nonlocal number
        # Line feeds alone end a line of JSON: a text may hold U+2028.
        for number, line in enumerate(_text(file).split("\n"), 1):  # noqa: B007
            yield line

    with jsonlines.Reader(numbered()) as reader:
        lines = reader.iter(type=dict, skip_empty=True)
        while True:
            try:
                record = next(lines)
            except StopIteration:
                return
            except jsonlines.InvalidLineError as e:
                raise UsageError(f"{uri_of(file)}: line {number}: is not JSON: {e}") from e
            if not isinstance(record.get("source"), dict) or "uri" not in record["source"]:
                raise UsageError(f"{uri_of(file)}: line {number} is no record. Write it with chithi extract")
            yield record


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"{uri_of(file)}: cannot be read: {getattr(e, 'strerror', None) or 'not UTF-8'}") from e


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError as e:
        raise UsageError(f"{where}: is not JSON: {e}") from e
    if not isinstance(data, dict):
        raise UsageError(f"{where}: is no JSON object")
    return data


def load_texts(names: Iterable[str], folder: Path | None) -> dict[str, str]:
    """Source texts of the documents that the folder has, by name; what cannot be read is left out."""
    texts: dict[str, str] = {}
    for name in names:
        if folder is not None and (folder / name).is_file():
            try:
                texts[name] = read_source(folder / name).text
            except ChithiError:  # the text only serves to show mistakes in their surroundings
                continue
    return texts


def context(text: str, start: int, end: int, *, width: int = _WIDTH) -> str:
    """Show a range with some characters on either side, on one line.

    >>> context("Phấn đấu 95% hộ dân", 9, 12, width=6)
    '…n đấu [95%] hộ dâ…'
    """
    left, right = text[max(0, start - width) : start], text[end : end + width]
    parts = [
        "…" if start > width else "",
        left,
        "[",
        text[start:end],
        "]",
        right,
        "…" if end + width < len(text) else "",
    ]
    return " ".join("".join(parts).split())
