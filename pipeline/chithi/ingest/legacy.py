"""Text in the Vietnamese encodings before Unicode: TCVN3 (ABC), VNI, VISCII, VPS, BK HCM2.

It comes as bytes, or as Unicode text in which a converter took the bytes for Latin-1 (`Uû ban nh©n d©n tØnh`). Each
encoding reads every text, so nothing but the outcome can tell which one is meant: words that no Vietnamese spelling
allows become words that it does. What cannot be told is left as it stands, and reported where it looks like damage.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from chithi.ingest import legacy_tables as tables
from chithi.ingest.syllables import is_syllable

_SAMPLE = 200_000  # characters that a judgement of a file looks at
_LONGEST = 24  # characters of a word, with two for a vowel; longer ones are no words and not worth remembering
_TONES = "\u0301\u0300\u0309\u0303\u0323"  # in the order of the tables
_WINDOWS = {chr(b): c for b in range(0x80, 0xA0) if (c := bytes([b]).decode("cp1252", "ignore"))}
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[ \t*,]+")  # what may stand between two words of one phrase
_BEYOND = re.compile("[\u0100-\U0010ffff]")
# What the letter's code becomes on its way through a PDF or a word processor's symbols.
_STRAY = {"\u2212": "\u00ad", "\u2219": "\u00b7", "\u03bc": "\u00b5"}


@dataclass(frozen=True)
class Legacy:
    """One encoding: what its codes, read as Latin-1, mean; ``letters`` has one or two characters a key."""

    name: str
    letters: dict[str, str]

    @cached_property
    def single(self) -> dict[int, str]:
        """For `str.translate`; what is no letter of the encoding is what Windows shows."""
        return {ord(k): v for k, v in (_WINDOWS | self.letters).items() if len(k) == 1}

    @cached_property
    def pairs(self) -> re.Pattern[str] | None:
        """A vowel with the sign behind it, None where every letter is one character."""
        signs: dict[str, str] = {}
        for key in self.letters:
            if len(key) == 2:
                signs[key[0]] = signs.get(key[0], "") + key[1]
        return re.compile("|".join(f"{base}[{after}]" for base, after in signs.items())) if signs else None

    @cached_property
    def word(self) -> re.Pattern[str]:
        """What may be one word: letters of Unicode and of the encoding."""
        codes = re.escape("".join(sorted(set("".join(self.letters)))))
        return re.compile(f"[A-Za-z\u00c0-\u024f\u1e00-\u1eff{codes}]+")


def _rows(name: str, rows: str, extra: dict[str, str] | None = None) -> Legacy:
    letters: dict[str, str] = {}
    for line in rows.split("\n"):
        start, _, row = line.partition(" ")
        letters |= {chr(int(start, 16) + i): c for i, c in enumerate(row) if c != "."}
    seen = {_WINDOWS[k]: v for k, v in letters.items() if k in _WINDOWS}
    strays = {k: letters[v] for k, v in (extra or {}).items()}
    return Legacy(name, letters | seen | strays)


def _signs(name: str, vowels: dict[str, tuple[str, str, str]], whole: dict[str, str]) -> Legacy:
    letters = {code: letter for letter, code in whole.items()}
    for vowel, (plain, base, signs) in vowels.items():
        letters[plain] = vowel
        letters |= {base + s: unicodedata.normalize("NFC", vowel + t) for s, t in zip(signs, _TONES, strict=False)}
    both = letters | {k.upper(): v.upper() for k, v in letters.items()}
    both |= {k[0].upper() + k[1]: v.upper() for k, v in letters.items() if len(k) == 2}  # a sign has no case
    return Legacy(name, {k: v for k, v in both.items() if k != v or not k.isascii()})


TCVN3 = _rows("tcvn3", tables.TCVN3, _STRAY)
VNI = _signs("vni", tables.VNI, tables.VNI_WHOLE)
VISCII = _rows("viscii", tables.VISCII)
VPS = _rows("vps", tables.VPS)
BK_HCM2 = _signs("bk-hcm2", tables.BK_HCM2, tables.BK_HCM2_WHOLE)
LEGACY = (TCVN3, VNI, BK_HCM2, VISCII, VPS)


def transcode(text: str, legacy: Legacy) -> tuple[str, array[int] | None]:
    """Read a whole text as one of the encodings.

    Returns:
        The text, and where each of its characters began in what was given, then where that ended; None for the latter
        where every character stands for one.
    """
    if legacy.pairs is None:
        return text.translate(legacy.single), None
    out: list[str] = []
    origins = array("I")
    at = 0
    for m in legacy.pairs.finditer(text):
        start, end = m.span()
        out += text[at:start].translate(legacy.single), legacy.letters[m[0]]
        origins.extend(range(at, start + 1))
        at = end
    out.append(text[at:].translate(legacy.single))
    origins.extend(range(at, len(text) + 1))
    return "".join(out), origins


def capitals(text: str) -> str:
    """Give toned letters their capital again, which TCVN3 lacks, where the word or the words beside it are capitals.

    >>> capitals("CộNG HOà Xã HộI, Uỷ BAN; Uỷ ban ở Hà Nội")
    'CỘNG HOÀ XÃ HỘI, UỶ BAN; Uỷ ban ở Hà Nội'
    """
    words = list(_WORD.finditer(text))
    shapes = [_shape(m[0]) for m in words]
    joined = [_JOINED.fullmatch(text, a.end(), b.start()) is not None for a, b in pairwise(words)]
    before, after = _carry(shapes, joined), _carry(shapes[::-1], joined[::-1])[::-1]
    out: list[str] = []
    at = 0
    for m, shape, left, right in zip(words, shapes, before, after, strict=True):
        upper = shape == "upper" or (shape == "open" and "upper" in (left, right) and "lower" not in (left, right))
        if upper and not m[0].isupper():
            out += text[at : m.start()], m[0].upper()
            at = m.end()
    return "".join([*out, text[at:]])


def _carry(shapes: list[str], joined: list[bool]) -> list[str]:
    """For each word the shape of the last one before it that has one, as far as words follow each other."""
    out: list[str] = []
    last = ""
    for shape, reached in zip(shapes, [False, *joined], strict=False):
        last = last if reached else ""
        out.append(last)
        last = last if shape == "open" else shape
    return out


def _shape(word: str) -> str:
    """``upper`` or ``lower`` by the letters that the encoding has in both cases; ``open`` where they do not tell.

    Empty for abbreviations: `Sở KH&CN` is no line in capitals.
    """
    own = [c for c in word if c.isascii() or c.lower() in "ăâêôơưđ"]
    if any(c.islower() for c in own):
        return "lower"
    return "upper" if len(own) > 1 and is_syllable(word.upper()) else "open" if len(own) < len(word) else ""


def _read(word: str, name: str) -> str:
    legacy = _named()[name]
    text, _ = transcode(word, legacy)
    if legacy is TCVN3 and not any("a" <= c <= "z" for c in word) and any("A" <= c <= "Z" for c in word[1:]):
        return text.upper()
    return text


@cache
def _named() -> dict[str, Legacy]:
    return {legacy.name: legacy for legacy in LEGACY}


def kind(word: str, name: str) -> str:
    """What a word is for an encoding.

    Returns:
        ``coded``: only the encoding makes it Vietnamese; ``weak``: so, but with two letters, as chance also does;
        ``own``: it is Vietnamese as it stands; ``either``: it may be both; ``foreign``: it is neither; empty where the
        encoding would not change it and it says nothing.
    """
    return _kind(word, name) if len(word) <= _LONGEST else "foreign"


@lru_cache(maxsize=1 << 15)
def _kind(word: str, name: str) -> str:
    new = _read(word, name)
    vietnamese = is_syllable(word)
    if new == word:
        return "own" if vietnamese and _BEYOND.search(word) else ""
    if vietnamese:
        return "either" if not _BEYOND.search(word) and (is_syllable(new) or new.isupper()) else "own"
    if len(word) == 1 or not is_syllable(new):
        return "either" if len(word) == 1 or new.isupper() else "foreign"  # `Q§` is QĐ
    return "coded" if len(new) > 2 else "weak"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that only an encoding makes Vietnamese, how many different ones, and words that it makes nothing of."""

    coded: int
    distinct: int
    foreign: int

    @property
    def score(self) -> int:
        """0 for too little: two words also become Vietnamese by chance, hardly one in fifty of another tongue."""
        return max(self.coded - self.foreign, 0) if self.distinct >= 3 else 0


def evidence(text: str, legacy: Legacy) -> Evidence:
    """Judge a text's words as an encoding reads them."""
    coded = foreign = 0
    distinct: set[str] = set()
    for word, count in Counter(legacy.word.findall(text)).items():
        what = kind(word, legacy.name)
        if what == "coded":
            coded += count
            distinct.add(word.lower())
        elif what == "foreign":
            foreign += count
    return Evidence(coded, len(distinct), foreign)


def choose(text: str) -> Legacy | None:
    """The encoding that a text's words speak for, None where they are too few or another one does as well."""
    judged = [(evidence(text, legacy).score, legacy) for legacy in LEGACY]
    (best, legacy), (second, _) = sorted(judged, key=lambda x: -x[0])[:2]
    return legacy if best > 0 and second <= 0.7 * best else None


def decode_bytes(data: bytes) -> tuple[str, str, array[int] | None] | None:
    """Decode a file of one of the encodings.

    Returns:
        Its text, the encoding's name and the map of `transcode` from characters to bytes; None where it does not read
        as Vietnamese in any of them.
    """
    shown = data.decode("latin-1")
    best = choose(shown[:_SAMPLE])
    if best is None:
        return None
    text, origins = transcode(shown, best)
    return (capitals(text) if best is TCVN3 else text), best.name, origins


def legacy_of(font: str | None) -> tuple[Legacy, bool] | None:
    """The encoding that a font's name tells, and whether the font shows its letters as capitals."""
    name = (font or "").strip().lstrip("@")
    low = name.lower()
    if low.startswith(".vn"):
        return TCVN3, re.match(r"\S+H\b", name) is not None
    for start, legacy in (("vni", VNI), ("viscii", VISCII), ("vps", VPS)):
        if low.startswith(start):
            return legacy, False
    return None


def decode_run(text: str, font: str | None) -> str:
    """Read a run of text as its font shows it; unchanged where the font or the text itself is Unicode's.

    >>> decode_run("Uû ban nh©n d©n", ".VnTime"), decode_run("céng hoµ", ".VnTimeH"), decode_run("§ 5", "Arial")
    ('Uỷ ban nhân dân', 'CỘNG HOÀ', '§ 5')
    """
    found = legacy_of(font)
    if found is None:
        return text
    legacy, upper = found
    codes = re.sub("[\uf020-\uf0ff]", lambda m: chr(ord(m[0]) - 0xF000), text)  # a font that calls itself symbols
    new, _ = transcode(codes, legacy)
    kinds = {kind(word, legacy.name) for word in legacy.word.findall(codes)}
    if "own" in kinds and "coded" not in kinds:
        return text.upper() if upper else text
    if upper:
        return new.upper()
    return capitals(new) if legacy is TCVN3 else new
