"""What machines read about the site as a whole: sitemap, robots, the feeds of what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import feedgenerator
from markupsafe import Markup

from generator.website.department.answers import Answer
from generator.website.department.departments import DepartmentView
from generator.website.department.disclosure import answers_of
from generator.website.files.sitemap import write_sitemap
from generator.website.output.folder import Output
from generator.website.published.corrections import Correction
from generator.website.published.history import PublishedHistory, Revision
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.settings import SiteSettings
from generator.website.wording.language import gettext as _

_MOST = 200  # entries: who asks for the feed asks often
_TOLD = 20  # figures of one entry


@dataclass(frozen=True)
class FeedEntry:
    """One disclosure in the feed: what it says, since when, and since when it says just that."""

    id: str
    title: str
    said: str
    published: datetime
    revised: datetime | None

    @property
    def updated(self) -> datetime:
        """Return when the disclosure last changed."""
        return max(self.published, self.revised or self.published)


def write_for_machines(
    output: Output,
    settings: SiteSettings,
    entries: Iterable[FeedEntry],
    history: PublishedHistory,
    corrections: Sequence[Correction] = (),
) -> None:
    """Write robots.txt, and with a base URL the sitemap and the Atom feeds too."""
    if not settings.base_url:
        output.file("robots.txt", b"User-agent: *\nAllow: /\n")
        return
    base = settings.base_url.rstrip("/")
    output.file("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode())
    write_sitemap(output, base, sorted(output.addresses))
    output.file("feed.xml", feed(settings, base, entries).encode())
    output.file("changes.xml", changes_feed(settings, history, corrections).encode())


def feed_entries(department: DepartmentView, register: Mapping[str, Row]) -> list[FeedEntry]:
    """Return what the feed says of the disclosures of a department, in the language spoken.

    `register` are their rows of the register of disclosures.
    """
    return [
        _entry(o.package, answers_of(o, department.overviews), register.get(o.package.id, {}))
        for o in department.overviews
    ]


def _entry(package: Package, answers: Sequence[Answer], row: Row) -> FeedEntry:
    revised = _day(row.get("revised", ""))
    title = _("更正：{title}").format(title=package.title) if revised else package.title
    # It is read as HTML.
    said = _printable(_said(answers, revised))
    return FeedEntry(package.id, _printable(title), said, _published(package, row), revised)


class _Feed(feedgenerator.Atom1Feed):  # type: ignore[misc]  # it comes without types
    """A feed without entries is of no date, rather than of the clock's."""

    def latest_post_date(self) -> datetime:
        return max(
            (item["updateddate"] for item in self.items), default=datetime(1970, 1, 1, tzinfo=UTC)
        )


def feed(settings: SiteSettings, base: str, entries: Iterable[FeedEntry]) -> str:
    """Return the Atom feed, what changed last first."""
    atom = _Feed(
        title=settings.title,
        link=f"{base}/",
        description=_("政府部门预算和决算公开文件的数据：新收录的和更正过的"),
        language=settings.languages[0].tag,
        feed_url=f"{base}/feed.xml",
        author_name=settings.title,
    )
    for entry in sorted(entries, key=lambda e: (-e.updated.timestamp(), e.id))[:_MOST]:
        link = f"{base}/departments/{entry.id}/"
        atom.add_item(
            title=entry.title,
            link=link,
            description=entry.said,
            unique_id=link,
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return str(atom.writeString("utf-8"))


def _said(answers: Sequence[Answer], revised: datetime | None) -> Markup:
    """Say what the page of a disclosure answers first, without its links."""
    said = Markup()
    if revised:
        replaced = _("部门在{date}更换了公开文件。")
        said += Markup("<p>{}</p>").format(replaced.format(date=revised.date().isoformat()))
    for each in answers:
        short, sentence = (Markup(text).striptags() for text in (each.short, each.sentence))
        lines = [line for line in (f"{each.question} {short}", sentence) if line.strip()]
        said += Markup("<p>{}</p>").format(Markup("<br>").join(lines))
    return said


def changes_feed(
    settings: SiteSettings, history: PublishedHistory, corrections: Sequence[Correction] = ()
) -> str:
    """Return the Atom feed of what became of published data, the newest version first.

    What the site has put right stands before it.

    Its days are those that the sources state: a change without one has the day of the one before.
    """
    atom = _Feed(
        title=f"{settings.title} {_('数据的变更')}",
        link=settings.address("changes/"),
        description=_(
            "公布过的数字后来变了什么、原来是多少、为什么变：部门换了文件、我们改正了读法，都在这里。"
        ),
        language=settings.languages[0].tag,
        feed_url=settings.address("changes.xml"),
        author_name=settings.title,
    )
    for number, each in enumerate(corrections):
        link = settings.address(f"corrections/#{each.anchor}-{len(corrections) - number}")
        atom.add_item(
            title=_printable(_("更正：{title}").format(title=each.figure or each.wrong)),
            link=link,
            description=_printable(Markup("<p>{} → {}</p>").format(each.wrong, each.right)),
            unique_id=link,
            updateddate=datetime(each.date.year, each.date.month, each.date.day, tzinfo=UTC),
        )
    days = _days(history.revisions)
    for revision in history.revisions[:_MOST]:
        link = settings.address(f"changes/#{revision.anchor}")
        reasons = _("、").join(dict.fromkeys(each.reason for each in revision.changes))
        atom.add_item(
            title=_printable(f"{revision.title}{_('：')}{reasons}"),
            link=link,
            description=_printable(_told(revision)),
            unique_id=link,
            updateddate=days[revision.anchor],
        )
    return str(atom.writeString("utf-8"))


def _days(revisions: Sequence[Revision]) -> Mapping[str, datetime]:
    """The day of each revision, by its anchor: never before that of an older one."""
    day, found = datetime(1970, 1, 1, tzinfo=UTC), {}
    for revision in reversed(revisions):
        first = datetime(revision.package.year, 1, 1, tzinfo=UTC) if revision.package else day
        day = max(day, _day(revision.date) or first)
        found[revision.anchor] = day
    return found


def _told(revision: Revision) -> Markup:
    """Say what is another, the first of many."""
    lines = [Markup("<p>{}</p>").format(_("{version}版").format(version=revision.version))]
    for each in revision.parts[:_TOLD]:
        arrow = Markup("{} → {}").format(each.was or "—", each.now or "—")
        lines.append(Markup("<p>{}<br>{} {}</p>").format(each.row["label"], arrow, each.by))
    if len(revision.parts) > _TOLD:
        lines.append(Markup("<p>{}</p>").format(f"… {len(revision.parts)}"))
    return Markup().join(lines)


def _printable(text: str) -> str:
    """Drop control characters, which XML cannot carry."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def _published(package: Package, row: Row) -> datetime:
    """Return the date of publication, else of retrieval, else the first day of its year."""
    found = _day(row.get("published", "")) or _day(row.get("retrieved", ""))
    # Not the clock's: the feed must be the same whenever it is made.
    return found or datetime(package.year, 1, 1, tzinfo=UTC)


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
