"""Does one stage in this process and prints, as JSON, what of the program ran and was opened.

Run as ``python -m tests.what_runs STAGE FOLDER``; the disclosures lie in the folder, and for the
website the packages as well.
"""

from __future__ import annotations

import contextlib
import json
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from unittest.mock import patch

_LIBRARIES = Path(sysconfig.get_paths()["purelib"])
_opened: set[str] = set()
_ran: set[CodeType] = set()


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        _opened.add(arguments[0])


sys.addaudithook(_note)  # before anything of the program is imported

import generator  # noqa: E402
from generator.config import Settings  # noqa: E402
from tests.pdf.settings import settings_for  # noqa: E402

_PROGRAM = Path(generator.__path__[0])


def _call(frame: FrameType, event: str, argument: object) -> None:
    _ran.add(frame.f_code)


def _here(
    work: Callable[[Any], Any], tasks: Sequence[Any], **limits: object
) -> Iterator[tuple[int, Any]]:
    """Do the work of all workers in this process."""
    yield from ((index, work(task)) for index, task in enumerate(tasks))


# ── the stages ───────────────────────────────────────────────────────────────────────────


def _read(settings: Settings) -> None:
    from generator.meaning.departments import Departments
    from generator.read import Task, read_file

    for path in sorted(settings.disclosures.iterdir()):
        with _traced():
            reading = read_file(Task(path, settings.disclosures, Departments(()), settings.limits))
        assert reading.disclosures, reading.problems


def _extract(settings: Settings) -> None:
    from generator.build import extract

    with (
        patch("generator.executors.run_all", _here),
        patch("generator.cache.validate_package"),
        _traced(),
    ):
        extract(settings, _untold)


def _render(settings: Settings) -> None:
    from generator.build import render
    from generator.website import render_site  # before it is traced

    assert callable(render_site)
    with (
        patch("generator.executors.run_all", _here),
        patch("generator.website.drawing.drawn_charts.run_all", _here),
        patch("generator.website.drawing.page_images.run_all", _here),
        patch("generator.website.files.copies.run_all", _here),
        _traced(),
    ):
        render(settings, _untold)


def _untold(stage: str, done: int, total: int) -> None:
    pass


@contextlib.contextmanager
def _traced() -> Iterator[None]:
    """Note each function that runs; what runs while a module is imported is no use of it."""
    sys.settrace(_call)
    try:
        yield
    finally:
        sys.settrace(None)


# ── what was noted ───────────────────────────────────────────────────────────────────────


def _below(folder: Path, names: Iterable[str]) -> set[str]:
    paths = map(Path, names)
    return {p.relative_to(folder).as_posix() for p in paths if p.is_relative_to(folder)}


if __name__ == "__main__":
    stage, folder = sys.argv[1:]
    {"reading": _read, "packages": _extract, "website": _render}[stage](settings_for(Path(folder)))
    ran = {code.co_filename for code in _ran if code.co_name != "<module>"}
    data = {name for name in _below(_PROGRAM, _opened) if not name.endswith((".py", ".pyc"))}
    libraries = {name.split("/")[0].removesuffix(".py") for name in _below(_LIBRARIES, ran)}
    found = {"opened": data, "ran": _below(_PROGRAM, ran), "libraries": libraries}
    print(json.dumps({name: sorted(each) for name, each in found.items()}))
