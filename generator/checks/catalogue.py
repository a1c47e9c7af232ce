"""The catalogue of rules, from ``rules.yaml``, and which of them are switched on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from generator.problems import ConfigError, DefinitionError

#: What each tolerance means, for people.
TOLERANCES = {
    "sum": "参与的每个数各允许最后一位小数的一半",
    "rate": "不到百分比最后一位小数的一个单位",
    "none": "没有误差",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its sentences, the tables it needs, its condition and its tolerance.

    ``form``: of form and wording, so at worst a remark. ``on``: whether it is on by default.
    """

    id: str
    title: str
    title_english: str
    sentence: str
    english: str
    tables: str
    condition: str
    tolerance: str
    form: bool
    on: bool


@cache
def rules() -> dict[str, Rule]:
    """All rules by identifier, in order. Raises DefinitionError, naming the one that is wrong."""
    path = Path(__file__).parent / "rules.yaml"
    return {name: _rule(name, raw) for name, raw in yaml.safe_load(path.read_text("utf-8")).items()}


def _rule(name: str, raw: dict[str, str | bool]) -> Rule:
    try:
        return Rule(
            name,
            str(raw["title"]),
            str(raw["title_english"]),
            str(raw["sentence"]),
            str(raw["english"]),
            str(raw["tables"]),
            str(raw.get("condition", "")),
            TOLERANCES[str(raw["tolerance"])],
            bool(raw.get("form")),
            not raw.get("taste"),
        )
    except KeyError as error:
        raise DefinitionError(f"rules.yaml: {name}: {error} is missing or unknown") from error


def switched_on(switches: Mapping[str, bool]) -> frozenset[str]:
    """The rules that are on. Only those of form may be switched. Raises ConfigError."""
    form = {rule.id for rule in rules().values() if rule.form}
    if wrong := sorted(set(switches) - form):
        raise ConfigError(
            f"[checks] {', '.join(wrong)}: only rules of form can be switched: "
            f"{', '.join(sorted(form))}"
        )
    return frozenset(rule.id for rule in rules().values() if switches.get(rule.id, rule.on))
