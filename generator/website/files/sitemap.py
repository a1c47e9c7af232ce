"""The sitemap: one file of addresses, or of very many parts and an index that names them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.website.output.folder import Output

#: Addresses of one file; the protocol allows ten times as many, but readers load whole files.
MOST_ADDRESSES = 5000
_NAME = "sitemap.xml"


def write_sitemap(output: Output, base: str, addresses: Sequence[str]) -> None:
    """Write the sitemap of a site whose pages are below an address."""
    starts = range(0, len(addresses), MOST_ADDRESSES)
    if len(starts) < 2:
        _write(output, _NAME, base, addresses)
        return
    parts = [f"sitemap-{number}.xml" for number in range(1, len(starts) + 1)]
    for part, start in zip(parts, starts, strict=True):
        _write(output, part, base, addresses[start : start + MOST_ADDRESSES])
    output.file(_NAME, output.filled("sitemap_index.xml", base=base, parts=parts))


def _write(output: Output, name: str, base: str, addresses: Sequence[str]) -> None:
    output.file(name, output.filled(_NAME, base=base, addresses=addresses))
