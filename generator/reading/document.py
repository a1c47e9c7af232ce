"""Documents: from a folder of disclosures to source files, and from a file to its lines."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.models import Document
from generator.problems import Report, UnreadableError
from generator.reading.decoding import decode
from generator.reading.paging import number_pages, split_lines
from generator.reading.sidecars import read_sidecar


def find_sources(folder: Path) -> list[Path]:
    """List the text disclosures below ``folder`` (``*.txt``), in the order of their names."""
    return sorted(path for path in folder.rglob("*.txt") if not path.name.startswith("."))


def find_orphans(folder: Path) -> list[Path]:
    """List the sidecars below ``folder`` beside which no disclosure stands."""
    sidecars = sorted(folder.rglob("*.yaml"))
    return [path for path in sidecars if not path.with_suffix(".txt").exists()]


def read_document(path: Path, folder: Path, report: Report) -> Document:
    """Read the source file at ``path``; it is named by its place below ``folder``.

    Raises UnreadableError where the file or its sidecar cannot be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError("file-unreadable", reason=error.strerror) from error
    text, encoding = decode(data)
    sha256 = hashlib.sha256(data).hexdigest()
    sidecar = read_sidecar(path.with_suffix(".yaml"))
    if sidecar and sidecar.sha256 and sidecar.sha256 != sha256:
        raise UnreadableError("hash-differs", found=sha256)
    lines = number_pages(split_lines(text))
    report.pages.update({line.number: line.page for line in lines if line.page})
    _report_lost_characters(text, report)
    name = path.relative_to(folder).as_posix()
    return Document(name, sha256, len(data), encoding, lines, sidecar)


def _report_lost_characters(text: str, report: Report) -> None:
    if count := text.count("�"):
        line = text[: text.index("�")].count("\n") + 1
        report.add("characters-lost", line, count=count)
