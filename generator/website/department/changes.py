"""What a disclosure says of itself: more or less than the year before, or than was planned.

These are statements of its prose, as `narrative.csv` has them; whether they add up is told by the
checks. Nothing is added to them but the amount that follows for the year before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from markupsafe import Markup

from generator.website.department.doubts import Doubts, signs
from generator.website.department.figures import linked
from generator.website.drawing.page_images import anchor
from generator.website.published.package import Package
from generator.website.published.rows import Row, exact_yuan
from generator.website.wording.amounts import said, times_said
from generator.website.wording.language import CHINESE, Words, in_sentence, marked, spoken
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import STATED, StatedFigure, stating

_SIGNS = {"increase": 1, "decrease": -1}
# 增加-5万元 is a decrease, as the checks read it too.
_TURNED = {"increase": "decrease", "decrease": "increase"}

#: The subjects that the page shows, in this order; how often a disclosure speaks of one varies.
SUBJECTS = Words(
    {
        "total_income": marked("收入总计"),
        "total_expenditure": marked("支出总计"),
        "current_year_income": marked("本年收入"),
        "current_year_expenditure": marked("本年支出"),
        "general_public_budget": marked("一般公共预算财政拨款收入"),
        "government_managed_funds_budget": marked("政府性基金预算财政拨款收入"),
        "state_capital_operations_budget": marked("国有资本经营预算财政拨款收入"),
        "general_public_expenditure": marked("一般公共预算财政拨款支出"),
        "basic_expenditure": marked("基本支出"),
        "project_expenditure": marked("项目支出"),
        "three_public_expenses": marked("“三公”经费"),
        "overseas_visits": marked("因公出国（境）费"),
        "official_vehicles": marked("公务用车购置及运行维护费"),
        "vehicle_purchase": marked("公务用车购置费"),
        "vehicle_operation": marked("公务用车运行维护费"),
        "official_hospitality": marked("公务接待费"),
        "agency_operating_expenses": marked("机关运行经费"),
        "government_procurement": marked("政府采购"),
        "non_tax_revenue": marked("非税收入"),
    }
)


@dataclass(frozen=True)
class Change:
    """One subject against the year before, or against its budget.

    Attributes:
        subject: The standard term of what changed.
        name: Its name in words.
        base: What it is compared with: `prior_year`, `initial_budget` and the like.
        direction: `increase`, `decrease` or `unchanged`.
        amount: What it is now, as a link, or "" where the statement does not say.
        by: By how much, or None where the statement does not say.
        rate: By how many per cent, as printed, or "" (`--` is not a rate).
        before: What it was, reckoned from the two, in words, or "".
        line: The line of the source that states the change.
        signs: The marks of the contradictions that its figures are part of, or nothing.
        disclosure: The identifier of the disclosure that says so.
        reason: Why, in the words of the department, or "".
    """

    subject: str
    name: str
    base: str
    direction: str
    amount: Markup
    by: Decimal | None
    rate: str
    before: str
    line: str
    signs: Markup
    disclosure: str = ""
    reason: str = ""

    @property
    def unchanged(self) -> bool:
        """Tell whether nothing changed: in words, by an amount of 0, or by 0 % and no amount."""
        nothing = self.by is None and self.no_rate
        return self.direction == "unchanged" or self.by == 0 or nothing

    @property
    def no_rate(self) -> bool:
        """Tell whether the printed rate is nothing, or rounds to nothing."""
        return bool(self.rate) and not self.rate.strip("0.%％")

    @property
    def percent(self) -> Decimal | None:
        """Return the printed rate as a number, or None where it is none."""
        try:
            return Decimal(self.rate.rstrip("%％"))
        except InvalidOperation:
            return None

    @property
    def times(self) -> str:
        """Say in words a growth of so many times, or nothing."""
        more = self.direction == "increase"
        return times_said(self.percent) if more and self.percent is not None else ""

    @property
    def words(self) -> str:
        """Say the change with its direction, such as `增加221.78万元，增长5.3%`."""
        if self.unchanged:
            return _("持平")
        more = self.direction == "increase"
        if self.by is None and not self.rate:
            return _("增加") if more else _("减少")
        if self.by is None:
            words = (_("增长{rate}") if more else _("下降{rate}")).format(rate=self.rate)
            return words + self.times
        words = _("增加{amount}，增长{rate}") if more else _("减少{amount}，下降{rate}")
        if not self.rate:
            words = _("增加{amount}") if more else _("减少{amount}")
        return words.format(amount=said(self.by), rate=self.rate) + self.times

    def stating(self, words: str) -> Markup:
        """Return words that say this change, with what they state for machines."""
        sign = 0 if self.unchanged else _SIGNS.get(self.direction, 0)
        by = "" if self.by is None else self.by * sign
        rate = "" if self.percent is None else self.percent * sign
        subject = StatedFigure(self.disclosure, self.subject)
        return stating(words, subject, "change", f"{STATED}:{self.base}", f"{by};{rate}")

    @property
    def told(self) -> Markup:
        """Say the change as a statement of the department's."""
        return self.stating(self.words)

    @property
    def sentence(self) -> Markup:
        """Say it as a clause that names its base, such as `支出总计比上年增加221.78万元`."""
        if self.unchanged:
            return self.stating(_("{name}与上年持平").format(name=in_sentence(self.name)))
        return Markup(_("{name}比上年{change}")).format(
            name=in_sentence(self.name), change=self.told
        )

    def why(self, most: int = 0) -> Markup:
        """Say why in the department's words, at most so many of them, or that it does not say."""
        if self.unchanged:
            return Markup()
        if not self.reason:
            return Markup("{}").format(_("没有写原因。"))
        cut = self.reason if not most or len(self.reason) <= most else self.reason[:most] + "……"
        return Markup(_("部门写的原因：{reason}。")).format(
            reason=Markup("<q{}>{}</q>").format(_own_language(), cut)
        )


def _own_language() -> Markup:
    return Markup() if spoken() == CHINESE else Markup(' lang="{}"').format(CHINESE.tag)


def read_changes(package: Package, doubts: Doubts) -> list[Change]:
    """Return the changes that the prose of a disclosure states, each subject and base once.

    `doubts` are the figures in doubt, by their anchors.
    """
    rows = [row for row in package.rows("narrative") if row["subject"] in set(SUBJECTS)]
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["measure"] in ("change", "growth") and row["base"] and row["direction"]:
            found.setdefault((row["subject"], row["base"]), []).append(row)
    order = list(SUBJECTS)
    return [
        _change(package, stated, [r for r in rows if r["measure"] == "amount"], doubts)
        for (subject, base), stated in sorted(
            found.items(), key=lambda each: (each[0][1] != "prior_year", order.index(each[0][0]))
        )
    ]


def of_subject(changes: Sequence[Change], *subjects: str) -> Change | None:
    """Return the change of the first of the subjects that has one against the year before."""
    known: Mapping[str, Change] = {c.subject: c for c in changes if c.base == "prior_year"}
    return next((known[subject] for subject in subjects if subject in known), None)


def _change(
    package: Package, stated: Sequence[Row], amounts: Sequence[Row], doubts: Doubts
) -> Change:
    """Put the statements of one subject together: those of the first sentence that has them."""
    first = stated[0]
    same = [row for row in stated if row["about"] == first["about"]]
    by = next((row for row in same if row["measure"] == "change" and row["amount_yuan"]), None)
    rate = next((row for row in same if row["measure"] == "growth" and row["value"]), None)
    whole = next((row for row in amounts if row["narrative_id"] == first["about"]), None)
    yuan, now = _yuan(package, by), _yuan(package, whole)
    percent = f"{rate['printed']}{rate['printed_unit']}" if rate else ""
    direction = (by or rate or first)["direction"]
    if (yuan is None and percent.startswith("-")) or (yuan and yuan < 0):
        direction = _TURNED.get(direction, direction)
    return Change(
        subject=first["subject"],
        name=SUBJECTS[first["subject"]],
        base=first["base"],
        direction=direction,
        amount=linked(now, whole["line"]) if whole and now is not None else Markup(),
        by=None if yuan is None else abs(yuan),
        rate=percent.lstrip("-"),
        before=_before(now, yuan, direction),
        line=first["line"],
        signs=_signs([row for row in (whole, by, rate) if row], doubts),
        disclosure=package.id,
        reason=next((row["reason"] for row in same if row.get("reason")), ""),
    )


def _signs(rows: Sequence[Row], doubts: Doubts) -> Markup:
    """Return each mark once, though a finding may be about several of the figures."""
    found = (doubts.get(anchor(row["narrative_id"])) for row in rows)
    return Markup().join(dict.fromkeys(signs(doubt) for doubt in found if doubt))


def _yuan(package: Package, row: Row | None) -> Decimal | None:
    if not row or not row["amount_yuan"]:
        return None
    return exact_yuan(package.folder / "narrative.csv", row["amount_yuan"])


def _before(now: Decimal | None, by: Decimal | None, direction: str) -> str:
    if now is None or (by is None and direction != "unchanged"):
        return ""
    return said(now - abs(by or Decimal(0)) * _SIGNS.get(direction, 0))
