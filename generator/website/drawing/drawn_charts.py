"""The charts as SVG, and the script that draws them in a browser: kept, or made in workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator.pdf.limits import Limits
from generator.reach import BuildStage, made_by
from generator.store import Store, digest
from generator.website.drawing.render_svg import Spec, draw_or_bundle, spec_hash, spec_json
from generator.workers import Died, run_all

DRAWING = BuildStage(("generator.website.drawing.render_svg",))
_BUNDLE = ""  # in place of a specification; the first task, as it takes longest


def draw_all(
    specs: Sequence[Spec], cache: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[dict[str, str], str]:
    """Draw every specification and make the browser's bundle.

    Returns:
        The SVG by `spec_hash`, each with one `{attributes}` slot in its `svg` tag, and the bundle.
        What cannot be drawn is not among them; a bundle that cannot be made is blank.
    """
    made = made_by(DRAWING, cache)
    wanted = {_BUNDLE: "", **{spec_hash(spec): spec_json(spec) for spec in specs}}
    keys = {name: digest(made, text.encode()) for name, text in wanted.items()}

    def make(lacking: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        drawn = _make([wanted[name] for name in lacking])
        for done, (index, text) in enumerate(drawn, 1):
            if text is not None:
                yield lacking[index], text.encode()
            if progress:
                progress(done, len(lacking))

    found = Store(cache / "charts").fill(keys, make)
    texts = {name: data.decode() for name, data in found.items()}
    return texts, texts.pop(_BUNDLE, "")


def _make(specs: Sequence[str]) -> Iterator[tuple[int, str | None]]:
    """Make each chart, and the bundle where a specification is empty; None where it cannot be.

    Always in workers: what the library does not like ends its whole process.
    """
    for index, text in run_all(draw_or_bundle, specs, seconds=Limits().seconds):
        yield index, None if isinstance(text, Died) else text
