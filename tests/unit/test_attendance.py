"""The record of a patient: two years, up to a day."""

import datetime as dt

from engine.practice import Attendance, Outcome, PastVisit, attendance_of

LAST = dt.date(2026, 3, 6)


def past(*rows: tuple[int, str]) -> list[PastVisit]:
    """Days before `LAST`, and outcomes."""
    return [PastVisit("P1", LAST - dt.timedelta(days=d), Outcome(what)) for d, what in rows]


def test_two_years_that_end_with_the_day():
    visits = past((0, "missed"), (729, "kept"), (730, "kept"), (-1, "kept"))
    assert attendance_of(visits, LAST) == Attendance(kept=1, missed=1, last_missed=True)


def test_the_last_visit_is_the_last_one_kept_or_missed():
    visits = past((1, "cancelled"), (9, "kept"), (5, "missed"))
    found = attendance_of(visits, LAST)
    assert found == Attendance(kept=1, missed=1, cancelled=1, last_missed=True)
    assert attendance_of(past((1, "cancelled")), LAST).last_missed is None


def test_of_two_visits_of_a_day_the_later_one_is_the_last():
    early, late = (
        PastVisit("P1", LAST, outcome, start=dt.time(hour))
        for outcome, hour in ((Outcome.KEPT, 8), (Outcome.MISSED, 15))
    )
    assert attendance_of([late, early], LAST).last_missed is True
