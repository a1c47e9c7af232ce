"""The standard tables' definitions: each loads, and a broken one says in which file and key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.meaning.definitions import (
    STANDARD_TABLES,
    classes,
    definition,
    definitions,
    load,
)
from generator.problems import DefinitionError

FILES = sorted(STANDARD_TABLES.glob("*.yaml"))
Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_definition_loads(path: Path) -> None:
    loaded = load(path)
    assert loaded == definition(path.stem)
    assert loaded.title and loaded.title_english
    assert loaded.description and loaded.description_english
    assert loaded.titles or loaded.title_words or loaded.located_by == "header"
    assert loaded.layouts or loaded.title_words
    for layout in loaded.layouts:
        names = [(each.id, each.direction) for each in layout.columns if each.measure]
        assert len(set(names)) == len(names)
        assert all(column.title and column.title_english for column in layout.columns)


def test_there_are_the_tables_of_both_kinds() -> None:
    found = {(each.kind, each.order) for each in definitions() if not each.in_prose}
    assert {order for kind, order in found if kind == "budget"} == set(range(1, 23)) - {13}
    assert {order for kind, order in found if kind == "final_accounts"} == set(range(1, 11))
    in_prose = {each.id for each in definitions() if each.in_prose}
    assert in_prose == {"key-projects", "overall-performance", "project-performance"}


def test_the_classes_of_both_classifications() -> None:
    functional, economic = classes("functional"), classes("economic")
    assert functional["科学技术支出"].code == "206"
    assert functional["债务还本付息支出"].code == functional["债务付息支出"].code or (
        functional["债务还本付息支出"].code == ""
    )
    assert economic["工资福利支出"].code == "301"
    assert all(entry.english for entry in [*functional.values(), *economic.values()])


SPOILT: dict[str, tuple[Change, str]] = {
    "no-id": (lambda raw: raw.pop("id"), "id"),
    "another-id": (lambda raw: raw.update(id="other"), "id"),
    "no-title": (lambda raw: raw.pop("title"), "title"),
    "no-english-description": (
        lambda raw: raw.pop("description_english"),
        "description_english",
    ),
    "no-titles": (lambda raw: raw.pop("titles"), "titles"),
    "no-shape": (lambda raw: raw.pop("shape"), "shape"),
    "unknown-shape": (lambda raw: raw.update(shape="round"), "round"),
    "unknown-key": (lambda raw: raw.update(colour="red"), "colour"),
    "no-layouts": (lambda raw: (raw.pop("layouts"), raw.pop("title_words")), "layouts"),
    "no-path": (lambda raw: raw["layouts"][0]["columns"][2].pop("path"), "path"),
    "unknown-column-key": (lambda raw: raw["layouts"][0]["columns"][2].update(size=3), "size"),
    "check-of-no-column": (
        lambda raw: raw["checks"]["row_sums"][0].update(total="sum_of_all"),
        "sum_of_all",
    ),
    "check-of-no-item": (
        lambda raw: raw["checks"].update(sums=[{"total": "everything"}]),
        "everything",
    ),
    "titles-not-a-list": (lambda raw: raw.update(titles=7), "titles: expected a list; found 7"),
}


@pytest.mark.parametrize("name", sorted(SPOILT))
def test_a_broken_definition_names_file_and_key(tmp_path: Path, name: str) -> None:
    raw = yaml.safe_load((STANDARD_TABLES / "budget-expenditure.yaml").read_text(encoding="utf-8"))
    change, key = SPOILT[name]
    change(raw)
    path = tmp_path / "budget-expenditure.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load(path)
    assert path.name in str(error.value)
    assert key in str(error.value)


@pytest.mark.parametrize("text", ["", "- 1\n", "id: [\n", "just a text\n"])
def test_a_file_that_is_no_definition_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "budget-expenditure.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=path.name):
        load(path)
