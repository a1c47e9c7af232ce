"""The terms that disclosures explain: same text once, different texts side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.website.package import Package
from generator.website.rows import Row

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


@dataclass(frozen=True)
class Definition:
    """One wording of a term, and the disclosures that print it."""

    text: str
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Term:
    """One term with every wording found; `anchor` is its place on the page."""

    anchor: str
    name: str
    definitions: tuple[Definition, ...]


def read_glossary(packages: Iterable[Package]) -> list[Term]:
    """Read and merges the glossary sections of all disclosures, ordered by character."""
    terms: dict[str, dict[str, list[Use]]] = {}
    for package in packages:
        for row in package.rows("sections"):
            if row["topic"] == "glossary" and row["heading"].strip() and row["text"].strip():
                use = _use(package, row)
                wordings = terms.setdefault(_plain(use.term), {})
                wordings.setdefault(_plain(use.text).rstrip("。."), []).append(use)
    return [_term(number, terms[key]) for number, key in enumerate(sorted(terms), 1)]


def _use(package: Package, row: Row) -> Use:
    return Use(package, row["heading"].strip(" \u3000：:"), row["text"].strip(), row["line_start"])


def _plain(text: str) -> str:
    return text.translate(_TYPING)


def _term(number: int, wordings: dict[str, list[Use]]) -> Term:
    """The wording most disclosures share comes first; the first printed of equals."""
    order = sorted(wordings.values(), key=lambda uses: -len(uses))
    definitions = tuple(Definition(uses[0].text, tuple(uses)) for uses in order)
    return Term(f"term-{number}", order[0][0].term, definitions)
