"""What the printed Chinese names of rows mean in English, as far as the packages say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.meaning.wording import fold, strip_enumerator
from generator.website.published.package import Package, Packages
from generator.website.wording.language import ENGLISH, spoken

_CODES = ("codes-functional", "codes-economic")


@dataclass(frozen=True)
class Glosses:
    """English names by code, and by the label of a row without a code, folded."""

    codes: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def of(self, code: str, label: str) -> str:
        """Return what to say beside a printed name; "" if nothing, as always in Chinese."""
        if spoken() != ENGLISH:
            return ""
        return self.codes.get(code) or self.labels.get(fold(strip_enumerator(label)), "")


def english_names(packages: Package | Packages) -> dict[str, str]:
    """Return the English names of codes, as far as one package or all of them have them."""
    rows = (row for name in _CODES for row in packages.rows(name))
    return {row["code"]: name for row in rows if (name := row.get("name_english", ""))}


def read_glosses(packages: Packages) -> Glosses:
    """Read the English names of codes and labels; older packages have none."""
    return Glosses(
        english_names(packages),
        {row["label"]: row["english"] for row in packages.rows("labels")},
    )
