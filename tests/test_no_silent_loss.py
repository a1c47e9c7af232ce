"""Nothing is lost in silence: of a damaged text, each amount is read or an error is recorded.

Lines of every kind in a small disclosure are damaged in every way, one at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.disclosure_texts import typeset
from tests.doors import Read, read_text
from tests.hypothesis_profile import MORE
from tests.made_budgets import sample_budget
from tests.text_styles import Style

AMOUNT = re.compile(r"(?<!\S)\d[\d,]*\.\d\d(?!\S)")
STYLES = {
    "flowing": Style(spaced=False, breaks=0),
    "tabbed": Style(tabbed=True, spaced=False, breaks=0, indented=False),
}
#: How many rows of each make are damaged, and each how many-th of the other lines.
ROWS, EVERY = (2, 2) if MORE > 1 else (1, 6)
#: Of how many damaged texts one is put before the checks, which must get over all that is read.
CHECKED = 1 if MORE > 1 else 5
TEXTS = {name: typeset(sample_budget(), style).decode() for name, style in STYLES.items()}


def damaged(text: str, kind: str) -> Iterator[tuple[str, str]]:
    """What is damaged, and the text with it: rows of each make, and of other lines some."""
    lines = text.split("\n")
    seen: Counter[object] = Counter()
    for number, line in enumerate(lines):
        seen[_make(line)] += 1
        chosen = seen[_make(line)] <= ROWS if AMOUNT.search(line) else number % EVERY == 0
        for new in _damages(lines, number, kind) if chosen else ():
            yield f"line {number + 1}: {line!r}", "\n".join(new)


def _make(line: str) -> object:
    """What matters of a line: how many amounts, and whether a label and a target are beside."""
    amounts = list(AMOUNT.finditer(line))
    if not amounts:
        return line
    after = line[amounts[-1].end() :].strip()
    return len(amounts), line[: amounts[0].start()].strip() == "", after == "", line[:1]


def _damages(lines: list[str], number: int, kind: str) -> Iterator[list[str]]:
    before, line, after = lines[:number], lines[number], lines[number + 1 :]
    amounts = list(AMOUNT.finditer(line))
    if kind == "glued" and amounts and after:
        yield [*before, line + after[0], *after[1:]]
    elif kind == "gone" and not amounts and line:
        yield [*before, *after]
    elif kind == "swapped" and after:
        yield [*before, after[0], line, *after[1:]]
    elif kind == "one-amount-less" and len(amounts) > 1:
        yield [*before, line[: amounts[0].start()] + line[amounts[0].end() :].lstrip(" "), *after]
    elif kind == "one-amount-more" and amounts:
        yield [*before, line[: amounts[0].start()] + "7.77 " + line[amounts[0].start() :], *after]
    for letter in {"letter-in-front": "a", "letter-behind": "a", "unit-behind": "万"}.get(kind, ""):
        for match in amounts[-1:]:
            place = match.start() if kind == "letter-in-front" else match.end()
            yield [*before, line[:place] + letter + line[place:], *after]


def second_part(text: str) -> str:
    start = list(re.finditer(r"^[ \f]*第二部分", text, re.MULTILINE))
    end = re.search(r"^[ \f]*第三部分", text, re.MULTILINE)
    return text[start[-1].end() if start else len(text) : end.start() if end else len(text)]


def lost(read: Read, text: str) -> Counter[str]:
    """The amounts of the tables that were neither read nor reported."""
    if not read.disclosures or any(each.severity != "warning" for each in read.problems):
        return Counter()
    lines = read.disclosure.extract.document.lines
    repeated = Counter(
        amount
        for number, use in read.disclosure.extract.uses.items()
        if use.use == "repeated_total"
        for amount in AMOUNT.findall(lines[number - 1].text)
    )
    printed = Counter(fact.printed for fact in read.disclosure.facts)
    return Counter(AMOUNT.findall(second_part(text))) - printed - repeated


def is_valid(read: Read) -> bool:
    """Tell whether tables and facts are there once each: no package is valid otherwise."""
    if not read.disclosures:
        return True
    tables = [table.id for table in read.disclosure.extract.tables]
    facts = [fact.fact_id for fact in read.disclosure.facts]
    return len(set(tables)) == len(tables) and len(set(facts)) == len(facts)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_nothing_is_lost_of_a_whole_text(style: str) -> None:
    read = read_text(TEXTS[style])
    assert read.codes == ["department-unregistered"]
    assert lost(read, TEXTS[style]) == Counter()


HARD = ("one-amount-less", "one-amount-more", "letter-in-front", "letter-behind", "unit-behind",
        "glued")  # fmt: skip
WAYS = [
    *(("tabbed", kind) for kind in (*HARD, "gone", "swapped")),
    *(("flowing", kind) for kind in (*HARD, "gone", "swapped")),
]


@pytest.mark.hypothesis  # at night with more rows
@pytest.mark.parametrize(("style", "kind"), WAYS)
def test_nothing_is_lost_in_silence(style: str, kind: str) -> None:
    silent = []
    for number, (where, text) in enumerate(damaged(TEXTS[style], kind)):
        read = read_text(text)
        if read.disclosures and number % CHECKED == 0:
            assert read.findings, where
        assert "reader-failed" not in read.codes, where
        assert is_valid(read), where
        if missing := lost(read, text):
            silent.append((where, missing))
    assert silent == []
