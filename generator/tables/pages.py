"""Pages: one that is there twice, one that is missing, some in the wrong order, are told by number.

A page that stands in the file twice would be read twice; a missing one takes rows with it, or a
whole table. The numbers that pages print tell both, and what the pages say tells the one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from generator.meaning.amounts import is_decimal
from generator.meaning.wording import fold
from generator.models import Document, Line
from generator.problems import Report
from generator.reading.paging import page_of_all

# A page without a number of its own, and with fewer different amounts, may well say the same as
# another that it does not follow: the rest of a table that goes on with small round amounts. Of
# two such tables the rests do not follow each other, as the two of one page do.
_LEAST_AMOUNTS = 12
_NUMBER = re.compile(r"[-—–·第页\s]*(\d{1,4})[-—–·第页\s]*")
# Numbers of which fewer than this share go on by one are none of pages, or are not legible.
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class Pages:
    """The lines to read, in order; those of pages that repeat others; where something is missing.

    ``gaps``: why what stands on a page, or goes on from it, may not be whole, by page.
    """

    lines: tuple[Line, ...]
    repeated: tuple[Line, ...] = ()
    gaps: Mapping[int, str] = field(default_factory=dict)


def sort_pages(document: Document, report: Report) -> Pages:
    """Leave out pages that repeat others, put the rest in order, and report what is missing."""
    pages = {
        page: list(lines)
        for page, lines in groupby(document.lines, key=lambda line: line.page or 0)
    }
    repeated, alike = _repeated(pages, report, paged=bool(document.pages))
    order = [page for page in pages if page not in repeated]
    # A text only seems to have pages: where its extractor left a break, and some have no number.
    counted = order if document.pages else []
    numbers = {page: number for page in counted if (number := _printed_number(pages[page]))}
    numbers = numbers if _go_on(numbers) else {}
    order = _in_order(order, numbers, report)
    gaps = alike | dict(_missing(order, numbers, report)) | _without_text(order, report)
    return Pages(
        tuple(line for page in order for line in pages[page]),
        tuple(line for page in repeated for line in pages[page]),
        gaps,
    )


def _repeated(
    pages: Mapping[int, Sequence[Line]], report: Report, *, paged: bool
) -> tuple[list[int], dict[int, str]]:
    """The pages that say the same as a page before them; those that may be, and why.

    ``paged``: where the pages begin is known, and not only seen by signs of a text.
    """
    seen: dict[tuple[str, ...], int] = {}
    repeated, alike = [], dict[int, str]()
    for page, lines in pages.items():
        texts = tuple(text for line in lines if (text := fold(line.text)))
        if page == 0 or not (amounts := _amounts(lines)):
            continue
        first, seen[texts] = seen.get(texts), page
        if first is None:
            continue
        follows = paged and first == page - 1
        surely = follows or len(amounts) >= _LEAST_AMOUNTS or _is_numbered(lines)
        if not (surely or paged):
            continue
        if surely:
            repeated.append(page)
        else:
            alike |= dict.fromkeys((first, page), f"第 {first} 页与第 {page} 页内容相同")
        code = "page-repeated" if surely else "pages-alike"
        report.add(code, lines[0].number, number=page, first=first)
    return repeated, alike


def _amounts(lines: Sequence[Line]) -> set[str]:
    return {token for line in lines for token in line.text.split() if is_decimal(token)}


def _is_numbered(lines: Sequence[Line]) -> bool:
    return any(line.page_number for line in lines)


def _printed_number(lines: Sequence[Line]) -> int | None:
    found = [line.text for line in lines if line.page_number]
    if len(found) != 1:
        return None
    if counted := page_of_all(found[0]):
        return counted[0]
    match = _NUMBER.fullmatch(found[0])
    return int(match.group(1)) if match else None


def _go_on(numbers: Mapping[int, int]) -> bool:
    """Whether the numbers count the pages: from most to the next it is one."""
    steps = [numbers[b] - numbers[a] == b - a for a, b in pairwise(numbers)]
    return bool(steps) and sum(steps) >= _MOST * len(steps)


def _in_order(order: Sequence[int], numbers: Mapping[int, int], report: Report) -> list[int]:
    """Put a run of pages in the order of their numbers, where these are just in another order."""
    ordered: list[int] = []
    for numbered, group in groupby(order, key=lambda page: page in numbers):
        run = list(group)
        for part in _runs(run, numbers) if numbered else [run]:
            turned = sorted(part, key=numbers.__getitem__) if numbered else part
            if turned != part:
                moved = [
                    str(page) for page, other in zip(part, turned, strict=True) if page != other
                ]
                report.add("pages-out-of-order", numbers="、".join(moved))
            ordered += turned
    return ordered


def _runs(pages: Sequence[int], numbers: Mapping[int, int]) -> Iterator[list[int]]:
    """Cut pages where their numbers begin anew: a run has each number once, and 1 first if at all.

    Numbers that have a hole are left as they are: which page is at the wrong place is not certain.
    """
    run: list[int] = []
    for page in pages:
        if run and (numbers[page] == 1 or numbers[page] in {numbers[each] for each in run}):
            yield from _whole(run, numbers)
            run = []
        run.append(page)
    yield from _whole(run, numbers)


def _whole(run: list[int], numbers: Mapping[int, int]) -> Iterator[list[int]]:
    found = sorted(numbers[page] for page in run)
    if found and found[-1] - found[0] + 1 == len(found):
        yield run
    else:
        yield from ([page] for page in run)


def _missing(
    order: Sequence[int], numbers: Mapping[int, int], report: Report
) -> Iterator[tuple[int, str]]:
    """The pages before and after a hole in the numbers."""
    for before, after in pairwise(page for page in order if page in numbers):
        lost = numbers[after] - numbers[before] - (after - before)
        if lost > 0 and after > before and numbers[after] > numbers[before]:
            first, last = numbers[before] + 1, numbers[after] - 1
            which = str(first) if first == last else f"{first}–{last}"
            report.add("page-missing", page=before, numbers=which)
            why = f"原文缺第 {which} 页"
            yield from ((before, why), (after, why))


def _without_text(order: Sequence[int], report: Report) -> dict[int, str]:
    """Pages whose content could not be read as text: what stands around them is not whole."""
    unread = {p.page: p.message for p in report.problems if p.page and p.code in UNREAD_PAGES}
    near = {page + step: why for page, why in unread.items() for step in (-1, 1)}
    return {page: why for page, why in near.items() if page in order}


#: The problems of reading that say that a page's content is not in its text.
UNREAD_PAGES = frozenset({"page-without-text"})
