"""What can go wrong: the problems that are recorded, and the errors that stop a command.

A *problem* of the `problem_catalogue` is recorded and published, and the build goes on; an *error*
stops the command.

    MingzhangError
    ├── ConfigError        the settings, or a path given on the command line
    ├── DefinitionError    a standard table's definition in ``generator/meaning``
    ├── PackageError       a data package that the website cannot read
    │   └── InvalidPackageError  a data package of ours that is not valid
    ├── UnacceptedError    amounts that would change though their sources did not
    ├── TemplatesError     a template or an asset of the user's that is wrong
    ├── PageError          the pages of one disclosure that cannot be made
    ├── ClusterError       a cluster that cannot be worked with
    ├── RemoteError        an address that cannot be read from, or published to
    └── OutputError        a folder that may not be written or replaced
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.names import shown
from generator.problem_catalogue import CATALOGUE, Severity


class MingzhangError(Exception):
    """The base of all errors that stop a command; its message says what, where and the mend."""


class ConfigError(MingzhangError):
    """The settings file or a command-line path is wrong."""


class DefinitionError(MingzhangError):
    """A definition of a standard table is wrong."""


class PackageError(MingzhangError):
    """A data package is malformed, so the website cannot read it."""


class InvalidPackageError(PackageError):
    """The package of one disclosure that we wrote is not valid; the others may be."""

    def __init__(self, disclosure: str, reason: str, code: str = "package-invalid") -> None:
        """Name the ``disclosure`` by its identifier, say why, and as which problem."""
        self.disclosure, self.reason, self.code = disclosure, reason, code
        super().__init__(f"{disclosure}: {reason}")


class UnacceptedError(MingzhangError):
    """Published amounts would be others though their sources are the same; nothing is written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Name the amounts, a problem each."""
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} published amounts would change")


class TemplatesError(MingzhangError):
    """A template of the user's, or what goes with it, is wrong."""


class PageError(MingzhangError):
    """The pages of one disclosure cannot be made; those of the others may be."""

    def __init__(self, disclosure: str, reason: str, code: str = "pages-failed") -> None:
        """Name the ``disclosure`` by its identifier, say why, and as which problem."""
        self.disclosure, self.reason, self.code = disclosure, reason, code
        super().__init__(f"{disclosure}: {reason}")


class QueryError(MingzhangError):
    """A question cannot be put to the SQLite file of a site."""


class ClusterError(MingzhangError):
    """The scheduler or the workers of a cluster are not there, or are not like this machine."""


class RemoteError(MingzhangError):
    """What lies at an address cannot be brought here, or nothing be published there."""


class OutputError(MingzhangError):
    """A folder may not be written or replaced."""


class UnreadableError(MingzhangError):
    """A disclosure cannot be read at all; caught by the build, which records it as a problem."""

    def __init__(self, code: str, line: int | None = None, **values: object) -> None:
        """Keep the problem's ``code`` in the catalogue, its ``line`` and its template's values."""
        self.code, self.line, self.values = code, line, values
        super().__init__(shown(CATALOGUE[code].what.format(**values)))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a disclosure that could not be read as it should.

    ``severity``: ``fatal`` (no package is made), ``error`` (published without that part, exit
    code 1) or ``warning`` (published, exit code 0). ``line`` counts from 1 in the source text.
    """

    code: str
    severity: Severity
    file: str
    line: int | None
    page: int | None
    message: str
    mend: str

    def __str__(self) -> str:
        """Write the problem on one line, as the command line shows it."""
        place = self.file + (f":{self.line}" if self.line else "")
        return f"{place}: {self.severity} [{self.code}] {self.message} → {self.mend}"


@dataclass(slots=True)
class Report:
    """Collects the problems of one file; pages are looked up from lines."""

    file: str
    pages: dict[int, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, line: int | None = None, **values: object) -> None:
        """Record the problem ``code`` of the catalogue at ``line``, filling in its template.

        Where there is no line, a ``page`` among the values is its place.
        """
        template = CATALOGUE[code]
        known = values.get("page")
        page = self.pages.get(line) if line else known if isinstance(known, int) else None
        told = {name: shown(v) if isinstance(v, str) else v for name, v in values.items()}
        message = template.what.format(**told)
        self.problems.append(
            Problem(code, template.severity, self.file, line, page, message, template.mend)
        )

    @property
    def fatal(self) -> bool:
        """Tell whether any problem recorded so far forbids publishing the disclosure."""
        return any(problem.severity == "fatal" for problem in self.problems)
