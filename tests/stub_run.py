"""`chithi extract` with a pipeline that starts at once, for tests that stop the process: `python stub_run.py ARGS…`.

A record has as many quantities as its document has signs of percentage. A document that says `lỗi` fails, unless the
environment has MENDED. Each document's name goes to the file that the environment names as READ.
"""

from __future__ import annotations

import os
import sys
import time
from types import ModuleType

from chithi.errors import DocumentError
from chithi.record import Metadata, Quantity, Record, Source, Span
from chithi.rulepack import RuleSet
from chithi.source import SourceText


def record_of(source: SourceText) -> Record:
    """A record of the document."""
    if "READ" in os.environ:
        with open(os.environ["READ"], "a", encoding="utf-8") as log:  # noqa: PTH123
            log.write(f"{source.uri.rsplit('/', 1)[-1]}\n")
    time.sleep(float(os.environ.get("EACH", "0")))
    if "lỗi" in source.text and "MENDED" not in os.environ:
        raise DocumentError("is not what it seems", code="odd")
    return Record(
        doc_id=source.doc_id,
        source=Source(uri=source.uri, media_type=source.media_type, sha256=source.sha256, size=source.size),
        metadata=Metadata(),
        quantities=[
            Quantity(id=f"q{n}", text="%", span=Span(start=i, end=i + 1), rule="x.y", op="eq", unit="%", role="target")
            for n, i in enumerate((i for i, c in enumerate(source.text) if c == "%"), 1)
        ],
        text=None,
    )


def build_pipeline(rules: RuleSet) -> object:
    """The pipeline of `chithi.stages`."""
    return record_of


if __name__ == "__main__":
    stages = ModuleType("chithi.stages")
    stages.build_pipeline = build_pipeline  # type: ignore[attr-defined]
    sys.modules["chithi.stages"] = stages  # the real one takes a second to import

    from chithi.cli import main

    main(["extract", "--jobs", "0", *sys.argv[1:]])
