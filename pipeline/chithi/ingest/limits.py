"""What one document may cost: hostile and broken files end at these limits, not at the machine's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds of one document.

    Attributes:
        max_bytes: size of the file.
        max_unpacked: bytes that a compressed container may unpack to, all its parts together.
        max_pages: pages of a PDF, or images of a scan.
        seconds: time that reading and extracting may take.
    """

    max_bytes: int = 20_000_000
    max_unpacked: int = 200_000_000
    max_pages: int = 2_000
    seconds: float = 300.0


DEFAULT = Limits()
