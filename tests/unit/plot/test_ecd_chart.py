"""Weeks past ECD, before and after."""

import datetime as dt

from engine.plot.ecd_chart import SHOWN, ecd_chart
from engine.practice import Treatment
from engine.risk.visit_costs import PersonalCosts


def late(weeks: int) -> Treatment:
    """Past the ECD by so many weeks on 2 March 2026, one visit left."""
    ecd = dt.date(2026, 3, 2) - dt.timedelta(weeks=weeks)
    return Treatment(
        started=dt.date(2023, 1, 2), original_ecd=ecd, current_ecd=ecd, remaining_visits=1
    )


def chart_of(problem, schedule):
    return ecd_chart(problem, schedule, PersonalCosts(problem, schedule.horizon))


def test_a_placed_patient_gains_and_a_waiting_one_does_not(tiny):
    problem = tiny.problem(
        tiny.visit("V1", treatment=late(4)),
        tiny.visit("V2", treatment=late(9)),
        tiny.visit("V3"),
    )
    chart = chart_of(problem, tiny.schedule(problem, tiny.place("V1", "09:00")))
    assert [(row.patient, row.weeks_now) for row in chart.rows] == [("P-V2", 9.0), ("P-V1", 4.0)]
    waiting, placed = chart.rows
    assert waiting.proposed is None
    assert waiting.weeks_after == waiting.weeks_before
    assert placed.proposed == tiny.tuesday
    # Without the schedule the visit comes on Saturday 7 March + 21 days, in the week of Monday 23
    # March: three weeks after that of 2 March; the longer lead makes a miss, which costs another 21
    # days, a few percent likelier.
    assert abs(placed.weeks_before - placed.weeks_after - 3) < 0.15
    assert (chart.patients, chart.with_time) == (2, 1)


def test_a_booking_that_stays_neither_gains_nor_loses(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", treatment=late(4)))
    chart = chart_of(problem, tiny.schedule(problem, tiny.place("B1", "09:00")))
    assert chart.rows[0].weeks_before == chart.rows[0].weeks_after
    assert chart.rows[0].standing == "kept"


def test_a_booking_that_moves_is_told_as_moved(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True, treatment=late(4)))
    chart = chart_of(problem, tiny.schedule(problem, tiny.place("B1", "11:00")))
    assert chart.rows[0].standing == "moved"


def test_a_visit_that_the_finish_does_not_hang_on_is_not_in_the_chart(tiny):
    # Of two visits in these dates the last one; none where the next step is booked after them.
    two = late(4).model_copy(update={"remaining_visits": 2})
    pair = tiny.visit("V1", patient="P", treatment=two), tiny.visit("V2", patient="P")
    last = pair[1].model_copy(update={"treatment": late(4)})
    booked = tiny.booking("B1", "09:00", date=dt.date(2026, 3, 9), patient="P", treatment=late(4))
    both = tiny.problem(pair[0], last)
    assert [row.visit for row in chart_of(both, tiny.schedule(both)).rows] == ["V2"]
    ahead = tiny.problem(pair[0], booked)
    assert chart_of(ahead, tiny.schedule(ahead)).rows == ()


def test_the_chart_is_short_and_the_totals_are_not(tiny):
    visits = [tiny.visit(f"V{n:02d}", treatment=late(n + 1)) for n in range(SHOWN + 3)]
    problem = tiny.problem(*visits)
    chart = chart_of(problem, tiny.schedule(problem))
    assert len(chart.rows) == SHOWN
    assert chart.rows[0].visit == f"V{SHOWN + 2}"
    assert chart.patients == SHOWN + 3
    assert chart.weeks_before > sum(row.weeks_before for row in chart.rows)


def test_a_visit_that_these_dates_cannot_have_is_not_in_the_chart(tiny):
    later = tiny.tuesday + dt.timedelta(weeks=4)
    problem = tiny.problem(
        tiny.visit("V1", treatment=late(4)), tiny.visit("V2", treatment=late(9), earliest=later)
    )
    chart = chart_of(problem, tiny.schedule(problem, tiny.place("V1", "09:00")))
    assert [row.visit for row in chart.rows] == ["V1"]
    assert chart.patients == 1
