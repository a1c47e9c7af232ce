"""The command line: ``mingzhang extract | render | build | check | inspect | …``.

Exit codes: 0 fine; 1 a disclosure could not be read or not whole, or (``check``) contradicts itself
in a way that nobody acknowledged; 2 wrong usage or settings, or the system refused (a full disk);
3 a mistake of this program, told in one line (``--verbose`` adds the traceback); 130 Ctrl-C.

Standard output has the summary; standard error has progress, problems and, with ``--verbose``, the
journal: every step, as lines for a person or, with ``--json``, as JSON lines and nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from generator import __version__, journal
from generator import command_options as options
from generator.build import build, check, extract, render
from generator.command_options import Place
from generator.config import Settings, read_settings
from generator.elsewhere import elsewhere
from generator.explain import explain
from generator.failures import told
from generator.learn import lessons
from generator.locale_words import said, speak
from generator.names import printable
from generator.problems import MingzhangError
from generator.query import as_csv, as_table, ask
from generator.query import as_json as answer_json
from generator.remote.addresses import WRITTEN
from generator.seen import see
from generator.seen_text import as_text as seen_text
from generator.summary import Progress, Summary
from generator.summary_text import as_json, as_text, findings_text

TWICE = "Name the folder of disclosures once: as an argument, or with --disclosures."

ONE_FORM = "Choose one of --csv and --json."


class Program(click.Group):
    """All commands; it speaks the language of the locale, and errors become one line."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run what the command line says."""
        speak(self)
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; 2 is the exit code of an error of ours, 3 that of one unforeseen."""
        journal.start()
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            journal.LOG.error("stopped; what was published before is as it was")
            sys.exit(130)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            sys.exit(told(error))
        finally:
            journal.stop()


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine; 1 a disclosure was not read, or not whole; "
    "2 wrong usage or settings; 3 a mistake of this program.",
)
@click.version_option(__version__, prog_name="mingzhang")
def main() -> None:
    """明账: public accounts of Chinese government departments as data and as a website."""


@main.command("extract", epilog="Example: mingzhang extract my-pdfs --packages out")
@options.folder
@options.disclosures
@options.packages
@options.config
@options.accept
@options.as_json
@options.verbose
@options.executed
def extract_command(
    folder: Place | None,
    disclosures: Place | None,
    packages: Place | None,
    config: Path | None,
    accept: bool,
    as_data: bool,
    verbose: bool,
) -> None:
    """Read disclosures and write their data packages."""
    source = _source(folder, disclosures)
    journal.start(verbose=verbose, as_json=as_data)
    settings = replace(read_settings(config), accept=accept)
    _run(extract, settings, as_data, disclosures=source, packages=packages)


@main.command("render", epilog="Example: mingzhang render --packages data/packages --site site")
@options.packages
@options.site
@options.config
@options.as_json
@options.verbose
@options.executed
def render_command(
    packages: Place | None, site: Place | None, config: Path | None, as_data: bool, verbose: bool
) -> None:
    """Render data packages as a static website."""
    journal.start(verbose=verbose, as_json=as_data)
    _run(render, read_settings(config), as_data, packages=packages, site=site)


@main.command("build", epilog="Example: mingzhang build my-pdfs --site public")
@options.folder
@options.disclosures
@options.packages
@options.site
@options.config
@options.accept
@options.as_json
@options.verbose
@options.executed
def build_command(
    folder: Place | None,
    disclosures: Place | None,
    packages: Place | None,
    site: Place | None,
    config: Path | None,
    accept: bool,
    as_data: bool,
    verbose: bool,
) -> None:
    """Read disclosures, write their packages and render the website."""
    source = _source(folder, disclosures)
    journal.start(verbose=verbose, as_json=as_data)
    settings = replace(read_settings(config), accept=accept)
    _run(build, settings, as_data, disclosures=source, packages=packages, site=site)


@main.command("check", epilog="Example: mingzhang check my-pdfs --every")
@options.folder
@options.disclosures
@options.config
@click.option("--every", is_flag=True, help="Print every finding, not only what is in doubt.")
@options.as_json
@options.verbose
@options.executed
def check_command(
    folder: Place | None,
    disclosures: Place | None,
    config: Path | None,
    every: bool,
    as_data: bool,
    verbose: bool,
) -> None:
    """Check disclosures and print what came of it; write nothing.

    Exits 1 where a disclosure contradicts itself and nobody has acknowledged it.
    """
    source = _source(folder, disclosures)
    journal.start(verbose=verbose, as_json=as_data)
    settings = read_settings(config).with_folders(disclosures=source)
    settings = replace(settings, scheduler=options.chosen_scheduler())
    summary = check(settings, _progress(), every=every)
    if not as_data:
        click.echo(printable(findings_text(summary, every=every)))
    _finish(summary, as_data=as_data, leave=False)
    sys.exit(1 if summary.failed or summary.contradictions else 0)


@main.command(
    "explain",
    epilog="Example: mingzhang explain DEPARTMENT.2025-budget.budget-income.4ae4csgr.total",
)
@click.argument(
    "identifier",
    metavar="FACT_ID",
    help="A fact_id, narrative_id or finding_id of the data packages.",
)
@options.packages
@options.config
@options.traceback
def explain_command(
    identifier: str, packages: Place | None, config: Path | None, verbose: bool
) -> None:
    """Show where a figure comes from, and every check that it takes part in."""
    journal.start(verbose=verbose)
    settings = read_settings(config).with_folders(packages=packages)
    with elsewhere(settings, _progress(), needs=["packages"]):
        click.echo(printable(explain(settings.packages, identifier)))


@main.command(
    "query",
    epilog='Example: mingzhang query "SELECT department, year, facts FROM disclosures"',
)
@click.argument("question", metavar="SQL", help="One SELECT; data-guide names tables and views.")
@options.site_here
@click.option("--csv", "as_lines", is_flag=True, help="Print CSV.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON: a list of objects.")
@options.config
@options.traceback
def query_command(
    question: str,
    site: Path | None,
    as_lines: bool,
    as_data: bool,
    config: Path | None,
    verbose: bool,
) -> None:
    """Ask the built website's SQLite file a question in SQL; nothing is changed."""
    journal.start(verbose=verbose)
    if as_lines and as_data:
        raise click.UsageError(str(said(ONE_FORM)))
    answer = ask(read_settings(config).with_folders(site=site).site, question)
    form = as_csv if as_lines else answer_json if as_data else as_table
    click.echo(printable(form(answer)))


@main.command("inspect", epilog="Example: mingzhang inspect my-pdfs/budget.pdf --html seen.html")
@options.file
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT",
    help="Write a page, too, that shows the cells drawn over the pages of the file.",
)
@options.config
@options.traceback
def inspect_command(file: Path, page: Path | None, config: Path | None, verbose: bool) -> None:
    """Show page by page what is found in one file; write no data.

    Titles, headings with the meaning of each word, rows, amounts, checks and problems.
    """
    from generator.seen_page import write_page  # it draws; nothing else of the program does

    journal.start(verbose=verbose)
    seen = see(file, read_settings(config).with_folders())
    click.echo(printable(seen_text(seen)))
    if page:
        write_page(seen, page)
    sys.exit(1 if any(problem.severity != "warning" for problem in seen.problems) else 0)


@main.command("learn", epilog="Example: mingzhang learn my-pdfs/budget.pdf > new-words.yaml")
@options.file
@options.config
@options.traceback
def learn_command(file: Path, config: Path | None, verbose: bool) -> None:
    """Print the words and tables, as YAML, with which one file would be read whole.

    What nobody could guess is marked ?.
    """
    journal.start(verbose=verbose)
    seen = see(file, read_settings(config).with_folders())
    for problem in seen.problems if seen.document is None else ():
        journal.LOG.warning(problem)
    click.echo(printable(lessons(seen)))
    sys.exit(1 if seen.document is None else 0)


@main.command("serve", epilog="Example: mingzhang serve --port 8000")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    metavar="N",
    help="Port on this machine.",
)
@options.config
@options.verbose
def serve_command(port: int, config: Path | None, verbose: bool) -> None:
    """Show the website on this machine, built again at each change."""
    journal.start(verbose=verbose)
    settings = _unpublished(read_settings(config).with_folders())
    try:
        _finish(build(settings, _progress()), as_data=False, leave=False)
    except MingzhangError as error:
        if not settings.site.joinpath("index.html").is_file():
            raise
        journal.LOG.error(str(error))  # what is there is shown meanwhile
    _serve(settings, port)


def _unpublished(settings: Settings) -> Settings:
    """These settings, of a build that is only looked at."""
    far = settings.addresses
    return replace(settings, addresses={name: far[name] for name in far.keys() - {*WRITTEN}})


def _serve(settings: Settings, port: int) -> None:
    from livereload import Server  # a development server; nothing else needs it

    server = Server()

    def rebuild() -> None:
        try:
            click.echo(as_text(build(settings, _progress())), err=True)
        except Exception as error:
            told(error)  # the next change builds again

    for folder in (settings.disclosures, settings.templates, settings.content):
        server.watch(f"{folder}/**/*", rebuild)
    click.echo(f"http://127.0.0.1:{port}/ shows {settings.site} (Ctrl-C ends it)", err=True)
    server.serve(root=str(settings.site), port=port, host="127.0.0.1")


def _source(folder: Place | None, disclosures: Place | None) -> Place | None:
    if folder and disclosures:
        raise click.UsageError(str(said(TWICE)))
    return folder or disclosures


def _run(
    command: Callable[[Settings, Progress], Summary],
    settings: Settings,
    as_data: bool,
    **folders: Place | None,
) -> None:
    chosen = replace(settings.with_folders(**folders), scheduler=options.chosen_scheduler())
    _finish(command(chosen, _progress()), as_data=as_data)


def _finish(summary: Summary, *, as_data: bool, leave: bool = True) -> None:
    for folder in summary.unchanged:
        journal.LOG.info(journal.Entry(folder, outcome="unchanged"))
    for problem in summary.problems:
        journal.LOG.warning(problem)
    if as_data:
        click.echo(printable(json.dumps(as_json(summary), ensure_ascii=False, indent=2)))
    else:
        click.echo(printable(as_text(summary)))
    if leave:
        sys.exit(1 if summary.failed else 0)


def _progress() -> Progress:
    """A bar on a terminal, a plain line for each finished stage elsewhere; on standard error.

    The journal tells more, and must not be broken into.
    """
    if journal.is_verbose():
        return lambda stage, done, total: None
    bars: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if not total:  # something to wait for
            click.echo(f"{stage}…", err=True)
            return
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
