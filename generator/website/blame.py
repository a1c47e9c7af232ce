"""Blame: what goes wrong with the pages of one disclosure names it, so that the others are made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from generator.problems import MingzhangError, PageError
from generator.stage_limits import NO_LIMITS, OverLimit, StageLimits, within


@contextmanager
def blaming(disclosure: str, limits: StageLimits = NO_LIMITS) -> Iterator[None]:
    """Turn any mistake of ours in the body into a PageError of the disclosure.

    So is that the body takes more than its ``limits``.
    Errors that say what is wrong already pass as they are, and so does a full disk.
    """
    try:
        with within(limits):
            yield
    except OverLimit as error:
        raise PageError(disclosure, str(error), "pages-over-limit") from error
    except (MingzhangError, OSError):
        raise
    except Exception as error:
        raise PageError(disclosure, f"{type(error).__name__}: {error}") from error
