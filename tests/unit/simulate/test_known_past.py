"""Dates for the visits of which a practice states counts only."""

import datetime as dt

import pytest

from engine.practice import Attendance, Outcome, attendance_of
from engine.simulate.known_past import past_of
from engine.simulate.streams import Streams

TODAY = dt.date(2026, 3, 5)
DRAWN = Streams(4)


@pytest.mark.parametrize("last_missed", [True, False])
@pytest.mark.parametrize(("kept", "missed", "cancelled"), [(9, 2, 0), (1, 1, 6), (40, 3, 5)])
def test_the_record_of_today_is_the_stated_one(kept: int, missed: int, cancelled: int, last_missed):
    stated = Attendance(kept=kept, missed=missed, cancelled=cancelled, last_missed=last_missed)
    for patient in ("P1", "P2", "P3", "P4"):
        past = past_of(DRAWN, patient, stated, TODAY)
        assert attendance_of(past, TODAY) == stated
        assert [visit.date for visit in past] == sorted(visit.date for visit in past)


def test_nobody_can_have_missed_the_last_visit_without_a_miss():
    past = past_of(DRAWN, "P1", Attendance(kept=3, last_missed=True), TODAY)
    assert attendance_of(past, TODAY) == Attendance(kept=3, last_missed=False)
    assert past_of(DRAWN, "P1", Attendance(), TODAY) == []


def test_records_grow_old_evenly():
    # Twelve visits in 729 days: one each 60.75. A year on, the six of the first year are too old.
    past = past_of(DRAWN, "P1", Attendance(kept=12), TODAY)
    assert attendance_of(past, TODAY + dt.timedelta(days=365)).kept == 6
    assert attendance_of(past, TODAY + dt.timedelta(days=730)).kept == 0


def test_a_short_treatment_has_a_short_past():
    started = TODAY - dt.timedelta(days=100)
    past = past_of(DRAWN, "P1", Attendance(kept=4, missed=1), TODAY, started)
    # Five visits, one each twenty days, from the middle of the first twenty on.
    assert [(TODAY - visit.date).days for visit in past] == [90, 70, 50, 30, 10]
    assert [visit.outcome for visit in past].count(Outcome.MISSED) == 1


def test_the_order_is_drawn_for_each_patient():
    stated = Attendance(kept=6, missed=6)
    orders = {
        tuple(visit.outcome for visit in past_of(DRAWN, f"P{n}", stated, TODAY)) for n in range(9)
    }
    assert len(orders) > 5
