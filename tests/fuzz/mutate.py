"""Random damage to bytes, the same for the same seed; containers are also damaged inside and packed again."""

from __future__ import annotations

import io
import random
import zipfile

_BYTES = (
    b"\x00", b"\xff" * 4, b"\x80\x00\x00\x00", b"\x7f\xff\xff\xff", b"<", b">", b"&#0;", b'"', b"\r\n", b"%",
    b"99999999999", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"<!--", b"]]>", b"<table>", b"<w:tbl>", b"\n\n",
    b"=?utf-8?b?",
)  # fmt: skip


def mutate(data: bytes, *, seed: int) -> bytes:
    """Damage a file one to eight times."""
    chance = random.Random(seed)
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.6:
        return _inside(data, chance)
    return _damage(data, chance)


def _damage(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at, size = chance.randrange(len(out) + 1), chance.choice((1, 2, 4, 16, 64, 512))
        match chance.choice(("flip", "flip", "cut", "drop", "insert", "double", "swap", "overwrite")):
            case "flip" if at < len(out):
                out[at] ^= 1 << chance.randrange(8)
            case "cut" if chance.random() < 0.3:
                del out[at:]
            case "drop":
                del out[at : at + size]
            case "insert":
                out[at:at] = chance.choice((chance.randbytes(size), chance.choice(_BYTES)))
            case "double":
                out[at:at] = out[at : at + size] * chance.choice((1, 2, 50))
            case "swap":
                other = chance.randrange(len(out) + 1)
                out[at : at + size], out[other : other + size] = out[other : other + size], out[at : at + size]
            case "overwrite":
                piece = chance.choice(_BYTES)
                out[at : at + len(piece)] = piece
    return bytes(out)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Damage one member and pack all again, so that its reader sees it and not only the one of the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.endswith(("document.xml", ".txt", ".html"))] + names)
        for name in names:
            content = old.read(name)
            new.writestr(name, _damage(content, chance) if name == chosen else content)
    return out.getvalue()
