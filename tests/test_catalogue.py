"""Every form of the catalogue, read by tools that are not ours, says what the files are."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files as files_of
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from dplib.plugins.dcat.models import DcatPackage
from hypothesis import given
from hypothesis import strategies as st
from jsonschema.validators import validator_for
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SDO, Graph, Namespace
from rdflib.term import Node

from generator.website import SiteSettings
from generator.website.files.catalogue import Catalogue, catalogue_of, catalogued
from generator.website.files.catalogue_files import json_lines
from generator.website.files.croissant import croissant
from generator.website.files.dcat import data_json, dcat
from generator.website.published.descriptor import read_packages
from generator.website.published.package import Packages
from tests.doors import PACKAGES, rows
from tests.sites import BASE, Sites

SPDX = Namespace("http://spdx.org/rdf/terms#")
SHAPES = Path(__file__).parent / "shapes" / "dcat-ap.ttl"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BUDGET = "haizhu-data/2025-budget"


@pytest.fixture(scope="module")
def site(sites: Sites) -> Path:
    return sites.sample().site


@pytest.fixture(scope="module")
def catalogue(sites: Sites) -> Catalogue:
    """The model of the sample, with a contact, of the files that its site has."""
    made = sites.sample()
    found = {
        path.relative_to(made.site).as_posix(): path.read_bytes()
        for folder in ("data", "downloads")
        for path in sorted(made.site.glob(f"{folder}/**/*"))
        if path.is_file()
    }
    sums = {key: (len(data), hashlib.sha256(data).hexdigest()) for key, data in found.items()}
    settings = SiteSettings(base_url=BASE, contact="data@example.org")
    return modelled(read_packages(made.packages), settings, sums)


def modelled(
    read: Packages, settings: SiteSettings, sums: Mapping[str, tuple[int, str]]
) -> Catalogue:
    """The model of packages whose site has these files."""
    register = {row["disclosure_id"]: row for row in read.rows("disclosures")}
    each = {p.id: catalogued(p, register[p.id], sums) for p in read.disclosures}
    return catalogue_of(read, settings, each, sums)


def graph(said: object, base: str = "") -> Graph:
    text = b"".join(json_lines(said))
    return Graph().parse(data=text, format="json-ld", publicID=base or None)


def file_at(site: Path, address: object) -> bytes:
    assert str(address).startswith(f"{BASE}/"), address
    return (site / str(address).removeprefix(f"{BASE}/")).read_bytes()


# ── DCAT ─────────────────────────────────────────────────────────────────────────────────


def test_the_catalogue_is_what_dcat_ap_demands(site: Path, catalogue: Catalogue) -> None:
    found = graph(dcat(catalogue))
    conforms, _, told = validate(found, shacl_graph=str(SHAPES))
    assert conforms, told
    assert len(list(found.subjects(RDF.type, DCAT.Dataset))) == 4
    found.remove((None, DCAT.downloadURL, None))
    found.remove((None, DCAT.accessURL, None))
    assert not validate(found, shacl_graph=str(SHAPES))[0]  # the shapes do refuse


def test_each_distribution_is_the_file_that_it_says(site: Path) -> None:
    """As it stands on the site, with each file below `data/` and each package as ZIP in it.

    The files of one department or figure are found from lists, which are in it.
    """
    found = Graph().parse(site / "catalog.jsonld", format="json-ld")
    listed = set()
    for node in found.subjects(RDF.type, DCAT.Distribution):
        data = file_at(site, found.value(node, DCAT.downloadURL))
        assert int(str(found.value(node, DCAT.byteSize))) == len(data)
        checksum = found.value(found.value(node, SPDX.checksum), SPDX.checksumValue)
        assert str(checksum) == hashlib.sha256(data).hexdigest()
        listed.add(str(found.value(node, DCAT.downloadURL)))
    below = {path for path in (site / "data").rglob("*") if path.is_file()}
    wanted = {*below, *site.glob("downloads/**/*.zip")} - {
        *(site / "data" / name for name in ("checksums.csv", "SHA256SUMS")),  # they list the others
        *(site / "data/json").glob("departments/*.json"),
        *(site / "data/json").glob("figures/*.json"),
    }
    assert {f"{BASE}/{path.relative_to(site).as_posix()}" for path in wanted} <= listed


def test_without_an_address_all_iris_are_relative_and_resolve(catalogue: Catalogue) -> None:
    unnamed = replace(catalogue, settings=SiteSettings(base_url=""))
    found = graph(dcat(unnamed), "https://elsewhere.example/x/catalog.jsonld")
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution):
        nodes = [str(node) for node in found.subjects(RDF.type, kind)]
        assert nodes and all(n.startswith("https://elsewhere.example/x/") for n in nodes)
    paths = {each.path for dataset in unnamed.datasets for each in dataset.distributions}
    known = {f"https://elsewhere.example/x/{path}" for path in paths}
    assert {str(each) for each in found.objects(None, DCAT.downloadURL)} <= known


def test_another_reader_of_dcat_understands_the_dataset(catalogue: Catalogue) -> None:
    found = graph(dcat(catalogue))
    node = next(n for n in found.subjects(DCTERMS.identifier) if f"{BUDGET}/" in str(n))
    read = DcatPackage.from_graph(_of(found, node))
    own = catalogue.disclosures[BUDGET]
    assert (read.landing_page, read.version) == (f"{BASE}/{own.page}", own.version or None)
    assert {each.download_url for each in read.distributions} == {
        f"{BASE}/{each.path}" for each in own.distributions
    }
    assert all(each.byte_size and each.license for each in read.distributions)


def _of(found: Graph, node: Node) -> Graph:
    """What is said of one node, and of what it leads to; not of the dataset that it is part of."""
    own, todo, seen = Graph(), [node], set()
    while todo:
        if (at := todo.pop()) not in seen:
            seen.add(at)
            for triple in found.triples((at, None, None)):
                own.add(triple)
                todo += [triple[2]] if triple[1] != DCTERMS.isPartOf else []
    return own


def test_data_json_has_what_portals_demand(site: Path, catalogue: Catalogue) -> None:
    datasets = list(data_json(catalogue)["dataset"])
    demanded = {"title", "description", "keyword", "modified", "publisher", "contactPoint"}
    demanded |= {"identifier", "accessLevel", "license", "temporal", "distribution"}
    for dataset in datasets:
        assert demanded <= dataset.keys()
        assert re.fullmatch(r"\d{4}(-\d\d-\d\d)?", dataset["modified"])
        assert dataset["contactPoint"]["hasEmail"] == "mailto:data@example.org"
        for file in dataset["distribution"]:
            assert file_at(site, file["downloadURL"]) and "/" in file["mediaType"]
    assert len({dataset["identifier"] for dataset in datasets}) == 4
    assert json.loads((site / "data.json").read_text(encoding="utf-8"))["dataset"]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), _VALUES, max_size=4), st.text(), st.lists(_VALUES, max_size=4))
def test_what_is_written_piece_by_piece_is_the_same_json(
    said: dict[str, Any], name: str, streamed: list[Any]
) -> None:
    written = b"".join(json_lines({**said, name: iter(streamed)})).decode()
    assert written == json.dumps({**said, name: streamed}, ensure_ascii=False, indent=1)
    assert b"".join(json_lines(iter(streamed))).decode() == json.dumps(
        streamed, ensure_ascii=False, indent=1
    )


# ── schema.org ───────────────────────────────────────────────────────────────────────────


def _linked(page: Path) -> Iterator[dict[str, Any]]:
    for text in SCRIPT.findall(page.read_text(encoding="utf-8")):
        yield json.loads(text) | {"@context": {"@vocab": str(SDO)}}  # as schema.org's has it


@pytest.mark.parametrize("page", ["datasets/", "datasets/facts/", f"departments/{BUDGET}/"])
def test_pages_say_of_their_data_what_search_engines_ask(site: Path, page: str) -> None:
    found = Graph()
    for each in _linked(site / page / "index.html"):
        found += graph(each)
    (dataset,) = (
        n for n in found.subjects(RDF.type, SDO.Dataset) if (n, SDO.distribution, None) in found
    )
    for name in ("license", "temporalCoverage", "spatialCoverage", "includedInDataCatalog"):
        assert (dataset, SDO[name], None) in found, name
    for file in found.objects(dataset, SDO.distribution):
        data = file_at(site, found.value(file, SDO.contentUrl))
        assert str(found.value(file, SDO.sha256)) == hashlib.sha256(data).hexdigest()
    if page != "datasets/facts/":
        (source, *_) = found.objects(dataset, SDO.isBasedOn)
        assert str(found.value(source, SDO.sha256)) == "0" * 64
        assert "440105" in {str(o) for o in found.objects(None, SDO.value)}
    measured = {str(found.value(v, SDO.name)) for v in found.objects(dataset, SDO.variableMeasured)}
    assert measured


def test_the_page_of_data_is_a_catalogue_of_all_datasets(site: Path) -> None:
    (told,) = (e for e in _linked(site / "datasets/index.html") if e["@type"] == "DataCatalog")
    assert told["dataset"][0]["url"] == f"{BASE}/datasets/"
    assert len(told["dataset"]) == 4
    assert all(len(each["description"]) >= 50 for each in told["dataset"])


# ── Croissant, citations ─────────────────────────────────────────────────────────────────


def test_croissant_names_every_column_of_every_file(site: Path) -> None:
    """Held against mlcroissant by hand and every night, as it takes 340 MB to install."""
    said = json.loads((site / "croissant.json").read_text(encoding="utf-8"))
    files = {each["@id"]: each for each in said["distribution"]}
    assert said["conformsTo"].endswith("/croissant/1.0")
    assert re.fullmatch(r"\d+\.\d+\.\d+", said["version"])
    for records in said["recordSet"]:
        (file,) = {f["source"]["fileObject"]["@id"] for f in records["field"]}
        data = file_at(site, files[file]["contentUrl"])
        assert files[file]["sha256"] == hashlib.sha256(data).hexdigest()
        header = next(csv.reader([data.decode().partition("\n")[0]]))
        assert [f["source"]["extract"]["column"] for f in records["field"]] == header
    assert "facts" in {records["@id"] for records in said["recordSet"]}


def test_croissant_of_the_committed_packages_has_keys_and_types() -> None:
    packages = read_packages(PACKAGES)
    sums = {f"data/all/{r.file.name}": (1, "0" * 64) for r in packages.consolidated}
    said = croissant(modelled(packages, SiteSettings(), sums))
    (facts,) = (each for each in said["recordSet"] if each["@id"] == "facts")
    assert facts["key"] == [{"@id": "facts/fact_id"}]
    types = {field["name"]: field["dataType"] for field in facts["field"]}
    assert (types["year"], types["amount_yuan"]) == ("sc:Integer", "sc:Float")
    assert types["functional_code"] == "sc:Text"


def test_the_citations_name_who_published_and_what(site: Path) -> None:
    cff = yaml.safe_load((site / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cff["cff-version"], cff["type"], cff["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert cff["authors"] == [{"name": "明账"}] and len(cff["references"]) == 3
    items = json.loads((site / "citations.json").read_text(encoding="utf-8"))
    assert {each["type"] for each in items} == {"dataset"}
    (own,) = (each for each in items if each["id"] == BUDGET.replace("/", "-"))
    assert own["URL"] == f"{BASE}/departments/{BUDGET}/"
    assert own["issued"] == {"date-parts": [[2025, 2, 3]]}
    page = (site / "departments" / BUDGET / "downloads/index.html").read_text(encoding="utf-8")
    assert "<summary>CSL-JSON</summary>" in page


def test_the_committed_packages_are_what_the_profile_demands() -> None:
    """The profile of Data Package 2.0 that dplib brings; frictionless knows that of 1 alone."""
    profile = json.loads((files_of("dplib") / "profiles/2.0/datapackage.json").read_text())
    validator = validator_for(profile)(profile)
    for path in (PACKAGES / "all", *sorted(PACKAGES.glob("*huadu*/*"))):
        said = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
        assert list(validator.iter_errors(said)) == [], path
        assert re.fullmatch(r"1\.\d+\.0\+[0-9a-f]{16}", said["version"])
        assert said["version"].endswith(said["build"])


# ── llms.txt ─────────────────────────────────────────────────────────────────────────────


def test_the_recipes_give_the_printed_totals_of_every_disclosure(site: Path) -> None:
    """As they stand in llms.txt, on the files of the committed packages."""
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# 明账\n") and BASE in text
    totals, functions, doubts = re.findall(r"```sql\n(.*?);?\n```", text, re.DOTALL)
    with sqlite3.connect(":memory:") as database:
        for name in ("facts", "totals", "findings"):
            _load(database, name)
        found = database.execute(totals).fetchall()
        by_function = database.execute(functions).fetchall()
        differing = database.execute(doubts).fetchall()
    disclosures = rows(PACKAGES / "all" / "disclosures.csv")
    spent = {
        (f["department"], int(f["year"]), f["kind"]): f["amount_yuan"]
        for f in rows(PACKAGES / "all" / "facts.csv")
        if f["table_id"] in ("budget-summary", "final-summary")  # another table prints it, too
        and (f["item"], f["budget_phase"]) == ("total_expenditure", f["phase"])
    }
    assert len(found) == len(disclosures) == len(spent)
    for department, year, kind, amount in found:
        assert f"{amount:.2f}" == spent[department, year, kind]
    budgets = {key[:2] for key in spent if key[2] == "budget"}
    assert {row[:2] for row in by_function} == budgets
    assert len(differing) == sum(int(each["findings_differs"]) for each in disclosures)


def _load(database: sqlite3.Connection, name: str) -> None:
    found = rows(PACKAGES / "all" / f"{name}.csv")
    numbers = {"year": "INTEGER", "level": "INTEGER", "amount_yuan": "REAL", "amount_year": "INT"}
    columns = ", ".join(f'"{each}" {numbers.get(each, "TEXT")}' for each in found[0])
    database.execute(f"CREATE TABLE {name} ({columns})")
    places = ", ".join("?" * len(found[0]))
    lines = [list(row.values()) for row in found]
    database.executemany(f"INSERT INTO {name} VALUES ({places})", lines)


# ── the history on the site ──────────────────────────────────────────────────────────────


def test_the_page_of_changes_tells_what_why_and_leads_to_the_source(site: Path) -> None:
    page = (site / "changes/index.html").read_text(encoding="utf-8")
    assert [version for version in re.findall(r'<h2 id="v([0-9.]+)"', page)] == [
        "1.2.0", "1.1.0", "1.0.0",
    ]  # fmt: skip
    for said in (
        "4410.50 万元",
        "4417.50 万元",
        "增加7.00万元",
        "部门换了公开文件",
        "部门已撤回 &lt;b&gt;",
    ):
        assert said in page
    assert f"departments/{BUDGET}/source/#L" in page
    assert "downloads/all/earlier-facts.csv" in page and "<b>没有了" not in page
    own = (site / "departments" / BUDGET / "downloads/index.html").read_text(encoding="utf-8")
    anchor = "v1.1.0-haizhu-data-2025-budget"
    assert f"changes/#{anchor}" in own and f'id="{anchor}"' in page
    other = (site / "departments/long-name/2020-final-accounts/downloads/index.html").read_text(
        "utf-8"
    )
    assert "changes/#" not in other


def test_the_feed_of_changes_has_the_newest_first_and_the_days_of_the_sources(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ET.parse(site / "changes.xml").getroot().findall(f"{atom}entry")
    titles = [str(each.findtext(f"{atom}title")) for each in entries]
    assert titles[1].startswith("已撤下的部门2023年部门预算") and "部门换了公开文件" in titles[2]
    days = [str(each.findtext(f"{atom}updated"))[:10] for each in entries]
    assert days == sorted(days, reverse=True) and "2025-03-04" in days
    assert len({each.findtext(f"{atom}id") for each in entries}) == len(entries) == 6
