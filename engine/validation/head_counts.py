"""How many people are needed and how many are there, minute by minute."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import accumulate

from engine.practice import Problem, StaffMember
from engine.practice.calendar import present_intervals
from engine.units import MINUTES_PER_DAY, Interval, overlap_minutes
from engine.validation.book import Booked

Claim = tuple[Interval, Booked]
"""Who needs something when."""


def shortages(
    problem: Problem, day: dt.date, claims: list[Claim], people: list[StaffMember]
) -> Iterator[tuple[Interval, list[str], str, int]]:
    """Stretches with more claims than people present, but somebody: who claims, fewest present.

    Where nobody at all is present, each booking is listed by itself as outside the shifts.
    """
    if len(claims) < 2:
        return
    needed = counts(span for span, _ in claims)
    present = counts(
        span for person in people for span in present_intervals(problem.practice, person, day)
    )
    minute = 0
    while minute < MINUTES_PER_DAY:
        begin = minute
        while minute < MINUTES_PER_DAY and needed[minute] > present[minute] > 0:
            minute += 1
        if minute > begin:
            within = [claim for claim in claims if overlap_minutes(claim[0], (begin, minute))]
            last = max(within, key=lambda claim: (claim[0], claim[1].id))[1].id
            names = list(dict.fromkeys(booked.id for _, booked in within))
            yield (begin, minute), names, last, min(present[begin:minute])
        minute += 1


def counts(spans: Iterable[Interval]) -> list[int]:
    """How many intervals hold each minute of the day."""
    change = [0] * (MINUTES_PER_DAY + 1)
    for start, end in spans:
        change[min(start, MINUTES_PER_DAY)] += 1
        change[min(end, MINUTES_PER_DAY)] -= 1
    return list(accumulate(change))[:MINUTES_PER_DAY]
