"""An index of all projects in small files, of which the script of their filter fetches a few.

Projects are numbered by amount, the largest first, so the first hits are the largest. A shard has
the numbers of the projects that have a pair of characters in a name; a list those of a year, a
place or a kind; a block has a few projects as they are shown.
"""

from __future__ import annotations

import json
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from generator.website.everyone.location import location_of, province_and_city
from generator.website.everyone.summaries import Summaries, SummaryProject
from generator.website.wording.amounts import in_ten_thousands

#: Where the index is, below the root that all languages share.
INDEX = "projects/index/"
#: Projects in a block: some four kilobytes.
BLOCK = 20
#: Numbers of one list; of a longer one those of the largest projects.
MOST_NUMBERS = 15_000
# Bytes of a shard at most, where it has more than one pair of characters.
_SHARD = 60_000
_MOST_SHARDS = 4096

_Numbers = dict[str, "array[int]"]


def index_files(summaries: Summaries) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index, with their paths.

    `shape.json` says how many shards and blocks there are, `starts.json` with which amount each
    block begins, for limits on amounts.
    """
    pairs, lists, starts = _Numbers(), _Numbers(), list[str]()
    block: list[list[object]] = []
    for number, each in enumerate(summaries.projects()):
        for pair in sorted(_pairs(each)):
            _note(pairs, pair, number)
        for name in _lists(each):
            _note(lists, name, number)
        block.append(_row(each))
        if len(block) == BLOCK:
            starts.append(str(block[0][1]))
            yield f"{INDEX}b/{number // BLOCK}.json", _written(block)
            block = []
    if block:
        starts.append(str(block[0][1]))
        yield f"{INDEX}b/{len(starts) - 1}.json", _written(block)
    for name in sorted(lists):
        yield f"{INDEX}l/{name}.json", _written(_steps(lists[name]))
    shards = _shards(pairs)
    for shard, found in enumerate(shards):
        yield f"{INDEX}s/{shard}.json", _written(found)
    yield f"{INDEX}starts.json", _written(starts)
    shape = {"shards": len(shards), "block": BLOCK, "blocks": len(starts), "most": MOST_NUMBERS}
    yield f"{INDEX}shape.json", _written(shape)


def _pairs(each: SummaryProject) -> set[str]:
    """The pairs of characters of what a filter looks through."""
    texts = (each.project.name, each.project.unit, each.head.department.names.chinese)
    return {"".join(pair) for text in texts for pair in pairwise(_folded(text))}


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _lists(each: SummaryProject) -> tuple[str, str, str]:
    head = each.head
    province, _city = province_and_city(location_of(head.department))
    return (f"y-{head.slug}", f"p-{province}", f"k-{head.bureau}")


def _note(found: _Numbers, key: str, number: int) -> None:
    numbers = found.setdefault(key, array("L"))
    if len(numbers) < MOST_NUMBERS:
        numbers.append(number)


def _row(each: SummaryProject) -> list[object]:
    """What is shown of a project, in the order in which the script takes it."""
    head, project = each.head, each.project
    known = project.yuan is not None
    return [
        project.name,
        str(project.yuan) if known else "",
        in_ten_thousands(project.yuan) if project.yuan is not None else "",
        head.id,
        head.department.names.chinese,
        head.slug,
        project.line,
        project.unit,
        [fund.key for fund in project.funds],
    ]


def _shards(pairs: _Numbers) -> list[dict[str, list[int]]]:
    """Part the pairs by their hash into shards none of which is large."""
    sizes = {pair: 8 + 3 * len(numbers) for pair, numbers in pairs.items()}
    count = 1
    while count < _MOST_SHARDS and _largest(sizes, count) > _SHARD:
        count *= 2
    shards: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for pair in sorted(pairs):
        shards[_hash(pair) % count][pair] = _steps(pairs[pair])
    return shards


def _largest(sizes: Mapping[str, int], count: int) -> int:
    """The size of the largest shard that could be parted further."""
    whole, most = [0] * count, [0] * count
    for pair, size in sizes.items():
        at = _hash(pair) % count
        whole[at] += size
        most[at] = max(most[at], size)
    return max(w for w, m in zip(whole, most, strict=True) if w > m or count == 1)


def _hash(text: str) -> int:
    """FNV-1a of the characters' numbers, in 32 bits: the script does the same."""
    value = 0x811C9DC5
    for character in text:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value


def _steps(numbers: Iterable[int]) -> list[int]:
    """Write rising numbers as the steps between them."""
    return [now - before for before, now in pairwise((0, *numbers))]


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
