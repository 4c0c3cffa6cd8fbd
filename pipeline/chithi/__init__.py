"""chithi: goals, percentages, deadlines and responsible bodies from Vietnamese directives, as structured records.

The public names are imported on first use, so that ``import chithi`` does not pay for spaCy.

>>> import chithi
>>> record = chithi.extract("Phấn đấu đến năm 2030 có 95% hộ dân dùng nước sạch.")  # doctest: +SKIP
>>> [q.text for q in record.quantities]  # doctest: +SKIP
['95%']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chithi.batch import extract
    from chithi.frames import to_frame
    from chithi.record import Record
    from chithi.rulepack import load_rules
    from chithi.stages import build_pipeline

    __version__: str

__all__ = ["Record", "__version__", "build_pipeline", "extract", "load_rules", "to_frame"]

_HOMES = {
    "Record": "chithi.record",
    "build_pipeline": "chithi.stages",
    "extract": "chithi.batch",
    "load_rules": "chithi.rulepack",
    "to_frame": "chithi.frames",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from chithi.resources import version

        return version()
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'chithi' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
