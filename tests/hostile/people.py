"""What people write, broken: settings, registers, YAML, templates, pages, redirects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.doors import ROOT
from tests.hostile.attack import (
    EXTRACT,
    HEADING,
    READ,
    RENDER,
    SETTINGS,
    TAKEN,
    TOLD,
    Attack,
    both,
    put,
    remove,
)
from tests.test_hard_settings import WRONG, names, toml

#: Whatever YAML can be; each is the whole of a file.
YAML: dict[str, str | bytes] = {
    "not closed": "a: [",
    "twice": "a: 1\na: 2\n",
    "a tag": "!!python/object/apply:os.system [x]",
    "a set": "!!set {a, b}",
    "alias": "a: &x [*x]",
    "laughs": "a: &a [x]\nb: [*a,*a]",
    "tab": "\ta: 1",
    "two documents": "---\na: 1\n---\nb: 2\n",
    "deep flow": "[" * 100_000,
    "deep map": "{a: " * 5000,
    "deep block": "\n".join(" " * n + "a:" for n in range(3000)),
    "a number": "7",
    "a text": "x",
    "deep list": "- " * 5000,
    "null": "~",
    "a list of lists": "[[[]]]",
    "nul": "a: \0",
    "bom only": "\ufeff",
    "long key": "a" * 100_000 + ": 1",
    "long line": "a: " + "x" * 1_000_000,
    "escape": 'a: "\\x1b[31m"',
    "surrogate": 'a: "\\ud800"',
    "merge": "<<: {a: 1}",
    "no key": ": 1",
    "complex key": "? [a]\n: 1",
    "many": "\n".join(f"a{n}: {n}" for n in range(20_000)),
    "big number": "a: " + "9" * 5000,
    "block text": "a: |\n  x\n",
    "percent": "%YAML 9.9\n---\na: 1",
}
BYTES: dict[str, str | bytes] = {
    "gbk": "reason: 部门".encode("gbk"),
    "utf-16": "reason: 部门".encode("utf-16"),
    "binary": bytes(range(256)),
    "zip": b"PK\x03\x04\x14\0",
    "a zero": b"\0",
    "half": b"a: \xe9\x83",
}


def attacks() -> Iterator[Attack]:
    """All attacks by files that people write."""
    yield from _settings()
    yield from _registers()
    yield from _sidecars()
    for file in ("acknowledged.yaml", "withdrawn.yaml"):
        yield from _yaml_files(file)
    yield from _withdrawals()
    yield from _terms()
    yield from _templates()
    yield from _content()
    yield from _redirects()


# ── settings ─────────────────────────────────────────────────────────────────────────────


def _settings() -> Iterator[Attack]:
    for name in names():
        for value in WRONG[:: 3 if "." in name else 2]:
            change = put("mingzhang.toml", _with(name, toml(value)))
            yield Attack("settings", f"{name} = {toml(value)[:20]}", change, ("check", "--json"))
    for title, text in {
        "deep": "a = " + "[" * 100_000,
        "deep tables": "a = " + "{a = " * 5000,
        "no TOML": "<xml/>",
        "twice": SETTINGS + SETTINGS,
        "half": SETTINGS[:100],
        "nul": "\0",
        "empty": "",
        "dotted": "a." * 5000 + "a = 1",
        "long": "[site]\ntitle = '" + "x" * 1_000_000 + "'",
    }.items():
        yield Attack("settings", title, put("mingzhang.toml", text), ("check", "--json"))
    for title, data in BYTES.items():
        yield Attack("settings", title, put("mingzhang.toml", data), ("check", "--json"), TOLD)
    gone = both(remove("mingzhang.toml"))
    yield Attack("settings", "no file", gone, ("check", "--json"), TOLD)


def _with(name: str, value: str) -> str:
    """The settings, with one more or another value."""
    section, _, key = name.partition(".")
    if not key:
        return f"{name} = {value}\n{SETTINGS.replace(f'[{section}]', f'[{section}-]')}"
    lines = [line for line in SETTINGS.split("\n") if not line.startswith(f"{key} = ")]
    text = "\n".join(lines)
    if f"[{section}]" not in text:
        text += f"[{section}]\n"
    return text.replace(f"[{section}]\n", f"[{section}]\n{key} = {value}\n")


# ── registers ────────────────────────────────────────────────────────────────────────────

_ROW = "x,广州市信访局,Letters,2024,,440100,广州市,city\n"


def _registers() -> Iterator[Attack]:
    def attack(name: str, data: str | bytes) -> Attack:
        return Attack("registers", name, put("departments.csv", data), EXTRACT)

    for encoding in ("gbk", "utf-16", "utf-16-le", "utf-8-sig", "utf-32", "big5hkscs", "cp1252"):
        yield attack(encoding, (HEADING + _ROW).encode(encoding, "replace"))
    for title, data in BYTES.items():
        yield attack(title, data)
    for title, rows in {
        "row twice": _ROW * 2,
        "two regions": _ROW + _ROW.replace("440100", "110000"),
        "one name twice": _ROW + "y" + _ROW[1:],
        "unclosed quote": 'x,"广州市信访局,,,,,,\n' + _ROW * 50,
        "quote in the middle": _ROW.replace("信访", '信"访'),
        "break in a name": 'x,"广州\n市",,,,,,\n',
        "break behind": '"x\n",广州市信访局,,,,,,\n',
        "nul": _ROW.replace("x", "x\0"),
        "short": "x,y\n",
        "long": "x,y" + "," * 50 + "z\n",
        "very long": "x," + "局" * 200_000 + ",,,,,,\n",
        "escapes": "../x,广州市信访局,,,,,,\n",
        "reserved": "all,广州市信访局,,,,,,\n",
        "no identifier": ",广州市信访局,,,,,,\n",
        "no name": "x,,,,,,,\n",
        "year": "x,广州市信访局,,20245,,,,\n",
        "years turned": "x,广州市信访局,,2025,2024,,,\n",
        "region": "x,广州市信访局,,,,44,,\n",
        "level": "x,广州市信访局,,,,,,galaxy\n",
        "formula": "x,=1+1,,,,,,\n",
        "html": "x,<b>,,,,,,\n",
        "20,000 rows": "".join(f"x{n},局{n},,,,,,\n" for n in range(20_000)),
        "blank rows": "\n\n,,,,,,,\n",
        "semicolons": (HEADING + _ROW).replace(",", ";"),
        "carriage returns": _ROW.replace("\n", "\r"),
        "surrogate": "x,\ud800,,,,,,\n",
        "bidi": "x,\u202e局,,,,,,\n",
        "field of 11 MB": "x," + "x" * 11_000_000,
    }.items():
        yield attack(title, rows if title == "semicolons" else HEADING + rows)
    for title, text in {
        "columns turned": "name,department\nx,y\n",
        "heading twice": HEADING * 2,
        "no heading": _ROW,
        "empty": "",
        "sep": "sep=;\n" + (HEADING + _ROW).replace(",", ";"),
        "one line": "x" * 500_000,
    }.items():
        yield attack(title, text)
    folder = both(remove("departments.csv"), lambda f: (f / "departments.csv").mkdir())
    yield Attack("registers", "a folder", folder)
    yield Attack("registers", "not there", remove("departments.csv"), codes=READ)


# ── YAML ─────────────────────────────────────────────────────────────────────────────────


def _sidecars() -> Iterator[Attack]:
    for title, data in {**YAML, **BYTES}.items():
        yield Attack("sidecars", title, put("disclosures/b.yaml", data), codes=READ)
    for key in (
        "department",
        "department_name",
        "year",
        "kind",
        "title",
        "publisher",
        "language",
        "licence",
        "address",
        "published",
        "revised",
        "sha256",
        "rendition",
        "note",
    ):
        for value in ("[]", "{a: b}", '"x\\ny"', "7", '"<script>"', "'" + "x" * 100_000 + "'"):
            change = put("disclosures/b.yaml", f"{key}: {value}\n")
            yield Attack("sidecars", f"{key}: {value[:10]}", change, codes=READ)


def _yaml_files(file: str) -> Iterator[Attack]:
    for title, data in {**YAML, **BYTES}.items():
        empty = title in ("null", "bom only")
        yield Attack(file, title, put(file, data), codes=READ if empty else TOLD)
    yield Attack(file, "a folder", both(remove(file), lambda f: (f / file).mkdir()))


def _withdrawals() -> Iterator[Attack]:
    entry = "- disclosure: {}\n  reason: x\n  date: {}\n"
    own = "guang-zhou-shi-xin-fang-ju/2025-budget"
    for title, name, day in [
        ("of a source that is there", own, "2026-01-01"),
        ("of none", "x/2025-budget", "2026-01-01"),
        ("with an impossible day", own, "2026-02-30"),
        ("of all", "all", "2026-01-01"),
        ("that leaves", "../../x/2025-budget", "2026-01-01"),
        ("with another kind", "x/2025-x", "2026-01-01"),
    ]:
        yield Attack("withdrawn.yaml", title, put("withdrawn.yaml", entry.format(name, day)))
    away = both(remove("disclosures/a.txt"), put("withdrawn.yaml", entry.format(own, "2026-01-01")))
    yield Attack(
        "withdrawn.yaml", "of one that is gone", away, codes=frozenset({0}), withdraws=True
    )


def _terms() -> Iterator[Attack]:
    for title, data in {**YAML, **BYTES}.items():
        empty = title in ("null", "bom only")
        codes = frozenset({0}) if empty else TOLD
        yield Attack("terms", title, put("own-content/terms.yaml", data), RENDER, codes)


# ── templates and pages ──────────────────────────────────────────────────────────────────

_TEMPLATES = {
    "not closed": "{% if x %}",
    "unknown tag": "{% nonsense %}",
    "unknown filter": "{{ 1|nonsense }}",
    "unknown name": "{{ nonsense }}",
    "divides": "{{ 1 / 0 }}",
    "includes itself": '{% include "home.html" %}',
    "extends itself": '{% extends "home.html" %}',
    "includes none": '{% include "x" %}',
    "empty": "",
    "includes up": '{% include "../../mingzhang.toml" %}',
    "deep brackets": "{{ " + "(" * 5000,
    "deep lists": "{{ " + "[" * 300 + "]" * 300 + " }}",
    "deep loops": "{% for a in [] %}" * 40 + "{% endfor %}" * 40,
    "deep ifs": "{% if 1 %}" * 500 + "{% endif %}" * 500,
    "long sum": "{{ 1" + " + 1" * 20_000 + " }}",
    "calls a text": "{{ 'x'() }}",
    "macro calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "block twice": "{% block a %}{% endblock %}{% block a %}{% endblock %}",
    "a number": "{{ 9 ** 9 ** 3 }}",
    "reaches the class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "nul": "\0",
    "format": "{{ '%s %s' % 1 }}",
    "join": "{{ 1|join }}",
    "range": "{{ range(3, 'x') }}",
    "unicode": "{{ '\\ud800' }}",
    "surrogate": "\ud800",
    "raises": "{{ [].pop() }}",
    "next": "{{ ([]|first).x }}",
    "non-word": "{{ § }}",
    "import": '{% from "x.html" import y %}',
    "lone brace": "{{",
    "bytes": "\xff",
}


def _templates() -> Iterator[Attack]:
    for title, text in _TEMPLATES.items():
        for name in ("home.html", "disclosure.html"):
            change = put(f"own-templates/{name}", text.replace("home.html", name))
            yield Attack("templates", f"{name} {title}", change, RENDER, frozenset({0, 2}))
    for path in sorted((ROOT / "templates").glob("*.html"))[::3]:
        broken = path.read_text(encoding="utf-8").replace("{{ ", "{{ nonsense.", 1)
        yield Attack(
            "templates",
            f"{path.name} with a slip",
            put(f"own-templates/{path.name}", broken),
            RENDER,
            frozenset({0, 2}),
        )
    for title, data in {
        **BYTES,
        "no drawing": b"<svg",
        "laughs": b'<!DOCTYPE a [<!ENTITY a "x">]><svg/>',
        "deep": b"<svg>" + b"<g>" * 20_000,
        "empty": b"",
    }.items():
        yield Attack(
            "templates",
            f"favicon {title}",
            put("own-templates/assets/favicon.svg", data),
            RENDER,
            frozenset({0, 2}),
        )
    yield Attack(
        "templates",
        "a folder",
        lambda f: (f / "own-templates/home.html").mkdir(),
        RENDER,
        frozenset({0, 2}),
    )
    for target in ("nowhere", "home.html", "/dev/null", "/etc/hostname"):
        change = partial(_linked, "own-templates/home.html", target)
        yield Attack("templates", f"link to {target}", change, RENDER, frozenset({0, 2}))


def _linked(name: str, target: str, folder: Path) -> None:
    (folder / name).symlink_to(target)


def _content() -> Iterator[Attack]:
    title = "# 题\n\n"
    for name, text in {
        "no title": "x",
        "empty": "",
        "html": title + "<script>alert(1)</script><img src=x onerror=y>",
        "deep lists": title + "\n".join("    " * n + "- a" for n in range(1500)),
        "nul": title + "\0",
        "a line of lists": title + "- " * 1500 + "a",
        "quotes": title + ">" * 5000,
        "numbers": title + "1. " * 900,
        "brackets": title + "[" * 2000,
        "stars": title + "*" * 20_000,
        "ticks": title + "`" * 20_000,
        "deep html": title + "<div>" * 20_000,
        "links": title + "[a](javascript:x)" * 2000,
        "images": title + "![" * 2000,
        "entities": title + "&#x110000;&#0;" * 100,
        "bidi": title + "\u202e",
        "table": title + "|a" * 3000 + "|\n" + "|-" * 3000 + "|\n",
        "heads": title + "## a\n" * 2000,
        "jinja": title + "{{ 7*7 }}{% x %}",
        "placeholders": title + "\x02klzzwxh:0000\x03",
        "toc": title + "[TOC]\n" * 500,
        "mixed": title + "> - 1. " * 200,
        "long": title + "字" * 500_000,
        "only a title": "# \n",
        "two titles": title * 50,
        "references": title + "[a]: b\n[a]" * 1000,
    }.items():
        for page in ("extra.md", "about.md") if len(text) < 100 else ("extra.md",):
            yield Attack(
                "content",
                f"{page} {name}",
                put(f"own-content/{page}", text),
                RENDER,
                frozenset({0, 2}),
            )
    for name, data in BYTES.items():
        yield Attack("content", name, put("own-content/extra.md", data), RENDER, TOLD)
    for name in (
        *("a b.md", "x\ny.md", "..md", "index.md", "departments.md", "assets.md", "404.md"),
        *("中文.md", "%2e%2e.md", "CON.md", "a:b.md", "x\\y.md", "#.md", "search.md"),
        b"\xd4\xa4.md".decode("utf-8", "surrogateescape"),
    ):
        yield Attack(
            "content",
            f"named {name!a}",
            put(f"own-content/{name}", title),
            RENDER,
            frozenset({0, 2}),
        )
    yield Attack(
        "content", "a folder", lambda f: (f / "own-content/x.md").mkdir(), RENDER, frozenset({0, 2})
    )
    for target in ("nowhere", "x.md", "/dev/null"):
        change = partial(_linked, "own-content/x.md", target)
        yield Attack("content", f"link to {target}", change, RENDER, frozenset({0, 2}))


def _redirects() -> Iterator[Attack]:
    page = "departments/guang-zhou-shi-xin-fang-ju/"
    for text in (
        f"../../x/ {page}",
        f"/etc/x/ {page}",
        f"x/../../y/ {page}",
        f"%2e%2e/x/ {page}",
        "x/",
        f"C:/x/ {page}",
        f"x\\y/ {page}",
        f"x/ {page} z",
        f"x/ {page}\nx/ {page}",
        "a/ b/",
        "a/ a/",
        f"{page} about/",
        f"./x/ {page}",
        f"x// {page}",
        f"//x/ {page}",
        "x/ https://a.example/",
        "x/ ../../",
        "\0 \0",
        f"{'x/' * 3000} {page}",
        f"{'x' * 300}/ {page}",
        f"index.html {page}",
        f"about/index.html/x/ {page}",
        f"assets/x/ {page}",
        f"_redirects {page}",
        f"x/./y/ {page}",
    ):
        yield Attack(
            "redirects", ascii(text[:30]), put("redirects.txt", text), RENDER, frozenset({0, 2})
        )
    for title, data in BYTES.items():
        yield Attack("redirects", title, put("redirects.txt", data), RENDER, TOLD)
    yield Attack(
        "redirects", "a good one", put("redirects.txt", f"x/ {page}\n"), RENDER, frozenset({0})
    )
    yield Attack(
        "redirects",
        "a folder",
        both(remove("redirects.txt"), lambda f: (f / "redirects.txt").mkdir()),
        RENDER,
        TAKEN,
    )
