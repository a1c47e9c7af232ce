"""The website room: data packages → static website; it reads what any reuser reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.website.settings import SiteSettings, SiteSummary
    from generator.website.site import render_site

__all__ = ["SiteSettings", "SiteSummary", "render_site"]


def __getattr__(name: str) -> Any:
    """Import what is asked for: each worker that draws would wait for all of the room, altair too.

    A module of the room is not asked for here: it is imported by itself.
    """
    if name == "render_site":
        from generator.website.site import render_site

        return render_site
    if name in __all__:
        from generator.website import settings

        return getattr(settings, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
