"""Made sentences of explanations, in the wordings of many places, with what they are known to say.

No sentence is one of a real disclosure; the amounts are random, so no table prints them.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

DEPARTMENT = "广州市试验局"
YEAR = 2025
#: Subject, measure, base, direction, as printed, unit, reason.
Said = tuple[str, str, str, str, str, str, str]

_ALIASES = (
    "",
    "本部门",
    "我局",
    "广州市试验局",
    "市试验局",
    "2025年本单位",
    "广州市试验局部门2025年",
)
_NAMES = {
    "total_income": ("收入预算", "部门预算收入", "收入总预算"),
    "total_expenditure": ("支出预算", "部门预算支出"),
    "fiscal_appropriation": ("财政拨款收入", "财政拨款收入预算"),
    "general_public_expenditure": ("一般公共预算拨款支出", "一般公共预算支出预算"),
    "three_public_expenses": ("“三公”经费预算", "财政拨款“三公”经费支出预算数"),
    "overseas_visits": ("因公出国（境）费用", "因公出国（境）经费"),
    "official_hospitality": ("公务接待费", "公务接待费支出预算"),
    "agency_operating_expenses": ("机关运行经费", "一般公共预算拨款安排的机关运行经费支出"),
    "government_procurement": ("政府采购预算总额", "政府采购预算"),
    "special_fiscal_account_appropriation": ("财政专户管理资金收入",),
    "meetings": ("会议费预算支出", "一般公共预算拨款安排的会议费"),
    "commissioned_services": ("委托业务费预算总额",),
}
_BASES = {
    "比上年": "prior_year",
    "较上年预算数": "prior_year",
    "与上年相比": "prior_year",
    "比2024年年初预算": "prior_year",
    "比上年执行数": "prior_year_executed",
    "较2023年": "2023",
}
_REASONS = ("人员增加", "压减一般性支出5%", "新增信息化项目120万元，相应增加预算")
_WHY = ("，主要原因是", "，主要是", "。主要原因：", "，增减的主要原因是：")
_ITEMS = (
    ("一般公共服务支出（类）信访事务（款）行政运行（项）", "functional_item"),
    ("“教育支出（类）普通教育（款）小学教育（项）”", "functional_item"),
    ("行政运行（2010301）", "functional_item"),
    ("2080501-行政单位离退休", "functional_item"),
    ("“卫生健康支出”科目", "functional_class"),
    ("住房保障支出（类）", "functional_class"),
    ("工资福利支出（301）", "economic_class"),
    ("商品和服务支出", "economic_class"),
)
#: What is of others, or of nothing that is known: no subject may be told of it.
_OTHERS = (
    "下属试验一所公用经费",
    "某平台二期建设",
    "试验中心机关运行经费",
    "其中用于公务接待费以外的",
    "援建项目",
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and what it says, in order."""

    text: str
    said: tuple[Said, ...]


def amounts() -> st.SearchStrategy[str]:
    """Amounts as printed, with and without separators and decimals."""
    return st.builds(
        lambda cents, style: style(cents),
        st.integers(1, 10**8),
        st.sampled_from([lambda c: f"{c / 100:,.2f}", lambda c: f"{c / 100:.2f}", str]),
    )


@st.composite
def changes(draw: st.DrawFn, subject: str) -> Paragraph:
    """A change of a subject with its base, perhaps a percentage and a reason."""
    words, base = draw(st.sampled_from(list(_BASES.items())))
    if draw(st.integers(0, 4)) == 0:
        return Paragraph(
            "，与上年持平", ((subject, "change", "prior_year", "unchanged", "持平", "", ""),)
        )
    more = draw(st.booleans())
    text = f"，{words}{'增加' if more else '减少'}{(amount := draw(amounts()))}万元"
    told = [("change", amount, "万元")]
    if draw(st.booleans()):
        text += f"，{'增长' if more else '下降'}{(rate := draw(st.integers(1, 99)))}.5%"
        told.append(("growth", f"{rate}.5", "%"))
    reason = draw(st.sampled_from(("", *_REASONS)))
    text += draw(st.sampled_from(_WHY)) + reason if reason else ""
    way = "increase" if more else "decrease"
    return Paragraph(text, tuple((subject, m, base, way, p, u, reason) for m, p, u in told))


def _amount(subject: str, printed: str) -> Said:
    return (subject, "amount", "", "", printed, "万元", "")


@st.composite
def plain(draw: st.DrawFn) -> Paragraph:
    """An amount right after its subject, or after its label, and its change."""
    subject = draw(st.sampled_from(list(_NAMES)))
    name, amount = draw(st.sampled_from(_NAMES[subject])), draw(amounts())
    change = draw(changes(subject))
    lead = f"{draw(st.sampled_from(_ALIASES))}{name}{draw(st.sampled_from(['', '为', '共计']))}"
    if draw(st.booleans()):
        number = draw(st.integers(1, 9))
        lead = f"{number}.{name}{draw(st.sampled_from(['。', '：']))}2025年预算数"
    return Paragraph(f"{lead}{amount}万元{change.text}。", (_amount(subject, amount), *change.said))


@st.composite
def items(draw: st.DrawFn) -> Paragraph:
    """Functional items and economic classes, by path, by code and in quotation marks."""
    text, told = "本部门预算安排如下：", []
    for number, (name, term) in enumerate(draw(st.permutations(_ITEMS))[:3], start=1):
        amount, change = draw(amounts()), draw(changes(term))
        text += f"（{number}）{name}{amount}万元{change.text}；"
        told += [_amount(term, amount), *change.said]
    return Paragraph(text[:-1].replace("。主要原因：", "，主要原因：") + "。", tuple(told))


@st.composite
def parts(draw: st.DrawFn) -> Paragraph:
    """A procurement and its parts; a part by fund is no total of that fund."""
    total, goods, works, fund = (draw(amounts()) for _ in range(4))
    kind = draw(st.sampled_from(["政府采购{}预算", "{}类项目", "拟采购{}"]))
    goods_name, works_name = kind.format("货物"), kind.format("工程")
    text = (
        f"政府采购预算总额{total}万元，其中：{goods_name}{goods}万元、{works_name}{works}万元、"
        f"一般公共预算拨款{fund}万元。"
    )
    terms = ("government_procurement", "procurement_goods", "procurement_works", "")
    printed = (total, goods, works, fund)
    return Paragraph(text, tuple(map(_amount, terms, printed)))


@st.composite
def assets(draw: st.DrawFn) -> Paragraph:
    """Vehicles and equipment that there are, and that are to be bought."""
    cars, sets, bought, limit = (draw(st.integers(0, 99)) for _ in range(4))
    unit, of = draw(st.sampled_from(["辆", "台"])), draw(st.sampled_from(["的", ""]))
    alias = draw(st.sampled_from(_ALIASES[1:5]))
    text = (
        f"截至2024年底，{alias}共有车辆{cars}{unit}，单位价值{limit + 1}万元以上{of}设备"
        f"{sets}台（套）。2025年部门预算安排购置车辆{bought}辆，"
        f"单价{limit + 1}万元以上{of}设备0台（套）。"
    )
    told = (
        ("vehicles", cars, unit), ("equipment", sets, "台(套)"),
        ("vehicles_planned", bought, "辆"), ("equipment_planned", 0, "台(套)"),
    )  # fmt: skip
    return Paragraph(text, tuple((s, "quantity", "", "", str(n), u, "") for s, n, u in told))


@st.composite
def nothing(draw: st.DrawFn) -> Paragraph:
    """That there is none of something."""
    word = draw(st.sampled_from(["没有使用", "无", "未安排"]))
    subject, name = draw(
        st.sampled_from(
            [
                ("government_managed_funds_expenditure", "政府性基金预算拨款安排的支出"),
                ("state_capital_operations_expenditure", "国有资本经营预算支出"),
            ]
        )
    )
    said = (subject, "none", "", "", name, "", "")
    return Paragraph(f"{draw(st.sampled_from(_ALIASES[1:5]))}2025年{word}{name}。", (said,))


@st.composite
def others(draw: st.DrawFn) -> Paragraph:
    """An amount of what is no subject, and a change of it, after a subject that is one."""
    known, amount, moved = (draw(amounts()) for _ in range(3))
    name = draw(st.sampled_from(_OTHERS))
    text = f"公务接待费{known}万元。{name}{amount}万元，{name}增加{moved}万元。"
    change = ("", "change", "", "increase", moved, "万元", "")
    return Paragraph(text, (_amount("official_hospitality", known), _amount("", amount), change))


def explanations() -> st.SearchStrategy[list[Paragraph]]:
    """Some paragraphs of any sort."""
    each = st.one_of(plain(), plain(), items(), parts(), assets(), nothing(), others())
    return st.lists(each, min_size=3, max_size=6)
