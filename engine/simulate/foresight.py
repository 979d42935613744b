"""What is known on Friday of the week to come: early cancellations to all, the rest to a seer.

Foresight changes one thing: no time of next week is held for, or given to, a visit that would not
be kept. All else is as without it. The miss or cancellation stands in the patient's record on its
day, the patient can be reached as late, and the visit goes on the list on that day, so that a fill
asks about it no earlier. Two things are not pure. A visit without a time is judged as if it had
Wednesday at ten, so that a few misses remain where the hour or the date decides. And an attempt
that would fail passes in the first week that could have given it a time, also where that week
would have had no room for it.
"""

import datetime as dt

from engine.practice import VisitList
from engine.simulate.back_on_list import relist
from engine.simulate.behaviour import Outcome, recorded
from engine.simulate.clinic import Clinic, Foreseen

_MIDDLE = (dt.timedelta(days=2), 10 * 60)
"""Where a visit is judged that has no time yet: Wednesday at ten."""
_WEEK = dt.timedelta(days=7)


def free_known_gaps(clinic: Clinic, monday: dt.date, today: dt.date, *, foresees: bool) -> None:
    """Take out of book and list what is known of the week from `monday` on."""
    in_week = [e for e in clinic.book.values() if monday <= e.placement.date < monday + _WEEK]
    for entry in sorted(in_week, key=lambda e: (e.placement.date, e.placement.start, e.visit.id)):
        day, visit = entry.placement.date, entry.visit
        outcome, _ = clinic.outcome_of(entry)
        if outcome is Outcome.CANCELLED_EARLY:
            clinic.log.foreseen += 1
            clinic.people[visit.patient].remember(day, recorded(outcome))
            relist(clinic, visit, entry.attempt + 1, monday, VisitList.WILL_CALL)
            continue
        if any(link.visit in clinic.foreseen for link in visit.follows):
            outcome = Outcome.PUT_OFF
        if foresees and outcome is not Outcome.KEPT:
            _foresee(clinic, Foreseen(visit, entry.attempt, day, outcome))
    if foresees:
        _judge_the_list(clinic, monday, today)


def _judge_the_list(clinic: Clinic, monday: dt.date, today: dt.date) -> None:
    offset, minute = _MIDDLE
    for entry in list(clinic.waiting.values()):
        visit = entry.visit
        if visit.earliest is not None and visit.earliest >= monday + _WEEK:
            continue
        outcome, _ = clinic.outcome_at(visit, entry.attempt, monday + offset, minute, today)
        if outcome is not Outcome.KEPT:
            _foresee(clinic, Foreseen(visit, entry.attempt, monday + offset, outcome))


def _foresee(clinic: Clinic, foreseen: Foreseen) -> None:
    clinic.log.foreseen += 1
    clinic.take_out(foreseen.visit.id)
    clinic.foreseen[foreseen.visit.id] = foreseen
