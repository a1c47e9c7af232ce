"""What lies elsewhere: brought here before a command, and published there after it.

The work itself is done in folders of this machine, as it is without an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator.config import Settings
from generator.journal import step
from generator.lock import locked
from generator.manifest import Manifest
from generator.problems import RemoteError
from generator.remote.addresses import Address
from generator.summary import WAITING, Progress

#: Stands beside a working folder of which something lay at its address.
_PUBLISHED = "published"


@contextmanager
def elsewhere(
    settings: Settings, progress: Progress, *, needs: Sequence[str], makes: Sequence[str] = ()
) -> Iterator[None]:
    """Bring what the body ``needs``, and publish what it ``makes``, wherever that has an address.

    One build at a time does so here. Raises RemoteError, before the body where nothing could be
    published after it; where the body raises, nothing is.
    """
    far = settings.addresses
    if not far.keys() & {*needs, *makes}:
        yield
        return
    with locked(settings.cache / "remote", partial(progress, WAITING, 0, 0)):
        manifest = Manifest(settings.cache / "remote" / "manifest")
        for name in makes:
            if name in far:
                _make_ready(far[name], progress)
        for name in needs:
            if name in far:
                _bring(name, far[name], getattr(settings, name), manifest, progress)
        manifest.save()
        yield
        for name in makes:
            if name in far:
                _publish(far[name], getattr(settings, name), manifest, progress)
        manifest.save()


def _make_ready(address: Address, progress: Progress) -> None:
    from generator.remote.folders import RemoteFolder
    from generator.remote.publishing import make_ready

    make_ready(RemoteFolder(address), progress)


def _bring(
    name: str, address: Address, folder: Path, manifest: Manifest, progress: Progress
) -> None:
    """Bring one folder, and tell of it. Raises RemoteError where what was there is gone."""
    from generator.remote.bringing import Offered, bring
    from generator.remote.folders import RemoteFolder
    from generator.remote.lists import listed
    from generator.remote.publishing import make_ready, ours, published

    source = RemoteFolder(address)
    known = None
    with step("brought", file=str(address)) as told:
        if address.is_web:
            offered = listed(source)
        elif name == "packages":
            make_ready(source, progress)
            offered = {place: Offered(mark) for place, mark in ours(source).items()}
            known = published(source)
        else:
            offered = {place: Offered(mark) for place, mark in source.files().items()}
        _refuse_empty(name, address, folder, not offered)
        brought = bring(source, offered, folder, manifest, progress, known)
        _note(folder, brought.files)
        told.outcome = f"{brought.fetched} of {brought.files} fetched"


def _refuse_empty(name: str, address: Address, folder: Path, is_empty: bool) -> None:
    """What was there and is gone is a mishap, and no reason to begin from nothing."""
    if is_empty and name == "disclosures":
        raise RemoteError(f"{address}: no disclosures (*.txt, *.pdf) there; correct the address")
    if is_empty and (folder.parent / _PUBLISHED).is_file():
        raise RemoteError(
            f"{address}: is empty, and packages were published there; bring them back, or delete "
            f"{folder.parent} to begin from nothing"
        )


def _publish(address: Address, folder: Path, manifest: Manifest, progress: Progress) -> None:
    from generator.remote.folders import RemoteFolder
    from generator.remote.publishing import publish

    with step("published", file=str(address)) as told:
        changes = publish(folder, RemoteFolder(address), manifest, progress)
        _note(folder, changes.new)
        told.outcome = f"{changes.new} new, {changes.gone} gone"


def _note(folder: Path, files: int) -> None:
    if files:
        (folder.parent / _PUBLISHED).touch()
