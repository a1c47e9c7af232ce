"""The arguments and options that several commands share; last, where the work is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.locale_words import said
from generator.problems import ConfigError
from generator.remote.addresses import Address, is_address, read_address

#: Where a folder lies: on this machine, or elsewhere.
Place = Path | Address


class _PlaceType(click.Path):
    """The name of a folder, or an address where there may be one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the address, or leave the name to click."""
        if not isinstance(value, str) or not is_address(value):
            return super().convert(value, param, ctx)
        name = str(param.name) if param else ""
        try:
            return read_address(value, "disclosures" if name == "folder" else name)
        except ConfigError as error:
            raise click.UsageError(str(error), ctx) from None


_PLACE = _PlaceType(file_okay=False, path_type=Path)
folder = click.argument(
    "folder",
    metavar="[FOLDER]",
    required=False,
    type=_PLACE,
    help="Folder of disclosures (.pdf, .txt), or its address (s3://…, https://…).",
)
disclosures = click.option(
    "--disclosures", type=_PLACE, metavar="DIR", help="The same as FOLDER, as an option."
)
file = click.argument(
    "file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A disclosure (.pdf, .txt).",
)
packages = click.option(
    "--packages", type=_PLACE, metavar="DIR", help="Folder of data packages, or s3://bucket/path."
)
site = click.option(
    "--site", type=_PLACE, metavar="DIR", help="Folder of the website, or s3://bucket/path."
)
site_here = click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the website.",
)
config = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings file (default: mingzhang.toml, if it is here).",
)
as_json = click.option(
    "--json",
    "as_data",
    is_flag=True,
    help="Print a machine-readable summary (with --verbose: JSON lines, too).",
)
accept = click.option(
    "--accept",
    is_flag=True,
    help="Publish amounts that are read otherwise now, though their sources are the same.",
)
verbose = click.option(
    "--verbose",
    is_flag=True,
    help="Tell of each file and stage: time and outcome.",
)
traceback = click.option(
    "--verbose", is_flag=True, help="Show the traceback of a mistake of this program."
)

LACKING = "--executor dask: name its scheduler, too: --scheduler ADDRESS"
IDLE = "--scheduler: is of a cluster; add --executor dask"
_Command = TypeVar("_Command", bound=Callable[..., Any])
_EXECUTOR, _SCHEDULER = "mingzhang.executor", "mingzhang.scheduler"


def _kept(key: str) -> Callable[[click.Context, click.Parameter, str], None]:
    def keep(context: click.Context, _: click.Parameter, value: str) -> None:
        context.meta[key] = value

    return keep


_executor = click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    expose_value=False,
    callback=_kept(_EXECUTOR),
    help="Where the work is done: on this machine, or by a cluster of dask.",
)
_scheduler = click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    expose_value=False,
    callback=_kept(_SCHEDULER),
    help="Address of the cluster's scheduler, such as tcp://10.0.0.5:8786.",
)


def executed(command: _Command) -> _Command:
    """Give a command the options ``--executor`` and ``--scheduler``."""
    return _executor(_scheduler(command))


def chosen_scheduler() -> str:
    """The address that the command line of this command names; blank for this machine.

    Raises click.UsageError where one of the options lacks the other.
    """
    kept = click.get_current_context().meta
    executor, scheduler = kept.get(_EXECUTOR, "local"), str(kept.get(_SCHEDULER, ""))
    if executor == "dask" and not scheduler:
        raise click.UsageError(str(said(LACKING)))
    if scheduler and executor != "dask":
        raise click.UsageError(str(said(IDLE)))
    return scheduler
