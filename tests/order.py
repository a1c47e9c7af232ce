"""Which tests stay together when several processes share them, and which come first."""

from __future__ import annotations

import pytest

#: Modules whose tests need nothing of each other: each test may go to another process.
SCATTERED: tuple[str, ...] = ()
#: Modules that take long, longest first: they begin first, so that all processes end together.
LONG: tuple[str, ...] = ()


def arrange(items: list[pytest.Item]) -> None:
    """Bring the items into order, and keep together what shares a module's fixtures."""
    for item in items:
        if module(item) not in SCATTERED:
            item.add_marker(pytest.mark.xdist_group(module(item)))
    items.sort(key=lambda item: _rank(module(item)))


def module(item: pytest.Item) -> str:
    """The module of a test, as pdf/test_fonts."""
    path, _, _ = item.nodeid.partition("::")
    return path.removeprefix("tests/").removesuffix(".py")


def _rank(name: str) -> int:
    return LONG.index(name) if name in LONG else len(LONG)
