"""Files → documents: most files are one, archives, e-mails and tables of texts hold many.

Nothing is unpacked to the disk, and a document's bytes are in memory only until the next is asked for. The name of a
document inside a file is a label: ``plans.zip!/2025/a.docx`` for a file, ``rows.csv#row=12`` for a row.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO

from chithi.errors import DocumentError
from chithi.ingest.formats import CSV, EMAIL, FORMATS, HEAD, JSONL, PARQUET, TEXT, ZIP, Format, identify, identify_head
from chithi.ingest.limits import DEFAULT, Limits

MAX_DEPTH = 3  # containers around a document; more only occurs where somebody means harm


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of the work list: a file, standard input, a document inside a file, or a failure known beforehand.

    Attributes:
        uri: its name.
        path: the file; None where `data` has the bytes.
        data: the bytes; None where they stand in a file, or are still to be read from standard input.
        plain: it is text or HTML whatever it looks like, as a cell of a table is.
        error: why it cannot be read.
    """

    uri: str
    path: Path | None = None
    data: bytes | None = None
    plain: bool = False
    error: DocumentError | None = None


Documents = Generator[Document, None, None]


@dataclass(slots=True)
class Budget:
    """What a container, with all containers in it, may still unpack."""

    limits: Limits
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.limits.max_unpacked

    def take(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            DocumentError: `too_large`, there are more than the limit.
        """
        self.left -= size
        if self.left < 0:
            raise DocumentError(
                f"unpacks to more than {self.limits.max_unpacked:,} bytes; what lies behind them was not read. Raise "
                "the limit with --max-unpacked",
                code="too_large",
            )


def suffixes(*, rows: bool) -> frozenset[str]:
    """Extensions that are looked for in folders and archives; those of tables only if their rows are wanted."""
    return frozenset(suffix for form in FORMATS if rows or form.holds != "rows" for suffix in form.suffixes)


def may_hold_documents(document: Document, *, text_column: str | None = None) -> bool:
    """Whether `expand` has anything to do, judged by the first bytes; a file that cannot be read holds none."""
    if document.plain or document.error is not None:
        return False
    try:
        if document.path is None:
            head = (document.data or b"")[:HEAD]
        else:
            if not document.path.is_file():
                return False
            with document.path.open("rb") as stream:
                head = stream.read(HEAD)
    except OSError:
        return False
    return bool(_wanted(identify_head(head, name=document.uri), document.uri, text_column).holds)


def expand(document: Document, *, limits: Limits = DEFAULT, text_column: str | None = None) -> Documents:
    """Yield the documents in a file, or the file itself if it holds no others.

    What is wrong with a document, or with the file, becomes a document with an error; those before it stay good.

    Args:
        document: with a path or data.
        limits: of each document; `max_unpacked` of the whole file.
        text_column: the column of tables that holds the texts.
    """
    if may_hold_documents(document, text_column=text_column):
        yield from _expand(document, Budget(limits), text_column, depth=1)
    else:
        yield document


def _expand(document: Document, budget: Budget, text_column: str | None, *, depth: int) -> Documents:
    try:
        with document.path.open("rb") if document.path is not None else BytesIO(document.data or b"") as stream:
            form = _wanted(identify(stream, name=document.uri), document.uri, text_column)
            if not form.holds:
                yield document
                return
            if depth > MAX_DEPTH:
                raise DocumentError(
                    f"lies in more than {MAX_DEPTH} containers, one in the other. Unpack the outer ones first",
                    code="nested_archive",
                )
            stream.seek(0)
            with closing(_inside(form, document, stream, budget, text_column)) as found:
                for inner in found:
                    if may_hold_documents(inner, text_column=text_column):
                        yield from _expand(inner, budget, text_column, depth=depth + 1)
                    else:
                        yield inner
                    if budget.left < 0:  # a container in this one has used it up, and has said so
                        return
            return
    except DocumentError as e:
        error = e
    except MemoryError:
        error = out_of_memory()
    except UnicodeDecodeError as e:
        error = DocumentError(
            f"is not valid {e.encoding} ({e.reason}); it was read up to there. Save it again as UTF-8", code="encoding"
        )
    except OSError as e:
        error = DocumentError(f"cannot be read: {e.strerror or e}. Check its permissions", code="unreadable")
    except Exception as e:
        error = defect(e)
    yield replace(document, path=None, data=None, error=error)


def defect(error: Exception) -> DocumentError:
    """Tell of a mistake in chithi: the batch goes on, the user can report it."""
    return DocumentError(
        f"{type(error).__name__}: {error}. This is a defect of chithi; please report it with the document",
        code="internal",
    )


def out_of_memory() -> DocumentError:
    """Tell of a document that needs more than a worker may take."""
    return DocumentError(
        "needs more memory than a worker may take. Raise the limit with --max-memory", code="out_of_memory"
    )


def _wanted(form: Format, name: str, text_column: str | None) -> Format:
    """With a column asked for, text of no known extension is a table too, as on standard input."""
    if form is TEXT and text_column is not None and PurePath(name).suffix.lower() not in suffixes(rows=False):
        return CSV
    return form


def _inside(form: Format, document: Document, stream: BinaryIO, budget: Budget, text_column: str | None) -> Documents:
    if form is ZIP:
        from chithi.ingest.archive import members

        return members(stream, uri=document.uri, suffixes=suffixes(rows=text_column is not None), budget=budget)
    if form is EMAIL:
        from chithi.ingest.mail import parts

        return parts(stream, uri=document.uri, suffixes=suffixes(rows=text_column is not None), budget=budget)
    from chithi.ingest import rows

    read = {CSV: rows.csv_rows, JSONL: rows.jsonl_rows, PARQUET: rows.parquet_rows}[form]
    return read(stream, uri=document.uri, column=text_column, limits=budget.limits)
