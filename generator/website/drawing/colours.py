"""One colour per functional class, fund source and kind of spending, the same everywhere.

Every colour keeps a contrast of at least 3:1 on both the light and the dark background, so that a
chart inlined in the page reads in either scheme without being drawn twice.
`tests/test_website_words.py` measures it.
"""

NEUTRAL = "#7b7f86"

FUNCTIONAL = {
    "201": "#3f78b5",
    "202": "#8a7448",
    "203": "#6f7f3c",
    "204": "#55739a",
    "205": "#6a6fd0",
    "206": "#1b8a8f",
    "207": "#b06a8f",
    "208": "#c4613a",
    "209": "#a8785c",
    "210": "#b8508f",
    "211": "#3d8f5a",
    "212": "#8d6cc0",
    "213": "#5d8a2f",
    "214": "#4a7fa3",
    "215": "#967a2c",
    "216": "#c05a86",
    "217": "#a67b1e",
    "219": "#7d7bb5",
    "220": "#5b8c73",
    "221": "#9c7d1c",
    "222": "#998032",
    "223": "#87708f",
    "224": "#c9603a",
    "227": "#80808a",
    "229": "#7b7f86",
    "230": "#6f86a0",
    "231": "#9a6f6f",
    "232": "#936f83",
    "233": "#8c7585",
    "234": "#5d8a8a",
}

FUNDS = {
    "fiscal_appropriation": "#b4553f",
    "general_public_budget": "#b4553f",
    "government_managed_funds_budget": "#2f83a0",
    "state_capital_operations_budget": "#8d6cc0",
    "special_fiscal_account_appropriation": "#8f7d2a",
    "institutional_revenue": "#3d8f5a",
    "business_revenue": "#b2599b",
    "superior_subsidy_revenue": "#5573b8",
    "subordinate_remittance_revenue": "#a8785c",
    "institutional_fund": "#6d8a2f",
    "brought_forward": "#5b8c8c",
}

SPENDING = {"basic_expenditure": "#2f7fa6", "project_expenditure": "#c0622f"}

PHASES = {"budget": "#a8772a", "final_accounts": "#2f7fa6"}

THREE_PUBLIC = {
    "overseas_visits": "#5573b8",
    "vehicle_purchase": "#b3693a",
    "vehicle_operation": "#a67b1e",
    "official_hospitality": "#b2599b",
}

PROJECTS = "#1b8a8f"


def functional(code: str) -> str:
    """Return the colour of a functional code's class (its first three digits)."""
    return FUNCTIONAL.get(code[:3], NEUTRAL)


def fund(source: str) -> str:
    """Return the colour of a fund source."""
    return FUNDS.get(source, NEUTRAL)


def spending(kind: str) -> str:
    """Return the colour of an expenditure type."""
    return SPENDING.get(kind, NEUTRAL)
