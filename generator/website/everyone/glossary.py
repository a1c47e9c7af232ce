"""Terms as we explain them and as disclosures do: same text once, different texts side by side."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.language import Bilingual
from generator.website.wording.terms import Explanation, TermList, typed_alike

# Typing differs between disclosures where the words do not; these differences do not make another
# text.
_TYPING = str.maketrans("，：；（）“”‘’", ",:;()\"\"''", " \u3000\n")


@dataclass(frozen=True)
class Use:
    """A wording as one disclosure prints it."""

    package: Package
    term: str
    text: str
    line: str


_Wordings = dict[str, list[Use]]


@dataclass(frozen=True)
class PrintedExplanation:
    """One wording of a term, and the disclosures that print it."""

    text: str
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class GlossaryTerm:
    """One term with every wording found; `anchor` is its place on the page, and never changes."""

    anchor: str
    name: str
    explanations: tuple[PrintedExplanation, ...]
    ours: Explanation | None = None

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


def read_glossary(packages: Iterable[Package], known: TermList) -> Glossary:
    """Read and merge the glossary sections of all disclosures, below our own explanations."""
    ours: dict[str, _Wordings] = {}
    others: dict[str, _Wordings] = {}
    for use in _uses(packages):
        term = known.find(use.term)
        wordings = ours.setdefault(term.id, {}) if term else others.setdefault(_plain(use.term), {})
        wordings.setdefault(_plain(use.text).rstrip("。."), []).append(use)
    groups = [
        (group.title, [_explained(term, ours.get(term.id, {})) for term in group.terms])
        for group in known.groups
    ]
    return Glossary(groups, _others(others, {term.id for term in known}))


def _uses(packages: Iterable[Package]) -> Iterator[Use]:
    for package in packages:
        for row in package.rows("sections"):
            if row["topic"] == "glossary" and row["heading"].strip() and row["text"].strip():
                yield _use(package, row)


def _use(package: Package, row: Row) -> Use:
    return Use(package, row["heading"].strip(" \u3000：:"), row["text"].strip(), row["line_start"])


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
    return terms


def _spelled(name: str) -> str:
    """Spell a name in pinyin, as an address."""
    from pypinyin import lazy_pinyin  # slow to load, and only for terms that we do not explain

    return "-".join(re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(name)).lower()))


def _explanations(wordings: _Wordings) -> tuple[PrintedExplanation, ...]:
    """The wording most disclosures share comes first; the first printed of equals."""
    order = sorted(wordings.values(), key=lambda uses: -len(uses))
    return tuple(PrintedExplanation(uses[0].text, tuple(uses)) for uses in order)
