"""What is held and committed in an open book, brought to what the store says of it.

A book takes half a second to make anew, a hold a few milliseconds to take in or out.
"""

import datetime as dt
from collections.abc import Iterable

from api.services.book_shelf import OpenRun
from api.store.holds import KeptHold
from engine.filling.openings.open_book import OpenBook
from engine.schedule import Hold

_FOR_EVER = dt.datetime(9999, 1, 1)


def bring_up_to_date(entry: OpenRun, taken: Iterable[KeptHold], version: int) -> OpenBook:
    """The book with these times taken and no others; made where there is none."""
    now = {one.id: one for one in taken}
    if entry.book is None:
        entry.book = _made(entry, now.values())
    else:
        for gone in [one for one in entry.taken.values() if one.id not in now]:
            take_out(entry, gone)
        for one in now.values():
            if one.id not in entry.taken:
                entry.book.take(_standing(one))
            entry.book.holds[one.hold.visit.id] = _standing(one)
    entry.taken, entry.version = now, version
    return entry.book


def take_in(entry: OpenRun, kept: KeptHold) -> None:
    """A hold that the book has given, or one whose state has changed."""
    entry.taken[kept.id] = kept
    if entry.book is not None:
        entry.book.holds[kept.hold.visit.id] = _standing(kept)


def take_out(entry: OpenRun, kept: KeptHold) -> None:
    """The time is free again, and its visit back where the schedule had it."""
    entry.taken.pop(kept.id, None)
    if entry.book is not None and entry.schedule is not None:
        visit = kept.hold.visit.id
        entry.book.give_back(visit, entry.schedule.placement_of.get(visit))


def _made(entry: OpenRun, taken: Iterable[KeptHold]) -> OpenBook:
    if entry.problem is None or entry.schedule is None:
        raise AssertionError("loaded before")
    holds = [_standing(one) for one in taken]
    moved = {one.visit.id for one in holds}
    return OpenBook(
        entry.problem,
        entry.schedule.horizon,
        [one for one in entry.schedule.placements if one.visit not in moved],
        entry.prices,
        holds,
    )


def _standing(kept: KeptHold) -> Hold:
    """The book ends no hold by the moment that it is asked for: the service's clock does."""
    return kept.hold.model_copy(update={"until": _FOR_EVER})
