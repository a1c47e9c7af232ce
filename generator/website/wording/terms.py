"""Our own plain words for the terms of budgets, as `content/terms.yaml` has them.

The file is a list of groups, each with its terms; docs/website.md explains its keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from generator.checked_files import CHINESE, checked_yaml
from generator.problems import PackageError
from generator.website.wording.language import Bilingual

Plain = Annotated[
    str, Meta(pattern=r"^[^<>&]*[^<>&\s][^<>&]*$", description="文字，不写 HTML（<、>、&）")
]
TermId = Annotated[
    str,
    Meta(
        pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="网址里的 id：只用小写字母、数字和连字符，以字母开头",
    ),
]
# Typing differs where the words do not: “三公”经费, "三公"经费 and 三公经费 are one term.
_TYPING = str.maketrans("", "", "“”\"'‘’（）()、，,：: \u3000\n")


@dataclass(frozen=True)
class Explanation:
    """One term as we explain it.

    Attributes:
        id: Its name in addresses, which never changes.
        name: The term.
        text: What it means, in a sentence or two.
        wordings: The term and its other wordings in Chinese.
        english: Its names in English.
        not_in: Longer words in which a wording of it means something else.
        in_sentences: Whether sentences explain it; a word in most of them would be in the way.
    """

    id: str
    name: Bilingual
    text: Bilingual
    wordings: tuple[str, ...]
    english: tuple[str, ...]
    not_in: tuple[str, ...]
    in_sentences: bool


class WrittenExplanation(Struct, frozen=True, forbid_unknown_fields=True):
    """One term as the file has it."""

    id: TermId
    term: Plain
    explanation: Plain
    english: Plain
    english_explanation: Plain
    variants: tuple[Plain, ...] = ()
    english_variants: tuple[Plain, ...] = ()
    not_in: tuple[Plain, ...] = ()
    in_sentences: bool = True


class WrittenGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of terms as the file has it."""

    group: Plain
    english: Plain
    terms: tuple[WrittenExplanation, ...]


@dataclass(frozen=True)
class TermGroup:
    """Terms about one thing."""

    title: Bilingual
    terms: tuple[Explanation, ...]


@dataclass(frozen=True, eq=False)  # every sentence asks for its pattern: by itself, not its words
class TermList:
    """All groups of the file, in its order."""

    groups: tuple[TermGroup, ...] = ()

    def __iter__(self) -> Iterator[Explanation]:
        return (term for group in self.groups for term in group.terms)

    def find(self, name: str) -> Explanation | None:
        """Return the term with this id or with this wording in Chinese, however it is typed."""
        return self._by_id.get(name) or self._by_wording.get(typed_alike(name))

    @cached_property
    def _by_id(self) -> Mapping[str, Explanation]:
        return {term.id: term for term in self}

    @cached_property
    def _by_wording(self) -> Mapping[str, Explanation]:
        return {typed_alike(word): term for term in self for word in term.wordings}


def typed_alike(text: str) -> str:
    """Return a term without the signs in which its typing differs."""
    return text.translate(_TYPING)


def read_terms(path: Path) -> TermList:
    """Read the terms; without the file, or in an empty one, there are none.

    Raises:
        PackageError: The file is no such list, or one of its entries is wrong.
    """
    if not path.is_file():
        return TermList()
    groups = checked_yaml(
        path, tuple[WrittenGroup, ...], partial(_bad, path), words=CHINESE, empty=()
    )
    terms = TermList(
        tuple(
            TermGroup(Bilingual(each.group, each.english), tuple(map(_explanation, each.terms)))
            for each in groups
        )
    )
    _refuse_doubles(path, terms)
    return terms


def _bad(path: Path, said: str) -> PackageError:
    return PackageError(f"{path}: {said}。改正后再生成网站。")


def _explanation(written: WrittenExplanation) -> Explanation:
    return Explanation(
        written.id,
        Bilingual(_joined(written.term), _joined(written.english)),
        Bilingual(_joined(written.explanation), _joined(written.english_explanation)),
        tuple(map(_joined, (written.term, *written.variants))),
        tuple(map(_joined, (written.english, *written.english_variants))),
        tuple(map(_joined, written.not_in)),
        written.in_sentences,
    )


def _joined(text: str) -> str:
    return " ".join(text.split())


def _refuse_doubles(path: Path, terms: TermList) -> None:
    """A wording that two terms claim would be explained by whichever comes first."""
    ids: dict[str, Explanation] = {}
    words: dict[str, Explanation] = {}
    for term in terms:
        if ids.setdefault(term.id, term) is not term:
            raise PackageError(f"{path}: id“{term.id}”用了两次。给其中一个另起 id。")
        for word in (*map(typed_alike, term.wordings), *(e.lower() for e in term.english)):
            other = words.setdefault(word, term)
            if other is not term:
                raise PackageError(
                    f"{path}: “{word}”既是“{other.name.chinese}”又是“{term.name.chinese}”"
                    "的说法。只留在一处。"
                )
