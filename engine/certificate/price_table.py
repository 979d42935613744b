"""Prices as rows of minutes: added up by whoever proposes them, written as runs, read back."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from engine.certificate.certificate import Priced, PriceLine
from engine.certificate.clock_rows import Ints
from engine.units import MINUTES_PER_DAY

Key = tuple[Priced, str, dt.date, str]


class PriceTable:
    """Whole millipoints by thing, id, date and minute; what was never named costs nothing."""

    def __init__(self, lines: Iterable[PriceLine] = ()) -> None:
        self._rows: dict[Key, Ints] = {}
        for line in lines:
            for start, end, price in line.steps:
                self.add(line.of, line.id, line.date, start, end, price, line.other)

    def add(
        self,
        of: Priced,
        id: str,
        day: dt.date,
        start: int,
        end: int,
        millipoints: int,
        other: str = "",
    ) -> None:
        """Raise the price of [start, end) of a thing on a date, in minutes of the day."""
        key = (of, id, day, other)
        if key not in self._rows:
            self._rows[key] = np.zeros(MINUTES_PER_DAY, dtype=np.int64)
        self._rows[key][start:end] += millipoints

    def row(self, of: Priced, id: str, day: dt.date, other: str = "") -> Ints | None:
        """The price of each of the 1,440 minutes; None where all are zero."""
        return self._rows.get((of, id, day, other))

    def of_date(self, of: Priced, id: str, day: dt.date) -> int:
        """The price of a whole date."""
        row = self._rows.get((of, id, day, ""))
        return 0 if row is None else int(row[0])

    def pacts(self) -> set[tuple[Priced, str]]:
        """Households that have prices, and visits that have prices of an order."""
        households = {(of, other) for of, _, _, other in self._rows if of is Priced.HOUSEHOLD}
        return households | {(of, name) for of, name, _, _ in self._rows if of is Priced.ORDER}

    def lines(self) -> tuple[PriceLine, ...]:
        """Sorted; minutes of one price joined, zeros left out."""
        found: list[PriceLine] = []
        for (of, name, day, other), row in sorted(
            self._rows.items(), key=lambda item: _order(item[0])
        ):
            borders = [0, *(np.flatnonzero(np.diff(row)) + 1).tolist(), MINUTES_PER_DAY]
            steps = tuple(
                (start, end, int(row[start])) for start, end in pairwise(borders) if row[start]
            )
            if steps:
                found.append(PriceLine(of=of, id=name, other=other, date=day, steps=steps))
        return tuple(found)


def _order(key: Key) -> tuple[str, str, str, dt.date]:
    of, name, day, other = key
    return (of.value, name, other, day)
