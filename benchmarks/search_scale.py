"""The search at size: an index of made records, its files, its cost, and what queries load.

Run by ``make bench-search``. The records are those of the committed disclosures with other
departments, years, amounts and words; each department's part is made as in a build, and the parts
are merged in a process of its own, whose memory is told. Queries run the page's own scripts in
Node, each with nothing loaded before.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jinja2

from generator.defaults import TEMPLATES
from generator.website.department.departments import departments_of
from generator.website.department.disclosure import Overview, overview
from generator.website.output.assets import write_modules
from generator.website.output.folder import Output
from generator.website.published.descriptor import read_packages
from generator.website.published.glosses import english_names
from generator.website.published.package import KIND_SLUGS
from generator.website.search.found import KINDS, Found
from generator.website.search.search_index import write_search_index
from generator.website.search.search_part import PartDepartment, PartDisclosure, pack
from generator.website.search.search_records import records_of
from generator.website.search.search_tokens import number_token, tokens
from tests.made_budgets import WORDS

ROOT = Path(__file__).resolve().parent.parent
YEARS = range(2016, 2026)
KINDS_OF_BUREAU = (
    *("教育", "公安", "民政", "财政", "卫生健康", "交通运输", "住房和城乡建设", "生态环境"),
    *("农业农村", "商务", "文化广电旅游体育", "应急管理", "审计", "市场监督管理", "统计", "司法"),
    *("水务", "科学技术", "人力资源和社会保障", "规划和自然资源", "信访", "政务服务数据管理"),
    *("医疗保障", "退役军人事务", "林业和园林", "城市管理和综合执法", "发展和改革", "民族宗教事务"),
    *("国有资产监督管理", "金融工作", "港务", "体育"),
)
QUERIES = (
    *(
        "公务接待费",
        "公务用车购置",
        "支出",
        "一般公共预算",
        "行政运行",
        "局",
        "费",
        "20103",
        "2010301",
    ),
    *("第3市教育局 公务接待费", "第7市公安局 2023 公务接待费", "2024年决算 行政运行"),
    *("信息化 升级改造", "三公经费", "official hospitality", "WAGES", "没有这个词"),
    "第5市民政局",
)
Part = int | Decimal | str  # of an order
_LOADS = Path(__file__).with_name("search_loads.mjs")


def main() -> None:
    """Make the parts, merge them, ask, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int, nargs="?", default=2_000_000)
    parser.add_argument("--merge", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.merge:
        print(json.dumps(_merge(arguments.merge)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _tell(arguments.records, _parts(folder / "parts", arguments.records), folder)
        _ask(folder / "site")


def _tell(records: int, made: tuple[int, float], folder: Path) -> None:
    count, seconds = made
    command = [sys.executable, "-m", "benchmarks.search_scale", "--merge", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    files = [f for f in (folder / "site").rglob("*.json") if f.is_file()]
    sizes = [file.stat().st_size for file in files]
    print("| what | figure |\n|---|---|")
    print(f"| records | {found['records']:,} of {count:,} departments |")
    print(f"| parts, processor seconds (made, not read) | {seconds:.0f} |")
    print(f"| merging, processor seconds | {found['seconds']:.0f} |")
    print(f"| merging, most memory | {found['memory']:.0f} MB |")
    print(f"| files | {len(files):,} |")
    print(f"| bytes | {sum(sizes) / 1e6:,.0f} MB |")
    print(f"| largest file | {max(sizes) / 1e3:.0f} KB |", flush=True)


# ── what is made ─────────────────────────────────────────────────────────────────────────


def _parts(folder: Path, records: int) -> tuple[int, float]:
    """Write parts with so many records; return how many, and the seconds that it took."""
    folder.mkdir()
    read = read_packages(ROOT / "data" / "packages")
    overviews = [overview(package) for package in read.disclosures]
    departments = departments_of(overviews, read.rows("department-names"))
    english = english_names(read)
    templates = [
        [(each.overviews, found) for found in records_of(each.overviews, (), english)]
        for each in departments
    ]
    begun, made, number = time.process_time(), 0, 0
    while made < records:
        some = templates[number % len(templates)]
        data, count = _part(number, some)
        (folder / f"{number:06}").write_bytes(data)
        made, number = made + count, number + 1
    return number, time.process_time() - begun


def _part(number: int, template: Sequence[tuple[Sequence[Overview], Found]]) -> tuple[bytes, int]:
    chance = random.Random(number)
    city, kind = divmod(number, len(KINDS_OF_BUREAU))
    district = number % 3
    name = f"第{city}市{f'第{district}区' if district else ''}{KINDS_OF_BUREAU[kind]}局"
    disclosures = [(year, k) for year in YEARS for k in range(len(KIND_SLUGS))]
    who = PartDepartment(
        f"made-{number}", (name,), f"{10 + city // 90:02}{1 + city % 90:02}{district:02}",
        name[: name.index(KINDS_OF_BUREAU[kind])],
        tuple(PartDisclosure(y, k, name, f"Made Bureau {number}") for y, k in disclosures),
    )  # fmt: skip
    found = list(_records(who, template, chance))
    return pack(who, found), len(found)


def _records(
    who: PartDepartment, template: Sequence[tuple[Sequence[Overview], Found]], chance: random.Random
) -> Iterator[Found]:
    for number, told in enumerate(who.disclosures):
        slug = f"{told.year}-{list(KIND_SLUGS.values())[told.kind]}"
        for overviews, found in template:
            package = overviews[found.disclosures[0]].package
            if len(overviews) > 1 and found.disclosures[0] != number % len(overviews):
                continue
            swap: dict[Part, Part] = {package.id: f"{who.id}/{slug}", -package.year: -told.year}
            order = tuple(swap.get(each, _other(each, chance)) for each in found.order)
            yield _varied(replace(found, order=order, disclosures=(number,)), who, slug, chance)


def _other(part: Part, chance: random.Random) -> Part:
    return -Decimal(chance.randrange(10**9)) / 100 if isinstance(part, Decimal) else part


def _varied(found: Found, who: PartDepartment, slug: str, chance: random.Random) -> Found:
    """Other amounts; of a project and a text other words, as no two departments write the same."""
    shown = dict(found.shown) | {"h": f"departments/{who.id}/{slug}/#table"}
    kept = {token for token in found.tokens if not token.startswith("=")}
    told = shown.get("a", [])
    assert isinstance(told, list)
    amounts = [[column, f"{chance.randrange(10**6) / 100:,.2f}"] for column, _ in told]
    if amounts:
        shown["a"] = amounts
        kept |= {number_token(printed) for _, printed in amounts}
        kept |= {number_token(printed.replace(",", "") + "0000") for _, printed in amounts}
    if list(KINDS)[found.kind] in ("部门", "项目", "文字"):
        more = "".join(chance.choices(WORDS, k=3))
        shown["t"] = f"{who.names[0]}{more}{shown['t']}"
        kept |= tokens(str(shown["t"]))
    return replace(found, tokens=frozenset(kept), shown=shown)


# ── merging, and asking ──────────────────────────────────────────────────────────────────


def _merge(folder: Path) -> dict[str, float]:
    (folder / "site").mkdir()
    output = Output(folder / "site", jinja2.Environment(autoescape=True))
    begun = time.process_time()
    parts = (file.read_bytes() for file in sorted((folder / "parts").iterdir()))
    index = write_search_index(output, parts)
    write_modules(output, TEMPLATES)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "records": index.records,
        "seconds": time.process_time() - begun,
        "memory": memory,
    }


def _ask(site: Path) -> None:
    if not shutil.which("node"):
        print("queries: not tried, there is no Node")
        return
    command = ["node", str(_LOADS), str(site), *QUERIES]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
