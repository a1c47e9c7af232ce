"""A package that is broken, in its descriptor or in its content, is refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest

from generator.packages.validate import validate_package
from generator.problems import PackageError
from tests.doors import FIVE, PACKAGES, fresh_packages


def _text(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(package: Path) -> None:
        path = package / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def _led(field: str) -> Callable[[Path], None]:
    """Let the keys to the functional codes lead to another field of them."""
    keys = '"resource": "codes-functional",\n              "fields": [\n                "{}"'
    return _text("datapackage.json", keys.format("code"), keys.format(field))


BROKEN: dict[str, Callable[[Path], object]] = {
    "a-byte-more": _text("facts.csv", "\n", "\n\n"),
    "another-amount": _text("projects.csv", "5196100.00", "5196100.01"),
    "a-file-gone": lambda package: (package / "projects.csv").unlink(),
    "a-file-more": lambda package: (package / "more.csv").write_text("a\n1\n", encoding="utf-8"),
    "unknown-column-type": _text(
        "datapackage.json", '"columnType": "value"', '"columnType": "sum"'
    ),
    "a-field-of-another-name": _text("datapackage.json", '"name": "code"', '"name": "kode"'),
    "a-key-to-nowhere": _text(
        "datapackage.json", '"resource": "codes-economic"', '"resource": "x"'
    ),
    "a-key-to-no-field": _led("kode"),
    "a-key-to-a-field-of-another-type": _led("disclosures"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_package_is_refused(tmp_path: Path, name: str) -> None:
    package = tmp_path / "package"
    shutil.copytree(fresh_packages() / FIVE[2], package)
    BROKEN[name](package)
    with pytest.raises(PackageError):
        validate_package(package)


def rehash(package: Path) -> None:
    """Make the descriptor fit the files again, so that only their content is wrong."""
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        data = (package / resource["path"]).read_bytes()
        resource["bytes"] = len(data)
        resource["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("budget-income.csv", "\n2,206,206,", "\n1,206,206,"),  # a row's number twice
        (
            "facts.csv",
            ".budget-summary.zqrj7y7b.income.amount,",
            ".budget-summary.giqzlm55.expenditure.amount,",
        ),
        ("budget-income.csv", ",1566.29,", ",1566.2x,"),
        (
            "budget-income.csv",
            ",2060101,2060101,",
            ",2060101,2060111,",
        ),  # a code that the list does not have
        ("facts.csv", ",20601,2060101,", ",20601,206010,"),  # no seven digits; it may be blank
        ("projects.csv", ",false,", ",perhaps,"),
        ("findings.csv", ",holds,", ",agrees,"),
    ],
)
def test_wrong_content_is_refused(tmp_path: Path, file: str, old: str, new: str) -> None:
    package = tmp_path / "package"
    shutil.copytree(fresh_packages() / FIVE[2], package)
    _text(file, old, new)(package)
    rehash(package)
    with pytest.raises(PackageError):
        validate_package(package)


def test_a_row_of_the_package_of_all_that_a_register_does_not_have_is_refused(
    tmp_path: Path,
) -> None:
    """The table is known, and has no such column."""
    package = shutil.copytree(PACKAGES / "all", tmp_path / "all")
    _text("facts.csv", ",budget-income,1,total,", ",budget-income,1,basic_expenditure,")(package)
    rehash(package)
    with pytest.raises(
        PackageError, match="table_id, column_id: “budget-income, basic_expenditure”"
    ):
        validate_package(package)


def test_frictionless_alone_finds_all_keys_of_the_package_of_all_right() -> None:
    """We check them in its place when we write; whoever unpacks the files has only frictionless."""
    package = frictionless.Package(str(PACKAGES / "all" / "datapackage.json"))
    assert any(each.schema.foreign_keys for each in package.resources)
    assert package.validate().valid
