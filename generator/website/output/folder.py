"""Writes the files of the site, keeps count of them, and renders the templates."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from generator import __version__
from generator.paths import inside
from generator.store import digest_of_file
from generator.website.drawing import colours
from generator.website.output.reporting import report_form, reporter
from generator.website.output.template_errors import TemplateFolders, encoded, naming
from generator.website.settings import SiteSettings
from generator.website.wording import words
from generator.website.wording.amounts import grouped as two_decimals
from generator.website.wording.amounts import in_ten_thousands, said, size_said
from generator.website.wording.explained import Terms
from generator.website.wording.language import (
    CHINESE,
    Language,
    chinese,
    chinese_within,
    gettext,
    in_sentence,
    plural,
    spoken,
)
from generator.website.wording.statements import amount_stated
from generator.website.wording.terms import TermList
from generator.website.wording.unbroken import unbroken


def file_of(address: str) -> str:
    """Return the place of the file of a page: an address ends as a folder's, or names the file."""
    return address if address.endswith(".html") else f"{address}index.html"


@dataclass(frozen=True)
class WrittenOut:
    """What was written: counts, bytes, the addresses of pages, sums of files to download."""

    pages: int = 0
    downloads: int = 0
    size: int = 0
    addresses: tuple[str, ...] = ()
    checksums: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@dataclass
class WatchedFiles:
    """What was written for a while: pages that are listed and others, files named by content.

    `taken` are those of the last that were taken over.
    """

    pages: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    shared: dict[str, bytes] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)


@dataclass
class Output:
    """The folder of the site, and what was written into it so far."""

    folder: Path
    templates: jinja2.Environment
    pages: int = 0
    downloads: int = 0
    size: int = 0
    #: Of each file to download: its bytes, and their SHA-256.
    checksums: dict[str, tuple[int, str]] = field(default_factory=dict, repr=False)
    languages: Sequence[Language] = (CHINESE,)
    known_terms: TermList = field(default_factory=TermList)
    addresses: list[str] = field(default_factory=list)
    #: Files named by their content, which are written last: others may have the same.
    shared: dict[str, bytes] = field(default_factory=dict, repr=False)
    _watchers: list[WatchedFiles] = field(default_factory=list, repr=False)

    @contextmanager
    def watched(self) -> Iterator[WatchedFiles]:
        """Note inside what is written or taken over: pages, and files named by their content."""
        files = WatchedFiles()
        self._watchers.append(files)
        try:
            yield files
        finally:
            self._watchers.pop()

    def page(
        self, address: str, template: str, context: Mapping[str, object], *, listed: bool = True
    ) -> None:
        """Render a page in the language being spoken, below the root of that language.

        A template gets `root`, the way to the home page of its language, `shared`, the way to
        the files that all languages share, and `terms`, which explains terms on this page:
        `terms("three-public")` is one term, `explained(sentence)` all that stand in a sentence.

        Args:
            address: The address below the root, such as `departments/x/` ("": home), or
                `share/x/total.html`, which needs no folder of its own.
            template: The name of the template.
            context: What the template says.
            listed: Whether search engines are told of it.
        """
        language = spoken()
        root = "../" * address.count("/")
        shared = root + "../" * language.prefix.count("/")
        data = self._rendered(template, address, root, shared, context)
        self.file(file_of(f"{language.prefix}{address}"), data)
        self._wrote(f"{language.prefix}{address}", listed=listed)

    def taken_page(self, address: str, link: Callable[[Path], object], *, listed: bool) -> None:
        """Take a page over that lies elsewhere, at an address with the language in it."""
        target = self._place(file_of(address))
        link(target)
        self.size += target.stat().st_size
        self._wrote(address, listed=listed)

    def _wrote(self, address: str, *, listed: bool) -> None:
        if listed:
            self.addresses.append(address)
        for files in self._watchers:
            (files.pages if listed else files.unlisted).append(address)
        self.pages += 1

    def not_found_page(self, template: str, base_url: str) -> None:
        """Render 404.html, whose links start at the root as it is shown at any address."""
        root = urlsplit(base_url).path.rstrip("/") + "/"
        self.file("404.html", self._rendered(template, "404.html", root, root, {}))
        self.pages += 1

    def _rendered(
        self, template: str, address: str, root: str, shared: str, context: Mapping[str, object]
    ) -> bytes:
        terms = Terms(self.known_terms)
        return self.filled(
            template,
            **context,
            root=root,
            shared=shared,
            address=address,
            language=spoken(),
            languages=self.languages,
            terms=terms,
            explained=terms.explained,
        )

    def filled(self, template: str, /, **context: object) -> bytes:
        """Fill in a template. Raises TemplatesError where one of the user's is wrong."""
        with naming(self.templates.loader):
            text = self.templates.get_template(template).render(context)
        return encoded(text, template, self.templates.loader)

    def download(self, path: str, data: bytes) -> str:
        """Write a file to download, and return its SHA-256."""
        self.file(path, data)
        sha256 = hashlib.sha256(data).hexdigest()
        self.checksums[path] = (len(data), sha256)
        self.downloads += 1
        return sha256

    def download_made(self, path: str, make: Callable[[Path], object]) -> tuple[int, str]:
        """Let a file to download be written that no one holds whole; return its bytes and sum."""
        target = self.made(path, make)
        size, sha256 = target.stat().st_size, digest_of_file(target).hex()
        self.checksums[path] = (size, sha256)
        self.downloads += 1
        return size, sha256

    def share(self, path: str, data: bytes) -> None:
        """Keep a file that is named by its content until all else is written."""
        self.shared[path] = data
        for files in self._watchers:
            files.shared[path] = data

    def taken_shared(self, path: str, link: Callable[[Path], object]) -> None:
        """Take a file over that is named by its content, unless it is there."""
        target = self._place(path)
        if not target.exists():
            link(target)
            self.size += target.stat().st_size
        for files in self._watchers:
            files.taken.append(path)

    @property
    def written(self) -> WrittenOut:
        """Return what was written."""
        counts = self.pages, self.downloads, self.size
        return WrittenOut(*counts, tuple(self.addresses), self.checksums)

    def take(self, made: WrittenOut) -> None:
        """Count what another wrote into the folder."""
        self.pages += made.pages
        self.downloads += made.downloads
        self.size += made.size
        self.addresses += made.addresses
        self.checksums |= made.checksums

    def write_shared(self) -> None:
        """Write what was kept; a file that was taken over has a name in the old site, too."""
        for path, data in self.shared.items():
            self._place(path).unlink(missing_ok=True)
            self.file(path, data)

    def file(self, path: str, data: bytes) -> None:
        """Write any file of the site. Raises OutputError where `path` is not inside it."""
        self._place(path).write_bytes(data)
        self.size += len(data)

    def made(self, path: str, make: Callable[[Path], object]) -> Path:
        """Let any file of the site be written that no one holds whole, and return its place."""
        target = self._place(path)
        make(target)
        self.size += target.stat().st_size
        return target

    def _place(self, path: str) -> Path:
        target = inside(self.folder, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def move(self, folder: str, to: str) -> None:
        """Give a folder that was written the name that what is in it makes."""
        inside(self.folder, folder).rename(inside(self.folder, to))


class _Compiled(jinja2.BytecodeCache):
    """What this process compiled: a site that is rendered again, as by `serve`, needs it again.

    It is asked by a template's name and the hash of its text, so a changed one is compiled.
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (code := self._code.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def _build(packages: str) -> Mapping[str, str]:
    """Which program makes the site, of which packages."""
    return {"program": __version__, "packages": packages}


def name_build(output: Output, packages: str, version: str = "", created: str = "") -> None:
    """Say on every page which program made it, and of which packages, if that is said.

    `version` is that of the data, `created` the day that they are of; both may be blank.
    """
    dated = {"version": version, "created": created}
    output.templates.globals.update(build={**_build(packages), **dated})


def write_build(output: Output, packages: str) -> None:
    """Say in ``build.json`` which program made the site, of which packages."""
    output.file("build.json", (json.dumps(_build(packages), indent=1) + "\n").encode())


def environment(templates: Path, settings: SiteSettings) -> jinja2.Environment:
    """Return the template environment: everything is escaped, and an unknown name is an error.

    A template of the folder takes the place of ours of that name.
    """
    env = jinja2.Environment(
        loader=TemplateFolders(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )
    # The messages are looked up as they are rendered: one environment speaks every language.
    env.globals.update(_=_said, plural=_plural)
    env.globals.update(settings=settings, words=words, colours=colours)
    env.globals.update(report_to=reporter(settings), report_form=report_form)
    env.globals.update(amount_stated=amount_stated)
    env.filters.update(said=said, size=size_said, wan=in_ten_thousands, two=two_decimals)
    env.filters.update(grouped=lambda n: f"{n:,}", chinese=chinese, chinese_within=chinese_within)
    env.filters.update(in_sentence=in_sentence, unbroken=unbroken)
    return env


def _said(message: str, **values: object) -> Markup:
    """Say a message of a template: it is ours, its values are anybody's and are escaped."""
    text = Markup(gettext(message))
    return text.format(**values) if values or "{" in text else text


def _plural(message: str, count: int, **values: object) -> Markup:
    return Markup(plural(message, count)).format(n=f"{count:,}", **values)
