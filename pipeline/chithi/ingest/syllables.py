"""Whether words are Vietnamese: the syllables that the spelling allows, and texts that are made of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAMPLE = 200_000  # code points that a judgement looks at
_ENOUGH = 3  # a damaged character or two also make a syllable
_WORD = re.compile(r"[^\W\d_]+")
_ONSETS = ("ngh", "ng", "nh", "gh", "gi", "ch", "kh", "ph", "qu", "th", "tr", *"bcdđghklmnprstvx", "")
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê
    êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan
    oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn
    ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uôc uôi uôm uôn uông
    uôt uy uya uych uynh uyn uyt uyu uyp uyêt uyên ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y
    yêm yên yêng yêt yêu ynh yt
    """.split()  # noqa: SIM905 (a hundred and sixty quotes less)
)
# Latin-1 signs glued to letters: what text in the old one-byte fonts looks like. Quotes and units may stand so.
_GLUED = re.compile(r"(?:(?<=[^\W\d_])[¡-ª¬-¯±´-¸º¼-¿]|[¡-ª¬-¯±´-¸º¼-¿](?=[^\W\d_]))")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STRIP = dict.fromkeys(map(ord, _TONES))


@lru_cache(maxsize=1 << 15)
def is_syllable(word: str) -> bool:
    """Whether the spelling allows a word: onset, rime, one tone at most, and only sắc or nặng before a stop.

    >>> [is_syllable(w) for w in ("Nghị", "quyết", "giếng", "QUỐC", "cộc", "còc", "béng", "tØnh")]
    [True, True, True, True, True, False, True, False]
    """
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parts if c in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", parts.translate(_STRIP))
    for onset in _ONSETS:
        if bare.startswith(onset) and (rime := bare[len(onset) :]) in _RIMES:
            return not tones or not rime.endswith(("c", "ch", "p", "t")) or tones[0] in "\u0301\u0323"
    return bare == "gi" and bool(tones)


def reads_as_vietnamese(text: str) -> bool:
    """Whether the words with accents are Vietnamese syllables, and there are enough of them.

    >>> reads_as_vietnamese("Phấn đấu đến năm 2030"), reads_as_vietnamese("être, forêt, naïveté")
    (True, False)
    """
    sample = unicodedata.normalize("NFC", text[:_SAMPLE]).lower()
    # A letter with a mark that has no composed form is a sign of its own: \w leaves the mark outside the word.
    stray = sum(unicodedata.combining(c) > 0 for c in sample) + len(_GLUED.findall(sample))
    words = _WORD.findall(sample)
    accented = [w for w in words if not w.isascii()]
    good = sum(map(is_syllable, accented))
    return (
        len(accented) >= max(_ENOUGH, 0.1 * len(words))
        and good >= 0.9 * len(accented)
        and stray <= 0.02 * len(accented)
    )
