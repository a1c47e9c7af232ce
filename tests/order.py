"""Which tests stay together when several processes share them, and which come first."""

from __future__ import annotations

import pytest

#: Modules whose tests need nothing of each other: each test may go to another process.
SCATTERED = (
    "pdf/test_round_trip",
    "test_correct_disclosures",
    "test_mutations",
    "test_no_silent_loss",
    "test_round_trip",
)
#: Modules that read the packages of the five texts, which take long to extract: one process does.
OF_THE_FIVE = (
    "test_check_command",
    "test_english",
    "test_five_disclosures",
    "test_package_validity",
    "test_packages",
    "test_performance_tables",
)
#: Modules that take long, longest first: they begin first, so that all processes end together.
LONG = (
    "test_website_browser",
    "test_search",
    "test_website_filters",
    "test_website_terms",
    "test_website_reader",
    "test_website_site",
    "test_website_standards",
    "pdf/test_auditors",
    "test_website_comparison",
    "test_website_languages",
    "test_website_english",
    "test_website_findings",
    "test_website_department",
    "pdf/test_round_trip",
    "pdf/test_shared_disclosures",
    "pdf/test_hostile",
    "pdf/test_facsimiles",
    "test_no_silent_loss",
    "test_round_trip",
    "test_correct_disclosures",
    "test_mutations",
    "test_cache",
    "test_bad_input",
    "test_packages",
    "test_swap",
)


def arrange(items: list[pytest.Item]) -> None:
    """Bring the items into order, and keep together what shares a module's fixtures."""
    for item in items:
        if module(item) in LONG or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.slow)
        if module(item) not in SCATTERED:
            group = "five" if module(item) in OF_THE_FIVE else module(item)
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: _rank(module(item)))


def module(item: pytest.Item) -> str:
    """The module of a test, as pdf/test_fonts."""
    path, _, _ = item.nodeid.partition("::")
    return path.removeprefix("tests/").removesuffix(".py")


def _rank(name: str) -> int:
    return LONG.index(name) if name in LONG else len(LONG)
