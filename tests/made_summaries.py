"""Summaries of many made-up departments over several provinces, and the pages about all of them.

No disclosure is read and no page of a department is made: what is tried are the lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice, product
from pathlib import Path

from generator.meaning.bureaus import bureau_kinds, kind_of
from generator.meaning.regions import regions
from generator.store import Store
from generator.website import SiteSettings
from generator.website.department.cards import Cards
from generator.website.department.charts import Chart
from generator.website.department.figures import Part, PublishedProject
from generator.website.department.spending import Spent, UnitSpent
from generator.website.department.summary import DisclosureHead, DisclosureSummary, PrintedTerm
from generator.website.department.told import (
    ToldCase,
    ToldContradiction,
    ToldDisclosure,
    ToldPlace,
)
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.glossary import read_glossary
from generator.website.everyone.summaries import Summaries
from generator.website.files import linked_data
from generator.website.files.downloads import AllDownloads
from generator.website.files.earlier_files import EarlierFiles
from generator.website.kept_pages import KeptPages
from generator.website.list_pages import ListPages
from generator.website.output.assets import write_assets
from generator.website.output.folder import Output, environment, name_build
from generator.website.output.provided import provide
from generator.website.published.checks import PublishedRule, Tally
from generator.website.published.glosses import Glosses
from generator.website.published.history import PublishedHistory
from generator.website.published.package import Packages, PublishedDepartment
from generator.website.published.rows import Row
from generator.website.share_pages import Sharing
from generator.website.wording.language import LANGUAGES, Bilingual, speaking
from generator.website.wording.terms import TermList

ROOT = Path(__file__).resolve().parent.parent
#: Where the departments are: the code, the name before that of the bureau, and the level.
PLACES = [
    ("440000", "广东省", "province"),
    ("440100", "广州市", "city"),
    ("440105", "广州市海珠区", "district"),
    ("440300", "深圳市", "city"),
    ("110000", "北京市", "province"),
    ("510100", "成都市", "city"),
    ("", "某地", ""),
]
BUREAUS = ["财政局", "教育局", "某某中心"]
RULE = PublishedRule("r", Bilingual("规则", "Rule"), False, Bilingual("应当相等。"), "", "", "")


def made_summaries(count: int) -> Iterator[DisclosureSummary]:
    """Yield the budgets of 2024 and 2025 of so many departments."""
    for number, (place, bureau) in enumerate(islice(cycle(product(PLACES, BUREAUS)), count), 1):
        for year in (2024, 2025):
            yield _summary(number, year, place, bureau)


def made_country() -> Iterator[DisclosureSummary]:
    """Yield two years of a department of each kind there is, in all provinces there are.

    Some have twenty years. Each has projects that say all that one may, and units that spend.
    """
    provinces = [(r.code, r.name, r.level) for r in regions() if r.level == "province"]
    for number, (kind, place) in enumerate(zip(bureau_kinds(), cycle(provinces)), 1):
        for year in range(2006 if number <= 15 else 2024, 2026):
            made = _summary(number, year, place, kind.words[0])
            projects = tuple(map(_said_in_full, made.projects * 4))
            yield replace(made, projects=projects, spent=(*made.spent, _bought()), units=_units())


def _summary(number: int, year: int, place: tuple[str, str, str], bureau: str) -> DisclosureSummary:
    code, region, level = place
    name = f"{region}第{number:04}{bureau}"
    who = PublishedDepartment(f"made-{number:04}", Bilingual(name, "A"), region, level, code)
    size = Decimal(number * 7919 % 1009 + 1) * 10000 * (year - 2020)
    wrong = int(number % 3 == 0)
    head = DisclosureHead(
        f"{who.id}/{year}-budget",
        Bilingual(f"{name}{year}年部门预算"),
        who,
        kind_of(name),
        year,
        "budget",
    )
    basic, project = (
        Part(key, "", size / 2, line)
        for key, line in (("basic_expenditure", "4"), ("project_expenditure", "5"))
    )
    spent = tuple(_spent(size / 10, code) for code in ("201", "20101", "205", "206", "208"))
    return DisclosureSummary(
        head,
        kept=False,
        figures=40,
        income=Part("income", "", size, "2"),
        expenditure=Part("expenditure", "", size, "3"),
        three_public=Part("three_public_expenses", "", size / 100, "6"),
        spending=(basic, project),
        three_public_parts=(),
        functions=tuple(Part(str(code), "", size / 14, "7") for code in range(201, 215)),
        tally=Tally({"holds": 30, "differs": wrong}, remarks=1, cases=wrong),
        rules={"r": {"holds": 30}},
        spent=spent,
        projects=(_project(head.id, number, size / 4),),
        terms=(
            PrintedTerm("机关运行经费", f"第{number % 40}种说法。", "9"),
            PrintedTerm(f"名词{number % 70}", "一种说法。", "9"),
        ),
    )


def _spent(yuan: Decimal, code: str) -> Spent:
    part = Part(code, f"科目{code}", yuan, "7")
    return Spent("functional", code, part.name, part, part, None)


def _bought() -> Spent:
    """What is spent under an economic class, in both kinds."""
    return replace(
        _spent(Decimal(10000), "302"), classification="economic", project=_part("302", "8")
    )


def _units() -> tuple[UnitSpent, ...]:
    return tuple(UnitSpent(f"第{n}中心", "302", _part("302", "9")) for n in range(3))


def _part(key: str, line: str) -> Part:
    return Part(key, "", Decimal(5000), line)


def _project(id_: str, number: int, yuan: Decimal) -> PublishedProject:
    amount = None if number % 50 == 0 else yuan
    return PublishedProject(f"{id_}.p", "", f"第{number:04}号运维项目", amount, (), False, "8")


def _said_in_full(project: PublishedProject) -> PublishedProject:
    names = ("general_public_budget", "government_managed_funds_budget")
    funds = tuple(Part(name, "", Decimal(1)) for name in names)
    return replace(
        project, unit="某某中心", targets=("做完。", "做好。"), key_project=True, funds=funds
    )


def made_told(summary: DisclosureSummary) -> ToldDisclosure:
    """What is told of a disclosure: each third has a contradiction, and all have a remark."""
    base = summary.head.address
    places = (ToldPlace(base, "a", "《表》", "1.00万元", "3", view=False, here=False),) * 2
    finding = ToldContradiction(
        RULE, "应当相等。", "1", "2", "+1", "万元", "3", "", "check.a", places
    )
    case = ToldCase(
        summary.head.id, f"{base}#case", 1, Decimal(10000), "一处写1，另一处写2。", (), (finding,)
    )
    cases = (case,) if summary.tally.cases else ()
    return ToldDisclosure(summary.head.id, cases, (finding,))


def made_changes(summaries: Sequence[DisclosureSummary]) -> list[Row]:
    """What the register of changes says: that each disclosure came, in one version."""
    names = ("version", "disclosure_id", "subject", "identifier", "label", "was", "is_now",
             "yuan_was", "yuan_is", "reason", "date", "note")  # fmt: skip
    rows = (("1.0.0", s.head.id, "disclosure", s.head.id, s.head.titles.chinese) for s in summaries)
    return [dict(zip(names, (*row, "", "", "", "", "added", "", ""), strict=True)) for row in rows]


class _NotDrawing(Sharing):
    """Draws no charts: what the pages list is asked here."""

    def draw(self, charts: Iterable[Chart]) -> None:
        """Draw none."""


def write_lists(folder: Path, summaries: Sequence[DisclosureSummary]) -> Path:
    """Write the pages about all departments, in both languages, into a new folder."""
    folder.mkdir()
    settings = SiteSettings()
    output = Output(folder, environment(ROOT / "templates", settings), languages=LANGUAGES)
    provide(output, write_assets(output, ROOT / "templates"), {})
    name_build(output, "")
    output.templates.globals.update(
        cards=Cards({}), linked_data=linked_data, written={}, glosses=Glosses(), code_pages={}
    )
    everything = AllDownloads((), {}, defaultdict(tuple))
    with Summaries() as found:
        for each in summaries:
            found.add(each)
        everyone = Everyone(found, {})
        none = EarlierFiles(None, folder, ""), Store(folder)
        kept = KeptPages(output, found, *none, lasting=lambda: False)
        for language in LANGUAGES:
            with speaking(language):
                for each in summaries:
                    found.tell(language.tag, made_told(each))
                read = Packages(folder, (), ())
                history = PublishedHistory(read, made_changes(summaries))
                glossary = read_glossary(found, TermList())
                whole = (everyone, read, everything, glossary, history)
                sharing = _NotDrawing(output, settings, folder / "cache", {})
                ListPages(output, *whole, kept, sharing).write("assets/search/")
    return folder
