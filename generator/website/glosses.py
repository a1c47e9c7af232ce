"""What the printed Chinese names of rows mean in English, as far as the packages say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.tables.wording import fold, strip_enumerator
from generator.website.language import ENGLISH, spoken
from generator.website.package import Packages

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


def read_glosses(packages: Packages) -> Glosses:
    """Read the English names of codes and labels; older packages have none."""
    codes = [row for name in _CODES for row in packages.rows(name)]
    return Glosses(
        {row["code"]: row.get("name_english", "") for row in codes},
        {row["label"]: row["english"] for row in packages.rows("labels")},
    )
