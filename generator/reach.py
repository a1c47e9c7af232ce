"""What of this program a stage is made of: the modules that it reaches, their data, the libraries.

A module reaches what it imports, wherever in it the import stands, and what that imports. A name
that a room only passes on (``from generator.checks import adds_up``) leads to the module that
defines it, and not through the whole room. The data of a module are the files and folders whose
paths it makes of ``Path(__file__)``. Libraries count by their versions, with all that they require.

So a comment in ``website/drawing/colours.py`` makes no PDF be read again. No list is kept by hand.
"""

from __future__ import annotations

import ast
import json
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import metadata
from importlib.util import resolve_name
from pathlib import Path

from generator.store import Store, digest

_PROGRAM = Path(sys.modules["generator"].__path__[0])  # made of `__file__` it would be data
_NOT_DATA = (".py", ".pyc", ".md")
# What is imported by another name than it is installed by; what is not here is looked up slowly.
_INSTALLED_AS = {"PIL": "pillow", "vl_convert": "vl-convert-python", "yaml": "pyyaml"}
_NAME, _DASHES = re.compile(r"[A-Za-z0-9._-]+"), re.compile(r"[-_.]+")

_Import = tuple[str, str]  # a module, and the name that is taken of it or ""


@dataclass(frozen=True, slots=True)
class BuildStage:
    """A stage by the modules it starts from.

    ``short_of`` are rooms that these import but that belong to a later stage; ``glue`` are modules
    that count by themselves, without what they import.
    """

    start: tuple[str, ...]
    short_of: tuple[str, ...] = ()
    glue: tuple[str, ...] = ()


@dataclass(slots=True)
class Reached:
    """What a stage reaches: modules and data, by their places in the program, and libraries."""

    modules: set[str] = field(default_factory=set)
    data: set[str] = field(default_factory=set)
    libraries: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Source:
    """What the text of one module says: its imports, the names they bind, its data."""

    imports: tuple[_Import, ...]
    bound: Mapping[str, _Import]
    data: tuple[Path, ...]


class SourceTree:
    """The modules and data below a folder that is a package."""

    def __init__(self, root: Path = _PROGRAM) -> None:
        """Look at the program in ``root``."""
        self.root = root
        self._read: dict[str, _Source] = {}
        self._found: dict[BuildStage, Reached] = {}

    def made_by(self, stage: BuildStage, kept: Path) -> bytes:
        """Return a hash of all that a stage is made of; remembers in ``kept`` what it reaches."""
        reached = self._known(stage, Store(kept / "reached"))
        versions = repr(
            (platform.python_version(), sorted(versions_of(frozenset(reached.libraries)).items()))
        )
        named = (p for place in self.files(reached) for p in (place.encode(), self._bytes(place)))
        return digest(versions.encode(), *named).encode()

    def files(self, reached: Reached) -> list[str]:
        """Return all files that count: modules, and what folders of data hold at this time."""
        return sorted(reached.modules | set(self._data(reached.data)))

    def reached(self, stage: BuildStage) -> Reached:
        """Follow the imports of a stage."""
        found, seen = Reached(), set[str]()
        waiting: list[_Import] = [(name, "") for name in stage.start]
        for name in stage.glue:
            self._count(name, found)
        while waiting:
            module, name = waiting.pop()
            if module.partition(".")[0] != self.root.name:
                found.libraries |= {module.partition(".")[0]} - sys.stdlib_module_names
                continue
            if name and self._file(f"{module}.{name}"):
                module, name = f"{module}.{name}", ""
            if any(f"{module}.".startswith(f"{each}.") for each in stage.short_of):
                continue
            source = self._count(module, found)
            if name in source.bound and self._is_room(module):
                waiting.append(source.bound[name])
            elif module not in seen:
                seen.add(module)
                waiting += source.imports
                found.data |= {self._place(path) for path in source.data}
        return found

    def _known(self, stage: BuildStage, store: Store) -> Reached:
        """What a stage reaches, as it was found out before for the very same modules."""
        key = digest(self._modules, platform.python_version().encode(), repr(stage).encode())
        if (kept := store.get(key)) is not None:
            return Reached(*map(set, json.loads(kept)))
        if stage not in self._found:  # another folder was asked for, in this process
            self._found[stage] = self.reached(stage)
        found = self._found[stage]
        parts = [sorted(part) for part in (found.modules, found.data, found.libraries)]
        store.put(key, json.dumps(parts).encode())
        return found

    @cached_property
    def _modules(self) -> bytes:
        """A hash of all modules: as long as it is the same, so are their imports."""
        places = sorted(map(self._place, self.root.rglob("*.py")))
        return digest(*(part for p in places for part in (p.encode(), self._bytes(p)))).encode()

    # Modules.

    def _count(self, module: str, found: Reached) -> _Source:
        """Count a module, and the rooms in which it stands."""
        path = self._file(module)
        if path is None:
            raise ModuleNotFoundError(f"{module}: imported, but there is no such module")
        rooms = [room / "__init__.py" for room in path.parents if room.is_relative_to(self.root)]
        found.modules |= {self._place(each) for each in (path, *rooms)}
        if module not in self._read:
            self._read[module] = _source(path.read_bytes(), path, module)
        return self._read[module]

    def _file(self, module: str) -> Path | None:
        path = self.root.joinpath(*module.split(".")[1:])
        files = (path / "__init__.py", path.with_suffix(".py"))
        return next((each for each in files if each.is_file()), None)

    def _is_room(self, module: str) -> bool:
        path = self._file(module)
        return path is not None and path.name == "__init__.py"

    # Files.

    def _place(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _bytes(self, place: str) -> bytes:
        return (self.root / place).read_bytes()

    def _data(self, places: Iterable[str]) -> Iterator[str]:
        """The files that data are: of a folder all below it, save code and what is for people."""
        for place in places:
            path = self.root / place
            for each in path.rglob("*") if path.is_dir() else (path,):
                if each.is_file() and each.suffix not in _NOT_DATA:
                    yield self._place(each)


@cache
def made_by(stage: BuildStage, kept: Path) -> bytes:
    """Return a hash of all that a stage of this program is made of."""
    return _this_program().made_by(stage, kept)


@cache
def _this_program() -> SourceTree:
    return SourceTree()


# ── the text of a module ─────────────────────────────────────────────────────────────────


@cache
def _source(text: bytes, path: Path, module: str) -> _Source:
    tree = ast.parse(text)
    room = module if path.name == "__init__.py" else module.rpartition(".")[0]
    bound = {
        alias.asname or alias.name: (_module(node, room), alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return _Source(tuple(_imports(tree, room)), bound, tuple(_data(tree, path)))


def _imports(tree: ast.AST, room: str) -> Iterator[_Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((_module(node, room), alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def _module(node: ast.ImportFrom, room: str) -> str:
    return resolve_name("." * node.level + (node.module or ""), room)


def _data(node: ast.AST, path: Path) -> Iterator[Path]:
    """The paths that a module makes of its own; of what goes on in another way, the beginning."""
    made = _made_path(node, path)
    if made is None:
        for child in ast.iter_child_nodes(node):
            yield from _data(child, path)
    elif made != path:
        yield made


def _made_path(node: ast.AST, path: Path) -> Path | None:
    """What ``Path(__file__).parent / "…"`` comes to."""
    match node:
        case ast.Call(func=ast.Name(id="Path"), args=[ast.Name(id="__file__")]):
            return path
        case ast.Attribute(value=value, attr="parent"):
            made = _made_path(value, path)
            return made and made.parent
        case ast.BinOp(left=left, op=ast.Div(), right=ast.Constant(value=str(name))):
            made = _made_path(left, path)
            return made and made / name
    return None


# ── libraries ────────────────────────────────────────────────────────────────────────────


@cache
def versions_of(libraries: frozenset[str]) -> dict[str, str]:
    """Return the versions of libraries by their imported names, and of all that they require."""
    found: dict[str, str] = {}
    waiting = [name for library in libraries for name in _installed(library)]
    while waiting:
        name = _DASHES.sub("-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # it is required on other systems only
        found[name] = about["Version"]
        required = [r for r in about.get_all("Requires-Dist") or () if "extra ==" not in r]
        waiting += [match[0] for each in required if (match := _NAME.match(each))]
    return found


def _installed(library: str) -> list[str]:
    """The names by which an imported library is installed."""
    name = _INSTALLED_AS.get(library, library)
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return metadata.packages_distributions().get(library, [])  # an extra may not be there
    return [name]
