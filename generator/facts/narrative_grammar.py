"""The grammar of prose: how a figure, a change, a share, a reason or a comparison is written.

All patterns see the text as ``narrative_words.plain`` leaves it; those that end in ``$`` see the
words before a figure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from generator.facts.narrative_codes import ITEM
from generator.meaning.amounts import UNIT_PATTERN, UNITS, read_amount

SENTENCE_ENDS = "。！？"
CLAUSE_ENDS = ",，;；。:：、"
COUNTED = r"平方米|辆|台\(套\)|台|套|个|人次|批次|人|分|次"
# All that may be one number, to its end: what of it is certain is for ``certain_number`` to say.
_NUMBER = (
    r"(?:(?<![\d.])-)?(?<![\d.])(?<!\d[,，])(?<!\d[,，.] )"
    r"\d++(?:[,，.] ?\d++| \d{3}(?=[ .]\d)){0,9}+"
)
FIGURE = re.compile(
    rf"(?P<number>{_NUMBER})\s*+"
    rf"(?P<unit>{UNIT_PATTERN}|%|{COUNTED})"
    r"|(?P<dash>(?<=[增长下降低升])\s*(?:-{1,3}|—{1,2})\s*%?|的\s*(?:-{1,3}|—{1,2})\s*%)"
)
#: All that a paragraph is read for, but for the words of reasons, which are data.
_EVENT = (
    rf"(?P<item>{ITEM})"
    rf"|(?P<figure>{FIGURE.pattern})"
    r"|(?P<list>其中[:,]?|(?:以下|如下)[^。;:,，；]{0,6}[:])|(?P<among>(?<=[^其])中[,，])"
    r"|(?P<reason>REASONS)"
    r"|(?P<compared>决算数?(?P<relation>大于|小于|等于|超过|低于|高于|"
    r"与(?:全年|年初|调整)?预算数?(?:基本)?(?:持平|一致))|(?<![本])(?P<same>持平)|"
    r"(?P<alike>(?:相同|一致|无增减(?:变化)?|没有增减(?:变化)?|无变化|没有变化)(?=[,;。()]|$)))"
    r"|(?<![有如若是])(?:没有|无|未(?=使用|安排|发生|产生))(?:使用|安排|发生|产生)?"
    r"(?P<nothing>[^,，;；。:：、()\d无没未]{4,30})(?=[,，;；。(]|$)"
    r"|(?P<open>\()|(?P<close>\))|(?P<end>。|!|\?)"
)
CHANGE = re.compile(
    r"(?P<word>增加|减少|增长|下降|降低|上升|提高|减低|增|减)(?:了|额|额为|为|数)?$"
)
SHARE = re.compile(r"占比?(?P<whole>[^,，;。:、]{0,30}?)的?(?:比例|比重|比)?(?:为|是)?$")
COMPLETED = re.compile(r"完成(?:了)?(?P<base>年初|全年|调整|当年)?预算数?(?:的)?$")
BUDGETED = re.compile(r"(?P<base>年初|全年|调整后?|当年)?预算数?(?:安排)?(?:为|是)?$")
EXECUTED = re.compile(r"(?:决算|执行)数?(?:为|是)?$")
BASE = re.compile(
    r"(?:[比较]|(?P<with>[与同和]))(?P<base>(?:上年|去年|上一年|年初|全年|调整|20\d\d)[^,，;。:、]{0,24}?)"
    r"(?(with)(?:相比|持平)|(?=$|增|减|下降|降|上升|提|持平|[,，]))"
)
_RANGE = re.compile(r"\d[-~～—至到]{1,2}$")
_NUMBERED = re.compile(r"(?:^|[,，;；。:：、()])$")
# 分别为12，417.5万元 lists two; 表1，417.5万元 begins with the number of a table.
_LISTING = re.compile(r"(?:分别|各)[^,，;；。]{0,30}$|[表图第注件]$")
#: 增加（减少）0万元 says nothing, 约500万元 nothing exact.
UNDECIDED = (
    "(减少)",
    "(增加)",
    "(下降)",
    "(增长)",
    "(降低)",
    "约",
    "近",
    "超",
    "超过",
    "逾",
    "不足",
)
#: What a reason may explain.
EXPLAINED = ("change", "growth", "completion", "comparison")
#: A label that is a sentence of its own is short.
LONGEST_LABEL = 60
#: What a text ends with where a clause, and what it lists, may begin.
NUMBERED = re.compile(
    r"(?:^|[;；。:]\s*+)(?:\(?\d{1,2}[).、．]|\([一二三四五六七八九十]{1,3}\))?\s*+[\"“]?$"
)
#: The number that a paragraph of a list begins with; whether it is the first of its list.
BEGINS_NUMBERED = re.compile(
    r"^\s*+(?:\(?(?:(?P<first>1|一)|\d{1,2}|[一二三四五六七八九十]{1,3})(?:\)|(?<=\d)[.、．]))"
)
#: 3.智慧交通管理: what stands before the amount of a project in a list.
PROJECT_ITEM = re.compile(r"^\s*+\d{1,2}[.、．][^,，;；。:：]{2,60}")
_REASON_BEGINS = re.compile(r"^(?:[是为:：,，\s]|主要|在于|说明(?=[:：]))+")
OF_PERFORMANCE = re.compile(r"项目|问题|绩效|整改|得分|分$")
THRESHOLD = ("以上", "以下", "(含)", "(不含)", "及以上")
#: 比上年预算数80万元, 2023年决算数: what was before, which is no amount of the year at hand.
EARLIER = re.compile(
    r"(?:上年|去年|上一年|(?P<year>20\d\d)年)(?:度)?(?:年初|全年|调整)?"
    r"(?:预算|决算|执行|支出|收入)*数?(?:安排)?(?:的|为|是)*$"
)
PHASES = {"年初": "initial_budget", "全年": "adjusted_budget", "调整": "adjusted_budget"}
_TIME = (
    r"20\d\d年(?:度|初)?|上年|去年|上一年|年初|全年|当年|本年(?:度)?|调整后?|同期|"
    r"[\"“]?三公[\"”]?经费"
)
_BASIS = rf"{_TIME}|度|初|部门|财政拨款|一般公共预算|预算|决算|执行|批复|支出|收入|安排|总|数|额|的"
#: What may stand between the end of a clause and a figure that is of the subject at hand.
_BARE = re.compile(
    rf"(?:{_TIME}|完成了?|预算数?|决算数?|执行数?|支出(?=决算|数)|安排|批复|为|是|共|相应|数)*+"
    rf"(?:[比较与同和](?:{_BASIS})*+(?:相比|对比|比)?)?+"
    r"(?:总体|整体|同比|环比|各|均|共|也|将|预计|有所|净|略有?|预算|决算|执行|数|的|为|是)*+"
)
_COMPARED_WITH = re.compile(
    rf"(?:[比较与同和](?:{_BASIS})++(?:相比|对比|比)?+)?+(?:同比|总体|各|均|共|预计)*+"
)
_COMPARES = re.compile("[比较与同和总各均共预]")
_LAST_YEAR = re.compile(r"上年|去年|上一年")
FEWER = ("减少", "下降", "降低", "减低", "减")
RELATIONS = {"大于": "greater", "超过": "greater", "高于": "greater"} | {
    "小于": "less",
    "低于": "less",
    "等于": "equal",
}


def certain_number(number: str, before: str) -> str | None:
    """The number as ``amounts`` reads it; None where it may be several, or the end of a range.

    ``before`` are the words before it. A full-width comma also lists, a space also parts.
    """
    if _RANGE.search(before):
        return None
    if not set(number) & set("，　 "):
        return number if read_amount(number).plain is not None else None
    begins = _NUMBERED.search(before) and "." in number[:4]  # 1. 500: a number of a list before it
    solid = number.replace("，", ",").replace(", ", ",").replace(". ", ".")
    whole = read_amount(solid).plain
    if whole is None or "." not in whole or begins or _LISTING.search(before):
        return None
    return solid


def direction_of(changed: re.Match[str]) -> str:
    """``increase`` or ``decrease``, by the word that ``CHANGE`` found."""
    return "decrease" if changed["word"] in FEWER else "increase"


def is_bare(lead: str) -> bool:
    """Tell whether the words of a clause before a figure name no subject of their own."""
    return bool(_BARE.fullmatch(re.split(f"[{CLAUSE_ENDS}()]", lead)[-1]))


def without_basis(words: str) -> str:
    """Words without the comparison that they end with: 基本支出比上年 is 基本支出."""
    starts = (each.start() for each in _COMPARES.finditer(words))
    basis = next((at for at in starts if _COMPARED_WITH.fullmatch(words, at)), len(words))
    return words[:basis]


def base_of(words: str, year: int) -> str:
    """What a change is against: last year, last year's final accounts, a budget, another year."""
    other = re.search(r"20\d\d", words)
    last = int(other.group()) == year - 1 if other else bool(_LAST_YEAR.search(words))
    if other and not last and not any(w in words for w in PHASES):
        return other.group()
    if last:
        return "prior_year_executed" if "执行" in words else "prior_year"
    for word, phase in PHASES.items():
        if word in words:
            return phase
    if "预算" in words and not other and "上年" not in words and "去年" not in words:
        return "budget"
    return "prior_year_executed" if "执行" in words else "prior_year"


def brackets_with_figures(text: str) -> set[int]:
    """The places of brackets that hold figures of money or percent: asides on other subjects."""
    held: set[int] = set()
    opened: list[int] = []
    for index, character in enumerate(text):
        if character == "(":
            opened.append(index)
        elif character == ")" and opened:
            start = opened.pop()
            if any(each["unit"] in UNITS for each in FIGURE.finditer(text, start, index)):
                held |= {start, index}
    return held


def unnumbered(text: str) -> str:
    """A text without the number that it begins with: 1. or （一）."""
    return re.sub(r"^(?:\d{1,2}[.、．]|\([^()]*\))", "", text)


@cache
def event_pattern(reasons: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the events of a paragraph; ``reasons`` are the words that begin a reason."""
    return re.compile(_EVENT.replace("REASONS", "|".join(reasons)))


def reason_in(text: str, *, cut: bool) -> str:
    """The reason in a text that follows the word 原因; blank if there is none.

    ``cut``: the text ends with the beginning of a clause on something else.
    """
    last = max(map(text.rfind, (";", "；", "。")))
    text = text[:last] if cut and last >= 0 else text
    reason = _REASON_BEGINS.sub("", text.strip())
    return reason.strip().rstrip("。；;，,、：: ")


def last_words(lead: str) -> str:
    """The last clause before a figure, for people to read."""
    return unnumbered(re.split(f"[{CLAUSE_ENDS}]", lead)[-1])[-40:]


class Pieces:
    """A text cut after marks, once, so that the piece at a place is found without a search."""

    def __init__(self, text: str, marks: str) -> None:
        self.text = text
        self.cuts = [0, *(match.end() for match in re.finditer(f"[{marks}]", text))]

    def at(self, index: int) -> str:
        """The piece that holds the place ``index``, with the mark that ends it."""
        following = bisect_right(self.cuts, index)
        end = self.cuts[following] if following < len(self.cuts) else len(self.text)
        return self.text[self.cuts[following - 1] : end]

    def before(self, index: int) -> str:
        """What stands before the place ``index`` in its piece."""
        return self.text[self.cuts[bisect_right(self.cuts, index) - 1] : index]
