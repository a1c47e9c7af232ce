"""ZIPs of packages, whose bytes depend only on names and contents."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from shutil import copyfileobj
from types import MappingProxyType

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
#: Where the header of a packed file tells how long its name is.
_LENGTHS = 26


def write_zip(base: Path, target: Path, packed: Mapping[str, Path] = MappingProxyType({})) -> None:
    """Pack a folder of packages into a ZIP in the order of its names.

    ``packed`` are the ZIPs that packages have already, by their ids: packed bytes are the same.
    """
    files = (p for p in base.rglob("*") if p.is_file() and not p.name.startswith("."))
    names = sorted((path.relative_to(base).as_posix(), path) for path in files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for folder, own in groupby(names, lambda each: each[0].rpartition("/")[0]):
            if folder in packed:
                with zipfile.ZipFile(packed[folder]) as holder:
                    for name, path in own:
                        _add_packed(archive, name, holder, holder.getinfo(path.name))
            else:
                for name, path in own:
                    _add(archive, name, path)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = _entry(name)
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(entry, "w") as packed:
        copyfileobj(source, packed)


def _add_packed(
    archive: zipfile.ZipFile, name: str, holder: zipfile.ZipFile, info: zipfile.ZipInfo
) -> None:
    """Copy what is packed as it is; the library has no door for that, but these names."""
    entry, out, source = _entry(name), archive.fp, holder.fp
    assert out is not None and source is not None
    entry.CRC, entry.file_size = info.CRC, info.file_size
    entry.compress_size = info.compress_size
    source.seek(info.header_offset + _LENGTHS)
    after = sum(struct.unpack("<HH", source.read(4)))  # the name, and what else stands before it
    source.seek(after, 1)
    entry.header_offset = out.tell()
    out.write(entry.FileHeader(zip64=False))
    out.write(source.read(info.compress_size))
    archive.filelist.append(entry)
    archive.NameToInfo[name] = entry
    archive.start_dir = out.tell()
