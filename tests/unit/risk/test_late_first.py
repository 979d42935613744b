"""Nobody who is already late is pushed back a week to keep one borderline patient inside."""

import datetime as dt

import pytest

from engine.practice import OpenHours, Treatment, Weekday

FIRST, SECOND = dt.date(2026, 3, 3), dt.date(2026, 3, 10)


def treatment(ecd: dt.date) -> Treatment:
    return Treatment(
        started=dt.date(2024, 3, 5), original_ecd=ecd, current_ecd=ecd, remaining_visits=1
    )


def solved(tiny, solve, ecd_of_other: dt.date, **changes):
    """One place on each of two Tuesdays. V1 finishes in time on the first of them only."""
    place = OpenHours(weekday=Weekday.TUE, start=dt.time(8), end=dt.time(8, 30))
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(FIRST + dt.timedelta(days=6)), due=FIRST),
        tiny.visit("V2", treatment=treatment(ecd_of_other), due=SECOND, **changes),
        hours=(place,),
    )
    found = solve(problem, start=FIRST, days=8)
    return {placed.visit: placed.date for placed in found.schedule.placements}, found


@pytest.mark.parametrize("days_late", [1, 6, 200])
def test_the_late_patient_comes_first(tiny, solve, days_late):
    # V1 on the second Tuesday: past for certain instead of with p, which is about 0.024. That is
    # less than the week by which V2, who is late already, would finish later. All else is for V1:
    # its visit is due a week before that of V2.
    ecd = dt.date(2026, 3, 2) - dt.timedelta(days=days_late)
    when, found = solved(tiny, solve, ecd)
    assert when == {"V2": FIRST, "V1": SECOND}
    assert found.quanta("patients_past_ecd") == 20000


def test_a_patient_with_time_lets_the_borderline_one_go_first(tiny, solve):
    # The same with a completion date far away: V1 is kept inside.
    when, found = solved(tiny, solve, dt.date(2026, 9, 1))
    assert when == {"V1": FIRST, "V2": SECOND}
    assert found.quanta("patients_past_ecd") < 500


@pytest.mark.parametrize(("borderline", "late_first"), [(1, True), (2, False)])
def test_two_borderline_patients_outweigh_one_late_week(tiny, solve, borderline, late_first):
    """A week of the late patient costs 400,000, a patient who ends past the date 300,000.

    Each Tuesday has 45 minutes: for the late patient's 40, or for two visits of 20. On the second
    one a borderline patient is past for certain; on the first with p, which is about 0.024. So one
    of them gains about 293,000 by the first Tuesday, two 586,000, and the late patient 400,000.
    """
    late = dt.date(2026, 2, 1)
    others = [f"V{n}" for n in range(1, 1 + borderline)]
    visits = (
        tiny.visit(name, treatment=treatment(FIRST + dt.timedelta(days=6)), due=FIRST)
        for name in others
    )
    place = OpenHours(weekday=Weekday.TUE, start=dt.time(8), end=dt.time(8, 45))
    problem = tiny.problem(
        *visits,
        tiny.visit("LATE", treatment=treatment(late), due=FIRST, minutes=40),
        hours=(place,),
    )
    found = solve(problem, start=FIRST, days=8)
    when = {placed.visit: placed.date for placed in found.schedule.placements}
    first, second = (("LATE",), others) if late_first else (others, ("LATE",))
    assert when == dict.fromkeys(first, FIRST) | dict.fromkeys(second, SECOND)
