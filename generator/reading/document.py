"""Documents: from a folder of disclosures to source files, and from a file to its readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from generator.meaning.characters import forbidden, unified, without_forbidden
from generator.meaning.decoding import decode
from generator.models import Document, Sidecar
from generator.names import is_plain, meant
from generator.paths import is_file
from generator.pdf.limits import Limits
from generator.problems import Report, UnreadableError
from generator.reading.paging import number_pages, split_lines
from generator.reading.sidecars import read_sidecar, sidecar_path
from generator.reading.source import SourceFile

_ENDINGS = (".txt", ".pdf")
_OF_SIDECARS = (".yaml", ".yml")


def find_sources(folder: Path) -> list[Path]:
    """List the disclosures below ``folder`` (``*.txt`` and ``*.pdf``), in the order of names."""
    return [path for path in _named(folder) if not _oddity(path, folder)]


def find_others(folder: Path, sources: Sequence[Path]) -> list[tuple[str, str]]:
    """List what lies among the ``sources`` below ``folder`` and is not read: name and problem.

    Sidecars beside which no disclosure stands, or whose names are not those of sidecars; then what
    is named as a disclosure and is none that can be read: a folder, a link that leads nowhere, a
    name that is not one line of text.
    """
    used = {sidecar_path(path) for path in sources}
    sidecars = (path for path in _named(folder, _OF_SIDECARS) if path not in used)
    others = [(path, _oddity_of_sidecar(path, folder)) for path in sidecars]
    others += [(path, _oddity(path, folder)) for path in _named(folder)]
    return [(meant(_name(path, folder)), code) for path, code in others if code]


def _named(folder: Path, endings: Sequence[str] = _ENDINGS) -> list[Path]:
    """All that is named as a disclosure, or with other ``endings``, in the order of names."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in endings and not path.name.startswith(".")
    )


def _oddity_of_sidecar(path: Path, folder: Path) -> str:
    """The problem of what is named as a sidecar and was read with no disclosure."""
    if not is_plain(_name(path, folder)):
        return "name-not-plain"
    return "sidecar-orphan" if path.suffix == ".yaml" else "sidecar-name"


def _oddity(path: Path, folder: Path) -> str:
    """The problem of what is named as a disclosure and cannot be read as one; else nothing."""
    if is_file(path):
        return "" if is_plain(_name(path, folder)) else "name-not-plain"
    return "folder-not-file" if path.is_dir() else "link-dangling"


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def read_documents(
    source: SourceFile, report: Report, limits: Limits | None = None
) -> tuple[Document, ...]:
    """Read a source file by all routes.

    Raises UnreadableError where the file or its sidecar cannot be used.
    """
    sidecar = read_sidecar(source.sidecar_path, source.sidecar)
    sha256 = source.sha256
    if sidecar and sidecar.sha256 and sidecar.sha256 != sha256:
        raise UnreadableError("hash-differs", found=sha256)
    known = (source.name, sha256, len(source.data))
    if source.path.suffix.lower() == ".pdf":
        documents = _pdf(source.data, known, sidecar, limits or Limits(), report)
    else:
        documents = (_text(source.data, known, sidecar, report),)
    report.pages.update({line.number: line.page for line in documents[0].lines if line.page})
    return documents


_Known = tuple[str, str, int]


def _text(data: bytes, known: _Known, sidecar: Sidecar | None, report: Report) -> Document:
    text, encoding = decode(data)
    if count := text.count("�"):
        line = text[: text.index("�")].count("\n") + 1
        report.add("characters-lost", line, count=count)
    for character, count in Counter(forbidden(text)).items():
        line = text[: text.index(character)].count("\n") + 1
        report.add("characters-forbidden", line, point=f"U+{ord(character):04X}", count=count)
    text = without_forbidden(unified(text))
    return Document(*known, encoding, number_pages(split_lines(text)), sidecar)


def second_opinion(document: Document, source: SourceFile) -> Document:
    """Read the PDF behind ``document`` once more, by pdfplumber's own finding of tables."""
    from generator.reading.second_opinion import plumbed_lines  # slow to import, seldom needed

    lines = plumbed_lines(source.data)
    return replace(document, lines=lines, route="plumber:pdf")


def _pdf(
    data: bytes, known: _Known, sidecar: Sidecar | None, limits: Limits, report: Report
) -> tuple[Document, ...]:
    from generator.reading.pdf import read_pdf  # texts do not need pdfium

    read = read_pdf(data, limits, report)
    return (
        Document(*known, "pdf", read.geometry, sidecar, "geometry:pdf", read.pages),
        Document(*known, "pdf", read.flow, sidecar, "flow:pdf", read.pages),
    )
