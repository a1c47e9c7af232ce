"""What was seen in one file as one page of HTML: the cells drawn over the pages of the file.

The page holds all that it shows, runs nothing and asks nobody for anything.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from generator.meaning.amounts import read_amount
from generator.meaning.vocabulary import read_words
from generator.models import Box, PageSize, PrintedCell
from generator.names import shown
from generator.pdf.limits import Limits
from generator.problems import ConfigError
from generator.seen import Seen, SeenTable
from generator.seen_text import as_text, meanings
from generator.website.drawing.page_drawing import PageTask, draw_page
from generator.workers import Died, run_all

#: What a cell may be taken for, each with its colour and what the page says of it.
KINDS: Mapping[str, tuple[str, str]] = {
    "title": ("#7a3db8", "表名"),
    "heading": ("#1f6fd1", "栏目"),
    "unknown": ("#d11f4b", "栏目里有不认识的词"),
    "label": ("#1b8a3a", "名称或编码"),
    "amount": ("#c98a00", "公布的金额"),
    "printed": ("#7d7d7d", "照原样公布、没有解读的金额"),
    "unread": ("#ff3b00", "没有公布的金额"),
    "text": ("#4fa3a5", "其他文字"),
}
_FRAME = """<!doctype html>
<html lang="zh-Hans">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 sans-serif; margin: 1em auto; max-width: 75em; padding: 0 1em }}
svg {{ display: block; width: 100%; height: auto; border: 1px solid #999 }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere }}
li {{ display: inline-block; margin-right: 1.5em }}
li b {{ display: inline-block; width: 1em; height: 1em; vertical-align: -2px }}
rect {{ stroke-width: .8; fill-opacity: .22 }}
{colours}
</style>
<h1>{title}</h1>
<ul>{legend}</ul>
{pages}
<h2>文字说明</h2>
<pre>{text}</pre>
</html>
"""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell on a page: what it was taken for, and what is said of it."""

    box: Box
    kind: str
    said: str


def write_page(seen: Seen, path: Path) -> None:
    """Write the page. Raises ConfigError where it would overwrite the file itself."""
    if path.exists() and path.samefile(seen.path):
        raise ConfigError(f"{shown(str(path))}: is the file to be looked at; name another --html")
    path.write_text(as_page(seen), encoding="utf-8", newline="\n")


def as_page(seen: Seen) -> str:
    """The whole page: the legend, each page with cells on it, and all in words."""
    legend = "".join(f'<li><b class="{k}"></b> {said}</li>' for k, (_, said) in KINDS.items())
    colours = "\n".join(
        f".{kind} {{ fill: {colour}; stroke: {colour}; background: {colour} }}"
        for kind, (colour, _) in KINDS.items()
    )
    return _FRAME.format(
        policy=_POLICY,
        title=escape(shown(seen.path.name)),
        colours=colours,
        legend=legend,
        pages="\n".join(_pages(seen)),
        text=escape(as_text(seen)),
    )


def _pages(seen: Seen) -> Iterator[str]:
    cells: dict[int, list[DrawnCell]] = {}
    for each in _shown(seen):
        cells.setdefault(each.box.page, []).append(each)
    sizes = {each.number: each for each in (seen.document.pages if seen.document else ())}
    images = _images(seen.path, sorted(cells))
    for number in sorted(cells):
        if number in sizes:
            yield _page(sizes[number], images.get(number, b""), cells[number])


def _images(path: Path, numbers: list[int]) -> dict[int, bytes]:
    """The pages as images; one that cannot be drawn is left out, and its cells stand alone."""
    limits = Limits()
    tasks = [PageTask(path, number) for number in numbers]
    ended = run_all(draw_page, tasks, seconds=limits.seconds, memory_mb=limits.memory_mb)
    return {numbers[index]: data for index, data in ended if not isinstance(data, Died)}


def _page(size: PageSize, image: bytes, cells: list[DrawnCell]) -> str:
    box = f'width="{size.width:g}" height="{size.height:g}"'
    data = f"data:image/png;base64,{b64encode(image).decode('ascii')}"
    drawn = f'<image {box} href="{data}"/>' if image else ""
    rects = "\n".join(map(_rect, cells))
    return (
        f"<h2>第 {size.number} 页</h2>\n"
        f'<svg viewBox="0 0 {size.width:g} {size.height:g}">{drawn}\n{rects}\n</svg>'
    )


def _rect(cell: DrawnCell) -> str:
    box = cell.box
    place = f'x="{box.x0:.1f}" y="{box.top:.1f}"'
    size = f'width="{box.x1 - box.x0:.1f}" height="{box.bottom - box.top:.1f}"'
    said = escape(shown(f"{KINDS[cell.kind][1]}：{cell.said}"))
    return f'<rect class="{cell.kind}" {place} {size}><title>{said}</title></rect>'


# ── what each cell was taken for ─────────────────────────────────────────────────────────


def _shown(seen: Seen) -> Iterator[DrawnCell]:
    tables = seen.extract.tables if seen.extract else ()
    published = {
        cell.box for table in tables for row in table.rows for cell in row.cells if cell
    } - {None}
    for table in seen.tables:
        yield from _titles(seen, table)
        yield from map(_heading, table.ruled.head)
        roles = {column.place: column.role for column in table.columns}
        for row in table.ruled.body:
            for cell in row.cells:
                if cell and cell.text.strip():
                    kind = _kind(cell, roles[cell.column], cell.box in published, table)
                    yield DrawnCell(cell.box, kind, _plain(cell.text))


def _titles(seen: Seen, table: SeenTable) -> Iterator[DrawnCell]:
    lines = seen.document.lines if seen.document else ()
    numbers = set(table.ruled.title_lines)
    for line in lines:
        if line.number in numbers and line.place:
            yield DrawnCell(line.place, "title", _plain(line.text))


def _heading(cell: PrintedCell) -> DrawnCell:
    text = _plain(cell.text)
    kind = "unknown" if read_words(text)[1] else "heading"
    return DrawnCell(cell.box, kind, f"{text} → {meanings(text) or '没有特别的意思'}")


def _kind(cell: PrintedCell, role: str, published: bool, table: SeenTable) -> str:
    if published:
        return "amount"
    if role in ("code", "label"):
        return "label"
    if role == "measure" and read_amount(_plain(cell.text)).plain is not None:
        return "unread" if table.table else "printed"
    return "text"


def _plain(text: str) -> str:
    return " ".join(text.split())
