"""The terms that can be found: they belong to no department."""

from __future__ import annotations

from collections.abc import Iterator

from generator.website.everyone.glossary import Glossary, GlossaryTerm
from generator.website.search.found import Found, made


def records_of_terms(terms: Glossary) -> Iterator[Found]:
    """Yield every term that we or disclosures explain."""
    for term in terms:
        uses = term.documents
        text = term.ours.text.chinese if term.ours else term.explanations[0].text
        where = [f"{uses}份文件的名词解释"] if uses else []
        where = ["明账的解释", *where] if term.ours else where
        yield made(
            "名词", (len(term.name), term.name, term.anchor), [term.name, *_other_names(term)], (),
            t=term.name, h=term.address, s=text, w="，".join(where),
        )  # fmt: skip


def _other_names(term: GlossaryTerm) -> Iterator[str]:
    yield from term.ours.wordings if term.ours else ()
    yield from term.ours.english if term.ours else ()
    yield from (use.term for d in term.explanations for use in d.uses)
