"""Every pattern of the house is linear in the text that it meets, however long a line is.

The patterns are found by importing all modules, by reading their source, and by reading a
disclosure, so none can be forgotten. Each is put to long runs of every kind of character, and to
runs made for it: what stands before each of its repeats, then what it repeats, then what makes it
fail. A pattern that takes the square of the length, or doubles with each character, takes more
processor time than the limit, which is a thousand times what a linear one takes.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import generator
from generator.meaning.departments import Departments
from generator.pdf.limits import Limits
from generator.read import Task, read_file

ROOT = Path(__file__).parent.parent
LENGTH = 20_000
SECONDS = 0.5
#: One of each kind of character, and the beginnings of numbers that may go on.
RUNS = [
    *"07aZ中一表元年 \u3000\t\n\u00a0.,，。、：:;-—−()（）[]【“\"'*#/%<_０．①\u200b",
    *("0.", "1,", "1，", "1 ", "1.", "a ", "1-", "，1", ", ", "。 ", "()", "（）", "(1)", "、一"),
    *("栏次", "行次", "1=2+"),
]
ENDS = ["", "\x00", "x", "1", "。"]


# ── the patterns of the house ────────────────────────────────────────────────────────────


#: How a pattern is put to a text: only at its start, or anywhere.
AT_START = ("match", "fullmatch")
Use = tuple[re.Pattern[Any], bool]  # and whether it is searched for


def modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(generator.__path__, "generator."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def held(value: object) -> Iterator[re.Pattern[Any]]:
    """The patterns in the value of a name, within tuples, lists and dictionaries too."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list, frozenset, set)):
        for each in value:
            yield from held(each)
    elif isinstance(value, dict):
        yield from held(list(value.items()))


def named(module: ModuleType, tree: ast.Module) -> Iterator[Use]:
    """The patterns that have a name in a module; searched for unless it only asks at the start."""
    asked: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            asked.setdefault(node.value.id, set()).add(node.attr)
    for name, value in vars(module).items():
        at_start = isinstance(value, re.Pattern) and asked.get(name, {""}) <= {*AT_START, "pattern"}
        yield from ((pattern, not at_start) for pattern in held(value))


def written(module: ModuleType, tree: ast.Module) -> Iterator[Use]:
    """The patterns that stand in a module's functions; what only a call knows is a letter."""
    asked = {node.value: node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in {node for function in functions for node in ast.walk(function)}:
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            method = ast.unparse(node.func).removeprefix("re.")
            source = evaluated(node.args[0], vars(module))
            if source is not None and method != "escape":
                at_start = (
                    asked.get(node, "search") if method == "compile" else method
                ) in AT_START
                yield re.compile(source), not at_start


def evaluated(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.JoinedStr):
        parts = [evaluated(part, names) for part in node.values]
        return "".join(chr(0x4E8C + n) if part is None else part for n, part in enumerate(parts))
    if isinstance(node, ast.FormattedValue):
        return evaluated(node.value, names)
    try:
        value = eval(compile(ast.Expression(node), "pattern", "eval"), dict(names))
    except NameError:
        return None
    return value if isinstance(value, (str, bytes)) else None


def met() -> Iterator[Use]:
    """The patterns that the house makes while it reads a disclosure."""
    original, found = re.compile, []

    def noted(pattern: Any, flags: Any = 0) -> Any:
        made = original(pattern, flags)
        if Path(sys._getframe(1).f_code.co_filename).is_relative_to(ROOT / "generator"):
            found.append((made, True))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(re, "compile", noted)
        folder = ROOT / "data" / "disclosures"
        text = folder / "haizhu-2025-budget.txt"
        assert read_file(Task(text, folder, Departments(()), Limits())).disclosures
    yield from found


@cache
def house() -> dict[Use, str]:
    """All patterns of the house, with the module that has them."""
    found: dict[Use, str] = {}
    for module in modules():
        assert module.__file__
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for use in (*named(module, tree), *written(module, tree)):
            found.setdefault(use, module.__name__)
    return found | dict.fromkeys(met(), "made while reading")


# ── runs made for a pattern ──────────────────────────────────────────────────────────────


def members(items: Any) -> Iterator[str]:
    """Some characters of a class."""
    negated = items[0][0] == parser.NEGATE
    for op, value in items:
        if op == parser.LITERAL and not negated:
            yield chr(value)
        elif op == parser.RANGE and not negated:
            yield chr(value[0])
        elif op == parser.CATEGORY:
            yield {"DIGIT": "1", "SPACE": " ", "WORD": "a"}.get(str(value).rpartition("_")[2], "中")
    if negated:
        regex = parser.SubPattern(parser.State(), [(parser.IN, items)])
        matcher = re._compiler.compile(regex)  # type: ignore[attr-defined]
        yield from [c for c in "a1中 (.,，-（" if matcher.fullmatch(c)][:4]


def samples(ops: Any) -> list[str]:
    """Some texts that a part of a pattern fits, as far as that is easily told."""
    texts = [""]
    for op, value in ops:
        texts = [text + each for text in texts for each in pieces(op, value)][:6]
    return texts


def pieces(op: Any, value: Any) -> list[str]:  # noqa: PLR0911  one for each kind of piece
    if op == parser.LITERAL:
        return [chr(value)]
    if op == parser.NOT_LITERAL:
        return ["中" if value != ord("中") else "a"]
    if op == parser.ANY:
        return ["a", " "]
    if op == parser.IN:
        return list(members(value)) or [""]
    if op in (parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT):
        least, _, inner = value
        return [each * max(least, 1) for each in samples(inner)] if least else [""]
    if op == parser.SUBPATTERN:
        return samples(value[3])
    if op == parser.ATOMIC_GROUP:
        return samples(value)
    if op == parser.BRANCH:
        return [each for branch in value[1] for each in samples(branch)[:2]]
    if op == parser.ASSERT and value[0] < 0:
        return samples(value[1])  # what must stand before
    return [""]


def attacks(ops: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """For each repeat without end: what stands before it, and what it repeats."""
    for op, value in ops:
        if op in (parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT):
            _, most, inner = value
            if most == parser.MAXREPEAT:
                pumps = [each for each in samples(inner) if each]
                yield from ((before, pump) for pump in {*pumps, "".join(pumps)} if pump)
            yield from attacks(inner, before)
        elif op == parser.SUBPATTERN:
            yield from attacks(value[3], before)
        elif op == parser.ATOMIC_GROUP:
            yield from attacks(value, before)
        elif op == parser.BRANCH:
            for branch in value[1]:
                yield from attacks(branch, before)
        elif op in (parser.ASSERT, parser.ASSERT_NOT):
            yield from attacks(value[1], before)
        before += (pieces(op, value) or [""])[0]


def texts(pattern: re.Pattern[Any]) -> Iterator[str]:
    for run in RUNS:
        yield from (run * (LENGTH // len(run)) + end for end in ENDS[:2])
    source = pattern.pattern
    for before, pump in set(attacks(parser.parse(source, pattern.flags))):
        run = pump * (LENGTH // len(pump))
        yield from (before + run + end for end in ENDS)
        yield from ((before + pump) * (LENGTH // len(before + pump)) + end for end in ENDS[:2])


# ── the trial ────────────────────────────────────────────────────────────────────────────


class TooSlowError(Exception):
    """A pattern took more processor time than a linear one can."""


def in_time(pattern: re.Pattern[Any], text: Any, *, searched: bool) -> bool:
    """Whether a pattern is done with a text, found or not, within the processor time."""

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        pattern.fullmatch(text)
        # A search begins as a match does, and goes on.
        (pattern.search if searched else pattern.match)(text)
    except TooSlowError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


def slow(pattern: re.Pattern[Any], *, searched: bool = True) -> str:
    """The beginning of a text that a pattern is too slow for; blank if there is none."""
    for text in texts(pattern):
        put = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
        if not in_time(pattern, put, searched=searched):
            return repr(text[:20])
    return ""


def test_every_pattern_of_the_house_is_linear() -> None:
    found = {
        f"{where}: {pattern.pattern}": text
        for (pattern, searched), where in house().items()
        if (text := slow(pattern, searched=searched))
    }
    assert not found


@pytest.mark.parametrize(
    "pattern", [r"^(?:\d+|x)+$", r"^(a+)+b", r"^\s*[”）]?\s*$", r"\s+$", r"(\d+,?)+元"]
)
def test_what_is_not_linear_is_found(pattern: str) -> None:
    assert slow(re.compile(pattern))


def test_the_patterns_of_all_rooms_are_found() -> None:
    assert len(house()) > 120
