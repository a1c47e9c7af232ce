"""Correct disclosures made at random: nothing is found wrong in them, and every rule looks."""

from hypothesis import given

from tests.disclosure_texts import typeset
from tests.doors import Read, read_text
from tests.hypothesis_profile import examples
from tests.made_budgets import FISCAL
from tests.made_prose import Explained, explained_budgets
from tests.made_rows import is_project
from tests.made_tables import key_projects
from tests.mutations import bad
from tests.text_styles import Style, styles

#: What the checks say of every made budget, whatever its money and its wording.
ALWAYS = {
    "row-sum", "tree-sum", "unit-sum", "item-sum", "balance", "summary-tables", "fund-columns",
    "appropriation-tables", "basic-by-class", "basic-by-unit",
    "code-name", "code-parent", "stated", "stated-parts", "title-year",
}  # fmt: skip


@given(explained_budgets(), styles())
@examples(25)
def test_nothing_is_found_in_correct_budgets(made: Explained, style: Style) -> None:
    read = read_text(typeset(made.budget, style, made.prose))
    assert [f"{each.rule}: {each.sentence}" for each in bad(read.findings)] == []
    assert expected_rules(made, style) <= rules(read)
    for rule, applies in conditional(made).items():
        assert applies or rule not in rules(read), rule


def rules(read: Read) -> set[str]:
    """The rules that came to a result."""
    return {each.rule for each in read.findings if each.outcome != "cannot_tell"}


def expected_rules(made: Explained, style: Style) -> set[str]:
    expected = {rule for rule, applies in conditional(made).items() if applies}
    if style.contents:
        expected.add("contents")
    if key_projects(made.budget):
        expected.add("key-project")
    if any(map(is_project, made.budget.atoms)):
        expected.add("projects-total")
    # Where nothing is printed for nothing, a condition is unknown, and so not met.
    return ALWAYS | (expected if not style.blank_zeros else set())


def conditional(made: Explained) -> dict[str, bool]:
    """The rules that hold only of some money, and whether they hold of this."""
    funds = {atom.fund for atom in made.budget.atoms}
    return {
        "all-appropriation": funds <= set(FISCAL),
        "all-general-public": funds == {"general"},
    }
