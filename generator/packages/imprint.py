"""The imprint: who publishes the packages, where, and since when; as far as the settings say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.models import Disclosure, Sidecar
from generator.names import is_mail


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes the packages: a site's title, its address, how to reach it, its first day.

    ``contact`` is an e-mail address or a page. What is not known is blank, and left out.
    """

    title: str = "明账"
    base_url: str = ""
    contact: str = ""
    issued: str = ""

    def described(self, package: str, page: str, days: Iterable[str]) -> dict[str, Any]:
        """What the descriptor of a ``package`` says of it; ``page`` is its page on the site.

        It was created on the last of the ``days`` that a source, or the site, is of.
        """
        base, created = self.base_url, max([*days, self.issued])
        found = {
            # As the profile has it: a day is none.
            "created": f"{created}T00:00:00Z" if created else "",
            "homepage": f"{base}/{page}" if base else "",
            "url": f"{base}/data/{package}/datapackage.json" if base else "",
        }
        return {key: value for key, value in found.items() if value}

    def contributors(self) -> list[dict[str, Any]]:
        """Who made the data, and who publishes them."""
        mail = is_mail(self.contact)
        page = self.base_url if mail or not self.contact else self.contact
        site = {"title": self.title, "path": page, "email": self.contact if mail else ""}
        filled = {key: value for key, value in site.items() if value}
        made = {"title": "明账 Mingzhang", "roles": ["wrangler"]}
        return [{**filled, "roles": ["publisher"]}, made]


def last_day(disclosure: Disclosure) -> str:
    """The last day that its sources are of; blank where none is known."""
    sidecars = [document.sidecar or Sidecar() for document in disclosure.documents]
    return max((max(s.published, s.retrieved, s.revised) for s in sidecars), default="")
