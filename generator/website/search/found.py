"""One thing that can be found, and its place among all others, which a key of bytes says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generator.website.search.search_tokens import tokens
from generator.website.search.spelling import spelled
from generator.website.wording.language import Words, marked

# Looked up for the page of the search only: the records are Chinese and go by the keys.
KINDS = Words(
    {
        "部门": marked("部门"),
        "项目": marked("项目"),
        "表行": marked("表行"),
        "名词": marked("名词"),
        "文字": marked("文字"),
    }
)
_LONGEST = 4000  # characters of a text that is shown
_COLUMNS = 100
#: After a text that was cut; the page cannot tell whether what is looked for stands in the rest.
CUT = "…"
_WIDTH = 12  # bytes of a number in a key
_LARGEST = 1 << 8 * _WIDTH - 1

#: By what records are put in order, the first difference decides: numbers and texts.
Order = tuple[int | Decimal | str, ...]


@dataclass(frozen=True)
class Found:
    """One thing that can be found.

    Attributes:
        kind: One of `KINDS`, by its number.
        order: Its place among those of its kind.
        tokens: What finds it.
        disclosures: The numbers of the disclosures of its department that it is from; none of
            what belongs to no department.
        shown: What the page of results says about it, as JSON: `t` title, `e` what that
            means in English, `h` address, `c` code, `w` where, `a` amounts as [column, printed],
            `u` their unit, `l` source line, `s` text, `p` how many
            more rows print the same, `own` where the title names the
            department already.
    """

    kind: int
    order: Order
    tokens: frozenset[str]
    disclosures: tuple[int, ...]
    shown: dict[str, object]

    @property
    def key(self) -> bytes:
        """Return its place among all that can be found: bytes that sort as they mean."""
        return bytes([self.kind]) + b"".join(map(_sorting, self.order))

    @property
    def json(self) -> bytes:
        """Return what is shown of it."""
        return json.dumps(self.shown, ensure_ascii=False, separators=(",", ":")).encode()


def made(
    kind: str, order: Order, texts: Iterable[str], where: tuple[int, ...], **shown: object
) -> Found:
    """Return a find that any part of its texts finds; what is blank is not shown."""
    kept = {key: _cut(value) for key, value in shown.items() if value}
    all_tokens = frozenset().union(*map(tokens, texts))
    if kind != "文字":
        all_tokens |= spelled(str(shown["t"]))
    return Found(list(KINDS).index(kind), order, all_tokens, where, kept)


def _cut(value: object) -> object:
    """Cut what is too long to be shown: a file of many records stays small."""
    if isinstance(value, list):
        return value[:_COLUMNS]
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + CUT
    return value


def _sorting(value: int | Decimal | str) -> bytes:
    """Return bytes that sort as a number does, or as a text by its characters."""
    if isinstance(value, str):
        return value.replace("\0", " ").encode() + b"\0"
    exact = int(value.scaleb(4)) if isinstance(value, Decimal) else value
    return (max(0, min(2 * _LARGEST - 1, exact + _LARGEST))).to_bytes(_WIDTH, "big")
