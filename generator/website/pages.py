"""The pages of the site that are about more than one department, in the language that is spoken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.website.dataset_pages import write_datasets
from generator.website.everyone.codes import CLASSIFICATIONS
from generator.website.everyone.everyone import Everyone
from generator.website.everyone.glossary import Glossary
from generator.website.files.catalogue import Catalogue
from generator.website.files.data_files import DataFiles
from generator.website.files.downloads import AllDownloads
from generator.website.kept_pages import KeptPages
from generator.website.list_pages import ListPages
from generator.website.output.content import WrittenPage, linked
from generator.website.output.folder import Output
from generator.website.published.checks import Tally, read_rules
from generator.website.published.corrections import Correction, read_better
from generator.website.published.glosses import read_glosses
from generator.website.published.history import PublishedHistory
from generator.website.published.package import KIND_WORDS, Packages
from generator.website.published.rows import Row
from generator.website.search.found import KINDS
from generator.website.search.search_index import SearchIndex
from generator.website.settings import SiteSettings
from generator.website.share_pages import Sharing
from generator.website.wording.language import CHINESE, spoken
from generator.website.wording.language import gettext as _

#: Where the written page on the method has the catalogue of rules.
RULES_HERE = Markup("<p>［核对规则］</p>")
#: The files that questions are asked of.
_ASKED = ("facts", "totals", "disclosures", "projects", "cases", "codes-functional")
#: So many departments the page of the search lists; of more, it leads to their list.
_MOST_LISTED = 40


@dataclass(frozen=True)
class Site:
    """What the pages of all languages are made of.

    `checks` are those of each disclosure by resource, by the id of its package.
    """

    settings: SiteSettings
    packages: Packages
    everything: AllDownloads
    data: DataFiles
    search: SearchIndex
    glossary: Glossary
    catalogue: Catalogue
    history: PublishedHistory
    everyone: Everyone
    corrections: tuple[Correction, ...]
    checks: Mapping[str, Mapping[str, Tally]]
    kept: KeptPages
    sharing: Sharing


def write_pages(output: Output, site: Site, written: Sequence[WrittenPage]) -> None:
    """Write every page of the language being spoken that is about more than one department."""
    output.templates.globals.update(
        written={page.name: page.title for page in written},
        data_files=site.data,
        glosses=read_glosses(site.packages),
        code_pages={code.code: code.address for code in site.everyone.codes},
    )
    _lists(output, site)
    whole = (site.everyone, site.packages, site.everything, site.glossary, site.history)
    ListPages(output, *whole, site.kept, site.sharing).write(site.search.address)
    _written(output, site, written)
    _corrections(output, site)
    if not spoken().prefix:
        output.not_found_page("404.html", site.settings.base_url)


def _lists(output: Output, site: Site) -> None:
    all_ = (site.packages, site.checks, site.catalogue, site.everything)
    write_datasets(output, site.kept, *all_)
    if site.data.questions:
        tables = [r.name for r in site.packages.consolidated if r.name in _ASKED]
        asked = {"questions": site.data.questions, "tables": tables}
        output.page("questions/", "questions.html", asked)
    _search(output, site)


def _corrections(output: Output, site: Site) -> None:
    """Write what the site has put right."""
    context = {
        "corrections": site.corrections,
        "better": read_better(site.history),
        "titles": {package.id: package.title for package in site.packages.disclosures},
    }
    output.page("corrections/", "corrections.html", context)


def _written(output: Output, site: Site, written: Sequence[WrittenPage]) -> None:
    """Write what people wrote; the page on the method has the catalogue of rules in it."""
    rules = list(read_rules(site.packages.rows("rules")).values())
    used: dict[str, Counter[str]] = {rule.id: Counter() for rule in rules}
    for summary in site.everyone.summaries.disclosures():
        for rule, outcomes in summary.rules.items():
            used.setdefault(rule, Counter()).update(outcomes)
    disclosures = site.packages.disclosures
    ids = {each.id for each in disclosures} | {each.department.id for each in disclosures}
    for page in written:
        name = "method.html" if page.name == "method" else "written.html"
        body = linked(page.body, ids)
        before, _, after = body.partition(RULES_HERE)
        context = {
            "page": page,
            "body": body,
            "before": before,
            "after": after,
            "rules": rules,
            "used": used,
        }
        output.page(f"{page.name}/", name, context)


def _search(output: Output, site: Site) -> None:
    """Write the page of the search, which without script is a complete way in by itself."""
    codes = [(word, site.packages.rows(f"codes-{key}")) for key, word in CLASSIFICATIONS.items()]
    held = site.everyone.held(_MOST_LISTED)
    kinds = zip(site.search.disclosures, KIND_WORDS.values(), strict=True)
    examples = site.search.examples
    context = {
        "departments": held,
        "all_listed": len(held) == site.everyone.summaries.count(),
        "everything": site.everything,
        "index": site.search,
        "kinds": KINDS,
        "years": [(year, _("{year}年").format(year=year)) for year in site.search.years],
        "disclosures": list(kinds),
        "places": [(place.code, place.name) for place in site.search.places],
        "classifications": [(word, _classes(rows)) for word, rows in codes],
        "examples": examples.chinese if spoken() == CHINESE else examples.english,
    }
    output.page("search/", "search.html", context)


def _classes(codes: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """Return each class with the codes below it, in the order of the codes."""
    classes = (code for code in codes if len(code["code"]) == 3)
    return [(code, [each for each in codes if _below(each, code)]) for code in classes]


def _below(code: Row, above: Row) -> bool:
    return code["code"] != above["code"] and code["code"].startswith(above["code"])
