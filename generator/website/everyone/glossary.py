"""Terms as we explain them and as disclosures do: same text once, different texts side by side."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.website.department.summary import DisclosureHead
from generator.website.everyone.paging import ListPage, pages_of, weighed_pages
from generator.website.everyone.summaries import Summaries
from generator.website.wording.language import Bilingual
from generator.website.wording.terms import Explanation, TermList, typed_alike

# Typing differs between disclosures where the words do not; these differences do not make another
# text.
_TYPING = str.maketrans("，：；（）“”‘’", ",:;()\"\"''", " \u3000\n")


@dataclass(frozen=True)
class Use:
    """A wording as one disclosure prints it."""

    head: DisclosureHead
    term: str
    text: str
    line: str


#: Of a wording so many disclosures are kept: the first that print it.
MOST_USES = 300
#: On the page of all terms so many wordings of each are told, and so many disclosures of each.
FEW_WORDINGS, FEW_USES = 4, 4
#: So many terms that only disclosures explain stand on it: those that most of them explain.
MOST_OTHERS = 40
_OTHERS = "glossary/others/"


@dataclass
class _Wording:
    """One wording while it is gathered."""

    uses: list[Use] = field(default_factory=list)
    count: int = 0

    def add(self, use: Use) -> None:
        self.count += 1
        if self.count <= MOST_USES:
            self.uses.append(use)


_Wordings = dict[str, _Wording]


@dataclass(frozen=True)
class PrintedExplanation:
    """One wording of a term, how many disclosures print it, and the first of them."""

    text: str
    uses: tuple[Use, ...]
    count: int

    @property
    def few(self) -> tuple[Use, ...]:
        """Return those that the page of all terms names."""
        return self.uses[:FEW_USES]


@dataclass(frozen=True)
class GlossaryTerm:
    """One term with every wording found; `anchor` is its place on the page, and never changes.

    One that stands ``alone`` is not on the page of all terms.
    """

    anchor: str
    name: str
    explanations: tuple[PrintedExplanation, ...]
    ours: Explanation | None = None
    alone: bool = False

    @property
    def address(self) -> str:
        """Return where it is explained, below the root: one that stands alone has a page."""
        return self.page if self.alone else f"glossary/#{self.anchor}"

    @property
    def page(self) -> str:
        """Return the address of the page that has all its wordings, if it has one."""
        return f"glossary/{self.anchor}/"

    @property
    def few(self) -> tuple[PrintedExplanation, ...]:
        """Return the wordings that the page of all terms has."""
        return self.explanations[:FEW_WORDINGS]

    @property
    def more(self) -> bool:
        """Tell whether that page has not all of them, or not all who print them."""
        cut = any(each.count > FEW_USES for each in self.few)
        return cut or len(self.explanations) > FEW_WORDINGS

    @property
    def documents(self) -> int:
        """Return how many disclosures explain it."""
        if any(each.count > len(each.uses) for each in self.explanations):
            return sum(each.count for each in self.explanations)
        return len({use.head.id for each in self.explanations for use in each.uses})

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return its other names in Chinese, each once however it is typed."""
        names = {typed_alike(name): name for name in self.ours.wordings} if self.ours else {}
        return tuple(name for key, name in names.items() if key != typed_alike(self.name))


@dataclass(frozen=True)
class Glossary:
    """Terms that we explain, by group, and those that only disclosures explain."""

    groups: Sequence[tuple[Bilingual, Sequence[GlossaryTerm]]]
    others: Sequence[GlossaryTerm]

    def __iter__(self) -> Iterator[GlossaryTerm]:
        yield from (term for _, terms in self.groups for term in terms)
        yield from self.others

    @property
    def told(self) -> list[GlossaryTerm]:
        """Return those of the others that stand on the page of all terms."""
        return [term for term in self.others if not term.alone]

    @property
    def alone(self) -> list[GlossaryTerm]:
        """Return those of the others that do not."""
        return [term for term in self.others if term.alone]


def pages_of_term(term: GlossaryTerm) -> Iterator[ListPage[PrintedExplanation]]:
    """Cut all wordings of a term, with those who print them, into pages."""
    return weighed_pages(lambda: term.explanations, lambda w: 4 + 2 * len(w.uses), term.page)


def pages_of_others(glossary: Glossary) -> Iterator[ListPage[GlossaryTerm]]:
    """Cut the terms that are not on the page of all into pages."""
    found = glossary.alone
    return pages_of(found, len(found), _OTHERS, most=500)


def read_glossary(summaries: Summaries, known: TermList) -> Glossary:
    """Merge the glossaries of all disclosures, below our own explanations."""
    ours: dict[str, _Wordings] = {}
    others: dict[str, _Wordings] = {}
    for use in _uses(summaries):
        term = known.find(use.term)
        wordings = ours.setdefault(term.id, {}) if term else others.setdefault(_plain(use.term), {})
        wordings.setdefault(_plain(use.text).rstrip("。."), _Wording()).add(use)
    groups = [
        (group.title, [_explained(term, ours.get(term.id, {})) for term in group.terms])
        for group in known.groups
    ]
    return Glossary(groups, _others(others, {"others", *(term.id for term in known)}))


def _uses(summaries: Summaries) -> Iterator[Use]:
    for head, printed in summaries.terms():
        yield Use(head, printed.term, printed.text, printed.line)


def _plain(text: str) -> str:
    return text.translate(_TYPING)


def _explained(term: Explanation, wordings: _Wordings) -> GlossaryTerm:
    return GlossaryTerm(term.id, term.name.chinese, _explanations(wordings), term)


def _others(found: Mapping[str, _Wordings], taken: set[str]) -> list[GlossaryTerm]:
    """Order the terms by character; each has the address that its name spells."""
    terms = []
    for key in sorted(found):
        explanations = _explanations(found[key])
        name = explanations[0].uses[0].term
        anchor = _spelled(name) or "term"
        if anchor in taken:  # another term sounds the same
            anchor += "-" + hashlib.sha256(key.encode()).hexdigest()[:6]
        taken.add(anchor)
        terms.append(GlossaryTerm(anchor, name, explanations))
    told = {t.anchor for t in sorted(terms, key=lambda t: -t.documents)[:MOST_OTHERS]}
    return [t if t.anchor in told else replace(t, alone=True) for t in terms]


def _spelled(name: str) -> str:
    """Spell a name in pinyin, as an address."""
    from pypinyin import lazy_pinyin  # slow to load, and only for terms that we do not explain

    return "-".join(re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(name)).lower()))


def _explanations(wordings: _Wordings) -> tuple[PrintedExplanation, ...]:
    """The wording most disclosures share comes first; the first printed of equals."""
    order = sorted(wordings.values(), key=lambda wording: -wording.count)
    return tuple(PrintedExplanation(w.uses[0].text, tuple(w.uses), w.count) for w in order)
