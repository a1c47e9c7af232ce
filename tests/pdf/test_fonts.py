"""What is read and drawn of a PDF that carries no fonts does not depend on the machine's."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from generator.models import Line
from generator.pdf.fonts import use_own_fonts
from generator.pdf.limits import Limits
from generator.problems import Report
from generator.reading.pdf import read_pdf
from generator.website.drawing.page_drawing import PageTask, draw_page
from tests.pdf.paper import FONT
from tests.pdf.settings import ROOT

# Each is drawn on its own. For 囍 and 㙓 our font has only the box.
ALONE = ("项", "一", "、", "1", "-", "0.00", "Ａ", "（一）", "囍", "㙓", "类款项")
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")


def without_fonts() -> bytes:
    """A PDF that names a Chinese and two Latin fonts, and carries none."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 300), invariant=True)
    for column, font in enumerate((FONT, "Helvetica", "Times-Bold")):
        canvas.setFont(font, 12)
        for row, text in enumerate(ALONE if column == 0 else ("1,234.50", "-")):
            canvas.drawString(30 + 90 * column, 280 - 20 * row, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


# A Chinese font of which only ToUnicode tells that it is Chinese.
_IDENTITY = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>",
    b"BT /F1 12 Tf 30 250 Td <0003> Tj 0 -30 Td <0FFF> Tj 0 -30 Td <00030FFF> Tj ET",
    b"<</Type/Font/Subtype/Type0/BaseFont/SimHei/Encoding/Identity-H"
    b"/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimHei/FontDescriptor 7 0 R/DW 1000"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    b"<</Type/FontDescriptor/FontName/SimHei/Flags 4/FontBBox[0 -200 1000 900]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
    b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange"
    b" 2 beginbfchar <0003> <9879> <0FFF> <4E00> endbfchar endcmap",
)


def identity() -> bytes:
    data, places = b"%PDF-1.5\n", []
    for number, item in enumerate(_IDENTITY, start=1):
        places.append(len(data))
        body = item
        if not item.startswith(b"<<"):
            body = b"<</Length %d>>stream\n%s\nendstream" % (len(item), item)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def lines_of(data: bytes) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    text = read_pdf(data, Limits(), Report("made.pdf"))
    return text.geometry, text.flow


def test_a_character_alone_is_never_dropped() -> None:
    for lines in lines_of(without_fonts()):
        printed = "".join(line.text for line in lines)
        assert [text for text in ALONE if text not in printed] == []


def test_nor_where_only_its_text_tells_that_it_is_chinese() -> None:
    for lines in lines_of(identity()):
        assert [line.text for line in lines] == ["项", "一", "项一"]


def test_shapes_are_those_of_our_font() -> None:
    # In another Chinese font the stroke of 一 lies elsewhere.
    use_own_fonts()
    document = pdfium.PdfDocument(without_fonts())
    page = document[0]
    boxes = [each.get_bounds() for each in page.get_objects()]
    page.close()
    document.close()
    assert boxes[ALONE.index("一")] == pytest.approx((30.53, 264.19, 41.52, 265.24), abs=0.01)


def told(folder: Path) -> dict[str, str]:
    """All that is read and drawn of the two PDFs, as hashes."""
    found = {}
    for name, data in (("without-fonts", without_fonts()), ("identity", identity())):
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        images = draw_page(PageTask(path, 1))
        found[name] = hashlib.sha256(repr(lines_of(data)).encode() + images).hexdigest()
    return found


def test_hiding_the_fonts_of_the_machine_makes_no_difference(tmp_path: Path) -> None:
    hidden = " && ".join(
        [f"{{ [ ! -d {folder} ] || mount -t tmpfs none {folder}; }}" for folder in FOLDERS]
    )
    namespace = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*namespace, hidden], check=False).returncode:
        pytest.skip("this machine does not permit a mount namespace (unshare)")
    script = f"{hidden} && exec {sys.executable} -m tests.pdf.test_fonts {tmp_path}"
    ended = subprocess.run([*namespace, script], cwd=ROOT, check=True, capture_output=True)
    assert json.loads(ended.stdout) == told(tmp_path)


if __name__ == "__main__":
    print(json.dumps(told(Path(sys.argv[1]))))
