"""Departments: whose disclosure it is, by the register, its sidecar or its name."""

from __future__ import annotations

import re

from generator.meaning.departments import LONGEST_SLUG, Register, is_slug
from generator.meaning.regions import where
from generator.models import Department, Extract
from generator.problems import Report, UnreadableError


def identify_department(extract: Extract, register: Register, report: Report) -> Department:
    """Find the department in the register or the sidecar; failing that, spell its name.

    Raises UnreadableError ``slug-unsafe`` or ``sidecar-contradicts``.
    """
    name = extract.department_name
    row = register.find(name)
    sidecar = extract.document.sidecar
    stated = sidecar.department if sidecar else ""
    if stated and not is_slug(stated):
        raise UnreadableError("slug-unsafe", slug=stated)
    if row is not None:
        if stated and stated != row["department"]:
            raise UnreadableError(
                "sidecar-contradicts", what="部门标识符", sidecar=stated, text=row["department"]
            )
        return Department(
            row["department"],
            name,
            row["name_english"],
            row["region_code"],
            row["region"],
            row["level"],
        )
    slug = stated or spell(name)
    if not is_slug(slug):
        raise UnreadableError("slug-unsafe", slug=slug)
    report.add("department-unregistered", name=name, slug=slug)
    place = where(name)
    return Department(slug, name, "", place.code, place.region, place.level)


def spell(name: str) -> str:
    """Spell a Chinese name in pinyin, as a slug; what is neither Chinese nor Latin is dropped."""
    from pypinyin import lazy_pinyin  # only here, and only for departments not registered

    syllables = [re.findall(r"[A-Za-z0-9]+", syllable) for syllable in lazy_pinyin(name)]
    return "-".join(part.lower() for parts in syllables for part in parts)[:LONGEST_SLUG].strip("-")
