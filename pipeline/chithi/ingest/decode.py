"""Bytes → characters: byte-order marks, strict UTF-8, then the older encodings of Vietnamese, each with a check.

A wrong guess is worse than a refusal: it yields a record of garbage that looks like success. So a guessed encoding is
taken only where its outcome reads as Vietnamese.
"""

from __future__ import annotations

import codecs
import re
from array import array
from dataclasses import dataclass

from chithi.errors import DocumentError
from chithi.ingest.legacy import LEGACY, decode_bytes
from chithi.ingest.syllables import reads_as_vietnamese

_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I
)
_SAMPLE = 200_000  # bytes that a judgement looks at


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the name of the encoding that gave them, and where each was in the file if that is not the same."""

    text: str
    encoding: str
    origins: array[int] | None = None


def decode(data: bytes, *, markup: bool = False) -> Decoded:
    """Decode a whole file; a byte-order mark is dropped, every other character is kept, line ends too.

    Args:
        data: the file's bytes.
        markup: also believe the charset that an HTML or XML head declares.

    Raises:
        DocumentError: code `encoding`; the message says what was tried.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data[len(bom) :].decode(name), name)
            except UnicodeDecodeError as e:
                raise DocumentError(
                    f"begins with the mark of {name} but is not valid {name} (byte {e.start + len(bom)}: {e.reason}). "
                    "Save it again as UTF-8",
                    code="encoding",
                ) from e
    utf16 = looks_like_utf16(data)
    if utf16 is None:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError as e:
            problem = f"byte {e.start}: {e.reason}"
    else:
        problem = "it holds NUL bytes"
    tried = ["utf-8"]
    declared = _declared(data) if markup else None
    for name in [utf16] if utf16 else [*([declared] if declared else []), "windows-1258"]:
        tried.append(name)
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == declared != "windows-1258" or reads_as_vietnamese(text):
            return Decoded(text, name)
    if utf16 is None and (found := decode_bytes(data)) is not None:
        return Decoded(*found)
    raise DocumentError(
        f"is not UTF-8 ({problem}) and does not read as Vietnamese in any other encoding tried ("
        f"{', '.join([*tried[1:], *(legacy.name for legacy in LEGACY)])}){_guess(data)}. Convert it to UTF-8 first",
        code="encoding",
    )


def looks_like_utf16(data: bytes) -> str | None:
    r"""Name the byte order of UTF-16 with or without a mark, None where the bytes are something else.

    In Vietnamese text more than half of the characters are below U+0100, so one of each two bytes is often NUL, and
    always on the same side.

    >>> looks_like_utf16("Kế hoạch năm 2025".encode("utf-16-le")), looks_like_utf16(b"a\x00b")
    ('utf-16-le', None)
    """
    for bom, name in _BOMS:
        if data.startswith(bom) and name != "utf-8":
            return name
    if len(data) < 4 or len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    even, odd, half = sample[::2].count(0), sample[1::2].count(0), len(sample) // 2
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        "".encode(name)  # codecs such as base64 have names too, and do not read text
    except (LookupError, UnicodeDecodeError):
        return None
    if name.startswith("utf"):
        return None  # tried already, or contradicted by the ASCII markup around it
    # Browsers read a page that says Latin-1 as its superset windows-1252.
    return {
        "iso8859-1": "windows-1252",
        "ascii": "windows-1252",
        "cp1252": "windows-1252",
        "cp1258": "windows-1258",
    }.get(name, name)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # costs an import that good files need not pay

    best = from_bytes(data[:20_000]).best()
    return f"; the bytes look most like {best.encoding}" if best else ""
