"""One colour per meaning, the same everywhere, and no colour with two meanings.

Fund sources, functional classes, uses, economic classes, phases, the parts of “三公” and projects
can all stand on one page, so that no two of them look the same, to those who see colours otherwise
neither. Every colour keeps a contrast of at least 3:1 on both the light and the dark background:
a chart inlined in the page reads in either scheme without being drawn twice. What they are was
sought by a program that kept the least distance of all pairs as large as it could;
`tests/test_colours.py` measures it.
"""

#: What has no meaning of its own: what is left over, or joined.
NEUTRAL = "#7b7f86"

FUNCTIONAL = {
    "201": "#83652e",
    "202": "#886f65",
    "203": "#4c7433",
    "204": "#7e607e",
    "205": "#a17eba",
    "206": "#108d83",
    "207": "#b157ba",
    "208": "#d36097",
    "209": "#9c7974",
    "210": "#519c3d",
    "211": "#107e47",
    "212": "#6a6fa1",
    "213": "#9c7951",
    "214": "#1a83dd",
    "215": "#8c5288",
    "216": "#c22386",
    "217": "#929251",
    "219": "#568dd8",
    "220": "#60886f",
    "221": "#a68d10",
    "222": "#a68888",
    "223": "#a1799c",
    "224": "#e26f3d",
    "227": "#3d6ace",
    "229": "#928da6",
    "230": "#6079c4",
    "231": "#8356a1",
    "232": "#b06aa6",
    "233": "#747eab",
    "234": "#389c8d",
}

ECONOMIC = {
    "301": "#a17ee2",
    "302": "#c479a6",
    "303": "#656a6a",
    "307": "#607488",
    "309": "#8888c9",
    "310": "#337e74",
    "311": "#639965",
    "312": "#608db5",
    "313": "#746a10",
    "399": "#1592e7",
}

FUNDS = {
    "fiscal_appropriation": "#9c566a",
    "general_public_budget": "#388d5b",
    "government_managed_funds_budget": "#6a5bbf",
    "state_capital_operations_budget": "#6a7933",
    "special_fiscal_account_appropriation": "#3d6f8d",
    "institutional_revenue": "#8b2af3",
    "business_revenue": "#bf74ce",
    "other_revenue": "#ab5197",
    "superior_subsidy_revenue": "#886fd8",
    "subordinate_remittance_revenue": "#7e9774",
    "institutional_fund": "#748d29",
    "brought_forward": "#4c8d97",
    "other_funds": "#1097c4",
}

SPENDING = {
    "basic_expenditure": "#1f7eb5",
    "project_expenditure": "#c9601a",
    "business_expenditure": "#4c881a",
    "subsidies_to_subordinates": "#9c60b0",
    "remittances_to_superiors": "#8d7910",
    "carried_forward": "#ba6a83",
    "personnel_expenses": "#7988f1",
    "public_expenses": "#427456",
    "reserve": "#ba8365",
}

PHASES = {
    "budget": "#ba7433",
    "final_accounts": "#106fa1",
}

THREE_PUBLIC = {
    "overseas_visits": "#5165b0",
    "vehicle_purchase": "#a65110",
    "vehicle_operation": "#b08842",
    "official_hospitality": "#b54279",
}

PROJECTS = "#607956"


def functional(code: str) -> str:
    """Return the colour of a functional code's class (its first three digits)."""
    return FUNCTIONAL.get(code[:3], NEUTRAL)


def economic(code: str) -> str:
    """Return the colour of an economic code's class (its first three digits)."""
    return ECONOMIC.get(code[:3], NEUTRAL)


def fund(source: str) -> str:
    """Return the colour of a fund source."""
    return FUNDS.get(source, NEUTRAL)


def spending(kind: str) -> str:
    """Return the colour of an expenditure type."""
    return SPENDING.get(kind, NEUTRAL)
