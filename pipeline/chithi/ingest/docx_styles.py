"""What a DOCX file's styles and lists say of a run and a paragraph: font, capitals, hidden text, automatic labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Letters and signs of Word's symbol fonts, which stand at U+F000 plus the font's own code. Others are not shown.
_SYMBOL = dict(zip(range(0x20, 0x7F), (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
), strict=True)) | {
    0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_DINGBATS = {
    0x28: "☎", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
    0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def symbol(code: int, font: str | None) -> str:
    """The character that a symbol font shows for a code, with or without the U+F000; empty if it says nothing.

    >>> symbol(0xF0B3, "Symbol"), symbol(0xF0FC, "Wingdings"), symbol(0x2265, "Cambria Math")
    ('≥', '✓', '≥')
    """
    name = (font or "").lower()
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if "dings" in name:
        return _DINGBATS.get(low, "")
    if "symbol" in name or low != code:
        return _SYMBOL.get(low, "")
    return chr(code)


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is shown. None: not said."""

    font: str | None = None
    caps: bool | None = None
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        """The look of this where it says something, else the one below it."""
        return Look(
            self.font if self.font is not None else below.font,
            self.caps if self.caps is not None else below.caps,
            self.hidden if self.hidden is not None else below.hidden,
        )


_PLAIN = Look()


class Styles:
    """The styles part: looks and list membership, with what styles inherit."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._defaults = _PLAIN
        self._looks: dict[str, Look] = {}
        self.paragraph = ""  # id of the default paragraph style
        if root is None:
            return
        self._defaults = _look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.findall(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and _is_on(style.get(f"{W}default", "0")):
                self.paragraph = name

    def look(self, properties: Any, paragraph_style: str) -> Look:
        """How a run with these properties (w:rPr or None) is shown in a paragraph of this style."""
        below = self._of(paragraph_style).over(self._defaults)
        if properties is None:
            return below
        character_style = value(properties.find(f"{W}rStyle"))
        if character_style:
            below = self._of(character_style).over(below)
        return _look(properties).over(below)

    def list_of(self, style: str) -> tuple[str, int | None]:
        """The list that a paragraph style belongs to (empty: none) and the level that it names."""
        for element in self._chain(style):
            found = element.find(f"{W}pPr/{W}numPr")
            if found is not None and found.find(f"{W}numId") is not None:
                return value(found.find(f"{W}numId")), number(found.find(f"{W}ilvl"))
        return "", None

    def _of(self, style: str) -> Look:
        if style not in self._looks:
            look = _PLAIN
            for element in self._chain(style):
                look = look.over(_look(element.find(f"{W}rPr")))
            self._looks[style] = look
        return self._looks[style]

    def _chain(self, style: str) -> list[Any]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        chain: dict[str, Any] = {}
        while style in self._styles and style not in chain:
            chain[style] = self._styles[style]
            style = value(chain[style].find(f"{W}basedOn"))
        return list(chain.values())


@dataclass(slots=True)
class _Level:
    kind: str = "decimal"
    text: str = ""
    start: int = 1
    follows: str = " "
    restarts: bool = True
    legal: bool = False
    font: str | None = None
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)  # overrides, used up when the list first reaches the level


class Numbering:
    """The numbering part, and how far each list has counted."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}  # of an abstract list: level → last number
        if root is None:
            return
        abstracts = {e.get(f"{W}abstractNumId") or "": e for e in root.findall(f"{W}abstractNum")}
        nums = {e.get(f"{W}numId") or "": e for e in root.findall(f"{W}num")}
        for name, num in nums.items():
            key = value(num.find(f"{W}abstractNumId"))
            link = value(abstracts[key].find(f"{W}numStyleLink")) if key in abstracts else ""
            if link and (linked := styles.list_of(link)[0]) in nums:
                key = value(nums[linked].find(f"{W}abstractNumId"))
            if key not in abstracts:
                continue
            levels = {_index(e): _level(e) for e in abstracts[key].findall(f"{W}lvl")}
            made = _List(key, levels)
            for override in num.findall(f"{W}lvlOverride"):
                if (level := override.find(f"{W}lvl")) is not None:
                    levels[_index(override)] = _level(level)
                if (start := number(override.find(f"{W}startOverride"))) is not None:
                    made.starts[_index(override)] = start
            self._lists[name] = made

    def level_of(self, name: str, style: str) -> int:
        """The level of a list that a paragraph style is tied to, the first where none is."""
        levels = self._lists[name].levels if name in self._lists else {}
        return next((i for i, level in levels.items() if style and level.style == style), 0)

    def label(self, name: str, index: int) -> str:
        """Count one paragraph of a list and give what stands before it, with the space behind; empty for no list."""
        found = self._lists.get(name)
        level = found.levels.get(index) if found else None
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        if index in found.starts:
            counts[index] = found.starts.pop(index) - 1
        counts[index] = counts.get(index, level.start - 1) + 1
        for below in [i for i in counts if i > index and found.levels.get(i, level).restarts]:
            del counts[below]
        if level.kind == "bullet":
            shown = "".join(symbol(ord(c), level.font) if 0xF000 <= ord(c) <= 0xF0FF else c for c in level.text)
            # A typist's bullet is a dash by rule; of a picture or an unknown sign nothing else is known.
            label = {"o": "○", "": "-"}.get(shown.strip(), shown.strip())
        else:
            label = re.sub(r"%([1-9])", lambda m: self._number(found, counts, int(m[1]) - 1, level.legal), level.text)
        return label.strip() + level.follows if label.strip() else ""

    @staticmethod
    def _number(found: _List, counts: dict[int, int], index: int, legal: bool) -> str:
        level = found.levels.get(index, _Level())
        return _written(counts.get(index, level.start), "decimal" if legal else level.kind)


def value(element: Any) -> str:
    """The w:val of an element, empty where there is none."""
    return "" if element is None else element.get(f"{W}val") or ""


def number(element: Any) -> int | None:
    """The w:val of an element as a whole number."""
    text = value(element)
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else None


def _index(element: Any) -> int:
    text = element.get(f"{W}ilvl") or ""
    return int(text) if re.fullmatch(r"\d", text) else 0


def _is_on(text: str) -> bool:
    return text.lower() not in {"0", "false", "off"}


def _switch(properties: Any, name: str) -> bool | None:
    element = properties.find(W + name)
    return None if element is None else _is_on(element.get(f"{W}val", "1"))


def _look(properties: Any) -> Look:
    if properties is None:
        return _PLAIN
    fonts = properties.find(f"{W}rFonts")
    # Letters with accents, and those of the old one-byte fonts, take the font named for "high ANSI".
    font = None if fonts is None else fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")
    return Look(font, _switch(properties, "caps"), _switch(properties, "vanish"))


def _level(element: Any) -> _Level:
    suffix = value(element.find(f"{W}suff"))
    restart = number(element.find(f"{W}lvlRestart"))
    start = number(element.find(f"{W}start"))
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return _Level(
        kind=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")),
        start=1 if start is None else start,
        follows="" if suffix == "nothing" else " ",
        restarts=restart != 0,
        legal=(legal := element.find(f"{W}isLgl")) is not None and _is_on(legal.get(f"{W}val", "1")),
        font=None if fonts is None else fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii"),
        style=value(element.find(f"{W}pStyle")),
    )


def _written(count: int, kind: str) -> str:
    """A number as a list shows it.

    >>> [_written(*x) for x in ((4, "lowerLetter"), (28, "upperLetter"), (14, "upperRoman"), (7, "decimalZero"))]
    ['d', 'BB', 'XIV', '07']
    """
    if kind == "none":
        return ""
    if kind in {"lowerLetter", "upperLetter"} and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in {"lowerRoman", "upperRoman"} and 0 < count < 1000:
        left, letters = count, ""
        for worth, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), *_ROMAN):
            letters += sign * (left // worth)
            left %= worth
        return letters if kind == "lowerRoman" else letters.upper()
    return f"{count:02}" if kind == "decimalZero" else str(count)
