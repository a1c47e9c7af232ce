"""What became of each amount that the pages of a file print, taken one by one.

An amount is first looked for among the facts of its page, then among what is published as printed,
then among what was left out with a reason, then in the text. What is nowhere is lost.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from benchmarks.amount_census import amounts_within
from generator.models import Extract, Line, Table
from generator.seen import Seen

#: What may become of an amount, in the order in which it is looked for.
FATES = ("facts", "as_printed", "repeated", "named", "in_text", "refused", "lost")
_REPEATED = ("repeated_total", "repeated_page", "repeated_header")
_SHOWN = 8
#: The problem of text that nobody sees, and how a message ends that is shortened.
_UNSEEN, _SHORTENED = "text-not-visible", "……（共"

_Places = Mapping[tuple[str, int], Counter[str]]


def fates(seen: Seen, census: Mapping[int, Counter[str]]) -> tuple[dict[str, int], list[str]]:
    """How many of the amounts of a census met which fate, and some that are lost, with the page."""
    counts = Counter[str]()
    left = {page: printed.copy() for page, printed in census.items()}
    found = _found(seen)
    for beside in (0, 1, -1):  # a row that a page cuts off is read with the page beside it
        for page, printed in left.items():
            for fate in FATES[:-2]:
                pool = found.get((fate, page + beside), Counter())
                taken = printed & pool
                taken += _wrapped(printed - taken, pool - taken)
                counts[fate] += taken.total()
                printed.subtract(taken)
                pool.subtract(taken)
    if seen.extract:
        counts["named"] += sum(_hidden(page, some, census, seen) for page, some in left.items())
    rest = [f"{amount} (page {page})" for page, some in left.items() for amount in some.elements()]
    counts["lost" if seen.extract else "refused"] += len(rest)
    return dict(counts), rest[:_SHOWN] if seen.extract else []


def _hidden(page: int, left: Counter[str], census: Mapping[int, Counter[str]], seen: Seen) -> int:
    """Take away what the text layer has and no reader sees, as a problem of the page says.

    Its message may be shortened: then an amount counts that the page beside prints, too, as rows do
    that a page cuts off.
    """
    messages = [p.message for p in seen.problems if (p.code, p.page) == (_UNSEEN, page)]
    said = "".join(messages)
    beside = {amount for each in (page - 1, page + 1) for amount in census.get(each, ())}
    hidden = [
        amount
        for amount in left.elements()
        if amount in _plain(said) or (amount in beside and _SHORTENED in said)
    ]
    left.subtract(hidden)
    return len(hidden)


def _wrapped(printed: Counter[str], pool: Counter[str]) -> Counter[str]:
    """The amounts of which the text layer has the beginning alone: their cell is too narrow."""
    found, whole = Counter[str](), list(pool.elements())
    for amount in printed.elements():
        longer = next((each for each in whole if each.startswith(amount)), None)
        if longer is not None:
            whole.remove(longer)
            found[amount] += 1
    return found


def _found(seen: Seen) -> _Places:
    """The amounts of a disclosure by fate and page, as the reader has them."""
    found: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    extract, disclosure, document = seen.extract, seen.disclosure, seen.document
    if extract is None or disclosure is None or document is None:
        return found
    for fact in disclosure.facts:
        page = fact.box.page if fact.box else fact.page or 0
        found["facts", page][_plain(fact.printed)] += 1
    facts = {fact.table for fact in disclosure.facts}
    tables = {table.id: _Left(table, published=table.id in facts) for table in extract.tables}
    messages = {p.line: "" for p in seen.problems}
    for problem in seen.problems:
        messages[problem.line] += problem.message
        if problem.page and not problem.line:
            found["named", problem.page].update(amounts_within(problem.message))
    for line in document.lines:
        for amount, fate in _of_line(line, extract, tables, messages.get(line.number, "")):
            found[fate, line.page or 0][amount] += 1
    return found


class _Left:
    """What a standard table does not publish as facts: repeated totals, and text.

    ``facts`` are its amounts by line, ``text`` what its rows say in words, as one. Of a table that
    has no facts at all the unit is not known, which is a problem, or its amounts stand in a file of
    their own.
    """

    def __init__(self, table: Table, *, published: bool) -> None:
        self.repeated = table.account.repeated if table.account else 0
        self.otherwise = "in_text" if table.unit else "named"
        self.facts: dict[int, Counter[str]] = defaultdict(Counter)
        cells = [cell for row in table.rows for cell in row.cells if cell]
        for cell in cells if published else ():
            self.facts[cell.line][_plain(cell.printed)] += 1
        texts = [text for each in table.records for text in each.values.values()]
        texts += [text for row in table.rows for text in (row.label, row.text)]
        texts += [cell.printed for cell in cells if not published]
        self.text = _plain("\n".join([*texts, *table.notes]))


def _of_line(
    line: Line, extract: Extract, tables: Mapping[str, _Left], message: str
) -> Iterator[tuple[str, str]]:
    """The amounts of a line that are no facts, each with its fate."""
    use = extract.uses.get(line.number)
    amounts = Counter(amounts_within(line.text))
    if use is None or not amounts:
        return
    if use.table.startswith("printed-"):
        yield from ((amount, "as_printed") for amount in amounts.elements())
    elif use.use in _REPEATED:
        yield from ((amount, "repeated") for amount in amounts.elements())
    elif use.use == "unread":  # which never is without a problem
        yield from ((amount, "named") for amount in amounts.elements())
    elif use.use != "row":
        yield from ((amount, "in_text") for amount in amounts.elements())
    elif use.table in tables:
        yield from _of_row(amounts, line, tables[use.table], message)


def _of_row(
    amounts: Counter[str], line: Line, left: _Left, message: str
) -> Iterator[tuple[str, str]]:
    for amount in (amounts - left.facts.get(line.number, Counter())).elements():
        if left.repeated and line.number not in left.facts:
            left.repeated -= 1
            yield amount, "repeated"
        elif amount in message:
            yield amount, "named"
        elif amount in left.text:
            yield amount, left.otherwise


def _plain(printed: str) -> str:
    return unicodedata.normalize("NFKC", printed).replace(" ", "")
