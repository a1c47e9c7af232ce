"""Names of files as they come: other encodings, line breaks, links, folders, the longest."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import Result

from tests.bad_disclosures import lines_of, text_of
from tests.doors import ROOT, extract, rows

pytestmark = pytest.mark.usefixtures("unvalidated")

GOOD = text_of(lines_of("广州市试验局"))
FAULTS = ROOT.parent / "shared" / "faults"
#: Names that are read as any other.
ODD = (
    *("a b.txt", "-rf.txt", "--help.txt", "$(x).txt", "`x`.txt", "'x'.txt", '"x".txt', "x;y.txt"),
    *("*.txt", "?.txt", "%2e%2e.txt", "x\\y.txt", "<b>.txt", "&amp;.txt", "=1+1.txt"),
    *("中文（一）.txt", "\u202etxt.txt", "e\u0301.txt", "😀.txt", "C:x.txt", "CON.txt", "x.TXT"),
    *(
        "x" * 251 + ".txt",
        "预" * 83 + ".txt",
        "#x.txt",
        "~.txt",
        "::error::x.txt",
        "##[error]x.txt",
        "x..txt",
        "{}.txt",
    ),
)
#: Bytes of names that are named, not read.
REFUSED = (
    *("预算.txt".encode("gbk"), b"\xff\xfe.txt", b"x\n::error::y.txt", b"x\r.txt", b"\x1b[31m.txt"),
    *(b"x\x7f.txt", "x\u2028y.txt".encode()),
)


def built(folder: Path, *names: bytes) -> Result:
    """Extract disclosures of these names, each of a department of its own, and a good one."""
    (folder / "disclosures").mkdir()
    (folder / "disclosures/good.txt").write_bytes(GOOD)
    for number, name in enumerate(names, start=101):
        path = os.path.join(os.fsencode(folder / "disclosures"), name)
        with open(path, "wb") as file:
            file.write(text_of(lines_of(f"广州市第{number}号局")))
    return extract(folder, "--json")


def test_an_odd_name_is_a_name(tmp_path: Path) -> None:
    result = built(tmp_path, *(name.encode() for name in ODD))
    assert result.exit_code == 0, result.output
    lines = [line.strip() for line in result.output.splitlines()]
    assert not any(line.startswith("::") or "##[" in line for line in lines)
    found = {each["file"] for each in rows(tmp_path / "packages/all/disclosures.csv")}
    assert found == {"good.txt", *ODD}


def test_a_name_that_no_page_can_show_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    result = built(tmp_path, *REFUSED)
    assert result.exit_code == 1, result.output
    fatal = [p for p in json.loads(result.stdout)["problems"] if p["severity"] == "fatal"]
    assert [problem["code"] for problem in fatal] == ["name-not-plain"] * len(REFUSED)
    assert all(problem["file"].isprintable() for problem in fatal)
    assert not any(line.startswith("::") for line in result.stderr.splitlines())
    assert "\x1b" not in result.stderr
    (found,) = rows(tmp_path / "packages/all/disclosures.csv")
    assert found["file"] == "good.txt"


def test_a_name_in_gbk_is_shown_as_it_was_meant(tmp_path: Path) -> None:
    result = built(tmp_path, "预算.txt".encode("gbk"))
    assert "预算.txt: fatal [name-not-plain]" in result.stderr


def test_folders_and_links_that_are_no_disclosures_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "disclosures"
    (folder / "folder.txt").mkdir(parents=True)
    (folder / "folder.pdf").mkdir()
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "round.pdf").symlink_to("round.pdf")
    (folder / "good.txt").write_bytes(GOOD)
    assert extract(tmp_path).exit_code == 1
    found = {p["file"]: p["code"] for p in rows(tmp_path / "packages/all/problems.csv")}
    assert found.pop("good.txt") == "department-unregistered"
    assert found == {
        **dict.fromkeys(("folder.txt", "folder.pdf"), "folder-not-file"),
        **dict.fromkeys(("gone.txt", "round.pdf"), "link-dangling"),
    }
    (folder / "gone.txt").unlink()  # and the next build sees that it is mended
    assert extract(tmp_path).exit_code == 1
    assert "gone.txt" not in {p["file"] for p in rows(tmp_path / "packages/all/problems.csv")}


def test_a_sidecar_that_is_not_read_for_its_name_is_told(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "disclosures")
    names = {
        **dict.fromkeys((b"good.yml", b"good.YAML", b"good.txt.Yml"), "sidecar-name"),
        **dict.fromkeys((*(name + b".yaml" for name in REFUSED), b"x\n.yml"), "name-not-plain"),
        b"good.pdf.yaml": "sidecar-orphan",
    }
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures/good.txt").write_bytes(GOOD)
    for name in names:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"year: 1999")
    result = extract(tmp_path, "--json")
    assert result.exit_code == 1, result.output
    problems = json.loads(result.stdout)["problems"]
    codes = [p["code"] for p in problems if p["code"] != "department-unregistered"]
    assert sorted(codes) == sorted(names.values())
    assert all(problem["file"].isprintable() for problem in problems)


@pytest.mark.parametrize(
    "sidecar",
    [
        *("published: 2025-02-30", "retrieved: 3025-01-01", "revised: 2025-13-01"),
        *("address: javascript:alert(1)", "address: https://me:x@a.example/"),
        *('address: "https://a.example/ x"', 'title: "\\ud800"', 'title: "a\\0b"'),
        *('department: "x\\n"', 'department_name: "x\\ny"', 'title: "\\e[31m"'),
    ],
)
def test_a_value_of_a_sidecar_that_cannot_be_is_told(tmp_path: Path, sidecar: str) -> None:
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures/a.txt").write_bytes(GOOD)
    (tmp_path / "disclosures/a.yaml").write_text(f"{sidecar}\n", encoding="utf-8")
    result = extract(tmp_path)
    assert result.exit_code == 1, result.output
    (problem,) = rows(tmp_path / "packages/all/problems.csv")
    assert problem["code"] in ("sidecar-invalid", "slug-unsafe")


@pytest.mark.parametrize("path", sorted(FAULTS.glob("sidecar-*.yaml")), ids=lambda path: path.stem)
def test_the_sidecars_of_the_corpus_are_told(tmp_path: Path, path: Path) -> None:
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures/a.txt").write_bytes(GOOD)
    (tmp_path / "disclosures/a.yaml").write_bytes(path.read_bytes())
    assert extract(tmp_path).exit_code == 1
    (problem,) = rows(tmp_path / "packages/all/problems.csv")
    assert problem["code"] == "sidecar-invalid"
