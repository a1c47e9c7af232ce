"""What happened in a series of years, to be said where it happened: a change, another name."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.website.wording.amounts import change_said
from generator.website.wording.language import gettext as _

if TYPE_CHECKING:
    from generator.website.department.measures import Measure
    from generator.website.department.trends import Slot

#: Of fewer changes none is the largest.
_LEAST_CHANGES = 2


def happenings(measure: Measure, slots: Sequence[Slot]) -> list[list[str]]:
    """Return of each slot what to say below it: that it changed most, or that the name is new."""
    found: list[list[str]] = [[] for _slot in slots]
    for at, before in _new_names(slots):
        found[at].append(_("改了名，此前叫{name}").format(name=before))
    if largest := _largest_change(measure, slots):
        at, words = largest
        found[at].append(words)
    return found


def _new_names(slots: Sequence[Slot]) -> list[tuple[int, str]]:
    """The slots whose department has another name than the one before, and that one."""
    held = [
        (at, slot.overview.package.department.names.chinese)
        for at, slot in enumerate(slots)
        if slot.overview
    ]
    return [(at, before) for (_at, before), (at, name) in pairwise(held) if name != before]


def _largest_change(measure: Measure, slots: Sequence[Slot]) -> tuple[int, str] | None:
    """Where one printed amount differs most from the one before of its kind, in parts of that."""
    if measure.counted:
        return None
    changes = []
    for kind in {slot.kind: None for slot in slots if slot.kind}:
        own = [(at, s) for at, s in enumerate(slots) if s.kind == kind and _alone(s) and not s.plan]
        changes += [
            (abs(now - was) / was, at, before, was, now)
            for (_at, before), (at, slot) in pairwise(own)
            if (was := _alone(before) or Decimal(0)) > 0
            and (now := _alone(slot) or Decimal(0)) != was
        ]
    if len(changes) < _LEAST_CHANGES:
        return None
    _ratio, at, before, was, now = max(changes, key=lambda change: (change[0], -change[1]))
    words = _("变化最大：比{before}{change}")
    return at, words.format(before=before.label, change=change_said(was, now))


def _alone(slot: Slot) -> Decimal | None:
    """The amount of a slot that tells of one thing only."""
    told = slot.amount.told if slot.amount else ()
    return told[0].yuan if len(told) == 1 else None
