"""The work list of a run: found as it is needed, never held as a whole, in one order for every run."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path

from chithi.errors import UsageError
from chithi.ingest import uri_of
from chithi.ingest.documents import Document, suffixes


def find_documents(paths: Iterable[Path], *, rows: bool = False, but: Collection[Path] = ()) -> Iterator[Document]:
    """Yield what is to be read: files as named, folders searched for known extensions, ``-`` for standard input.

    In a folder, documents come sorted by path, hidden files and folders are skipped, and symbolic links are followed
    only to files inside the folder. A folder that cannot be listed becomes a document, so that it fails visibly. What
    is in memory at a time is the names of one folder, and of those around it.

    Args:
        paths: in the order of the output.
        rows: look for tables in folders too.
        but: files and folders that no search enters, such as what the run itself writes.

    Raises:
        UsageError: a path is missing, or a folder holds no documents.
    """
    known = suffixes(rows=rows)
    left_out = {os.path.abspath(path) for path in but}  # noqa: PTH100 (links stay links)
    named: set[str] = set()
    folders: list[Path] = []
    for path in paths:
        place = str(path) if str(path) == "-" else os.path.abspath(path)  # noqa: PTH100
        if place in named:
            continue
        named.add(place)
        if place == "-":
            yield Document("-")
            continue
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError) as e:
            raise UsageError(f"{uri_of(path)}: no such file or folder. Check the path", code="missing") from e
        except OSError:
            pass  # it is there but cannot be reached: reading it fails with the reason
        if os.path.isdir(path):  # noqa: PTH112 (False where there is no access)
            files = _search(path, path.resolve(), known, left_out)
            first = next(files, None)
            if first is None:
                raise UsageError(
                    f"{uri_of(path)}: no documents in this folder. chithi reads {', '.join(sorted(known))} files",
                    code="no_documents",
                )
            for file in chain([first], files):
                where = os.path.abspath(file)  # noqa: PTH100
                if where not in named and not any(_finds(folder, where, known) for folder in folders):
                    yield Document(uri_of(file), file)
            folders.append(path)
        elif not any(_finds(folder, place, known) for folder in folders):
            yield Document(uri_of(path), path)


def _search(folder: Path, root: Path, known: frozenset[str], left_out: set[str]) -> Iterator[Path]:
    names: list[str] = []  # names alone: an entry of the system takes five times the memory
    folders: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.add(entry.name)
                    names.append(entry.name)
                elif os.path.splitext(entry.name)[1].lower() in known:  # noqa: PTH122 (quicker)
                    names.append(entry.name)
    except OSError:
        yield folder
        return
    names.sort()
    for name in names:
        path = folder / name
        if left_out and os.path.abspath(path) in left_out:  # noqa: PTH100
            continue
        if name in folders:
            yield from _search(path, root, known, left_out)
        elif not path.is_symlink() or _leads_inside(path, root):
            yield path


def _leads_inside(link: Path, root: Path) -> bool:
    return not os.path.isdir(link) and link.resolve().is_relative_to(root)  # noqa: PTH112


def _finds(folder: Path, file: str, known: frozenset[str]) -> bool:
    """Whether the search of an earlier folder has come upon a file, so that no list of what it found is needed."""
    root = os.path.join(os.path.abspath(folder), "")  # noqa: PTH100, PTH118 (ends in a separator)
    if not file.startswith(root) or Path(file).suffix.lower() not in known:
        return False
    path = Path(file)
    parts = path.relative_to(root).parts
    if any(part.startswith(".") for part in parts):
        return False
    if any(path.parents[n].is_symlink() for n in range(len(parts) - 1)):
        return False
    return not path.is_symlink() or _leads_inside(path, folder.resolve())
