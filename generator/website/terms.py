"""Our own plain words for the terms of budgets, as `content/terms.yaml` has them.

The file is a list of groups, each with its terms; docs/website.md explains its keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from generator.problems import PackageError
from generator.website.language import Bilingual

_GROUP = {"group", "english", "terms"}
_TEXTS = ("id", "term", "explanation", "english", "english_explanation")
_LISTS = ("variants", "english_variants", "not_in")
_KEYS = (*_TEXTS, *_LISTS, "in_sentences")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
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


@dataclass(frozen=True)
class TermGroup:
    """Terms about one thing."""

    title: Bilingual
    terms: tuple[Explanation, ...]


@dataclass(frozen=True)
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
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackageError(f"{path}: 不是可读的 YAML（{error}）。改正后再生成网站。") from error
    if raw is None:
        return TermList()
    if not isinstance(raw, list):
        raise PackageError(f"{path}: 应是一列组，每组有 group、english、terms。照原有的样子写。")
    terms = TermList(tuple(_group(path, at, each) for at, each in enumerate(raw, 1)))
    _refuse_doubles(path, terms)
    return terms


def _group(path: Path, at: int, raw: Any) -> TermGroup:
    where = f"{path}: 第{at}组"
    if not isinstance(raw, dict) or set(raw) != _GROUP or not isinstance(raw["terms"], list):
        raise PackageError(f"{where}应有且只有 group、english 和一列 terms。补上缺的，删去多的。")
    title = Bilingual(_text(where, raw, "group"), _text(where, raw, "english"))
    return TermGroup(title, tuple(_term(where, n, each) for n, each in enumerate(raw["terms"], 1)))


def _term(group: str, at: int, raw: Any) -> Explanation:
    where = f"{group}第{at}条"
    if not isinstance(raw, dict):
        raise PackageError(f"{where}应是一个词，有 {'、'.join(_TEXTS)}。照原有的样子写。")
    where += f"“{raw.get('term') or raw.get('id') or '没有名字'}”"
    _refuse_unknown(where, raw)
    text = {key: _text(where, raw, key) for key in _TEXTS}
    words = {key: _words(where, raw, key) for key in _LISTS}
    if not _ID.fullmatch(text["id"]):
        raise PackageError(
            f"{where}的 id“{text['id']}”要用在网址里：只用小写字母、数字和连字符，以字母开头。"
        )
    return Explanation(
        text["id"],
        Bilingual(text["term"], text["english"]),
        Bilingual(text["explanation"], text["english_explanation"]),
        (text["term"], *words["variants"]),
        (text["english"], *words["english_variants"]),
        words["not_in"],
        _flag(where, raw, "in_sentences"),
    )


def _refuse_unknown(where: str, raw: Mapping[Any, Any]) -> None:
    unknown = [str(key) for key in raw if key not in _KEYS]
    if unknown:
        known = "、".join(_KEYS)
        raise PackageError(f"{where}有不认识的“{'、'.join(unknown)}”。只能有：{known}。")


def _text(where: str, raw: Mapping[Any, Any], key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PackageError(f"{where}没有 {key}，或它不是文字。写上 {key}: 后面的文字。")
    return _plain(where, key, value)


def _words(where: str, raw: Mapping[Any, Any], key: str) -> tuple[str, ...]:
    value: Sequence[Any] = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise PackageError(f"{where}的 {key} 应是一列词，如 [词一, 词二]。")
    return tuple(_plain(where, key, each) for each in value)


def _flag(where: str, raw: Mapping[Any, Any], key: str) -> bool:
    value = raw.get(key, True)
    if not isinstance(value, bool):
        raise PackageError(f"{where}的 {key} 应是 true 或 false。")
    return value


def _plain(where: str, key: str, value: str) -> str:
    if any(sign in value for sign in "<>&"):
        raise PackageError(f"{where}的 {key} 里有 <、> 或 &：这里只写文字，不写 HTML。")
    return " ".join(value.split())


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
