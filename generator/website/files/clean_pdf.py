"""A PDF of the pages of another: what is seen of them, and nothing that runs, leads on or hides.

What is carried over is listed, not what is left behind: scripts, links, launches, forms, attached
files, metadata and whatever a viewer may learn to run are not on the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

_PAGE = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
# What annotations may look like; one is shown as a stamp, which does nothing.
_ANNOTATION = ("/Rect", "/F", "/OC")
_NEVER_SHOWN = ("/Link", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia")
# Of anything drawn: notes of programs, attached files, pictures that lie in another file.
_BESIDE = ("/Metadata", "/PieceInfo", "/AF", "/OPI", "/Ref", "/AA", "/A", "/Alternates", "/JS")
_LAYERS = ("/OCGs", "/D")
_LAYER_STATES = ("/Name", "/BaseState", "/ON", "/OFF", "/Intent", "/AS", "/RBGroups", "/Locked")


def clean(data: bytes) -> bytes:
    """Return a PDF of the pages and their look alone. Raises PdfError where it cannot be read."""
    with pikepdf.open(BytesIO(data)) as source, Pdf.new() as new:
        for page in source.pages:
            kept = {key: _inherited(page.obj, key) for key in _PAGE}
            seen = Dictionary({key: value for key, value in kept.items() if value is not None})
            seen.Type = Name.Page
            stamps = Array([source.make_indirect(each) for each in _stamps(page.obj)])
            if len(stamps):
                seen.Annots = stamps
            copied = new.copy_foreign(source.make_indirect(seen))
            new.pages.append(pikepdf.Page(copied))
        if layers := _layers(source):
            new.Root.OCProperties = new.copy_foreign(source.make_indirect(layers))
        for each in new.objects:
            _strip(each)
        new.remove_unreferenced_resources()
        buffer = BytesIO()
        new.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()


def _inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """A value of a page, or of what stands above it."""
    node: pikepdf.Object | None = page
    for _ in range(50):  # a tree of pages may lead round
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            found: pikepdf.Object = node[key]
            return found
        node = node.get("/Parent")
    return None


def _stamps(page: pikepdf.Object) -> Iterator[Dictionary]:
    """What annotations and the fields of a form look like, each as a stamp that does nothing."""
    annotations = page.get("/Annots")
    for each in annotations if isinstance(annotations, Array) else ():
        if not isinstance(each, Dictionary) or str(each.get("/Subtype")) in _NEVER_SHOWN:
            continue
        look = _look(each)
        if look is None:
            continue
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, AP=Dictionary(N=look))
        for key in _ANNOTATION:
            if key in each:
                stamp[key] = each[key]
        yield stamp


def _look(annotation: Dictionary) -> Stream | None:
    """How an annotation is drawn, in the state in which it is."""
    looks = annotation.get("/AP")
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    state = annotation.get("/AS")
    if isinstance(normal, Dictionary) and isinstance(state, Name):
        normal = normal.get(str(state))
    return normal if isinstance(normal, Stream) else None


def _layers(source: Pdf) -> Dictionary | None:
    """Which layers there are and which of them are seen."""
    found = source.Root.get("/OCProperties")
    if not isinstance(found, Dictionary):
        return None
    kept = Dictionary({key: found[key] for key in _LAYERS if key in found})
    shown = kept.get("/D")
    if isinstance(shown, Dictionary):
        kept["/D"] = Dictionary({key: shown[key] for key in _LAYER_STATES if key in shown})
    return kept


def _strip(each: pikepdf.Object) -> None:
    """Leave out what lies beside something drawn; names of resources are not touched."""
    if not isinstance(each, Stream):
        return
    for key in _BESIDE:
        if key in each:
            del each[key]
