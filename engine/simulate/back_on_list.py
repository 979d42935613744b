"""Visits that were not kept go back on the list: with their due date, and from when on."""

import datetime as dt

from engine.practice import Visit, VisitList
from engine.simulate.behaviour import Outcome
from engine.simulate.clinic import Clinic

_REACHED = ((0, 0.6), (1, 0.25), (2, 0.15))
"""Weeks until a patient who did not come can be reached, with shares."""


def back_on_list(
    clinic: Clinic, visit: Visit, attempt: int, outcome: Outcome, day: dt.date
) -> None:
    """After this day a visit that was not kept waits for a new time.

    A visit that was put off keeps its attempt: its patient would have come, and is called at once.
    """
    if outcome is Outcome.PUT_OFF:
        relist(clinic, visit, attempt, day + dt.timedelta(days=1), visit.listed)
        return
    missed = outcome is Outcome.MISSED
    listed = VisitList.UNSCHEDULED if missed else VisitList.WILL_CALL
    relist(clinic, visit, attempt + 1, _reached_on(clinic, visit.id, attempt, day), listed)


def relist(
    clinic: Clinic, visit: Visit, attempt: int, earliest: dt.date, listed: VisitList
) -> None:
    """To the end of the list with the due date it had; `earliest`: first date of a new time."""
    again = visit.model_copy(
        update={
            "listed": listed,
            "earliest": max(earliest, visit.earliest or earliest),
            "latest": None,
        }
    )
    clinic.take_out(visit.id)
    clinic.wait(again, attempt)


def _reached_on(clinic: Clinic, visit: str, attempt: int, day: dt.date) -> dt.date:
    """The first date after `day` for which the patient can be given a new time."""
    weeks = clinic.streams.pick(_REACHED, "reached", visit, attempt)
    return day + dt.timedelta(days=1 + 7 * weeks)
