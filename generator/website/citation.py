"""How to cite a disclosure and the data made of it: GB/T 7714—2015 and BibTeX."""

from __future__ import annotations

from dataclasses import dataclass

from generator.website.language import gettext as _
from generator.website.package import Package

# A brace counts for BibTeX even after a backslash: those of a name are written out.
_WRITTEN_OUT = {"{": "braceleft", "}": "braceright", "\\": "backslash"}
_WRITTEN_OUT |= {"~": "asciitilde", "^": "asciicircum"}
_BIBTEX_SIGNS = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_"} | {c: f"\\text{name}{{}}" for c, name in _WRITTEN_OUT.items()}
)


@dataclass(frozen=True)
class Citation:
    """A citation in the forms that people paste; dates that are not known are left to them."""

    standard: str
    bibtex: str


def cite(package: Package, site: str, address: str, published: str) -> Citation:
    """Cite the page of a disclosure.

    Args:
        package: The package of the disclosure.
        site: The name of the site, which is the author of the data.
        address: The permanent address of the page, or "" where the site does not know its own.
        published: The day on which the disclosure was published, or "".
    """
    department, title = package.department.names.chinese, package.titles.chinese
    when = f"({published})" if published else ""
    where = f" {address}." if address else ""
    # [DS/OL] is the mark of a dataset online in GB/T 7714—2015, table B.1 and B.2.
    standard = f"{department}. {title}[DS/OL]. {site}整理. {when}[引用日期]."
    return Citation(standard + where, _bibtex(package, site, address, published))


def _bibtex(package: Package, site: str, address: str, published: str) -> str:
    fields = {
        "author": f"{{{_plain(package.department.names.chinese)}}}",
        "title": f"{{{_plain(package.titles.chinese)}}}",
        "year": published[:4] or str(package.year),
        "howpublished": _plain(_("{site}整理的数据").format(site=site)),
        **({"url": address} if address else {}),
        "note": f"data package {package.name}",
        "language": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{package.name},\n{lines}}}"


def _plain(text: str) -> str:
    return text.translate(_BIBTEX_SIGNS)
