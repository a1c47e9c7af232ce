"""The pages that people write: Markdown with a title, made into safe HTML."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import markdown
import nh3
from markupsafe import Markup

from generator.defaults import CONTENT, pages
from generator.problems import PackageError
from generator.stage_limits import NO_LIMITS, OverLimit, StageLimits, within
from generator.website.wording.language import CHINESE, Language, spoken
from generator.website.wording.language import gettext as _

_TAGS = {
    *(
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "a",
        "strong",
        "em",
        "code",
        "pre",
    ),
    *("blockquote", "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "abbr"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "abbr": {"title"},
    "th": {"scope"},
}
# Lists and quotations in each other. For each, the library calls itself, and it looks at every line
# once for each that is open: a thousand end the process, or take minutes until they do.
_DEEPEST = 50
_MARKS = re.compile(r"(?:[ \t>]|[-*+:][ \t]|[0-9]+\.[ \t])*")
_MARK = re.compile(r"[>*+:-]|[0-9]+\.")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_DISCLOSURE = re.compile(
    r'<a href="\.\./departments/([^"#]+?)/(?:source/|pages/)?(?:#[^"]*)?">(.*?)</a>', re.DOTALL
)
_TABLE = '<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table>'


@dataclass(frozen=True)
class WrittenPage:
    """A written page: its name (also its address), its title, its first paragraph and its body.

    `language` is the one it is written in: a page that nobody has translated stays Chinese.
    """

    name: str
    language: str
    title: str
    summary: str
    body: Markup
    headings: tuple[tuple[str, str], ...]


def read_content(folder: Path, limits: StageLimits = NO_LIMITS) -> list[WrittenPage]:
    """Read every Markdown file of the folder and of our own pages, in the order of their names.

    A file of the folder takes the place of ours of that name; an empty one takes it away. A page
    in another language lies in the folder of that language, such as `en/`, under the name that the
    page has in Chinese.

    Raises:
        PackageError: A file does not begin with a `# title`, or cannot be made into a page within
            the limits.
    """
    language = spoken()
    chinese = pages("", folder, CONTENT)
    gone = {name for name, path in chinese.items() if not path.stat().st_size}
    written = {name: (path, CHINESE) for name, path in chinese.items()}
    for name, path in pages(language.prefix, folder, CONTENT).items():
        if path.stat().st_size:
            written[name] = (path, language)
    return [_page(*written[name], limits) for name in sorted(written.keys() - gone)]


def linked(body: Markup, ids: Collection[str]) -> Markup:
    """Keep the links to departments and disclosures of this site; of others only the words stay.

    A written page takes its examples from documents that another collection may not have.
    """
    return Markup(_DISCLOSURE.sub(lambda m: m[0] if m[1] in ids else m[2], body))


def _page(path: Path, language: Language, limits: StageLimits) -> WrittenPage:
    first, rest = f"{_text(path)}\n".split("\n", 1)
    if not first.startswith("# "):
        raise PackageError(f"{path}: 第1行应是“# 标题”。补上标题后再生成网站。")
    _refuse_deep(path, rest)
    converter = markdown.Markdown(
        extensions=["attr_list", "def_list", "fenced_code", "sane_lists", "tables", "toc"],
        extension_configs={"toc": {"slugify": _slug}},
        output_format="html",
    )
    html = nh3.clean(
        _converted(path, converter, rest, limits),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        link_rel=None,
    )
    tokens = getattr(converter, "toc_tokens", [])
    headings = tuple((str(t["id"]), str(t["name"])) for t in tokens)
    summary = next((line for line in rest.split("\n") if line and line[0] not in "#|-*>`"), "")
    # A wide table scrolls by itself, and the header of each column says that it is one.
    before, *others = html.split("<table>")
    tables = (
        _TABLE.format(name=_("表{number}").format(number=n)) + rest
        for n, rest in enumerate(others, 1)
    )
    wide = "".join((before, *tables)).replace("</table>", "</table></div>")
    return WrittenPage(
        path.stem,
        language.tag,
        first[2:].strip(),
        _LINK.sub(r"\1", summary),
        Markup(wide.replace("<th>", '<th scope="col">')),
        headings,
    )


def _refuse_deep(path: Path, text: str) -> None:
    """Refuse lists and quotations in each other that nobody could read, and no library converts."""
    for number, line in enumerate(text.split("\n"), 2):
        marks = _MARKS.match(line)
        began = marks[0].expandtabs(4) if marks else ""
        if line.strip() and max(began.count(" ") // 4, len(_MARK.findall(began))) > _DEEPEST:
            raise PackageError(
                f"{path}:{number}: 列表或引用套了{_DEEPEST}层以上。减少层次后再生成网站。"
            )


def _converted(path: Path, converter: markdown.Markdown, text: str, limits: StageLimits) -> str:
    try:
        with within(limits):
            return converter.convert(text)
    except RecursionError as error:
        raise PackageError(f"{path}: 标记一层套一层，太深。减少层次后再生成网站。") from error
    except OverLimit as error:
        raise PackageError(
            f"{path}: 排成网页超过上限（{error}）。简化或分成几页后再生成网站。"
        ) from error


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PackageError(f"{path}:{line}: 不是 UTF-8。另存为 UTF-8 后再生成网站。") from error


def _slug(value: str, separator: str) -> str:
    """Keep Chinese headings readable in the address; only spaces and signs go."""
    kept = "".join(c if c.isalnum() else separator for c in value.lower())
    return separator.join(part for part in kept.split(separator) if part)
