"""JSON Lines: one record a line, in the order of the input, UTF-8 without escapes."""

from __future__ import annotations

import io
from typing import BinaryIO

import jsonlines

from chithi.record import Record


def to_line(record: Record) -> str:
    """Write a record as one line of compact JSON, without its line end.

    Every field stands in the line, null where it is unknown; only ``text`` is left out where the source's own file has
    it.
    """
    return record.model_dump_json(exclude={"text"} if record.text is None else None)


class JsonLinesSink:
    """Writes lines as they come, so that a run that is cut short leaves whole records behind."""

    def __init__(self, stream: BinaryIO) -> None:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True)
        # The lines come serialized from the workers; jsonlines keeps one object a line and flushes each.
        self._writer = jsonlines.Writer(text, dumps=str, flush=True)
        self._text = text

    def write(self, line: str) -> None:
        """Write one line and hand it to the system at once."""
        self._writer.write(line)

    def close(self) -> None:
        """Finish writing; the stream stays open and is the caller's."""
        self._writer.close()
        self._text.detach()
