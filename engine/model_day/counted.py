"""Real counts: the visits of a practice's history by procedure, and the days they fell on."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.practice import Outcome, PastVisit

MONTHS_COUNTED = 12
"""The last year holds every season once; older counts are of another practice."""
LEAST_VISITS = 200
"""Fewer visits than this say more about chance than about the practice."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Visits kept or missed since `since`, by procedure, and the dates that had any.

    `missed`: of `visits`, those that were missed.
    """

    since: dt.date
    days: int
    visits: dict[str, int]
    missed: dict[str, int]

    def a_day(self, procedure: str) -> float:
        """Visits of a day on which anybody came."""
        return self.visits.get(procedure, 0) / self.days


def count_visits(history: Iterable[PastVisit], today: dt.date) -> Counted | None:
    """The counts of the last twelve months; None where they are too few to say anything.

    Cancelled visits left their places; missed ones did not, so they count.
    """
    since = today - dt.timedelta(days=round(MONTHS_COUNTED * 30.4))
    recent = [
        visit
        for visit in history
        if since <= visit.date < today
        and visit.outcome is not Outcome.CANCELLED
        and visit.procedure is not None
    ]
    if len(recent) < LEAST_VISITS:
        return None
    counts = Counter(str(visit.procedure) for visit in recent)
    missed = Counter(str(one.procedure) for one in recent if one.outcome is Outcome.MISSED)
    return Counted(since, len({visit.date for visit in recent}), dict(counts), dict(missed))
