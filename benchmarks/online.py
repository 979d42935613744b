"""One caller after the other: first fit, best fit, best fit at prices.

Prices are those of a fill, or those for callers to come. Both know more than a desk does: the fill
is the one that knows all calls, and the second know the week's true number of calls.
"""

from collections.abc import Callable, Iterable

from benchmarks.calls import CallWeek
from engine.certificate.certificate import PriceLine
from engine.filling.openings.open_book import OpenBook
from engine.filling.openings.phantom import phantom_prices
from engine.practice import Visit
from engine.schedule import Schedule, Unplaced
from engine.units import to_minutes

Choose = Callable[[OpenBook, Visit, object], tuple | None]
"""A date and a start for the caller; None where nothing suits."""


def first_fit(book: OpenBook, visit: Visit, now) -> tuple | None:
    """The earliest possible start."""
    starts = book.starts(visit, now)
    return (min(starts), int(starts[min(starts)][0])) if starts else None


def best_fit(book: OpenBook, visit: Visit, now) -> tuple | None:
    """The first offer."""
    found = book.best(visit, now, count=1)
    return (found[0].date, to_minutes(found[0].start)) if found else None


def book_online(
    week: CallWeek,
    choose: Choose,
    *,
    protect: bool = False,
    prices: Iterable[PriceLine] = (),
) -> Schedule:
    """Every caller in turn takes what is chosen. `protect`: prices for those still to come, worked
    out anew for each caller; `prices`: others, which stay."""
    own = tuple(prices)
    book = OpenBook(week.problem, week.horizon, prices=own)
    for call in week.calls:
        if protect:
            later = phantom_prices(book, week.rates, call.at, until=week.last_day)
            book.set_prices((*own, *later))
        chosen = choose(book, call.visit, call.at)
        if chosen is not None:
            book.book(call.visit, *chosen, now=call.at)
    placements = book.occupancy.placements
    left = (call.visit.id for call in week.calls if call.visit.id not in placements)
    return Schedule(
        start=week.horizon.start,
        days=week.horizon.days,
        placements=tuple(placements.values()),
        unplaced=tuple(Unplaced(visit=visit, reason="no-admissible-start") for visit in left),
    )
