"""What this machine can read: each format, what reads it, and the command that adds what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from chithi.ingest.formats import FORMATS, OCR
from chithi.ingest.requirements import REQUIREMENTS, version


@dataclass(frozen=True, slots=True)
class Finding:
    """One format.

    Attributes:
        name: of the format.
        suffixes: by which it is found in folders.
        versions: of what is installed for it.
        commands: that install what is missing; without any, the format can be read.
    """

    name: str
    suffixes: tuple[str, ...]
    versions: tuple[str, ...]
    commands: tuple[str, ...]

    @property
    def readable(self) -> bool:
        """Whether nothing is missing."""
        return not self.commands


def examine() -> list[Finding]:
    """Look at every format; programs are asked for their version, which takes a moment."""
    found = {name: version(name) for name in REQUIREMENTS}
    wanted = [(form.name, form.suffixes, form.needs) for form in FORMATS]
    after = 1 + next(i for i, (name, _, _) in enumerate(wanted) if name == "PDF")
    wanted.insert(after, ("PDF of scans", (".pdf",), ("pdf", *OCR)))
    return [
        Finding(
            name,
            suffixes,
            tuple(dict.fromkeys(part for need in needs for part in (found[need] or "").split(", ") if part)),
            tuple(REQUIREMENTS[need].command for need in needs if found[need] is None),
        )
        for name, suffixes, needs in wanted
    ]


def lines(findings: Iterable[Finding]) -> list[str]:
    """One line a format: yes or no, and what reads it, or the commands that add it."""
    return [
        f"{'yes' if f.readable else 'no ':<4} {f.name:<13} {', '.join(f.suffixes):<20} "
        + (", ".join(f.versions) or "chithi itself" if f.readable else "install with: " + " && ".join(f.commands))
        for f in findings
    ]


def to_json(findings: Iterable[Finding]) -> str:
    """Write a JSON array with an object a format."""
    return json.dumps(
        [
            {"format": f.name, "suffixes": f.suffixes, "readable": f.readable, "found": f.versions,
             "install": f.commands}
            for f in findings
        ],
        ensure_ascii=False,
        indent=1,
    )  # fmt: skip
