"""Where the shipped rule packs and data lie, and how a data file is read and checked."""

from __future__ import annotations

import tomllib
from importlib import metadata, resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from chithi.errors import RuleError

M = TypeVar("M", bound=BaseModel)


def version() -> str:
    """The installed version of chithi."""
    try:
        return metadata.version("chithi")
    except metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"


def rules_root() -> Path:
    """The folder of the shipped packs: inside the package when installed, beside it in a checkout."""
    packaged = Path(str(resources.files("chithi"))) / "rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def read_data(file: Path, model: type[M], *, label: str = "id") -> M:
    """Read a TOML file of data and check it against its model.

    Args:
        file: the file.
        model: what it must hold.
        label: the key by which a message names an entry of a list.

    Raises:
        RuleError: it cannot be read, is no TOML, or has unknown, missing or wrong keys.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as e:
        raise RuleError(f"cannot be read: {e}", file=str(file), mend="Save the file as UTF-8 text") from e
    except tomllib.TOMLDecodeError as e:
        raise RuleError(f"is not valid TOML: {e}", file=str(file), mend="Mend the line that the message names") from e
    try:
        return model.model_validate(data)
    except ValidationError as e:
        first = e.errors()[0]
        rule, key = _where(data, first["loc"], label)
        raise RuleError(first["msg"], file=str(file), rule=rule, key=key, mend="Mend or remove the key") from e


def _where(data: dict[str, Any], loc: tuple[int | str, ...], label: str) -> tuple[str, str]:
    """The entry and the key that an error's location means."""
    if len(loc) > 1 and isinstance(loc[1], int):
        entry = data[str(loc[0])][loc[1]]
        name = entry.get(label) if isinstance(entry, dict) else None
        return str(name or f"{loc[0]} number {loc[1] + 1}"), ".".join(map(str, loc[2:]))
    return "", ".".join(map(str, loc))
