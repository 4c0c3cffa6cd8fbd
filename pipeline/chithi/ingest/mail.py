"""The documents of an e-mail: its body, if that says anything, and its attachments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from email import message_from_bytes, policy
from email.message import MIMEPart
from pathlib import PurePosixPath
from typing import BinaryIO

from chithi.errors import DocumentError
from chithi.ingest.documents import Budget, Document, Documents

_NO_NAME = {"message/rfc822": ".eml", "application/pdf": ".pdf"}


def parts(stream: BinaryIO, *, uri: str, suffixes: Collection[str], budget: Budget) -> Documents:
    """Yield the body, HTML rather than text where it comes as both, and the attachments that may be documents.

    Raises:
        DocumentError: `too_large`, `damaged`, or `no_documents`.
    """
    limit = budget.limits.max_bytes
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise DocumentError(
            f"has more than {limit:,} bytes, which is the limit. Raise it with --max-bytes", code="too_large"
        )
    try:
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(("html", "plain"))
        leaves = list(_leaves(message))
    except Exception as e:  # the parser fails in many ways on what no program wrote
        raise DocumentError(f"is not readable e-mail: {type(e).__name__}. Save it again", code="damaged") from e
    found = False
    for number, part in enumerate(leaves):
        try:
            document = _document(part, uri, is_body=part is body, number=number)
        except Exception as e:  # so do fields of a part, when they are asked for
            error = DocumentError(f"is not readable: {type(e).__name__}. Save the e-mail again", code="damaged")
            document = Document(f"{uri}!/attachment-{number}", error=error)
        if document.error or (document.data and PurePosixPath(document.uri).suffix.lower() in suffixes):
            budget.take(len(document.data or b""))
            found = True
            yield document
    if not found:
        raise DocumentError("is an e-mail without text and without attachments that chithi reads", code="no_documents")


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    """Walk through nested parts, but not into attached e-mails."""
    if part.get_content_maintype() != "multipart":
        yield part
        return
    for inner in part.iter_parts():
        yield from _leaves(inner)


def _document(part: MIMEPart, uri: str, *, is_body: bool, number: int) -> Document:
    """Make a document of a part; one without data where it is neither the body nor an attachment."""
    if is_body:
        suffix = ".html" if part.get_content_subtype() == "html" else ".txt"
        return Document(f"{uri}!/body{suffix}", data=_content(part).strip(), plain=True)
    name = part.get_filename()
    if part.get_content_maintype() in {"text", "image"} and (name is None or part.get("Content-ID") is not None):
        return Document(uri)  # the body in its other form, a picture of the body
    name = name or f"attachment-{number}{_NO_NAME.get(part.get_content_type(), '')}"
    name = PurePosixPath(name.replace("\\", "/")).name  # an attachment has no folder
    return Document(f"{uri}!/{name}", data=_content(part))


def _content(part: MIMEPart) -> bytes:
    """Give a part's bytes, texts in UTF-8 if they are in the charset that the part names."""
    if part.get_content_type() == "message/rfc822":
        return part.get_content().as_bytes()  # type: ignore[no-any-return]
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    charset = part.get_content_charset()
    if part.get_content_maintype() != "text" or charset is None:
        return data
    try:
        return data.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return data  # decoding the document finds out, or says what is wrong
