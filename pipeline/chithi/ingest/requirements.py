"""What reading a format needs beyond chithi's own dependencies: how it is found, and the command that installs it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from chithi.errors import DocumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Python packages of an extra, or a program.

    Attributes:
        name: of the extra, or of the program in a message.
        kind: what has to be installed.
        found_by: modules that must be importable, all of them; or names of the program, the first found is used.
        packages: distributions whose versions tell what is installed; for a program, its arguments to say its version.
        command: installs it.
    """

    name: str
    kind: Literal["extra", "program"]
    found_by: tuple[str, ...]
    packages: tuple[str, ...]
    command: str


REQUIREMENTS = {
    r.name: r
    for r in (
        Requirement(name="docx", kind="extra", found_by=("docx",), packages=("python-docx",),
                    command="pip install 'chithi[docx]'"),
        Requirement(name="pdf", kind="extra", found_by=("pypdfium2", "pdfplumber"),
                    packages=("pypdfium2", "pdfplumber"), command="pip install 'chithi[pdf]'"),
        Requirement(name="ocr", kind="extra", found_by=("PIL", "pdfplumber"), packages=("Pillow", "pdfplumber"),
                    command="pip install 'chithi[ocr]'"),
        Requirement(name="tables", kind="extra", found_by=("pyarrow",), packages=("pyarrow",),
                    command="pip install 'chithi[tables]'"),
        Requirement(name="tesseract", kind="program", found_by=("tesseract",), packages=("--version",),
                    command="apt-get install tesseract-ocr tesseract-ocr-vie"),
        Requirement(name="LibreOffice", kind="program", found_by=("soffice", "libreoffice"), packages=("--version",),
                    command="apt-get install libreoffice-writer"),
    )
}  # fmt: skip


def need(name: str) -> str:
    """Make sure that a requirement is there; the path of a program, an empty string for an extra.

    Raises:
        DocumentError: `missing_extra` or `missing_program`; the message holds the command that installs it.
    """
    requirement = REQUIREMENTS[name]
    if requirement.kind == "extra":
        if all(importlib.util.find_spec(module) for module in requirement.found_by):
            return ""
        raise DocumentError(
            f"needs Python packages that are not installed ({', '.join(requirement.packages)}). "
            f"Install them with: {requirement.command}",
            code="missing_extra",
        )
    path = _path(requirement)
    if path is None:
        raise DocumentError(
            f"needs the program {name}, which is not installed. Install it with: {requirement.command}",
            code="missing_program",
        )
    return path


def version(name: str) -> str | None:
    """What of a requirement is installed, for a person to read; None where it is missing."""
    requirement = REQUIREMENTS[name]
    if requirement.kind == "extra":
        try:
            return ", ".join(f"{package} {metadata.version(package)}" for package in requirement.packages)
        except metadata.PackageNotFoundError:
            return None
    path = _path(requirement)
    if path is None:
        return None
    try:
        done = subprocess.run([path, *requirement.packages], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout or done.stderr).partition("\n")[0].strip()


def _path(requirement: Requirement) -> str | None:
    return next((path for program in requirement.found_by if (path := shutil.which(program))), None)
