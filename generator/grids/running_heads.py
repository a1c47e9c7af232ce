"""Running heads: what most pages print above their text, and belongs to no table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.meaning.furniture import printed_name, printed_unit
from generator.meaning.wording import fold
from generator.models import Line

# A head is one of the first lines of its page; it stands on more pages than a table takes.
_FIRST = 2
_LEAST_PAGES = 4
_SHARE = 0.4


def without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that many pages print at their head, and without pages' numbers."""
    heads = running_heads(lines)
    seen: Counter[int] = Counter()
    kept = []
    for line in lines:
        page = line.page or 0
        text = fold(line.text)
        if text and not line.boxes:
            seen[page] += 1
        if line.page_number or (not line.boxes and text in heads and seen[page] <= _FIRST):
            continue
        kept.append(line)
    return kept


def _says_something(line: Line) -> bool:
    """Whether a line names a unit or a department: that belongs to the table below it."""
    return bool(printed_unit(line.text) or printed_name(line.text))


def running_heads(lines: Sequence[Line]) -> frozenset[str]:
    """The folded texts of the running heads."""
    firsts: dict[int, list[str]] = {}
    for line in lines:
        text = fold(line.text)
        page = firsts.setdefault(line.page or 0, [])
        if text and not line.boxes and len(page) < _FIRST and not _says_something(line):
            page.append(text)
    counts = Counter(text for texts in firsts.values() for text in set(texts))
    least = max(_LEAST_PAGES, _SHARE * len(firsts))
    return frozenset(text for text, count in counts.items() if count >= least)
