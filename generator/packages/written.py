"""Written: the files of a package, and the descriptor that names them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from generator.packages.descriptors import (
    Written,
    resource_descriptor,
    to_csv,
    with_build,
    written,
)
from generator.packages.resources import Resource
from generator.paths import inside


def write_resource(folder: Path, resource: Resource) -> Written:
    """Write one file of a package."""
    data = to_csv(resource)
    inside(folder, resource.path).write_bytes(data)
    return written(data, resource.rows)


def write_descriptor(
    folder: Path,
    files: Iterable[tuple[Resource, Written]],
    describe: Callable[[Sequence[dict[str, Any]]], dict[str, Any]],
) -> str:
    """Write what describes a package of these files, and return the name of its build."""
    descriptor = with_build(describe([resource_descriptor(*each) for each in files]))
    whole = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(whole, encoding="utf-8", newline="\n")
    return str(descriptor["build"])
