"""Settings: one TOML file, ``mingzhang.toml``, and what the command line puts over it.

The file need not be there, nor any section or key in it: everything has a default. The types below
are the one statement of names, types and defaults; ``schema`` gives them to editors.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from generator.checked_files import checked, with_nearest
from generator.checks.catalogue import rules
from generator.executors import Executor
from generator.journal import LOG
from generator.names import is_plain, is_web_address, shown
from generator.packages import Imprint
from generator.paths import real
from generator.pdf.limits import Count, Limits
from generator.problems import ConfigError
from generator.remote.addresses import Address, refuse_nested, split_places, working_folders

FILE = "mingzhang.toml"
_MAIL = re.compile(r"[^\s@<>\"'/]+@[^\s@<>\"'/]+", re.ASCII)
#: What a form is filled in with.
_REPORTED = re.compile(r"\{(figure|address|value)\}")
_OUTPUTS = ("packages", "site", "cache")
_SOURCES = (
    *("disclosures", "templates", "content"),
    *("departments", "acknowledged", "withdrawn", "redirects"),
)
_FOLDERS = ("disclosures", "templates", "content", *_OUTPUTS)


class FolderSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where things are, seen from the settings file, or from here where there is none."""

    disclosures: Annotated[
        str,
        Meta(
            description="disclosures (.pdf, .txt), with sidecars; or s3://bucket/path, https://…/"
        ),
    ] = "data/disclosures"
    packages: Annotated[
        str, Meta(description="the data packages; written; or s3://bucket/path")
    ] = "data/packages"
    site: Annotated[str, Meta(description="the website; written; or s3://bucket/path")] = "site"
    templates: Annotated[str, Meta(description="templates and assets in place of ours")] = (
        "templates"
    )
    content: Annotated[str, Meta(description="written pages and terms in place of ours")] = (
        "content"
    )
    departments: Annotated[str, Meta(description="register of departments")] = (
        "data/departments.csv"
    )
    acknowledged: Annotated[str, Meta(description="contradictions that were looked up")] = (
        "data/acknowledged.yaml"
    )
    withdrawn: Annotated[str, Meta(description="disclosures taken away on purpose")] = (
        "data/withdrawn.yaml"
    )
    redirects: Annotated[str, Meta(description="addresses that moved: old new")] = (
        "data/redirects.txt"
    )
    cache: Annotated[str, Meta(description="may be deleted at any time")] = ".cache"


class WebsiteSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The website."""

    title: Annotated[str, Meta(description="the name of the site, on every page")] = "明账"
    base_url: Annotated[
        str,
        Meta(
            description="https://…: canonical addresses, sitemap, feed and shared images need it; "
            "on Netlify it is known by itself"
        ),
    ] = ""
    contact: Annotated[
        str, Meta(description="e-mail address or page at which the publisher is reached")
    ] = ""
    report: Annotated[
        str,
        Meta(
            description="where readers report errors: an e-mail address, or a form's address with "
            "{figure}, {address}, {value}; blank: no links"
        ),
    ] = ""
    issued: Annotated[
        str, Meta(description="the day on which the site was first published, as 2026-01-31")
    ] = ""
    page_images: Annotated[
        bool, Meta(description="draw the pages of PDFs, with each figure's place marked")
    ] = True
    annotated_pdfs: Annotated[
        bool,
        Meta(
            description="offer copies of PDFs with doubtful figures boxed; "
            "never without page_images"
        ),
    ] = True
    english: Annotated[bool, Meta(description="the same pages in English, below en/")] = True


class ReadingSettings(Limits, frozen=True, forbid_unknown_fields=True):
    """What reading may cost: the limits of one file, and how many are read at once."""

    jobs: Annotated[Count, Meta(description="files read at once; 0: one for each processor")] = 0


class SettingsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The sections of the settings file."""

    folders: FolderSettings = FolderSettings()
    site: WebsiteSettings = WebsiteSettings()
    reading: ReadingSettings = ReadingSettings()
    checks: Annotated[
        dict[str, bool], Meta(description="switches of rules of form and wording, by name")
    ] = {}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as the program uses them; the places of ``FolderSettings`` are absolute."""

    disclosures: Path
    packages: Path
    site: Path
    templates: Path
    content: Path
    departments: Path
    acknowledged: Path
    withdrawn: Path
    cache: Path
    redirects: Path
    title: str
    base_url: str
    contact: str
    report: str
    issued: str
    page_images: bool
    annotated_pdfs: bool
    english: bool
    limits: Limits
    jobs: int
    checks: Mapping[str, bool] = field(default_factory=dict)
    #: Whether published amounts may become others though their sources are the same.
    accept: bool = False
    #: The address of the scheduler of a cluster that does the work; blank: this machine does it.
    scheduler: str = ""
    #: Where the site is being deployed, where that is known; for the website without a ``base_url``
    #: only: the packages are the same wherever they are made.
    deployed: str = ""
    #: Of what lies elsewhere, by the folder's name; the work is done in a folder of the cache.
    addresses: Mapping[str, Address] = field(default_factory=dict)

    @property
    def executor(self) -> Executor:
        """Where files are read and departments are worked."""
        return Executor(self.jobs, self.scheduler, self.cache)

    @property
    def imprint(self) -> Imprint:
        """Who publishes the packages."""
        return Imprint(self.title, self.base_url, self.contact, self.issued)

    def with_folders(self, **places: Path | Address | None) -> Settings:
        """These settings with some folders replaced; None leaves one as it is."""
        given = {name: real(place) for name, place in places.items() if isinstance(place, Path)}
        named = {name: place for name, place in places.items() if isinstance(place, Address)}
        far = {name: each for name, each in self.addresses.items() if name not in given} | named
        here = given | working_folders(named, self.cache)
        changed = replace(self, **here, addresses=far)  # type: ignore[arg-type]  # replace checks
        changed.refuse_overlap()
        return changed

    def refuse_overlap(self) -> None:
        """Refuse an output in the way of a source, or of another. Raises ConfigError."""
        refuse_nested(self.addresses)
        outputs, sources = (
            {name: real(getattr(self, name)) for name in names if name not in self.addresses}
            for names in (_OUTPUTS, _SOURCES)
        )
        for name, folder in outputs.items():
            if folder == Path(folder.anchor):
                raise ConfigError(
                    f"folders.{name}: {shown(folder)} is the root of the disk; name a folder of "
                    "its own"
                )
            if folder.is_symlink():  # of whatever leads elsewhere, that is named here
                raise ConfigError(
                    f"folders.{name}: {shown(folder)} is a link that leads to itself; remove it"
                )
            if folder.is_file():
                raise ConfigError(
                    f"folders.{name}: {shown(folder)} is a file; name a folder, or move it away"
                )
            for other, place in {**sources, **outputs}.items():
                below = place.is_relative_to(folder) or (
                    other in _FOLDERS and folder.is_relative_to(place)
                )
                if other != name and below:
                    raise ConfigError(
                        f"folders.{name}: {shown(folder)} and folders.{other}: {shown(place)} lie "
                        "one in the other; name a folder of its own for what is written"
                    )


def read_settings(file: Path | None = None) -> Settings:
    """Read the settings: ``file``, or ``mingzhang.toml`` if it is here. Raises ConfigError."""
    path = real(file or Path(FILE))
    if file and not path.is_file():
        raise ConfigError(f"{path}: no such settings file; --config FILE names one that is there")
    written = _read(path) if path.is_file() else SettingsFile()
    places = msgspec.structs.asdict(written.folders)
    site = msgspec.structs.asdict(written.site)
    reading = msgspec.structs.asdict(written.reading)
    jobs = reading.pop("jobs") or os.cpu_count() or 1
    _refuse_odd(path, places, site)
    site["base_url"] = site["base_url"].rstrip("/")
    site["annotated_pdfs"] &= site["page_images"]
    try:
        here, far = split_places(places, path.parent)
    except ConfigError as error:
        raise ConfigError(f"{shown(path)}: folders.{error}") from error
    return Settings(
        **here,
        **site,
        limits=Limits(**reading),
        jobs=jobs,
        checks=written.checks,
        deployed=_deployed(),
        addresses=far,
    )


def _deployed() -> str:
    """Where Netlify, if it builds this, will serve the site; a preview has its own place."""
    if os.environ.get("NETLIFY") != "true":
        return ""
    name = "URL" if os.environ.get("CONTEXT") == "production" else "DEPLOY_PRIME_URL"
    url = os.environ.get(name, "").rstrip("/")
    return url if is_web_address(url) else ""


def _refuse_odd(path: Path, places: Mapping[str, str], site: Mapping[str, Any]) -> None:
    """Refuse texts that cannot be what they are for. Raises ConfigError."""
    for name, place in places.items():
        if not place or not is_plain(place):
            raise ConfigError(
                f"{shown(path)}: folders.{name}: expected the name of a folder or file; "
                f"found {place!r}"
            )
    if not site["title"].strip() or not is_plain(site["title"]):
        raise ConfigError(
            f"{shown(path)}: site.title: expected a line of text; found {site['title']!r}"
        )
    _refuse_odd_imprint(path, site["contact"], site["issued"])
    _refuse_odd_report(path, site["report"])
    url = site["base_url"]
    if url and not (is_web_address(url) and not urlsplit(url).query + urlsplit(url).fragment):
        raise ConfigError(
            f"{shown(path)}: site.base_url: expected http(s)://host/…, without a name, password, "
            f"blank, ? or #; found {url!r}"
        )


def _refuse_odd_imprint(path: Path, contact: str, issued: str) -> None:
    if contact and not (_MAIL.fullmatch(contact) or is_web_address(contact)):
        raise ConfigError(
            f"{shown(path)}: site.contact: expected an e-mail address or http(s)://host/…; "
            f"found {contact!r}"
        )
    if issued and not _is_day(issued):
        raise ConfigError(
            f"{shown(path)}: site.issued: expected a day such as 2026-01-31; found {issued!r}"
        )


def _refuse_odd_report(path: Path, report: str) -> None:
    """Refuse what no error can be reported to. Raises ConfigError."""
    if not report or _MAIL.fullmatch(report):
        return
    plain = _REPORTED.sub("x", report)
    if not is_web_address(plain) or {"{", "}"} & set(plain):
        raise ConfigError(
            f"{shown(path)}: site.report: expected an e-mail address, or http(s)://host/… with "
            f"{{figure}}, {{address}} or {{value}} in it; found {report!r}"
        )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def schema() -> dict[str, Any]:
    """A JSON Schema of the settings file: what editors offer and underline."""
    return msgspec.json.schema(SettingsFile)


def _read(path: Path) -> SettingsFile:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check the file") from error
    written = checked(raw, SettingsFile, path)
    form = sorted(rule.id for rule in rules().values() if rule.form) if written.checks else []
    if wrong := [with_nearest(name, form) for name in written.checks if name not in form]:
        raise ConfigError(
            f"{path}: checks: {', '.join(wrong)}: only rules of form can be switched: "
            f"{', '.join(form)}"
        )
    _tell_missing(path, raw)
    return written


def _tell_missing(path: Path, raw: Mapping[str, Any]) -> None:
    """A folder that is named and not there is most likely a slip; ours is used in its place."""
    for name in ("templates", "content"):
        place = raw.get("folders", {}).get(name)
        if place and not (path.parent / place).is_dir():
            LOG.warning(f"{path}: folders.{name}: {place}: no such folder; what we bring is used")
