"""Which tests stay together when several processes share them, and which come first."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

#: Modules whose tests need nothing of each other: each test may go to another process.
SCATTERED = (
    "pdf/test_round_trip",
    "test_correct_disclosures",
    "test_faults",
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
#: Modules that take long, longest first: they begin first, so that all processes end together;
#: last those whose tests need not stay together.
LONG = (
    "test_search",
    "test_website_browser",
    "test_website_filters",
    "pdf/test_shared_disclosures",
    "test_website_terms",
    "pdf/test_auditors",
    "test_website_reader",
    "test_website_site",
    "test_website_standards",
    "test_formats",
    "test_website_comparison",
    "test_website_languages",
    "test_website_english",
    "test_website_findings",
    "test_website_department",
    "test_crashes",
    "test_remote",
    "test_own_templates",
    "test_keeping",
    "test_builds",
    "test_packages",
    "test_reach",
    "test_bad_input",
    "test_lock",
    "test_wheel",
    "pdf/test_hostile",
    "test_guards",
    "test_beyond_doubt",
    "test_linear_patterns",
    "test_cache",
    "pdf/test_facsimiles",
    "pdf/test_pages",
    "test_checks_cases",
    "test_closed_files",
    "test_check_command",
    "test_slips",
    "test_swap",
    "test_identity",
    "test_registers",
    "test_hard_names",
    "test_hard_settings",
    "test_command_line",
    "test_faults",
    "test_no_silent_loss",
    "test_mutations",
    "pdf/test_round_trip",
    "test_round_trip",
    "test_correct_disclosures",
)


def arrange(items: list[pytest.Item]) -> None:
    """Bring the items into order, and mark those that take long."""
    for item in items:
        if _module(item.nodeid) in LONG or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.slow)
    items.sort(key=_rank)


class Groups(LoadScopeScheduling):  # type: ignore[misc]  # xdist comes without types
    """Sends a group of tests to one process: mostly a module, for what its fixtures make."""

    def _split_scope(self, nodeid: str) -> str:
        """The group of a test; xdist's own loadgroup knows none under pytest 9.2."""
        name = _module(nodeid)
        return nodeid if name in SCATTERED else "the five" if name in OF_THE_FIVE else name


def _module(nodeid: str) -> str:
    """The module of a test, as pdf/test_fonts."""
    path, _, _ = nodeid.partition("::")
    return path.removeprefix("tests/").removesuffix(".py")


def _rank(item: pytest.Item) -> int:
    name = _module(item.nodeid)
    name = "test_packages" if name in OF_THE_FIVE else name
    return LONG.index(name) if name in LONG else len(LONG)
