"""The styles in which disclosures survive as text: all that was seen, in any mixture."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.made_budgets import ALONE


@dataclass(frozen=True)
class Style:
    """How a text looks; ``breaks`` is how many headings a page break repeats (0: no breaks)."""

    tabbed: bool = False
    spaced: bool = True
    indented: bool = True
    name_width: int = 12
    target_width: int = 27
    heading_width: int = 6
    rows_of_page: int = 12
    breaks: int = 1
    half_width: bool = False
    page_numbers: bool = False
    labels: tuple[int, ...] = tuple(range(1, 13))
    contents: bool = False
    furniture: str = "glued"
    alone: str = ""
    own_line: bool = False
    bare_amounts: bool = False
    split_rows: bool = False
    form_feeds: bool = False
    blank_zeros: bool = False
    titles: str = "{title}"
    encoding: str = "utf-8"
    newline: str = "\n"

    def tab_amount(self, amount: str) -> str:
        """The cell of an amount, left blank for nothing in some tables with tabs."""
        return "" if self.blank_zeros and amount == "0.00" else amount


def styles() -> st.SearchStrategy[Style]:
    """Any mixture of what was seen; only tabs let a reader do without indentation."""
    return st.booleans().flatmap(
        lambda tabbed: st.builds(
            Style,
            tabbed=st.just(tabbed),
            spaced=st.booleans(),
            indented=st.booleans() if tabbed else st.just(True),
            name_width=st.integers(10, 20),
            target_width=st.integers(8, 45),
            heading_width=st.integers(2, 12),
            rows_of_page=st.integers(2, 40),
            breaks=st.sampled_from([0, 1, 1, 2]),
            half_width=st.booleans(),
            page_numbers=st.booleans(),
            labels=st.sets(st.integers(1, 12)).map(lambda chosen: tuple(sorted(chosen))),
            contents=st.booleans(),
            furniture=st.sampled_from(["glued", "before", "after", "unit"]),
            alone=st.sampled_from(["", ALONE]),
            own_line=st.booleans(),
            bare_amounts=st.booleans(),
            split_rows=st.booleans(),
            form_feeds=st.booleans(),
            blank_zeros=st.booleans() if tabbed else st.just(False),
            titles=st.sampled_from(
                [
                    "{title}",
                    "部门{title}",
                    "{year}年{title}",
                    "{department}{year}年{title}",
                    "表{number}：{title}",
                ]
            ),
            encoding=st.sampled_from(
                ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
            ),
            newline=st.sampled_from(["\n", "\r\n", "\r"]),
        )
    )
