"""A patient's record of kept and missed visits: one rule for files, fits and simulated years."""

import datetime as dt
from collections.abc import Iterable

from engine.practice.past_visits import Outcome, PastVisit
from engine.practice.visits import Attendance

LOOK_BACK_DAYS = 730
"""Visits of more than two years ago no longer count."""


def attendance_of(past: Iterable[PastVisit], last: dt.date) -> Attendance:
    """Outcomes of the `LOOK_BACK_DAYS` days that end with `last`; what comes later is not known.

    A cancelled visit is neither kept nor missed, and never the last one.
    """
    since = last - dt.timedelta(days=LOOK_BACK_DAYS)
    recent = [visit for visit in past if since < visit.date <= last]
    recent.sort(key=lambda visit: (visit.date, visit.start or dt.time()))
    outcomes = [visit.outcome for visit in recent]
    told = [outcome for outcome in outcomes if outcome is not Outcome.CANCELLED]
    return Attendance(
        kept=outcomes.count(Outcome.KEPT),
        missed=outcomes.count(Outcome.MISSED),
        cancelled=outcomes.count(Outcome.CANCELLED),
        last_missed=told[-1] is Outcome.MISSED if told else None,
    )
