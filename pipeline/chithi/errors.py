"""The exceptions and problem codes that a user can meet.

Every exception carries a stable ``code``, says what is wrong and where, and what to do about it. Three families matter
to the batch: a `RuleError` or `UsageError` stops the run before the first document, an `OutputError` stops it in the
middle, a `DocumentError` fails one document.
"""

from __future__ import annotations


class ChithiError(Exception):
    """Base of all errors that chithi raises on purpose.

    Args:
        message: what is wrong, where, and what to do; one sentence or two, no stack trace needed to act on it.
        code: stable identifier of the kind of error, safe to match on.
    """

    default_code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code


class UsageError(ChithiError):
    """The call cannot be carried out as given: a missing path, an unwritable output."""

    default_code = "usage"


class OutputError(ChithiError):
    """An output takes no more while the run is on: a full disk, a limit on the size of files."""

    default_code = "output"


class RuleError(ChithiError):
    """A rule pack is broken; names file, rule, key and the mend."""

    default_code = "rules"

    def __init__(self, message: str, *, file: str = "", rule: str = "", key: str = "", mend: str = "") -> None:
        where = ", ".join(
            part for part in (file, f"rule {rule!r}" if rule else "", f"key {key!r}" if key else "") if part
        )
        text = f"{where}: {message}" if where else message
        super().__init__(f"{text}. {mend}" if mend else text)
        self.file, self.rule, self.key, self.mend = file, rule, key, mend


class DocumentError(ChithiError):
    """One document cannot be read or processed; the rest of the batch goes on."""

    default_code = "document"
