"""The website room: data packages → static website; it reads what any reuser reads."""

from generator.website.settings import SiteSettings, SiteSummary
from generator.website.site import render_site

__all__ = ["SiteSettings", "SiteSummary", "render_site"]
