"""Many requests at once; the first that fails ends them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

_Result = TypeVar("_Result")
_REQUESTS = 16
_WAITING = 1000  # at once in the queue: each takes memory


def at_once(work: Callable[[str], _Result], places: Sequence[str]) -> Iterator[tuple[str, _Result]]:
    """Yield each place with what ``work`` makes of it, as they end; raises what it raises."""
    with ThreadPoolExecutor(_REQUESTS) as pool:
        try:
            for start in range(0, len(places), _WAITING):
                some = places[start : start + _WAITING]
                under_way = {pool.submit(work, place): place for place in some}
                for future in as_completed(under_way):
                    yield under_way[future], future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
