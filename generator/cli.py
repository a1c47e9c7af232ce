"""The command line: ``mingzhang extract | render | build | check | explain | serve``.

Exit codes: 0 fine; 1 a disclosure could not be read or not whole, or (``check``) contradicts itself
in a way that nobody acknowledged; 2 wrong usage or settings.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator import __version__
from generator.build import Progress, Summary, build, check, extract, render
from generator.config import Settings, read_settings
from generator.explain import explain
from generator.problems import MingzhangError
from generator.summary import as_json, as_text, findings_text

_FOLDER = click.Path(file_okay=False, path_type=Path)
_disclosures = click.option("--disclosures", type=_FOLDER, help="Folder of disclosures (*.txt).")
_packages = click.option("--packages", type=_FOLDER, help="Folder of data packages.")
_site = click.option("--site", type=_FOLDER, help="Folder of the website.")
_config = click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file (default: mingzhang.toml)."
)
_Result = TypeVar("_Result")
_json = click.option("--json", "as_data", is_flag=True, help="Print a machine-readable summary.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mingzhang")
def main() -> None:
    """明账: public accounts of Chinese government departments as data and as a website."""


@main.command("extract", epilog="Example: mingzhang extract --disclosures my/texts --packages out")
@_disclosures
@_packages
@_config
@_json
def extract_command(
    disclosures: Path | None, packages: Path | None, config: Path | None, as_data: bool
) -> None:
    """Read disclosures and write their data packages."""
    _run(
        extract,
        config,
        as_data,
        disclosures=disclosures,
        packages=packages,
    )


@main.command("render", epilog="Example: mingzhang render --packages data/packages --site site")
@_packages
@_site
@_config
@_json
def render_command(
    packages: Path | None, site: Path | None, config: Path | None, as_data: bool
) -> None:
    """Render data packages as a static website."""
    _run(
        render,
        config,
        as_data,
        packages=packages,
        site=site,
    )


@main.command("build", epilog="Example: mingzhang build --disclosures my/texts --site public")
@_disclosures
@_packages
@_site
@_config
@_json
def build_command(
    disclosures: Path | None,
    packages: Path | None,
    site: Path | None,
    config: Path | None,
    as_data: bool,
) -> None:
    """Read disclosures, write their packages and render the website."""
    _run(build, config, as_data, disclosures=disclosures, packages=packages, site=site)


@main.command("check", epilog="Example: mingzhang check --disclosures my/texts --every")
@_disclosures
@_config
@click.option("--every", is_flag=True, help="Print every finding, not only what is in doubt.")
@_json
def check_command(
    disclosures: Path | None, config: Path | None, every: bool, as_data: bool
) -> None:
    """Check disclosures and print what came of it; write nothing.

    Exits 1 where a disclosure contradicts itself and nobody has acknowledged it.
    """
    settings = _settings(config).with_folders(disclosures=disclosures)
    summary = _guarded(lambda: check(settings, _progress()))
    if not as_data:
        click.echo(findings_text(summary, every=every))
    _finish(summary, as_data=as_data, leave=False)
    sys.exit(1 if summary.failed or summary.contradictions else 0)


@main.command(
    "explain",
    epilog="Example: mingzhang explain DEPARTMENT.2025-budget.budget-summary.r30.income.amount",
)
@click.argument("identifier", metavar="FACT_ID")
@_packages
@_config
def explain_command(identifier: str, packages: Path | None, config: Path | None) -> None:
    """Show where a figure comes from, which routes read it, and every check it takes part in.

    FACT_ID is a fact_id, a narrative_id or a finding_id of the data packages.
    """
    settings = _settings(config).with_folders(packages=packages)
    click.echo(_guarded(lambda: explain(settings.packages, identifier)))


@main.command("serve", epilog="Example: mingzhang serve --port 8000")
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
@_config
def serve_command(port: int, config: Path | None) -> None:
    """Show the website on this machine, built again whenever a source changes."""
    settings = _settings(config)
    if not settings.site.joinpath("index.html").is_file():
        _finish(_guarded(lambda: build(settings, _progress())), as_data=False, leave=False)
    _serve(settings, port)


def _serve(settings: Settings, port: int) -> None:
    from livereload import Server  # a development server; nothing else needs it

    server = Server()

    def rebuild() -> None:
        try:
            click.echo(as_text(build(settings, _progress())), err=True)
        except MingzhangError as error:
            click.echo(f"mingzhang: {error}", err=True)

    for folder in (settings.disclosures, settings.templates, settings.content):
        server.watch(f"{folder}/**/*", rebuild)
    click.echo(f"http://127.0.0.1:{port}/ shows {settings.site} (Ctrl-C ends it)", err=True)
    server.serve(root=str(settings.site), port=port, host="127.0.0.1")


def _run(
    command: Callable[[Settings, Progress], Summary],
    config: Path | None,
    as_data: bool,
    **folders: Path | None,
) -> None:
    settings = _settings(config).with_folders(**folders)
    _finish(_guarded(lambda: command(settings, _progress())), as_data=as_data)


def _settings(config: Path | None) -> Settings:
    return _guarded(lambda: read_settings(config))


def _guarded(action: Callable[[], _Result]) -> _Result:
    """Run ``action``; an error of ours becomes one line on standard error and exit code 2."""
    try:
        return action()
    except MingzhangError as error:
        click.echo(f"mingzhang: {error}", err=True)
        sys.exit(2)


def _finish(summary: Summary, *, as_data: bool, leave: bool = True) -> None:
    for problem in summary.problems:
        click.echo(str(problem), err=True)
    if as_data:
        click.echo(json.dumps(as_json(summary), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(summary))
    if leave:
        sys.exit(1 if summary.failed else 0)


def _progress() -> Progress:
    """A bar on a terminal, a plain line for each finished stage elsewhere; on standard error."""
    bars: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            if done == total:
                click.echo(f"{stage} {done}/{total}", err=True)
            return
        if stage not in bars:
            bars[stage] = click.progressbar(length=total, label=stage, file=sys.stderr)
        bars[stage].update(done - bars[stage].pos)
        if done == total:
            bars.pop(stage).render_finish()

    return show
