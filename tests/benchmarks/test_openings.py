"""The week of calls is one and the same for every way of booking, and each way keeps the rules."""

import datetime as dt

import pytest

from benchmarks.calls import CALL_DAYS, call_week
from benchmarks.online import best_fit, book_online, first_fit
from benchmarks.openings import protected_latency, row, spread
from engine.certificate.certificate import Priced, PriceLine
from engine.generate import generate
from engine.practice import Purpose
from engine.practice.calendar import open_intervals
from engine.units import to_minutes


@pytest.fixture(scope="module")
def week():
    return call_week(4, visits=90)


def test_calls_come_in_patient_hours_and_are_given_later_days(week):
    assert week == call_week(4, visits=90)
    assert len(week.calls) > 5
    assert [call.at for call in week.calls] == sorted(call.at for call in week.calls)
    for call in week.calls:
        hours = open_intervals(week.problem.practice, call.at.date())
        minute = to_minutes(call.at.time())
        assert any(start <= minute < end for start, end in hours)
        assert call.visit.earliest > call.at.date()
        assert week.horizon.start <= call.at.date() <= week.last_day
    assert week.last_day == week.horizon.start + dt.timedelta(days=CALL_DAYS - 1)
    assert {call.visit for call in week.calls} == set(week.problem.visits)
    assert not any(booking.movable for booking in week.problem.bookings)


def test_rates_are_those_of_exams_and_starts(week):
    purpose = {one.code: one.purpose for one in week.problem.practice.procedures}
    new = [c for c in week.calls if purpose[c.visit.procedure] in (Purpose.EXAM, Purpose.START)]
    assert sum(one.a_day for one in week.rates) * CALL_DAYS == pytest.approx(len(new))
    assert all(call.visit.requested_on == call.at.date() for call in new)


@pytest.mark.parametrize(
    ("choose", "protect"), [(first_fit, False), (best_fit, False), (best_fit, True)]
)
def test_every_way_passes_the_checker_and_accounts_for_every_caller(week, choose, protect):
    schedule = book_online(week, choose, protect=protect)
    found = row(week, schedule)  # asserts that the checker accepts it
    assert found["without_time"] == len(schedule.unplaced)
    assert found["within_7_days"] <= found["new_patients"]


def test_prices_of_a_fill_guide_every_caller(week):
    """A start of the date that the prices close is never taken where another date is open."""
    closed = week.horizon.dates[1]
    dear = tuple(
        PriceLine(of=Priced.CHAIR, id=chair, date=closed, steps=((0, 1440, 10**9),))
        for chair in week.problem.chairs
    )
    schedule = book_online(week, best_fit, prices=dear)
    row(week, schedule)  # asserts that the checker accepts it
    booked = {one.visit.id for one in week.problem.bookings}
    taken = [one.date for one in schedule.placements if one.visit not in booked]
    assert taken
    assert closed not in taken
    plain = book_online(week, best_fit)
    assert closed in [one.date for one in plain.placements if one.visit not in booked]


def test_a_small_office_is_asked_with_protection():
    made = generate("one-doctor", 60, 3, weeks=2, booked_share=0.5)
    found = protected_latency(made.problem, made.horizon, 3)
    assert found["questions_protected"]["count"] == len(made.problem.visits)


def test_percentiles_in_milliseconds():
    # 1 to 101 ms: the median is 51, the 99th percentile 100.
    found = spread([n / 1000 for n in range(1, 102)])
    assert (found["p50_ms"], found["p99_ms"], found["max_ms"]) == pytest.approx((51, 100, 101))
