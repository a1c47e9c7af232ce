"""Files that people write are closed: a slip anywhere is refused with file, line and mend."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest
import yaml
from yaml import CSafeDumper

from generator.checked_files import _bare, _is_struct, _parts, checked_yaml
from generator.meaning.definitions import STANDARD_TABLES, load
from generator.problems import ConfigError, DefinitionError
from generator.strict_yaml import Keys, line_of, parsed
from tests.closed_files import CLOSED
from tests.doors import ROOT
from tests.written_docs import SCHEMAS, schema_of

FILES = [
    (path, kind)
    for pattern, kind in CLOSED.values()
    for path in sorted(ROOT.glob(pattern))
    if path.suffix == ".yaml"
]
TEN = [
    ("role: total", "role: totl", "total"),
    ("direction: expenditure", "direction: expenditre", "expenditure"),
    ("kind: budget", "kind: budgt", "budget"),
    ("shape: two_sided", "shape: two_sidd", "two_sided"),
    ("side: income", "side: incme", "income"),
    ("classification: functional", "classification: functionl", "functional"),
    ("fund_source: brought_forward", "fund_source: brought_forwrd", "brought_forward"),
    ("classes: functional", "classes: functionel", "functional"),
    ("measure: true", "mesure: true", "measure"),
    ("above: true", "abov: true", "above"),
]


@pytest.mark.parametrize(("right", "wrong", "meant"), TEN)
def test_the_ten_slips_are_refused(tmp_path: Path, right: str, wrong: str, meant: str) -> None:
    text = (STANDARD_TABLES / "budget-summary.yaml").read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "budget-summary.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load(path)
    line = 1 + text[: text.index(right)].count("\n")
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert f"(did you mean “{meant}”?)" in str(refused.value)


def slips(raw: Any, kind: Any, keys: Keys = ()) -> Iterator[tuple[Any, str, Keys, Any]]:
    """One slip for each key and closed word of each type: what it is of, where, and what it is."""
    bare = _bare(kind)
    if get_origin(bare) is Literal and isinstance(raw, str) and len(raw) > 2:
        yield (get_args(bare), "word"), "word", keys, f"{raw[:-1]}{'q'}"
    if _is_struct(kind) and isinstance(raw, dict):
        for field in msgspec.structs.fields(bare):
            if field.encode_name in raw:
                at = (*keys, field.encode_name)
                yield (bare, at[-1], "key"), "key", at, f"{at[-1]}q"
                if field.required:
                    yield (bare, at[-1], "drop"), "drop", at, None
                if isinstance(raw[field.encode_name], str):
                    yield (bare, at[-1], "number"), "put", at, 7
                    yield (bare, at[-1], "list"), "put", at, ["x"]
    for key, part, inner in _parts(raw, kind):
        if part is not key:
            yield from slips(part, inner, (*keys, key))


def shortened(raw: Any, kind: Any) -> Any:
    """The same with less of it: of lists the entries with a slip that those before had not."""
    if isinstance(raw, dict) and _is_struct(kind):
        return {key: shortened(part, inner) for key, part, inner in _parts(raw, kind)}
    if not isinstance(raw, list):
        return raw
    seen: set[Any] = set()
    kept = []
    for entry in raw:
        new = {of for of, *_ in slips([entry], kind)} - seen
        if new:
            kept.append(entry)
        seen |= new
    return kept


def spoilt(raw: Any, what: str, keys: Keys, new: Any) -> Any:
    whole = copy.deepcopy(raw)
    holder = whole
    for key in keys[:-1]:
        holder = holder[key]
    if what == "key":
        holder[new] = holder.pop(keys[-1])
    elif what == "drop":
        del holder[keys[-1]]
    else:
        holder[keys[-1]] = new
    return whole


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda each: getattr(each, "name", ""))
def test_any_slip_is_refused_at_its_line(tmp_path: Path, path: Path, kind: Any) -> None:
    raw = shortened(parsed(path.read_text(encoding="utf-8")), kind)
    one_of_each = {of: slip for of, *slip in slips(raw, kind)}
    copied = tmp_path / path.name
    for what, keys, new in one_of_each.values():
        text = yaml.dump(
            spoilt(raw, what, keys, new), Dumper=CSafeDumper, allow_unicode=True, sort_keys=False
        )
        copied.write_text(text, encoding="utf-8")
        at = keys if what in ("word", "put") else keys[:-1]
        line = line_of(text, (*keys[:-1], new) if what == "key" else at)
        with pytest.raises(ConfigError) as refused:
            checked_yaml(copied, kind)
        said = str(refused.value)
        assert said.startswith(f"{copied}:{line}: "), said
        if what in ("key", "word"):
            assert "did you mean" in said
        if what == "drop":
            assert f"missing {keys[-1]}" in said


@pytest.mark.parametrize("text", ["id: a\nid: b\n", "id: !!set {a}\n", "id: !x a\n", "- " * 9999])
def test_what_yaml_does_in_silence_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "budget-summary.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=f"{path.name}:[12]: the file: not valid YAML"):
        load(path)


def test_yaml_is_read_by_one_door() -> None:
    own = [p for p in (ROOT / "generator").rglob("*.py") if "import yaml" in p.read_text("utf-8")]
    assert [path.name for path in own] == ["strict_yaml.py"]


@pytest.mark.parametrize("name", CLOSED)
def test_the_schema_for_editors_is_what_the_type_says(name: str) -> None:
    assert (SCHEMAS / f"{name}.json").read_text(encoding="utf-8") == schema_of(name)
    assert json.loads(schema_of(name))
