"""The catalogue of rules, from ``rules.yaml``, and which of them are switched on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict

from generator.checked_files import Text, checked_yaml, refuse, with_nearest
from generator.problems import ConfigError, DefinitionError
from generator.strict_yaml import Keys

Tolerance = Literal["sum", "rate", "none"]
RuleName = Annotated[
    str, Meta(pattern="^[a-z]+(-[a-z]+)*$", description="small letters and hyphens")
]
#: What each tolerance means, for people.
TOLERANCES: dict[Tolerance, str] = {
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


class WrittenRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule, as the file has it; ``taste``: off unless it is switched on."""

    title: Text
    title_english: Text
    sentence: Text
    english: Text
    tables: Text
    tolerance: Tolerance
    condition: str = ""
    form: bool = False
    taste: bool = False


@cache
def rules() -> dict[str, Rule]:
    """All rules by identifier, in order. Raises DefinitionError, naming the one that is wrong."""
    return load_rules(Path(__file__).parent / "rules.yaml")


def load_rules(path: Path) -> dict[str, Rule]:
    """Read and validate the rules. Raises DefinitionError: file, line and what is expected."""
    written = checked_yaml(path, dict[RuleName, WrittenRule], DefinitionError)
    return {name: _rule(name, each) for name, each in written.items()}


def refuse_unknown(path: Path, keys: Keys, rule: str) -> None:
    """Refuse a ``rule`` that rules.yaml does not have. Raises DefinitionError."""
    if rule not in rules():
        said = f"{with_nearest(rule, list(rules()))} is no rule of rules.yaml"
        refuse(path, keys, said, DefinitionError)


def _rule(name: str, written: WrittenRule) -> Rule:
    values = asdict(written)
    values["tolerance"] = TOLERANCES[written.tolerance]
    return Rule(id=name, on=not values.pop("taste"), **values)


def switched_on(switches: Mapping[str, bool]) -> frozenset[str]:
    """The rules that are on. Only those of form may be switched. Raises ConfigError."""
    form = {rule.id for rule in rules().values() if rule.form}
    if wrong := sorted(set(switches) - form):
        raise ConfigError(
            f"[checks] {', '.join(wrong)}: only rules of form can be switched: "
            f"{', '.join(sorted(form))}"
        )
    return frozenset(rule.id for rule in rules().values() if switches.get(rule.id, rule.on))
