"""Mutations of PDFs, each of which knows what its mutant shows."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable, Sequence

import pikepdf
from pikepdf import Dictionary, Name, Operator

from tests.fuzz.oracle import Mutant
from tests.fuzz.sources import Key, Source, Spot
from tests.fuzz.texts import worth

Mutation = Callable[[Source, random.Random], Mutant | None]
Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Instructions = list[Instruction]


def _saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, **options)  # type: ignore[arg-type]  # passed on
    return out.getvalue()


def _opened(source: Source) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(source.data))


def _said(each: Instruction) -> str:
    """The text that an instruction shows; the made PDFs write UTF-16."""
    if str(each.operator) != "Tj":
        return ""
    (text, *_) = each.operands
    return bytes(text).decode("utf-16-be", "replace")


def _showing(
    source: Source, chance: random.Random, change: Callable[[Instructions, int], None]
) -> tuple[bytes, Spot] | None:
    """Change what shows one amount; the amount is the only one of its print on its page."""
    spot = chance.choice(source.spots)
    own = [each for each in source.spots if each.page == spot.page]
    if not spot.page or sum(each.printed == spot.printed for each in own) > 1:
        return None
    pdf = _opened(source)
    page = pdf.pages[spot.page - 1]
    instructions = list(pikepdf.parse_content_stream(page))
    places = [i for i, each in enumerate(instructions) if _said(each) == spot.printed]
    if len(places) != 1:
        return None
    change(instructions, places[0])
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    return _saved(pdf), spot


def _op(name: str, *operands: object) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(list(operands), Operator(name))  # type: ignore[arg-type]


# ── amounts ──────────────────────────────────────────────────────────────────────────────


def other(source: Source, chance: random.Random) -> Mutant | None:
    """Another amount of as many digits."""
    digits = chance.randrange(10)

    def change(instructions: Instructions, place: int) -> None:
        text = _said(instructions[place])
        new = (text[:-1] + str(digits)).encode("utf-16-be")
        instructions[place] = _op("Tj", pikepdf.String(new))

    if not (made := _showing(source, chance, change)):
        return None
    data, spot = made
    value = (spot.printed[:-1] + str(digits)).replace(",", "")
    key = worth(spot.key, value)
    expected = source.truth - Counter([spot.key]) + Counter([key])
    return Mutant(data, f"{spot.printed} is {value}", expected, contradicts=True)


def unseen(source: Source, chance: random.Random) -> Mutant | None:
    """An amount that nobody sees: in no colour, or out of the page."""
    how = chance.choice(["3 Tr", "7 Tr", "white", "out of the page"])

    def change(instructions: Instructions, place: int) -> None:
        before, after = {
            "3 Tr": (_op("Tr", 3), _op("Tr", 0)),
            "7 Tr": (_op("Tr", 7), _op("Tr", 0)),
            "white": (_op("rg", 1, 1, 1), _op("rg", 0, 0, 0)),
            "out of the page": (_op("Td", 3000, 3000), _op("Td", 0, 0)),
        }[how]
        instructions[place : place + 1] = [before, instructions[place], after]

    return _hidden(source, _showing(source, chance, change), how)


def covered(source: Source, chance: random.Random) -> Mutant | None:
    """An amount under a white rectangle."""

    def change(instructions: Instructions, place: int) -> None:
        matrix = next(e for e in reversed(instructions[:place]) if str(e.operator) == "Tm")
        size = next(e for e in reversed(instructions[:place]) if str(e.operator) == "Tf")
        x, y, high = float(matrix.operands[4]), float(matrix.operands[5]), float(size.operands[1])
        wide = 0.55 * high * len(_said(instructions[place]))
        end = next(i for i in range(place, len(instructions)) if _is(instructions[i], "ET"))
        box = (x - 0.5, y - 0.25 * high, wide + 1, 1.2 * high)
        white = [_op("q"), _op("rg", 1, 1, 1), _op("re", *box), _op("f"), _op("Q")]
        instructions[end + 1 : end + 1] = white

    return _hidden(source, _showing(source, chance, change), "covered")


def _is(each: Instruction, name: str) -> bool:
    return str(each.operator) == name


def _hidden(source: Source, made: tuple[bytes, Spot] | None, how: str) -> Mutant | None:
    if made is None:
        return None
    data, spot = made
    expected = source.truth - Counter([spot.key])
    return Mutant(data, f"{how}: {spot.key}, page {spot.page}", expected, contradicts=True)


def twice(source: Source, chance: random.Random) -> Mutant | None:
    """An amount that is drawn twice in one place, as bold is."""

    def change(instructions: Instructions, place: int) -> None:
        matrix = next(e for e in reversed(instructions[:place]) if str(e.operator) == "Tm")
        again = [_op("Tm", *matrix.operands), instructions[place]]
        instructions[place + 1 : place + 1] = again

    made = _showing(source, chance, change)
    return Mutant(made[0], f"twice: {made[1].key}", source.truth) if made else None


# ── pages ────────────────────────────────────────────────────────────────────────────────


def page_gone(source: Source, chance: random.Random) -> Mutant | None:
    """A page is missing."""
    pdf = _opened(source)
    number = chance.randrange(len(pdf.pages))
    del pdf.pages[number]
    gone = Counter(spot.key for spot in source.spots if spot.page == number + 1)
    return Mutant(
        _saved(pdf), f"page {number + 1} gone", source.truth - gone, contradicts=_silent(source)
    )


def _silent(source: Source) -> bool:
    """Whether its pages have no numbers, so that nobody can say that one is missing."""
    return source.name == "open"


def page_twice(source: Source, chance: random.Random) -> Mutant | None:
    """A page comes twice."""
    pdf = _opened(source)
    number = chance.randrange(len(pdf.pages))
    pdf.pages.insert(number, pdf.pages[number])
    return Mutant(_saved(pdf), f"page {number + 1} twice", source.truth, source.truth)


def pages_swapped(source: Source, chance: random.Random) -> Mutant | None:
    """Two pages change places."""
    pdf = _opened(source)
    number = chance.randrange(len(pdf.pages) - 1)
    page = pdf.pages[number]
    pdf.pages.insert(number + 2, page)
    del pdf.pages[number]
    return Mutant(
        _saved(pdf), f"page {number + 1} after the next", source.truth, source.truth,
        contradicts=_silent(source),
    )  # fmt: skip


def turned(source: Source, chance: random.Random) -> Mutant | None:
    """A page lies on its side, or on its head."""
    pdf = _opened(source)
    page, turn = chance.choice(list(pdf.pages)), chance.choice([90, 180, 270])
    page.rotate(turn, relative=True)
    return Mutant(_saved(pdf), f"turned by {turn}", source.truth, source.truth)


def cut(source: Source, chance: random.Random) -> Mutant | None:
    """What a page shows ends in the middle."""
    pdf = _opened(source)
    number = chance.randrange(len(pdf.pages))
    page = pdf.pages[number]
    data = page.Contents.read_bytes()
    place = chance.randrange(len(data))
    page.Contents = pdf.make_stream(data[:place])
    return Mutant(
        _saved(pdf), f"page {number + 1} cut at {place}", source.truth, source.truth,
        contradicts=True,
    )  # fmt: skip


def scaled(source: Source, chance: random.Random) -> Mutant | None:
    """A page is printed smaller, or askew by a hair."""
    how = chance.choice([b"0.8 0 0 0.8 30 30 cm", b"0.9998 0.0175 -0.0175 0.9998 0 0 cm"])
    return _drawn(source, chance, b"q " + how + b"\n", b"\nQ", how.decode())


def watermark(source: Source, chance: random.Random) -> Mutant | None:
    """A word stands across the page."""
    text = b"\nq BT /F1 60 Tf 0.8 g 0.7 0.7 -0.7 0.7 200 200 Tm (DRAFT 12.34) Tj ET Q"
    return _drawn(source, chance, b"q ", b" Q" + text, "watermark")


def _drawn(
    source: Source, chance: random.Random, before: bytes, after: bytes, what: str
) -> Mutant | None:
    pdf = _opened(source)
    number = chance.randrange(len(pdf.pages))
    page = pdf.pages[number]
    page.Contents = pdf.make_stream(before + page.Contents.read_bytes() + after)
    return Mutant(_saved(pdf), f"page {number + 1}: {what}", source.truth, source.truth)


def unruled(source: Source, chance: random.Random) -> Mutant | None:
    """Some lines of a page's grid are gone."""
    pdf = _opened(source)
    number, share = chance.randrange(len(pdf.pages)), chance.choice([0.02, 0.2, 1.0])
    page = pdf.pages[number]
    kept = [
        each
        for each in pikepdf.parse_content_stream(page)
        if str(each.operator) not in ("l", "re") or chance.random() >= share
    ]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    return Mutant(_saved(pdf), f"page {number + 1}: {share} unruled", source.truth, source.truth)


def cropped(source: Source, chance: random.Random) -> Mutant | None:
    """Of a page only its upper half is shown."""
    pdf = _opened(source)
    number = chance.randrange(len(pdf.pages))
    x0, y0, x1, y1 = (float(each) for each in pdf.pages[number].mediabox)
    pdf.pages[number].CropBox = pikepdf.Array([x0, (y0 + y1) / 2, x1, y1])
    own = Counter(spot.key for spot in source.spots if spot.page == number + 1)
    return Mutant(_saved(pdf), f"page {number + 1} cropped", source.truth, own, contradicts=True)


def wrapped(source: Source, chance: random.Random) -> Mutant | None:
    """What a page shows stands in a form, or in two streams."""
    pdf = _opened(source)
    page = chance.choice(list(pdf.pages))
    data = page.Contents.read_bytes()
    if chance.random() < 0.5:
        place = data.index(b"\n", len(data) // 2)
        halves = [pdf.make_stream(data[:place]), pdf.make_stream(data[place:])]
        page.Contents = pdf.make_indirect(pikepdf.Array(halves))
    else:
        form = pdf.make_stream(data)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, page.mediabox
        form.Resources = page.Resources
        page.Resources = Dictionary(XObject=Dictionary(Fm0=form))
        page.Contents = pdf.make_stream(b"/Fm0 Do")
    return Mutant(_saved(pdf), "wrapped", source.truth)


def annotated(source: Source, chance: random.Random) -> Mutant | None:
    """A note, or a field, lies over a cell."""
    pdf = _opened(source)
    spot = chance.choice(source.spots)
    number = (spot.page or 1) - 1
    x, y = chance.randrange(40, 500), chance.randrange(40, 500)
    field = Dictionary(
        Type=Name.Annot, Subtype=chance.choice([Name.FreeText, Name.Widget, Name.Square]),
        Rect=[x, y, x + 60, y + 15], Contents="9,999.99", V="9,999.99", FT=Name.Tx, T="f", F=4,
    )  # fmt: skip
    pdf.pages[number].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(field)]))
    own: Counter[Key] = Counter(each.key for each in source.spots if each.page == number + 1)
    return Mutant(_saved(pdf), f"page {number + 1} {field.Subtype}", source.truth, own)


# ── files ────────────────────────────────────────────────────────────────────────────────


def rewritten(source: Source, chance: random.Random) -> Mutant | None:
    """The same file, written by another program."""
    modes = pikepdf.ObjectStreamMode
    options = chance.choice([
        {"stream_decode_level": pikepdf.StreamDecodeLevel.all, "compress_streams": False},
        {"object_stream_mode": modes.generate},
        {"linearize": True},
        {"qdf": True},
    ])  # fmt: skip
    return Mutant(_saved(_opened(source), **options), f"rewritten {options}", source.truth)


def bytes_flipped(source: Source, chance: random.Random) -> Mutant | None:
    """Some bytes are others."""
    data, places = bytearray(source.data), []
    for _ in range(chance.choice([1, 1, 3, 20])):
        places.append(chance.randrange(len(data)))
        data[places[-1]] = chance.randrange(256)
    return Mutant(bytes(data), f"bytes at {places}", source.truth)


def truncated(source: Source, chance: random.Random) -> Mutant | None:
    """The file ends early."""
    place = chance.randrange(len(source.data))
    return Mutant(source.data[:place], f"cut at {place}", source.truth)


MUTATIONS: Sequence[Mutation] = (
    other, unseen, covered, twice, page_gone, page_twice, pages_swapped, turned, cut, scaled,
    watermark, unruled, cropped, wrapped, annotated, rewritten, bytes_flipped, bytes_flipped,
    truncated,
)  # fmt: skip
