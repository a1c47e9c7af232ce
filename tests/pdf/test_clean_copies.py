"""The copy for auditors has pages, their look and our notes: nothing that runs or leads on."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from generator.website.files.annotated_pdf import CopyTask, FindingMark, MarkPlace, annotated_copy
from tests.doors import ROOT

FAULT = ROOT.parent / "shared" / "faults" / "pdf-page-javascript.pdf"
SECRET = "run-this-payload"
#: Nothing of these is in a copy, in whatever object.
NEVER = (
    *("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/URI", "/SubmitForm", "/GoToR"),
    *("/EmbeddedFiles", "/EmbeddedFile", "/Filespec", "/AcroForm", "/XFA", "/Metadata", "/AF"),
    *("/RichMedia", "/Widget", "/Link", "/FileAttachment", "/PieceInfo", "/Outlines", "/Info"),
)


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **more)


def hostile() -> bytes:
    """A page with all that a PDF can run, and a field whose look is part of the page."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    page = pdf.pages[0].obj
    script = action("JavaScript", JS=String(SECRET))
    look = Stream(pdf, b"1 0 0 rg 0 0 50 50 re f")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 50, 50])
    look.Metadata = Stream(pdf, SECRET.encode())
    attached = Stream(pdf, SECRET.encode())
    attached.Type = Name.EmbeddedFile
    file = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=attached))
    boxed = Array([100, 100, 150, 150])
    links = [
        action("URI", URI=String(f"https://{SECRET}.example/")),
        action("Launch", F=String(SECRET)),
        action("SubmitForm", F=String(SECRET)),
        action("GoToR", F=String(SECRET)),
        script,
    ]
    field = Dictionary(
        Subtype=Name.Widget,
        FT=Name.Tx,
        Rect=boxed,
        T=String("x"),
        V=String(SECRET),
        A=script,
        AA=Dictionary(K=script),
        AP=Dictionary(N=look),
    )
    field = pdf.make_indirect(field)
    page.Annots = Array(
        [
            field,
            *(Dictionary(Subtype=Name.Link, Rect=boxed, A=link) for link in links),
            Dictionary(Subtype=Name.FileAttachment, Rect=boxed, FS=file, AP=Dictionary(N=look)),
            Dictionary(Subtype=Name.RichMedia, Rect=boxed, AP=Dictionary(N=look)),
        ]
    )
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(X=String(SECRET))
    page.Metadata = Stream(pdf, SECRET.encode())
    page.AF = Array([file])
    tree = Dictionary(Names=Array([String("x"), script]))
    pdf.Root.Names = Dictionary(
        JavaScript=tree, EmbeddedFiles=Dictionary(Names=Array([String("x"), file]))
    )
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.AF = Array([file])
    xfa = Stream(pdf, f"<xdp>{SECRET}</xdp>".encode())
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=xfa, NeedAppearances=True)
    pdf.Root.Metadata = Stream(pdf, SECRET.encode())
    pdf.docinfo["/Title"] = SECRET
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def copy_of(path: Path) -> bytes:
    mark = FindingMark(1, "question", False, "①不符", MarkPlace(1, (10, 10, 60, 30)))
    copy = annotated_copy(CopyTask(path, (mark,))).data
    assert isinstance(copy, bytes), copy
    return copy


def plain(data: bytes) -> bytes:
    """All of a PDF, unpacked: nothing in a stream or an object that is not referred to hides."""
    with pikepdf.open(BytesIO(data)) as pdf:
        parts = [each.unparse(resolved=True) for each in pdf.objects]
        parts += [each.read_bytes() for each in pdf.objects if isinstance(each, Stream)]
    return data + b"\n".join(parts)


def test_nothing_that_runs_or_leads_on_is_in_the_copy(tmp_path: Path) -> None:
    source = tmp_path / "x.pdf"
    source.write_bytes(hostile())
    everything = plain(copy_of(source))
    assert SECRET.encode() in plain(source.read_bytes())
    assert SECRET.encode() not in everything
    names = [name for name in NEVER if f"{name} ".encode() in everything]
    assert names == []
    with pikepdf.open(BytesIO(copy_of(source))) as copy:
        assert set(copy.Root.keys()) <= {"/Type", "/Pages"}
        kinds = {str(each.Subtype) for each in copy.pages[0].obj.Annots}
    assert kinds <= {"/Stamp", "/Square", "/FreeText", "/Text"}


def test_the_look_of_a_field_stays(tmp_path: Path) -> None:
    source = tmp_path / "x.pdf"
    source.write_bytes(hostile())
    document = pdfium.PdfDocument(copy_of(source))
    drawn = document[0].render(may_draw_forms=False).to_pil().convert("RGB")
    assert drawn.getpixel((125, 300 - 125)) == (255, 0, 0)
    document.close()


def test_the_same_source_gives_the_same_copy(tmp_path: Path) -> None:
    source = tmp_path / "x.pdf"
    source.write_bytes(hostile())
    assert copy_of(source) == copy_of(source)


@pytest.mark.skipif(not FAULT.is_file(), reason="the corpus of faults is not at hand")
def test_the_copy_of_the_corpus_runs_nothing() -> None:
    everything = plain(copy_of(FAULT))
    assert [name for name in NEVER if f"{name} ".encode() in everything] == []


@pytest.mark.parametrize("path", sorted((ROOT / "data/disclosures").glob("*.pdf"))[:1])
def test_a_copy_looks_as_its_source(path: Path) -> None:
    before, after = pdfium.PdfDocument(path), pdfium.PdfDocument(copy_of(path))
    assert len(before) == len(after)
    for number in (1, len(before) - 1):
        images = [each[number].render(scale=0.5).to_pil().tobytes() for each in (before, after)]
        assert images[0] == images[1]
    before.close()
    after.close()
