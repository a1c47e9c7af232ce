"""Tables that people keep in a spreadsheet and save as CSV: any encoding and separator of Excel's.

In Chinese Excel "CSV" is GBK, "Unicode text" is UTF-16 with tabs, and where the system's decimal
mark is a comma the separator is a semicolon.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.meaning.decoding import decode
from generator.names import is_plain, shown
from generator.problems import ConfigError, UnreadableError

_SEPARATORS = (",", ";", "\t")
_SAVE = "save it as CSV UTF-8"


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the rows of a table with just these columns, each with its line; blank rows are none.

    Raises ConfigError with the line and the mend.
    """
    text = _text(path)
    separator, text = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    first = True
    line = 1
    try:
        for row in reader:
            cells = [cell.strip(" \ufeff") for cell in row]
            if first:
                _check_heading(path, cells, columns)
            elif any(cells):
                yield line, _row(path, line, cells, columns)
            first, line = False, reader.line_num + 1
    except csv.Error as error:
        raise ConfigError(
            f"{shown(path)}:{line}: not a row of CSV ({error}): a quotation mark is not closed, "
            "or stands inside a value; write it twice there, or close it"
        ) from error
    if first:
        _check_heading(path, [], columns)


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes())[0].removeprefix("\ufeff")
    except OSError as error:
        raise ConfigError(
            f"{shown(path)}: cannot be read ({error.strerror}); check the file"
        ) from error
    except UnreadableError as error:
        if error.code == "file-empty":
            return ""
        raise ConfigError(
            f"{shown(path)}: not text in an encoding that is known "
            f"(UTF-8, UTF-16, GB18030); {_SAVE}"
        ) from error


def _separator(text: str) -> tuple[str, str]:
    """What stands between the cells, by the heading or Excel's own line that says so."""
    heading, _, rest = text.partition("\n")
    if heading.strip().lower() in {f"sep={each}".strip() for each in _SEPARATORS}:
        return heading.strip()[4:] or "\t", rest
    return max(_SEPARATORS, key=heading.count), text


def _check_heading(path: Path, found: Sequence[str], columns: Sequence[str]) -> None:
    named = list(found[: len(columns)])
    if named != list(columns) or any(found[len(columns) :]):
        raise ConfigError(f"{shown(path)}: the columns must be {', '.join(columns)}")


def _row(path: Path, line: int, cells: list[str], columns: Sequence[str]) -> dict[str, str]:
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        raise ConfigError(
            f"{shown(path)}:{line}: {len(cells)} values for {len(columns)} columns; "
            "a blank value is nothing between two separators"
        )
    for column, cell in zip(columns, cells, strict=False):
        if not is_plain(cell):
            raise ConfigError(
                f"{shown(path)}:{line}: {column} {cell!r} holds a line break or another character "
                "that is not printed, or a quotation mark before it is not closed; take it out"
            )
    return dict(zip(columns, cells, strict=False))
