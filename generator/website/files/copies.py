"""Annotated copies of the PDFs: what to mark, from the packages alone; made in workers, cached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.paths import below
from generator.pdf.limits import Limits
from generator.reach import BuildStage, made_by
from generator.store import Store, digest
from generator.website.drawing.page_images import pdf_source
from generator.website.files.annotated_pdf import (
    AnnotatedCopy,
    CopyTask,
    FindingMark,
    MarkPlace,
    annotated_copy,
)
from generator.website.files.audit import AuditLine
from generator.website.files.pdf_notes import Edges, Role, circled
from generator.website.published.boxes import facts_with_boxes
from generator.website.published.package import Package, Source
from generator.website.published.rows import Row
from generator.website.wording.language import gettext as _
from generator.website.wording.language import marked
from generator.website.wording.words import RESULTS
from generator.workers import Died, run_all

DRAWING = BuildStage(("generator.website.files.annotated_pdf",))


@dataclass(frozen=True)
class Copy:
    """The annotated copy of one disclosure's PDF, or the reason why there is none.

    `failed` tells that there should be one.
    """

    data: bytes = b""
    why: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    failed: bool = False
    facsimile: bool = False

    @property
    def reason(self) -> str:
        """Return why there is none, in the language being spoken."""
        return _(self.why).format(**self.values)


_NO_DOUBTS = Copy(why=marked("核对都对得上，也没有提示，所以没有带标注的 PDF。"))


def annotate_all(
    packages: Mapping[str, Package],
    audits: Mapping[str, Sequence[AuditLine]],
    folder: Path,
    cache: Path,
) -> dict[str, Copy]:
    """Make the copies of all packages that have a PDF; both by the packages' ids."""
    copies: dict[str, Copy] = {}
    tasks: dict[str, tuple[CopyTask, Source]] = {}
    for key, package in packages.items():
        if not any(source.pages for source in package.sources):
            continue
        if not any(each.outcome in ("differs", "remark") for each in audits[key]):
            copies[key] = _NO_DOUBTS
            continue
        source = pdf_source(package, folder)
        if source is None:
            copies[key] = Copy(
                why=marked("带标注的 PDF 没有做成：原件不在，或已不是所读的那一份。"), failed=True
            )
            continue
        task = CopyTask(below(folder, source.file), tuple(_marks(package, source, audits[key])))
        tasks[key] = task, source
    return copies | _made(tasks, cache)


def _made(tasks: Mapping[str, tuple[CopyTask, Source]], cache: Path) -> dict[str, Copy]:
    """Make what the cache lacks, in workers."""
    made, limits = made_by(DRAWING, cache), Limits()
    keys = {
        key: digest(made, repr((source.hash, task.marks)).encode())
        for key, (task, source) in tasks.items()
    }
    failed: dict[str, Copy] = {}

    def make(lacking: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        ended = run_all(
            annotated_copy,
            [tasks[key][0] for key in lacking],
            seconds=limits.seconds,
            memory_mb=limits.memory_mb,
            sound=lambda result: bool(result.data),
        )
        for index, result in ended:
            if isinstance(result, AnnotatedCopy) and result.data:
                yield lacking[index], result.data
            else:
                failed[lacking[index]] = _failed(result, limits)

    data = Store(cache / "annotated").fill(keys, make)
    copies = {key: Copy(each, facsimile=tasks[key][1].facsimile) for key, each in data.items()}
    return copies | failed


def _failed(result: Died | AnnotatedCopy, limits: Limits) -> Copy:
    if isinstance(result, AnnotatedCopy):
        why = marked("带标注的 PDF 没有做成：{reason}。")
        return Copy(why=why, values={"reason": result.reason}, failed=True)
    if result.timed_out:
        why = marked("带标注的 PDF 没有做成：超过{seconds}秒，已停止。")
    else:
        why = marked("带标注的 PDF 没有做成：进程中止，可能超过内存上限 {memory_mb} MB。")
    values = {"seconds": limits.seconds, "memory_mb": limits.memory_mb}
    return Copy(why=why, values=values, failed=True)


# ── what to mark ─────────────────────────────────────────────────────────────────────────


def _marks(package: Package, source: Source, lines: Sequence[AuditLine]) -> Iterator[FindingMark]:
    """The figures of all findings that differ, and the places of remarks."""
    places = _places(package, source)
    # The pages of findings are those of the file that is published, which may be a text.
    paged = source.file == package.text_file
    for each in lines:
        if each.outcome not in ("differs", "remark"):
            continue
        role: Role = "remark" if each.outcome == "remark" else "question"
        first, *others = each.inputs or ("",)
        page = each.row["page"] if paged else ""
        own = places.get(first) or MarkPlace(
            int(page) if page else None, None, each.row["quote"], _printed(package, each.row)
        )
        acknowledged, words = bool(each.row["acknowledged"]), _words(each)
        yield FindingMark(each.number, role, acknowledged, words, own)
        for name in others if role == "question" else ():
            if name in places:
                yield FindingMark(
                    each.number, "input", acknowledged, f"参与核对 {words}", places[name]
                )


def _printed(package: Package, finding: Row) -> str:
    """The figure in question as its table prints it: of a table in prose no cell is known."""
    for table in package.tables:
        for row in table.read() if table.name == finding["table_id"] else ():
            side = row.get("panel") or row.get("direction") or ""
            if (row["row_number"], side) == (finding["row_number"], finding["side"]):
                return row.get(finding["column_id"], "")
    return ""


def _words(each: AuditLine) -> str:
    acknowledged = each.row["acknowledged"]
    return f"{circled(each.number)}{RESULTS[each.outcome]}：{each.row['sentence']}" + (
        f"（已人工确认：{acknowledged}）" if acknowledged else ""
    )


def _places(package: Package, source: Source) -> dict[str, MarkPlace]:
    """Where figures stand in a PDF: in their cells or sentences; else what to look for."""
    places = {
        row["fact_id"]: MarkPlace(int(row["box_page"]), _edges(row))
        for row in facts_with_boxes(package)
        if row["box_source"] == source.file and row["box_page"]
    }
    for row in package.rows("narrative"):
        boxed = row["box_source"] == source.file and row["box_page"]
        places[row["narrative_id"]] = (
            MarkPlace(int(row["box_page"]), _edges(row))
            if boxed
            else MarkPlace(None, None, row["quote"], row["printed"])
        )
    return places


def _edges(row: Row) -> Edges:
    return float(row["x0"]), float(row["top"]), float(row["x1"]), float(row["bottom"])
