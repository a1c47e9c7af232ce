"""What is sent on: pages that stand alone, their files and images, who may frame them."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from generator.config import read_settings
from generator.website.department.shared_charts import as_csv_link
from generator.website.drawing.long_card import WIDE_HEIGHT, WIDTH, Crop, LongCard, draw_both
from generator.website.drawing.standing_chart import ChartFrame, standing_png, standing_svg
from generator.website.output.folder import file_of
from tests.served import rules, sent
from tests.sites import BASE, Sites
from tests.website_pages import Page

BUDGET = "departments/haizhu-data/2025-budget/"
SHARED = f"share/{BUDGET}"
HAIZHU = "share/departments/guangzhou-haizhu-government-services-data/2020-final-accounts/"
MOST_CARDS = 8


@pytest.fixture(scope="module")
def site(sites: Sites) -> Path:
    """The site of the samples, which has an address."""
    return sites.sample().site


@pytest.fixture(scope="module")
def five(sites: Sites) -> Path:
    """The site of the committed packages, with images of pages."""
    return sites.five().site


def page(site: Path, address: str) -> Page:
    return Page(site / file_of(address))


def links(found: Page, kind: str) -> dict[str, str]:
    """The links that save a file, by the ending of its name."""
    return {
        str(a["download"]).rpartition(".")[2]: str(a["href"])
        for tag, a in found.elements
        if tag == "a" and a.get("download") and kind in str(a["download"])
    }


def data(link: str) -> str:
    """What a link holds."""
    return unquote(link.partition(",")[2]).removeprefix("\ufeff")


# ── charts ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tag", ["", "en/"])
def test_every_chart_has_a_page_files_and_a_frame(site: Path, tag: str) -> None:
    story = page(site, f"{tag}{BUDGET}charts/")
    charts = {i for i in story.ids if i.startswith("chart-")}
    assert charts
    for chart in charts:
        alone = page(site, f"{tag}{SHARED}{chart}.html")
        assert chart in alone.ids
        saved = links(story, chart.removeprefix("chart-"))
        assert {"svg", "csv", "json"} <= saved.keys()
        assert f"{BASE}/{tag}{SHARED}{chart}.html" in story.text  # the code of the frame


def test_the_numbers_of_a_chart_are_in_the_link(site: Path) -> None:
    saved = links(page(site, f"{BUDGET}charts/"), "-economic")
    rows = list(csv.reader(io.StringIO(data(saved["csv"]))))
    told = json.loads(data(saved["json"]))
    assert rows[0] == ["名称", "金额（元）", "占比"]
    assert [row[:2] for row in rows[1:]] == [[r["name"], r["value"]] for r in told["rows"]]
    assert sum(Decimal(row[1]) for row in rows[1:]) == Decimal(25175000)  # 基本支出
    assert told["url"] == f"{BASE}/{SHARED}chart-economic.html"


def test_a_link_holds_any_text_and_no_formula() -> None:
    link = as_csv_link([['a"b,c', "=1+1", "-5", "-x", "100%#?\n"]])
    assert re.fullmatch(r"[!-~\u4e00-\u9fff]+", link) and "#" not in link and '"' not in link
    assert next(csv.reader(io.StringIO(data(link)))) == ['a"b,c', "'=1+1", "-5", "'-x", "100%#?\n"]


def test_the_drawing_of_a_chart_stands_alone(site: Path) -> None:
    saved = links(page(site, f"{BUDGET}"), "-flow")
    svg = (site / BUDGET / saved["svg"]).read_text(encoding="utf-8")
    text = "".join(ET.fromstring(svg).itertext())
    assert "2025年预算的钱从哪来、到哪去" in text and "明账整理" in text
    assert f"{BASE}/{BUDGET}#chart-flow" in text.replace("\n", "")
    assert Image.open(site / BUDGET / saved["png"]).width == 1200


def test_images_are_the_same_bytes_each_time() -> None:
    drawn = (
        '<svg viewBox="0 0 360 60" {attributes}><path d="M0,0h90v9h-90Z" fill="#519c3d"/>'
        '<text transform="translate(0,40)" font-size="9px">教育 &lt;</text></svg>'
    )
    svg = standing_svg(drawn, ChartFrame("名 & <b>", "一句。", "数据：某局。", ""))
    assert standing_png(svg) == standing_png(svg)
    assert standing_svg("<svg/>", ChartFrame("", "", "", "")) == ""
    card = LongCard(
        "明账", "某局", "支出总计", "1.00万元", "一句话。" * 60, None, "", (), "扫码", BASE
    )
    assert draw_both(card) == draw_both(card)


# ── figures and contradictions ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("tag", ["", "en/"])
def test_key_figures_answers_and_contradictions_have_cards(five: Path, tag: str) -> None:
    names = {path.stem for path in (five / tag / HAIZHU).glob("*.html")}
    cards = {name for name in names if not name.startswith("chart-")}
    assert {"total", "income", "three-public", "what", "change", "case-1"} == cards
    for folder in (five / tag / "share/departments").glob("*/*-*/"):
        assert len([p for p in folder.iterdir() if not p.name.startswith("chart-")]) <= MOST_CARDS


def test_a_card_has_the_sentence_the_cell_the_checks_and_the_year_before(five: Path) -> None:
    told = page(five, f"{HAIZHU}total.html")
    assert "5,143.02万元" in told.text and "重排件第6页" in told.text
    assert "参加了3项核对" in told.text and "收支平衡" in told.text
    [image] = [a for tag, a in told.elements if tag == "image"]
    [box] = [a for tag, a in told.elements if tag == "rect"]
    [view] = [a for tag, a in told.elements if tag == "svg" and a.get("class") == "cell"]
    left, top, width, height = map(float, str(view["viewbox"]).split())
    assert (five / HAIZHU / str(image["href"])).resolve().is_file()
    assert left <= float(str(box["x"])) <= left + width
    assert top <= float(str(box["y"])) <= top + height
    later = page(five, HAIZHU.replace("2020-final-accounts", "2025-budget") + "total.html")
    assert "收录的2020年决算是5,143.02万元" in later.text


def test_a_contradiction_says_both_values(five: Path) -> None:
    told = page(five, f"{HAIZHU}case-1.html")
    assert "3.64 ≠ 1.50 万元" in told.text and "2项核对不符" in told.text


def test_a_long_image_has_a_code_that_leads_to_the_page(five: Path) -> None:
    told = page(five, f"{HAIZHU}total.html")
    saved = links(told, "total")
    image = Image.open(five / HAIZHU / saved["png"])
    assert image.width == WIDTH and image.height > WIDE_HEIGHT
    shown = {str(a.get("property")): a.get("content") for tag, a in told.elements if tag == "meta"}
    path = str(shown["og:image"]).removeprefix(f"{BASE}/")
    assert Image.open(five / path).size == (WIDTH, WIDE_HEIGHT)
    assert shown["og:image:width"] == str(WIDTH)
    row = next(csv.DictReader(io.StringIO(data(saved["csv"]))))
    assert row["amount_yuan"] == "51430200.00" and row["fact_id"].startswith("guangzhou-haizhu")


def test_the_code_is_drawn_as_wide_as_it_is_asked_and_the_cell_is_framed(tmp_path: Path) -> None:
    sheet = io.BytesIO()
    Image.new("L", (893, 1263), 255).save(sheet, "PNG")
    crop = Crop(sheet.getvalue(), 595.0, (300.0, 100.0, 60.0, 20.0), (150.0, 58.0, 480.0, 162.0))
    parts = ("某局", "支出总计", "1.00万元", "一句。", crop, "重排件第1页", (), "扫码", BASE)
    right, wrong = (
        Image.open(io.BytesIO(draw_both(LongCard("明账", *parts, wrong=wrong))[0])).convert("RGB")
        for wrong in (False, True)
    )
    colours = [{colour for _n, colour in image.getcolors(9999) or ()} for image in (right, wrong)]
    assert (163, 39, 27) in colours[1] - colours[0]  # red is what does not add up


def test_without_an_address_there_is_no_image_and_no_code(sites: Sites, tmp_path: Path) -> None:
    made = sites.sample()
    sites.render(made.packages, tmp_path / "site", drawn=made)
    told = page(tmp_path / "site", f"{SHARED}total.html")
    assert "png" not in links(told, "total") and "csv" in links(told, "total")
    [code] = [a for tag, a in told.elements if tag == "textarea"]
    assert code["data-page"]
    assert not list((tmp_path / "site").glob("cards/*"))


# ── who may do what with them ────────────────────────────────────────────────────────────


def test_only_what_stands_alone_may_be_framed(site: Path) -> None:
    found = rules(site)
    everything = [f"/{p.relative_to(site).as_posix()}" for p in site.rglob("*") if p.is_file()]
    for path in everything:
        address = path.removesuffix("index.html")
        if address.startswith("/_"):
            continue
        said = sent(found, address)
        framed = address.startswith(("/share/", "/en/share/"))
        ancestors = "frame-ancestors *" if framed else "frame-ancestors 'none'"
        assert said["Content-Security-Policy"].endswith(ancestors), address
        assert (said["Cross-Origin-Resource-Policy"] == "cross-origin") is framed


def test_what_stands_alone_is_not_for_search_engines(site: Path) -> None:
    alone = page(site, f"{SHARED}total.html")
    assert ("meta", {"name": "robots", "content": "noindex"}) in alone.elements
    assert ("base", {"target": "_top"}) in alone.elements
    maps = "".join(p.read_text(encoding="utf-8") for p in site.glob("sitemap*"))
    assert f"{BASE}/{BUDGET}" in maps and "/share/" not in maps


# ── where the site is ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({}, ""),
        ({"NETLIFY": "true", "CONTEXT": "production", "URL": "https://a.example"}, "https://a.example"),
        ({"NETLIFY": "true", "CONTEXT": "deploy-preview", "URL": "https://a.example",
          "DEPLOY_PRIME_URL": "https://b.example/"}, "https://b.example"),
        ({"CONTEXT": "production", "URL": "https://a.example"}, ""),
        ({"NETLIFY": "true", "CONTEXT": "production", "URL": "a b"}, ""),
    ],
)  # fmt: skip
def test_a_deployment_knows_its_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: dict[str, str], where: str
) -> None:
    for name in ("NETLIFY", "CONTEXT", "URL", "DEPLOY_PRIME_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    file = tmp_path / "mingzhang.toml"
    file.write_text("", encoding="utf-8")
    settings = read_settings(file)
    assert settings.deployed == where
    assert settings.imprint.base_url == ""  # the packages are the same wherever they are made
