"""Made explanations (情况说明) of made budgets, in the wordings seen, that agree with the tables.

All amounts are known to the cent or better and rounded only where they are printed; so are the
amounts of the year before, of which only the changes and the percentages are told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from tests.disclosure_texts import Prose
from tests.made_budgets import BROUGHT, CARRIED, CLASSES, FISCAL, Atom, Budget, budgets
from tests.made_rows import is_basic, is_carried, is_project

FACTORS = {"元": 1, "万元": 10_000}
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_REASONS = (
    "，主要原因是工作需要",
    "，主要原因是增加数字政府项目17个",
    "，主要原因是一、人员变动；二、新设机构，故新增专项预算；三、开展模型建设工作",
    "，主要变动情况：一是由于政策性因素，增加了人员支出；二是项目支出增加",
    "，原因是落实2项要求，压减一般性支出",
    "",
)


@dataclass(frozen=True)
class Voice:
    """How explanations are worded."""

    money: str = "万元"
    stripped: bool = True
    thousands: bool = True
    wide_percent: bool = False
    wide_digits: bool = False
    spaced: bool = False
    places: int = 1
    base: str = "比上年"
    fewer: str = "下降"
    no_base: str = "--（基数为0，不可比）"
    same: str = "增加0{money}，增长0%"
    reason: str = _REASONS[0]
    department: str = "本部门"
    bracketed: bool = True
    shares: bool = False

    def amount(self, yuan: Decimal) -> str:
        """Money as printed, with its unit."""
        value = (yuan / FACTORS[self.money]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        text = f"{value:,}" if self.thousands else f"{value}"
        return self._digits(_stripped(text) if self.stripped else text) + self.money

    def rate(self, part: Decimal, whole: Decimal) -> str:
        """A percentage as printed."""
        value = abs(part / whole * 100).quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        text = self._digits(_stripped(f"{value}") if self.stripped else f"{value}")
        return text + ("％" if self.wide_percent else "%")

    def change(self, now: Decimal, before: Decimal, *, rate: bool = True) -> str:
        """The change against the year before."""
        moved = now - before
        if not (moved / FACTORS[self.money]).quantize(Decimal("0.01"), ROUND_HALF_UP):
            return self.same.format(money=self.money) if rate else f"增加0{self.money}"
        more, words = ("增加", "增长") if moved > 0 else ("减少", self.fewer)
        text = f"{more}{self.amount(abs(moved))}"
        if rate:
            text += f"，{words}{self.rate(moved, before) if before else self.no_base}"
        return text

    def _digits(self, text: str) -> str:
        wide = text.translate(_WIDE) if self.wide_digits else text
        return f" {wide} " if self.spaced else wide


def _stripped(text: str) -> str:
    return re.sub(r"\.?0+$", "", text) if "." in text else text


def voices() -> st.SearchStrategy[Voice]:
    """Any mixture of the wordings seen."""
    return st.booleans().flatmap(
        lambda wide: st.builds(
            Voice,
            money=st.sampled_from(["万元", "万元", "元"]),
            stripped=st.booleans(),
            # A full-width comma would part the figure.
            thousands=st.just(False) if wide else st.booleans(),
            wide_percent=st.booleans(),
            wide_digits=st.just(wide),
            spaced=st.booleans(),
            places=st.sampled_from([1, 2]),
            base=st.sampled_from(["比上年", "较上年", "比上年预算", "比上年预算数", "与上年相比"]),
            fewer=st.sampled_from(["下降", "减少", "降低"]),
            no_base=st.sampled_from(["--（基数为0，不可比）", "--%（基数为0，不可比）", "--%"]),
            same=st.sampled_from(["增加0{money}，增长0%", "增加0.00{money}，增长0.00%", "=持平"]),
            reason=st.sampled_from(_REASONS),
            department=st.sampled_from(["本部门", "我局", "本单位"]),
            bracketed=st.booleans(),
            shares=st.booleans(),
        )
    )


@dataclass(frozen=True)
class Explained:
    """A budget, how its explanations are worded, and the explanations."""

    budget: Budget
    voice: Voice
    prose: Prose


@st.composite
def explained_budgets(draw: st.DrawFn) -> Explained:
    """A correct budget whose explanations agree with its tables."""
    budget = _with_money(draw, draw(budgets()))
    voice = draw(voices())
    if budget.money == "万元":
        voice = replace(voice, money="万元")
    return Explained(budget, voice, _Speaker(draw, budget, voice).explanations())


def _with_money(draw: st.DrawFn, budget: Budget) -> Budget:
    """All money, only what is appropriated, or only the general budget; and what is carried."""
    funds = draw(st.sampled_from([(*FISCAL, "special", "other"), FISCAL, FISCAL[:1]]))
    atoms = [a if a.fund in funds else replace(a, fund="general") for a in budget.atoms]
    projects = [each for each in atoms if is_project(each)]
    if len(funds) > len(FISCAL) and projects and draw(st.booleans()):
        atoms.append(replace(projects[0], fund=BROUGHT, amount=_cents(draw)))
    if len(funds) > len(FISCAL) and draw(st.booleans()):
        atoms.append(replace(atoms[0], project=CARRIED, fund="other", amount=_cents(draw)))
    return replace(budget, atoms=tuple(atoms), bare=draw(st.booleans()))


def _cents(draw: st.DrawFn, least: int = 100, most: int = 10**9) -> Decimal:
    return Decimal(draw(st.integers(least, most))) / 100


class _Speaker:
    """Words the explanations of one budget."""

    def __init__(self, draw: st.DrawFn, budget: Budget, voice: Voice) -> None:
        self.draw, self.budget, self.voice = draw, budget, voice

    def explanations(self) -> Prose:
        """All sections, in the order of Guangdong."""
        return (
            ("部门预算收支增减变化情况", self._totals()),
            ("“三公”经费安排情况", self._three_public()),
            ("机关运行经费安排情况", self._operating()),
            ("政府采购情况", self._procurement()),
            ("国有资产占有使用情况", self._assets()),
            *self._uses(),
        )

    # The money.

    def _sum(self, test: Callable[[Atom], bool]) -> Decimal:
        """An exact sum in yuan."""
        kept = (atom.amount for atom in self.budget.atoms if test(atom))
        return sum(kept, Decimal(0)) * FACTORS[self.budget.money]

    def _before(self, now: Decimal) -> Decimal:
        """What it was the year before: nothing, the same, or something of a like size."""
        part = Decimal(self.draw(st.integers(20, 500))) / 100
        free = (now or Decimal(10**4)) * part
        return self.draw(st.sampled_from([now, Decimal(0), free, free, free]))

    def _free(self) -> Decimal:
        """Money that no table prints."""
        return self.draw(st.sampled_from([Decimal(0), _cents(self.draw), _cents(self.draw)]))

    # The words.

    def _changed(self, name: str, now: Decimal, before: Decimal) -> str:
        return f"{name}{self.voice.amount(now)}，{self._against(now, before)}"

    def _against(self, now: Decimal, before: Decimal, *, rate: bool = True) -> str:
        text = self.voice.change(now, before, rate=rate)
        if text == "=持平":
            return "与上年持平" + self.voice.reason
        return self.voice.base + text + (self.voice.reason if rate else "")

    def _lead(self) -> str:
        return f"{self.budget.year}年{self.voice.department}"

    def _totals(self) -> str:
        total = self._sum(lambda atom: True)
        before = self._before(total)
        text = self._lead() + self._changed("收入预算", total, before) + "；"
        text += self._changed("支出预算", total, before) + "。"
        if not self.voice.shares:
            return text
        basic, project = self._sum(is_basic), self._sum(is_project)
        if self._sum(is_carried) or not total:
            return text
        amount, rate = self.voice.amount, self.voice.rate
        return text + (
            f"其中：基本支出{amount(basic)}，占支出预算的{rate(basic, total)}；"
            f"项目支出{amount(project)}，占支出预算的{rate(project, total)}。"
        )

    def _three_public(self) -> str:
        def of(*codes: str) -> Decimal:
            return self._sum(lambda a: a.fund in FISCAL and a.economic in codes)

        visits, bought, run, guests = of("30212"), of("31013"), of("30231"), of("30217")
        vehicles, total = bought + run, visits + bought + run + guests
        was = [self._before(each) for each in (visits, bought, run, guests)]
        of_vehicles, of_all = was[1] + was[2], sum(was, Decimal(0))
        parts = [
            f"公务用车购置费{self.voice.amount(bought)}，"
            + self._against(bought, was[1], rate=False),
            f"公务用车运行维护费{self.voice.amount(run)}，"
            + self._against(run, was[2], rate=False),
        ]
        inner = f"（{'；'.join(parts)}。）" if self.voice.bracketed else ""
        comma = "" if inner else "，"
        text = f"{self._lead()}财政拨款安排“三公”经费{self.voice.amount(total)}，"
        text += f"{self._against(total, of_all)}。其中：" + "；".join((
            self._changed("因公出国（境）费", visits, was[0]),
            f"公务用车购置及运行维护费{self.voice.amount(vehicles)}{inner}{comma}"
            + self._against(vehicles, of_vehicles),
            self._changed("公务接待费", guests, was[3]),
        ))  # fmt: skip
        return text + "。"

    def _operating(self) -> str:
        now = self._sum(lambda atom: atom.fund in FISCAL and atom.economic.startswith("302"))
        words = (
            "行政经费（机关运行经费）指用于维持行政单位机关运行的经费。其中包括：办公费、印刷费。"
        )
        return f"{words}{self.budget.year}年，{self.voice.department}" + (
            self._changed("机关运行经费安排", now, self._before(now)) + "。"
        )

    def _procurement(self) -> str:
        goods, works, services = self._free(), self._free(), self._free()
        amount = self.voice.amount
        return (
            f"{self._lead()}政府采购安排{amount(goods + works + services)}，其中："
            f"货物类采购预算{amount(goods)}，工程类采购预算{amount(works)}，"
            f"服务类采购预算{amount(services)}等。"
        )

    def _assets(self) -> str:
        total = self._sum(lambda atom: True)
        assets = min(self._free(), total * 900)
        kinds = [self.draw(st.integers(0, 20)) for _ in range(3)]
        parts = "、".join(
            f"{name}{number}辆"
            for name, number in zip(
                ("机要通信用车", "应急保障用车", "其他用车"), kinds, strict=True
            )
        )
        vehicles = f"车辆{sum(kinds)}辆" + (f"，其中：{parts}；" if self.voice.shares else "，")
        return (
            f"截至{self.budget.year}年2月28日，{self.voice.department}固定资产金额"
            f"{self.voice.amount(assets)}，分布构成情况为：房屋33,443.16平方米，{vehicles}"
            f"单价在100万元以上的设备8台等。本年度拟购置固定资产{self.voice.amount(self._free())}，"
            "主要是没有购置需求等。"
        )

    def _uses(self) -> Prose:
        """一般公共预算支出…，主要用于以下方面: the classes and their shares."""
        total = self._sum(lambda atom: atom.fund == "general")
        if not self.voice.shares or not total:
            return ()
        own = {a.function[:3] for a in self.budget.atoms if a.fund == "general"}
        parts = []
        for code in sorted(own):
            amount = self._sum(lambda a, c=code: a.fund == "general" and a.function[:3] == c)  # type: ignore[misc]
            name = CLASSES[code]
            if name != "其他支出":
                parts.append(
                    f"{name}（类）{self.voice.amount(amount)}，占{self.voice.rate(amount, total)}"
                )
        if not parts:
            return ()
        text = f"{self._lead()}一般公共预算支出{self.voice.amount(total)}，主要用于以下方面："
        return (("一般公共预算支出结构情况", text + "；".join(parts) + "。"),)
