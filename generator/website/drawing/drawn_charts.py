"""The charts as SVG: kept, or drawn in workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.pdf.limits import Limits
from generator.reach import BuildStage, made_by
from generator.store import Store, digest
from generator.website.drawing.render_svg import Spec, draw, spec_hash, spec_json
from generator.workers import Died, run_all

DRAWING = BuildStage(("generator.website.drawing.render_svg",))


def draw_charts(specs: Sequence[Spec], cache: Path) -> dict[str, str]:
    """Draw every specification.

    Returns:
        The SVG by `spec_hash`, each with one `{attributes}` slot in its `svg` tag. What cannot be
        drawn is not among them.
    """
    made = made_by(DRAWING, cache)
    wanted = {spec_hash(spec): spec_json(spec) for spec in specs}
    keys = {name: digest(made, text.encode()) for name, text in wanted.items()}

    def make(lacking: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        texts = [wanted[name] for name in lacking]
        # Always in workers: what the library does not like ends its whole process.
        for index, text in run_all(draw, texts, seconds=Limits().seconds):
            if not isinstance(text, Died):
                yield lacking[index], text.encode()

    found = Store(cache / "charts").fill(keys, make)
    return {name: data.decode() for name, data in found.items()}
