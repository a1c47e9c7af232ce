"""The register of departments: any encoding that Excel writes; a mistake has its line and mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from tests.bad_disclosures import lines_of, text_of
from tests.doors import ROOT, rows, run

pytestmark = pytest.mark.usefixtures("unvalidated")

HEADING = "department,name,name_english,first_year,last_year,region_code,region,level"
GOOD = f"{HEADING}\r\nguangzhou-trial,广州市试验局,Trial Bureau,2024,,440100,广州市,city\r\n"
FAULTS = ROOT.parent / "shared" / "faults"


def checked(folder: Path, register: bytes) -> Result:
    """Extract one disclosure with a register."""
    (folder / "disclosures").mkdir(exist_ok=True)
    (folder / "disclosures" / "a.txt").write_bytes(text_of(lines_of("广州市试验局")))
    (folder / "departments.csv").write_bytes(register)
    settings = folder / "mingzhang.toml"
    settings.write_text(
        '[folders]\ndisclosures = "disclosures"\npackages = "packages"\n'
        'departments = "departments.csv"\ncache = "cache"\n'
    )
    return run("extract", "--config", settings)


def rewritten(separator: str) -> str:
    return GOOD.replace(",", separator)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_register_in_any_encoding_of_excel_is_read(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    result = checked(tmp_path, rewritten(separator).encode(encoding))
    assert result.exit_code == 0, result.output
    (row,) = rows(tmp_path / "packages/all/departments.csv")
    assert (row["department"], row["name"]) == ("guangzhou-trial", "广州市试验局")


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode("utf-16-le"),
        GOOD.encode("utf-16-be"),
        f"sep=;\r\n{rewritten(';')}".encode("utf-8-sig"),
        f"sep=\t\r\n{rewritten(chr(9))}".encode("utf-16"),
        (GOOD + ",,,,,,,\r\n\r\n").encode(),  # rows that were emptied, not deleted
        GOOD.replace("\r\n", ",,\r\n").encode(),  # columns that were
        GOOD.replace("\r\n", "\n").encode(),
        GOOD.replace("广州市试验局", '"广州市试验局"').encode(),
    ],
)
def test_what_else_a_spreadsheet_does_to_a_register(tmp_path: Path, data: bytes) -> None:
    result = checked(tmp_path, data)
    assert result.exit_code == 0, result.output
    (row,) = rows(tmp_path / "packages/all/departments.csv")
    assert row["department"] == "guangzhou-trial"


def row(**changed: str) -> str:
    """The register with values of its row changed."""
    names = HEADING.split(",")
    values = dict(zip(names, GOOD.splitlines()[1].split(","), strict=True)) | changed
    return f"{HEADING}\n{','.join(values[name] for name in names)}\n"


@pytest.mark.parametrize(
    ("register", "line", "words"),
    [
        (row(department='"x\n"'), 2, "not closed; take it out"),
        (row(department="X y"), 2, "lower-case letters"),
        (row(department="../x"), 2, "lower-case letters"),
        (row(department="all"), 2, "lower-case letters"),
        (row(department="x" * 101), 2, "lower-case letters"),
        (row(name=""), 2, "must not be blank"),
        (row(name="广州市\x07局"), 2, "\\x07"),
        (row(name="广州市\u2028局"), 2, "\\u2028"),
        (row(first_year="3025"), 2, "must be years"),
        (row(first_year="2025", last_year="2024"), 2, "in order"),
        (row(region_code="44010"), 2, "six digits"),
        (GOOD + GOOD.splitlines()[1].replace("440100", "440105"), 3, "two regions"),
        (GOOD + GOOD.splitlines()[1].replace("guangzhou-trial", "x"), 3, "one identifier"),
        (GOOD + "x,广州市另一局\n", 3, "2 values for 8 columns"),
        (GOOD + "x,广州市另一局,,,,,,,9\n", 3, "9 values for 8 columns"),
        (GOOD + 'x,"广州市另一局,,,,,,\ny,广州市第三局,,,,,,\n', 3, "is not closed"),
        (GOOD + 'x,"广州市"另一局,,,,,,\n', 3, "is not closed"),
    ],
)
def test_a_mistake_has_its_line_and_mend(
    tmp_path: Path, register: str, line: int, words: str
) -> None:
    result = checked(tmp_path, register.encode())
    assert (result.exit_code, result.stdout) == (2, "")
    (said,) = result.stderr.splitlines()
    assert f"departments.csv:{line}: " in said and words in said
    assert not (tmp_path / "packages").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the columns must be department, name"),
        (b"name,department\n", "the columns must be department, name"),
        (b"PK\x03\x04\x14\x00", "save it as CSV UTF-8"),
        ("Résumé ÿ ÿÿ".encode("latin-1"), "save it as CSV UTF-8"),
    ],
)
def test_a_file_that_is_no_register_is_told(tmp_path: Path, data: bytes, words: str) -> None:
    result = checked(tmp_path, data)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "departments.csv: " in result.stderr and words in result.stderr


def test_a_folder_for_a_register_is_told(tmp_path: Path) -> None:
    checked(tmp_path, b"")
    (tmp_path / "departments.csv").unlink()
    (tmp_path / "departments.csv").mkdir()
    result = run("extract", "--config", tmp_path / "mingzhang.toml")
    assert result.exit_code == 2
    assert "departments.csv: cannot be read" in result.stderr


@pytest.mark.skipif(not FAULTS.is_dir(), reason="the corpus of faults is not at hand")
def test_the_identifier_that_ends_in_a_line_break(tmp_path: Path) -> None:
    result = checked(tmp_path, (FAULTS / "departments-slug-with-newline.csv").read_bytes())
    assert result.exit_code == 2
    assert "departments.csv:2: department" in result.stderr
