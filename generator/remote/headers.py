"""What a published file says of itself to browsers: its type, and how long it holds."""

from __future__ import annotations

from mimetypes import MimeTypes

#: Files of these folders carry a hash in their name: another content has another address.
LASTING = ("assets", "charts", "pages", "cards")
#: What Python does not know by itself, on every machine alike.
_MORE = {
    ".cff": "application/yaml",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OWN = MimeTypes()  # without what is installed here
_TEXT = ("text/", "application/json", "application/ld+json", "application/xml")


def headers(place: str) -> dict[str, str]:
    """The headers of the file that is published at ``place``."""
    lasting = place.startswith(tuple(f"{folder}/" for folder in LASTING))
    return {
        "Content-Type": _kind(place),
        "Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-cache",
    }


def _kind(place: str) -> str:
    _, dot, ending = place.rpartition("/")[2].rpartition(".")
    known = _MORE.get(f".{ending}".lower()) or _OWN.types_map[True].get(f".{ending}".lower())
    kind = (known or "application/octet-stream") if dot else "text/plain"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind
