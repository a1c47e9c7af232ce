"""Where a reader reports an error: a mail, or a form, filled in with the figure that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from generator.names import is_mail
from generator.website.settings import SiteSettings
from generator.website.wording.language import gettext as _
from generator.website.wording.language import spoken

#: What a form may be filled in with.
PLACEHOLDERS = ("figure", "address", "value")


def reporter(settings: SiteSettings) -> Callable[..., str]:
    """Return what gives templates the way to report a figure; it gives "" where there is none."""

    def report_to(figure: str, path: str, value: str = "") -> str:
        """Return where the `figure` at a `path` of the language spoken is reported.

        `value` is what is printed, as far as it is known.
        """
        if not settings.report:
            return ""
        local = f"{spoken().prefix}{path}"
        return _filled(settings.report, figure, settings.address(local) or f"/{local}", value)

    return report_to


def report_form(settings: SiteSettings) -> str:
    """Return the way to report anything: a script puts a figure in the place of `%7Bfigure%7D`."""
    marks = [f"{{{name}}}" for name in PLACEHOLDERS]
    return _filled(settings.report, *marks) if settings.report else ""


def _filled(report: str, figure: str, address: str, value: str) -> str:
    if not is_mail(report):
        for name, text in zip(PLACEHOLDERS, (figure, address, value), strict=True):
            report = report.replace(f"{{{name}}}", quote(text, safe=""))
        return report
    lines = [
        _("哪个数：{figure}").format(figure=figure),
        _("在哪一页：{address}").format(address=address),
        _("页面上写的：{value}").format(value=value),
        _("哪里不对，应当是什么："),
        "",
    ]
    subject = _("报告错误：{figure}").format(figure=figure)
    # RFC 6068: UTF-8 in percents, lines end with both characters.
    said = quote("\r\n".join(lines), safe="")
    return f"mailto:{quote(report, safe='@')}?subject={quote(subject, safe='')}&body={said}"
