"""The finish with and without the plan, on paper; the sums against the KPIs."""

import datetime as dt

import pytest

from engine.kpi import figures, measure
from engine.kpi.past_ecd import with_choice
from engine.practice import EcdChoice, Follows, Outcome, PastVisit, Purpose
from engine.reports.ledger import OVER, make_ledger
from engine.reports.worklist import Reason

MAY = dt.date(2026, 5, 29)
P_MONDAY, P_TUESDAY, P_LATER = 0.020135, 0.023859, 0.044754
"""Chances of a miss at leads of 0, 1 and 26 days: 1 / (1 + exp(ln 19 - 0.25 ln((1 + lead) / 43)))
(5 % at six weeks' lead, as everybody here is alike)."""


def rows_of(problem, schedule):
    return {row.visit.id: row for row in make_ledger(problem, schedule).rows}


def test_a_last_visit_on_paper(tiny, treatment):
    # On Tuesday, 3 March, it is missed with P_TUESDAY, and then 21 days later. Without the plan it
    # comes 21 days after the dates end on 7 March: on the 28th. At best it is on Monday, today.
    visit = tiny.visit("V1", treatment=treatment(MAY, MAY + dt.timedelta(days=31)))
    problem = tiny.problem(visit)
    row = rows_of(problem, tiny.schedule(problem, tiny.place("V1", "09:00")))["V1"]
    first = dt.date(2026, 3, 1).toordinal()
    assert row.with_plan.finish == pytest.approx(first + 2 + 21 * P_TUESDAY, abs=1e-4)
    assert row.without_plan.finish == pytest.approx(first + 27 + 21 * P_LATER, abs=1e-4)
    assert row.floor.finish == pytest.approx(first + 1 + 21 * P_MONDAY, abs=1e-4)
    assert row.weeks_bought == pytest.approx((25 + 21 * (P_LATER - P_TUESDAY)) / 7, abs=1e-4)
    assert row.extended_days == 31
    assert (row.time, row.standing) == (dt.datetime(2026, 3, 3, 9), "new")


def test_visits_to_come_put_the_finish_off(tiny, treatment):
    # Two more visits, 42 days apart. Each is missed with 5 % (21 days), and finds something broken
    # with 12 % (14 days): 2 (0.05 * 21 + 0.12 * 14) = 5.46 days. 3 March + 84 + 5.46 + 0.50 days is
    # 90 days on: 1 June.
    visit = tiny.visit("V1", treatment=treatment(MAY, remaining=3))
    problem = tiny.problem(visit)
    row = rows_of(problem, tiny.schedule(problem, tiny.place("V1", "09:00")))["V1"]
    wanted = tiny.tuesday.toordinal() + 84 + 5.46 + 21 * P_TUESDAY
    assert row.with_plan.finish == pytest.approx(wanted, abs=0.03)
    assert row.with_plan.finish_date == dt.date(2026, 6, 1)


def test_both_dates_have_their_chances(tiny, treatment):
    # The only visit left is on Tuesday: past Monday's date for certain, past May's for certain not,
    # past Wednesday's if it is missed.
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(tiny.monday, MAY)),
        tiny.visit("V2", treatment=treatment(MAY, tiny.wednesday)),
    )
    placed = tiny.place("V1", "09:00"), tiny.place("V2", "10:00")
    rows = rows_of(problem, tiny.schedule(problem, *placed))
    one, two = rows["V1"].with_plan, rows["V2"].with_plan
    assert (one.past_original, one.past_current) == (pytest.approx(1), 0)
    assert (two.past_original, two.past_current) == (0, pytest.approx(P_TUESDAY, abs=1e-4))


def test_a_booking_counts_as_the_book_has_it_without_the_plan(tiny, treatment):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", treatment=treatment(MAY)),
        tiny.booking(
            "B2", "10:00", date=tiny.thursday, movable=True, treatment=treatment(MAY)
        ).model_copy(update={"booked_on": tiny.monday}),
    )
    placed = tiny.place("B1", "09:00"), tiny.place("B2", "10:00", date=tiny.tuesday)
    rows = rows_of(problem, tiny.schedule(problem, *placed))
    kept, moved = rows["B1"], rows["B2"]
    assert (kept.standing, kept.weeks_bought) == ("kept", 0)
    assert kept.floor == kept.with_plan  # it may not move
    assert moved.standing == "moved"
    assert moved.weeks_bought == pytest.approx(2 / 7, abs=0.05)
    assert moved.floor.finish < moved.with_plan.finish


def test_on_other_dates_the_plan_changes_nothing(tiny, treatment):
    later = dt.date(2026, 3, 18)
    problem = tiny.problem(
        tiny.booking("B1", "09:00", date=later, treatment=treatment(MAY)).model_copy(
            update={"booked_on": tiny.monday}
        ),
        tiny.visit("V1", earliest=later, treatment=treatment(MAY)),
    )
    ledger = make_ledger(problem, tiny.schedule(problem))
    found = [(row.visit.id, row.standing) for row in ledger.rows]
    assert found == [("B1", "booked"), ("V1", "none")]
    for row in ledger.rows:
        assert not row.in_these_dates
        assert row.with_plan == row.without_plan == row.floor
        assert row.with_plan.finish == pytest.approx(later.toordinal() + 21 * 0.04, abs=0.2)
    assert ledger.counted == ()
    assert ledger.total(lambda row: row.with_plan.past_original) == 0


def test_a_step_that_is_booked_after_these_dates_decides_the_finish(tiny, treatment):
    # The scan of Tuesday is one of two visits left; the last one is booked on Monday, 9 March.
    last = dt.date(2026, 3, 9)
    problem = tiny.problem(
        tiny.visit("V1", patient="P", treatment=treatment(tiny.monday, MAY, remaining=2)),
        tiny.booking("B1", "09:00", date=last, patient="P", treatment=treatment(tiny.monday, MAY)),
    )
    (row,) = make_ledger(problem, tiny.schedule(problem, tiny.place("V1", "09:00"))).rows
    assert (row.visit.id, row.standing, row.in_these_dates) == ("B1", "booked", False)
    assert row.with_plan == row.without_plan
    assert row.with_plan.finish_date - last < dt.timedelta(days=3)
    assert row.with_plan.past_current == 0
    assert row.next_time == dt.datetime(2026, 3, 3, 9)


def test_a_visit_that_gets_no_time_still_follows_the_booked_one(tiny, treatment):
    # Without a time it would come three weeks after these dates, on 28 March; the visit before it
    # is booked on 20 May, and it may follow five open days later at the earliest: on 27 May.
    booked = tiny.booking("B1", "09:00", date=dt.date(2026, 5, 20), patient="P")
    follows = (Follows(visit="B1", min_days=0, min_working_days=5),)
    for earliest in (None, dt.date(2026, 4, 1)):
        visit = tiny.visit(
            "V1", patient="P", follows=follows, earliest=earliest, treatment=treatment(MAY)
        )
        problem = tiny.problem(booked, visit)
        row = rows_of(problem, tiny.schedule(problem))["V1"]
        assert row.in_these_dates is (earliest is None)
        assert row.with_plan.finish_date >= dt.date(2026, 5, 27)
        assert row.without_plan.past_current > 0.03


def test_whose_last_booking_is_over_is_found_without_a_next_one(tiny, treatment):
    # Kept on 24 February, with one more visit 42 days on: 7 April. P2 was last seen in December, so
    # that the next visit comes when these dates are over, on 7 March. P3 has had the debond.
    two = treatment(MAY, remaining=2)
    winter, ended = dt.date(2025, 12, 1), dt.date(2026, 2, 24)
    problem = tiny.problem(
        tiny.booking("B1", "09:00", date=ended, patient="P1", treatment=two),
        tiny.booking("B2", "09:00", date=winter, patient="P2", treatment=two),
        tiny.booking("B3", "10:00", date=ended, procedure="DEB", treatment=treatment(MAY)),
        procedures=(tiny.procedure("DEB", "A20", purpose=Purpose.DEBOND),),
    )
    known = [PastVisit(patient, ended, Outcome.KEPT, started=winter) for patient in ("P1", "P4")]
    ledger = make_ledger(problem, tiny.schedule(problem), known)
    rows = {row.patient: row for row in ledger.rows}
    assert list(rows) == ["P1", "P2"]
    for row, planned in zip(rows.values(), (dt.date(2026, 4, 7), dt.date(2026, 3, 7)), strict=True):
        assert Reason.WITHOUT_NEXT in row.reasons
        assert (row.time, row.next_time, row.standing) == (None, None, OVER)
        assert not row.in_these_dates
        assert dt.timedelta(0) <= row.with_plan.finish_date - planned <= dt.timedelta(days=5)
    assert ledger.by_history_only == ("P4",)


def test_two_visits_of_a_patient_are_one_row(tiny, treatment):
    problem = tiny.problem(
        tiny.visit("V1", patient="P", treatment=treatment(MAY, remaining=2)),
        tiny.visit("V2", patient="P", treatment=treatment(MAY, remaining=1)),
        tiny.booking("B1", "09:00", date=dt.date(2026, 3, 18), treatment=treatment(MAY)),
    )
    placed = tiny.place("V1", "09:00"), tiny.place("V2", "10:00", date=tiny.friday)
    rows = make_ledger(problem, tiny.schedule(problem, *placed)).rows
    assert sorted(row.visit.id for row in rows) == ["B1", "V2"]


@pytest.mark.parametrize("choice", list(EcdChoice))
def test_the_sums_are_the_kpis(week, choice):
    problem, schedule = week
    problem = with_choice(problem, choice)
    ledger = make_ledger(problem, schedule)
    kpis = {kpi.kpi: kpi.value for kpi in measure(problem, schedule)}
    own = "past_original" if choice is EcdChoice.ORIGINAL else "past_current"
    late = ledger.total(lambda row: getattr(row.with_plan, own))
    assert late == pytest.approx(kpis["patients_past_ecd"], abs=1e-6)
    assert late > 0
    weeks = ledger.total(lambda row: row.with_plan.late_weeks)
    assert weeks == pytest.approx(kpis["late_weeks"], abs=1e-6)
    assert weeks > 0


def test_the_floors_are_the_unavoidable_part_of_the_figures(week):
    problem, schedule = week
    ledger, found = make_ledger(problem, schedule), figures(problem, schedule)
    original = ledger.total(lambda row: row.floor.past_original)
    current = ledger.total(lambda row: row.floor.past_current)
    assert original == pytest.approx(found.past_original_ecd.unavoidable_patients, abs=1e-6)
    assert current == pytest.approx(found.past_current_ecd.unavoidable_patients, abs=1e-6)
    assert original < found.past_original_ecd.expected_patients


def test_no_plan_is_better_than_the_floor(week):
    for row in make_ledger(*week).rows:
        for plan in (row.with_plan, row.without_plan):
            assert row.floor.finish <= plan.finish
            assert row.floor.past_original <= plan.past_original
            assert row.floor.past_current <= plan.past_current
            assert row.floor.late_weeks <= plan.late_weeks
