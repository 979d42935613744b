"""The prices of a book with those for callers to come, kept from one caller to the next.

A caller does not wait for prices: only dates whose book has changed are worked out again, and all
of them once a day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from engine.certificate.certificate import PriceLine
from engine.filling.openings.phantom import Book, LaterCalls, calls_of, phantom_prices
from engine.filling.openings.start_prices import StartPrices


class LaterPrices:
    """Of one book. `own`: its prices without callers to come; `read`: makes prices of lines."""

    def __init__(
        self,
        book: Book,
        own: Iterable[PriceLine],
        read: Callable[[Iterable[PriceLine]], StartPrices],
    ) -> None:
        self._book, self._own, self._read = book, tuple(own), read
        self._priced: StartPrices | None = None
        self._today: dt.date | None = None
        self._changed: set[dt.date] = set()

    def note(self, day: dt.date) -> None:
        """The book of a date has changed."""
        self._changed.add(day)

    def at(self, now: dt.datetime) -> StartPrices:
        """The prices of the book as it is, for a question of this day."""
        kept = self._priced
        if kept is None or self._today != now.date():
            kept = self._read((*self._own, *phantom_prices(self._book, self._calls, now)))
            self._today = now.date()
        else:
            for day in self._changed:
                lines = phantom_prices(self._book, self._calls, now, dates=(day,))
                if kept.any:
                    kept.reread(day, (*self._own_of[day], *lines))
                elif lines:  # the first price of all
                    kept = self._read(lines)
        self._changed.clear()
        self._priced = kept
        return kept

    @cached_property
    def _calls(self) -> tuple[LaterCalls, ...]:
        return calls_of(self._book.occupancy.problem)

    @cached_property
    def _own_of(self) -> defaultdict[dt.date, list[PriceLine]]:
        """Its own lines by date."""
        lines: defaultdict[dt.date, list[PriceLine]] = defaultdict(list)
        for line in self._own:
            lines[line.date].append(line)
        return lines
