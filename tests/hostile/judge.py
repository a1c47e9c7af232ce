"""What came of an attack, and what is wrong with it: codes, tracebacks, outputs, what is lost."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.problems import MingzhangError
from generator.store import digest_of_file
from generator.website.published.descriptor import read_packages
from tests.doors import files
from tests.hostile.attack import Attack

Output = dict[str, bytes]
_OUTPUTS = ("packages", "site", "cache")
#: A tiny disclosure takes a tenth of a second; nothing that comes of an attack takes a minute.
MOST_SECONDS, MOST_MEGABYTES = 60, 1500


@dataclass(frozen=True)
class Said:
    """How a command ended: what it printed, and what it took."""

    code: int
    out: str
    err: str
    seconds: float = 0.0
    megabytes: int = 0


@dataclass(frozen=True)
class State:
    """What lies in a folder: its outputs, all the rest by a hash, and what lies at its top."""

    packages: Output
    site: Output
    rest: dict[str, str]
    names: frozenset[str]

    @property
    def ids(self) -> set[str]:
        """The disclosures that are published."""
        found = (name.rpartition("/") for name in self.packages)
        return {where for where, _, file in found if file == "datapackage.json" and "/" in where}

    def lost_in(self, after: State) -> set[str]:
        """The disclosures that are gone; not those that a register now gives another identifier."""
        there = set().union(*map(after.sources, after.ids))
        return {each for each in self.ids - after.ids if not self.sources(each) & there}

    def sources(self, id_: str) -> set[str]:
        """The hashes of what a disclosure was read of; none where its descriptor was spoilt."""
        try:
            told = json.loads(self.packages[f"{id_}/datapackage.json"])["sources"]
            return {each["hash"] for each in told}
        except (ValueError, KeyError, TypeError, RecursionError):
            return set()


def state(folder: Path) -> State:
    """Look at a folder."""
    names = frozenset(path.name for path in folder.iterdir())
    return State(files(folder / "packages"), files(folder / "site"), dict(_rest(folder)), names)


def _rest(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if re.split("[-./]", name.removeprefix("."))[0] in _OUTPUTS or not path.is_file():
            continue
        try:
            yield name, digest_of_file(path).hex()
        except OSError as error:
            yield name, str(error.errno)


def faults(attack: Attack, said: Said, before: State, folder: Path) -> Iterator[str]:
    """All that is wrong with what came of an attack; ``before`` is what it was started with."""
    yield from _said_wrongly(attack, said)
    after = state(folder)
    if before.rest != after.rest:
        changed = {n for n in before.rest | after.rest if before.rest.get(n) != after.rest.get(n)}
        yield f"files that are not outputs changed: {sorted(changed)[:3]}"
    new = after.names - before.names
    left = [name for name in new if name.endswith((".new", ".old", ".lock"))]
    if left := [name for name in left if f"{name}: cannot be removed" not in said.err]:
        yield f"left lying about: {left}"
    if after.packages != before.packages:
        yield from half_packages(folder / "packages", after.packages)
    if after.site != before.site:
        yield from half_site(after, said.code)
    if lost := before.lost_in(after) if not attack.withdraws else set():
        yield f"published before and lost: {sorted(lost)}"
    if said.code == 2 and after.packages != before.packages and attack.command[0] == "extract":
        yield "an error, and other packages"
    if said.code in (0, 1) and attack.command[0] not in ("render", "query"):
        yield from _in_silence(said, folder)


def _said_wrongly(attack: Attack, said: Said) -> Iterator[str]:
    if said.code not in attack.codes:
        yield f"exit code {said.code}, not of {sorted(attack.codes)}: {said.err[-300:]}"
    for word in ("Traceback", "a mistake of mingzhang", "Fatal Python error"):
        if word in said.err + said.out:
            yield f"“{word}”: {said.err[-400:]}"
    if said.code == 2 and not said.err.strip():
        yield "exit code 2, and nothing is said"
    if said.code == 2 and said.out.strip():
        yield "exit code 2, and a summary"
    if any(line.startswith("::") for line in (said.out + said.err).splitlines()):
        yield "a line commands the log"
    if said.seconds > MOST_SECONDS:
        yield f"{said.seconds:.0f} seconds of the processor"
    if said.megabytes > MOST_MEGABYTES:
        yield f"{said.megabytes} MB of memory"


def half_packages(folder: Path, found: Output) -> Iterator[str]:
    """Whether packages are what their descriptors say, and of one build."""
    if not found:
        yield "the packages are gone"
        return
    try:
        read_packages(folder)
    except MingzhangError as error:
        yield f"packages are not whole: {error}"
        return
    expected = {".mingzhang"}
    for name in (each for each in found if each.endswith("datapackage.json")):
        where = name.rpartition("/")[0]
        expected.add(name)
        for each in json.loads(found[name])["resources"]:
            file = f"{where}/{each['path']}"
            expected.add(file)
            digest = hashlib.sha256(found.get(file, b"")).hexdigest()
            if file not in found or each["hash"] != f"sha256:{digest}":
                yield f"{file} is not what its descriptor says"
    if more := set(found) - expected:
        yield f"packages have more than their descriptors say: {sorted(more)[:3]}"


def half_site(after: State, code: int = 0) -> Iterator[str]:
    """Whether a site has all the pages of its packages; where some were told to fail, code is 1."""
    if not after.site:
        yield "the site is gone"
        return
    if not {"build.json", "index.html", "404.html", ".mingzhang"} <= set(after.site):
        yield "the site is not whole"
        return
    if b"all/datapackage.json" not in b" ".join(n.encode() for n in after.packages):
        return
    of = json.loads(after.packages["all/datapackage.json"])["build"]
    pages = {
        n.removeprefix("departments/").removesuffix("/index.html")
        for n in after.site
        if n.startswith("departments/") and n.count("/") == 3 and n.endswith("index.html")
    }
    if (
        json.loads(after.site["build.json"])["packages"] == of
        and code != 1
        and not after.ids <= pages
    ):
        yield f"pages are lacking: {sorted(after.ids - pages)}"


def _in_silence(said: Said, folder: Path) -> Iterator[str]:
    """Whether each file among the disclosures is published or told, and the exit code says so."""
    try:
        told = json.loads(said.out)
    except ValueError:
        yield f"no summary: {said.out[:200]}"
        return
    problems: list[dict[str, Any]] = told["problems"]
    grave = [each for each in problems if each["severity"] != "warning"]
    if bool(grave) != (said.code == 1):
        yield f"exit code {said.code} with {len(grave)} grave problems"
    if bad := [each for each in problems if not (each["message"] and each["mend"])]:
        yield f"a problem without words: {bad[0]['code']}"
    named = {each["file"] for each in problems}
    for descriptor in (folder / "packages").glob("*/*/datapackage.json"):
        named |= {each["file"] for each in json.loads(descriptor.read_bytes())["sources"]}
    odd = sum(each["code"] in ("name-not-plain", "folder-not-file") for each in problems)
    read = [p for p in (folder / "disclosures").rglob("*") if p.suffix.lower() in (".txt", ".pdf")]
    read = [path for path in read if not path.name.startswith(".")]  # hidden: of nobody's hand
    silent = {p.relative_to(folder / "disclosures").as_posix() for p in read} - named
    if len(silent) > odd:
        yield f"neither published nor told: {sorted(map(ascii, silent))[:3]}"
