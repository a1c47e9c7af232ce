"""Pages that are in a PDF twice, missing, or in another order than their numbers say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from generator.read import Reading
from tests.hypothesis_profile import MORE
from tests.pdf.model import example_budget
from tests.pdf.reading import differing, published, read_bytes
from tests.pdf.styles import PaperStyle
from tests.pdf.typeset import typeset

#: Which of the pages with rows of tables; by day the first, one between, and the last.
PLACES = range(5) if MORE > 1 else (0, 2, 4)
SMALL_PLACES = range(9) if MORE > 1 else (0, 4, 8)


class Whole:
    """A PDF, with what is read of it."""

    def __init__(self, style: PaperStyle) -> None:
        self.data = typeset(example_budget(), style)
        self.reading = read_bytes(self.data)
        self.amounts = amounts(self.reading)

    @cached_property
    def tabled(self) -> list[int]:
        """The pages with rows of tables that go on from the page before, by index."""
        lines = [line for line in published(self.reading).extract.document.lines if line.boxes]
        pages = sorted({line.page - 1 for line in lines if line.page})
        return [page for page in pages if page - 1 in pages and page + 1 in pages]


@pytest.fixture(scope="module")
def whole() -> Whole:
    return Whole(PaperStyle(room=170))


@pytest.fixture(scope="module")
def small() -> Whole:
    """Its pages are small, and have no numbers."""
    return Whole(PaperStyle(room=120, page_numbers="none"))


def with_pages(data: bytes, order: Callable[[list[int]], Sequence[int]]) -> bytes:
    """The PDF with its pages in another order; a page may be there twice, or not at all."""
    reader, writer = PdfReader(BytesIO(data)), PdfWriter()
    for number in order(list(range(len(reader.pages)))):
        writer.add_page(reader.pages[number])
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def amounts(reading: Reading) -> list[tuple[str, str, str, str]]:
    return sorted((f.table, f.label, f.column, f.printed) for f in published(reading).facts)


@pytest.mark.hypothesis
@pytest.mark.parametrize("place", PLACES)
def test_a_page_that_is_there_twice_is_read_once(whole: Whole, place: int) -> None:
    page = whole.tabled[place]
    twice = read_bytes(with_pages(whole.data, lambda p: [*p[: page + 1], page, *p[page + 1 :]]))
    assert amounts(twice) == whole.amounts
    assert [p.code for p in twice.problems if p.severity == "error"] == ["page-repeated"]
    assert not differing(published(twice))


@pytest.mark.hypothesis
@pytest.mark.parametrize("place", SMALL_PLACES)
def test_a_small_page_without_a_number_that_is_there_twice_is_read_once(
    small: Whole, place: int
) -> None:
    page = small.tabled[place]
    twice = read_bytes(with_pages(small.data, lambda p: [*p[: page + 1], page, *p[page + 1 :]]))
    assert amounts(twice) == small.amounts
    assert [p.code for p in twice.problems if p.severity == "error"] == ["page-repeated"]


def test_a_small_page_that_is_there_again_further_down_is_in_doubt(small: Whole) -> None:
    page = small.tabled[0]
    again = read_bytes(with_pages(small.data, lambda p: [*p[: page + 3], page, *p[page + 3 :]]))
    assert {"pages-alike", "page-repeated"} & {p.code for p in again.problems}
    assert not differing(published(again))


@pytest.mark.hypothesis
@pytest.mark.parametrize("place", PLACES)
def test_pages_in_another_order_are_read_in_that_of_their_numbers(whole: Whole, place: int) -> None:
    page = whole.tabled[place]
    swapped = read_bytes(
        with_pages(whole.data, lambda p: [*p[:page], page + 1, page, *p[page + 2 :]])
    )
    assert amounts(swapped) == whole.amounts
    assert "pages-out-of-order" in [p.code for p in swapped.problems]
    assert not differing(published(swapped))


@pytest.mark.hypothesis
@pytest.mark.parametrize("place", PLACES)
def test_a_missing_page_is_named_and_its_tables_are_not_whole(whole: Whole, place: int) -> None:
    page = whole.tabled[place]
    without = read_bytes(with_pages(whole.data, lambda p: [*p[:page], *p[page + 1 :]]))
    missing = [p for p in without.problems if p.code == "page-missing"]
    assert [p.page for p in missing] == [page]
    gaps = [table.id for table in published(without).extract.tables if table.gap]
    lost = {f.table for f in published(whole.reading).facts}
    lost -= {f.table for f in published(without).facts}
    assert gaps or lost
