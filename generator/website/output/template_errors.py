"""Templates of the user's: what is wrong with one is told with its file and line, and the mend."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2

from generator.defaults import TEMPLATES
from generator.names import shown
from generator.paths import real
from generator.problems import MingzhangError, TemplatesError

_MEND = "改正它，或删去这个文件（就用自带的）"


class TemplateFolders(jinja2.FileSystemLoader):
    """The user's folder of templates, then ours."""

    def __init__(self, own: Path) -> None:
        """Look for each template in ``own`` first."""
        super().__init__([own, TEMPLATES], encoding="utf-8")
        self.own = own

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template. Raises TemplatesError where it is not UTF-8."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            file = self.own / template
            raise TemplatesError(
                f"{shown(file)}: 不是 UTF-8（第 {error.start + 1} 字节）；另存为 UTF-8，或删去它"
            ) from error

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """Return a template, compiled.

        Raises TemplatesError where one of the user's is more than Python compiles, such as thirty
        loops in each other.
        """
        try:
            return super().load(environment, name, globals)
        except (RecursionError, SyntaxError, MemoryError, OverflowError, ValueError) as error:
            if not (self.own / name).is_file() or real(self.own) == real(TEMPLATES):
                raise
            what = shown(f"{type(error).__name__}: {error}")
            file = shown(self.own / name)
            raise TemplatesError(f"{file}: 模板有误：{what}；{_MEND}") from error

    @property
    def replaced(self) -> list[Path]:
        """The files of the user's that stand in the place of ours."""
        if real(self.own) == real(TEMPLATES):
            return []
        return [path for path in sorted(self.own.glob("*")) if (TEMPLATES / path.name).is_file()]


@contextmanager
def naming(loader: jinja2.BaseLoader | None) -> Iterator[None]:
    """Turn what goes wrong in a template of the user's into a TemplatesError with its place."""
    try:
        yield
    except MingzhangError:
        raise
    except jinja2.TemplateSyntaxError as error:
        place = f"{shown(error.filename or error.name)}:{error.lineno}"
        raise TemplatesError(f"{place}: 模板有误：{shown(error.message)}；{_MEND}") from error
    except Exception as error:
        if isinstance(error, OSError) and not isinstance(error, jinja2.TemplateError):
            raise  # a full disk; a template that is not found is one of theirs
        if not isinstance(loader, TemplateFolders) or not (said := _said(error, loader)):
            raise
        raise TemplatesError(said) from error


def encoded(text: str, template: str, loader: jinja2.BaseLoader | None) -> bytes:
    """Return a page as UTF-8. Raises TemplatesError where half a character is in it.

    Packages and written pages have none, as they are UTF-8: only a template of the user's may.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        if not isinstance(loader, TemplateFolders) or not loader.replaced:
            raise
        names = "、".join(shown(path) for path in loader.replaced)
        what = shown(f"{template}: {error}")
        raise TemplatesError(f"{what}；出自替换自带模板的文件（{names}）；{_MEND}") from error


def _said(error: Exception, loader: TemplateFolders) -> str:
    """What is wrong with the user's templates; blank where it is a mistake of ours."""
    if not loader.replaced:
        return ""
    what = shown(f"{type(error).__name__}: {error}")
    file, line = _place(error, loader)
    if file.is_relative_to(loader.own):
        return f"{shown(file)}:{line}: 模板有误：{what}；{_MEND}"
    if isinstance(error, jinja2.TemplateError):
        names = "、".join(shown(path) for path in loader.replaced)
        return f"{shown(file)}:{line}: {what}；与替换自带模板的文件对不上（{names}）；{_MEND}"
    return ""


def _place(error: Exception, loader: TemplateFolders) -> tuple[Path, int]:
    """The innermost template that was being filled in, and the line."""
    places = [(Path(f.filename), f.lineno or 0) for f in traceback.extract_tb(error.__traceback__)]
    folders = (loader.own, TEMPLATES)
    return next(
        (place for place in reversed(places) if any(map(place[0].is_relative_to, folders))),
        (TEMPLATES, 0),
    )
