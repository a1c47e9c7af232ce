"""Builds that fail or die at one step, in processes of their own: what `test_crashes` starts.

``python -m tests.crashing HOW FOLDER STEP…`` makes a build in ``FOLDER-STEP`` for each step, which
is a copy of ``FOLDER``; ``steps`` tells, a line each, which steps a build has. A step is a file
that is opened to be written, renamed, removed, or whose mode is changed, or a folder that is made.

The build is whole but for what takes long: workers are this process, packages are not validated,
and the website is a few files made of the packages.
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from generator.swap import MARKER
from generator.website import SiteSettings, SiteSummary
from generator.website.output.folder import Output, environment, name_build
from generator.website.published.descriptor import read_packages
from tests.doors import run
from tests.test_cache import here

#: What changes the disk, as the interpreter's audit events call it.
CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "ctypes.dlsym")
Fault = Callable[[str], None]


def small_site(packages: Path, site: Path, **settings: Any) -> SiteSummary:
    """A site of a few files that say all that the packages say."""
    read = read_packages(packages)
    output = Output(site, environment(settings["templates"], SiteSettings()))
    name_build(output, read.build)
    for package in read.disclosures:
        text = "".join(f"{row}\n" for row in package.rows("facts"))
        output.file(f"departments/{package.id}/index.html", text.encode())
    output.file("index.html", read.build.encode())
    return SiteSummary(1, 0, 0, output.size, ())


@contextmanager
def cheap(*, exchange: bool = True) -> Iterator[None]:
    """Leave out of a build what takes long, and where wanted the ``exchange`` in one step."""
    with ExitStack() as patches:
        patches.enter_context(patch("generator.executors.run_all", here))
        patches.enter_context(patch("generator.cache.validate_package"))
        patches.enter_context(patch("generator.website.render_site", small_site))
        if not exchange:
            patches.enter_context(patch("generator.swap._exchanged", return_value=False))
        yield


def build(folder: Path) -> int:
    """Build what lies in a folder, cheaply, and return the exit code; standard error is shown."""
    result = run("build", "--config", folder / "mingzhang.toml")
    sys.stderr.write(result.stderr)
    return result.exit_code


def _is_change(event: str, arguments: tuple[Any, ...]) -> bool:
    if event == "open":
        flags = arguments[2] or 0
        return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and arguments[0] != os.devnull
    return event in CHANGES and (event != "ctypes.dlsym" or "rename" in str(arguments[-1]))


def _at_each_step(fault: Fault) -> None:
    """Call ``fault`` before each step from now on, with the name of its event."""

    def listen(event: str, arguments: tuple[Any, ...]) -> None:
        if _is_change(event, arguments):
            fault(event)

    sys.addaudithook(listen)


def _fails_at(step: int) -> Fault:
    left = [step]

    def fault(event: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "the disk")

    return fault


def _dies_at(step: int) -> Fault:
    left = [step]

    def fault(event: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return fault


def _small_files(kilobytes: int) -> None:
    """No file of more than so much can be written: of one that is longer the beginning is."""
    limit = kilobytes * 1024
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def prepare(how: str, step: int) -> None:
    """Let this process fail in the way and at the step that is wanted."""
    if how == "small-files":
        _small_files(step)
    elif how != "plain":
        _at_each_step((_fails_at if how == "fails" else _dies_at)(step))


def _in_a_process(work: Callable[[], int]) -> int:
    """The exit code of the work, done in a copy of this process; negative: the signal."""
    sys.stderr.flush()
    if not (child := os.fork()):
        code = 70
        try:
            code = work()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _steps(folder: Path) -> int:
    found: list[str] = []
    _at_each_step(found.append)
    code = build(folder)
    print("\n".join(found))
    return code


def main(how: str, name: str, *steps: str) -> None:
    """Do what the command line says; print the exit code of each build."""
    folder = Path(name)
    with cheap(exchange=how != "dies-apart"):
        if how == "steps":
            sys.exit(_steps(folder))
        for step in steps:
            copy = folder.with_name(f"{folder.name}-{step}")
            if how != "plain":
                shutil.copytree(folder, copy, symlinks=True)

            def work(copy: Path = copy if how != "plain" else folder, step: str = step) -> int:
                prepare(how, int(step))
                return build(copy)

            print(_in_a_process(work), flush=True)


assert MARKER  # `swap` is imported before anybody listens
if __name__ == "__main__":
    main(*sys.argv[1:])
