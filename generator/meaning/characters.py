"""Characters that look the same: one code point for each, and none for what has no shape.

Fonts map the shape of 车 to the radical ⻋ or to a compatibility ideograph; what a person reads is
the ideograph, so that is what is read. Width, signs and digits stay as they are printed: they are
folded where they are compared (``wording.fold``) or parsed (``amounts``).
"""

from __future__ import annotations

import re
import unicodedata

# The supplement of radicals, U+2E80 to U+2EF3, and the ideograph of each: the property
# Equivalent_Unified_Ideograph of Unicode 14 (EquivalentUnifiedIdeograph.txt). NFKC knows two of
# them; of the Kangxi radicals it knows all.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩"
    "⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑"
    "⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王"
    "𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長"
    "镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# Where a mainland font means another: it shares the shape of ⼾ with 户, and a side form that
# stands alone in a text is meant for the whole.
_MAINLAND = {"⼾": "户", "⻐": "金", "⻈": "言", "⻠": "食"}
# Kangxi radicals, compatibility ideographs and their supplement.
_COMPATIBLE = (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
# Without a shape: soft hyphen, zero-width blanks and joiners, marks of direction, selectors of
# variants, the byte-order mark.
_SHAPELESS = (
    *(0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)),
    *(*range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0100, 0xE01F0)),
)

#: For each code point that is read as another: that one, or nothing. For ``str.translate``.
UNIFIED: dict[int, str] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for codes in _COMPATIBLE for code in codes},
    **dict(zip(map(ord, _RADICALS), _IDEOGRAPHS, strict=True)),
    **{ord(radical): ideograph for radical, ideograph in _MAINLAND.items()},
    **dict.fromkeys(_SHAPELESS, ""),
}

#: What stands for a character that is not known.
UNKNOWN = "\ufffd"
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
# What XML and with it a web page, a chart and a workbook forbid, and the controls and separators
# of lines that stand within a line, where Python would split an amount; none has a shape.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def unified(text: str) -> str:
    """Give each character the code point by which it is known, and drop what has no shape."""
    return text.translate(UNIFIED)


def is_unknown(text: str) -> bool:
    """Tell whether a text has a character whose meaning nobody but its font knows."""
    return UNKNOWN in text or bool(_PRIVATE.search(text))


def forbidden(text: str) -> list[str]:
    """The characters of a text that no web page may hold: controls, half characters."""
    return _FORBIDDEN.findall(text) + _HALVES.findall(text)


def without_forbidden(text: str) -> str:
    """Drop the characters that no web page may hold; a half stands for one that is lost."""
    return _FORBIDDEN.sub("", _HALVES.sub(UNKNOWN, text))
