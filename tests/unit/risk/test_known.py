"""What was known on the booking day, and nothing that came later."""

import datetime as dt

import pytest

from engine.practice import Confirmation, NoShowFeature, Outcome, PastVisit, Purpose
from engine.risk.fit.known import RowScorer, known_rows
from engine.risk.score import logistic

F = NoShowFeature


def visit(day: str, outcome: str, booked: str | None = None, **more) -> PastVisit:
    booked_on = dt.date.fromisoformat(booked) if booked else None
    date = dt.date.fromisoformat(day)
    return PastVisit("P1", date, Outcome(outcome), booked_on=booked_on, **more)


def test_a_miss_after_the_booking_day_is_not_known_yet():
    rows = known_rows(
        [
            visit("2025-03-10", "missed", "2025-02-01"),
            # Booked before the miss of March, so its record is empty.
            visit("2025-04-01", "kept", "2025-03-01"),
            visit("2025-05-01", "kept", "2025-03-11"),
            # On the day of the miss itself nobody knew how that day would end.
            visit("2025-06-01", "kept", "2025-03-10"),
        ],
        0.05,
    )
    assert [row.fixed.get(F.MISSED_BEFORE, 0) for row in rows] == [0, 0, 1, 0]
    assert [row.fixed.get(F.LAST_MISSED, 0) for row in rows] == [0, 0, 1, 0]


def test_cancelled_visits_are_no_rows_and_no_record():
    rows = known_rows(
        [visit("2025-03-10", "cancelled"), visit("2025-06-01", "kept", "2025-04-01")], 0.05
    )
    assert [row.date.month for row in rows] == [6]
    assert rows[0].fixed == {}


def test_a_record_ends_after_two_years():
    old = visit("2022-03-10", "missed")
    rows = known_rows([old, visit("2025-06-01", "kept", "2025-04-01")], 0.05)
    assert F.MISSED_BEFORE not in rows[1].fixed


def test_months_are_those_on_the_booking_day():
    started = dt.date(2025, 1, 1)
    # 304 days of 30.4 are ten months, in half-years 10 / 6.
    (row,) = known_rows(
        [visit("2025-12-20", "kept", "2025-11-01", started=started, purpose=Purpose.DEBOND)], 0.05
    )
    assert row.fixed[F.MONTHS_1] == pytest.approx(10 / 6)
    assert row.fixed[F.PURPOSE_DEBOND] == 1
    assert row.lead_days == 49


@pytest.mark.parametrize("purpose", [Purpose.RETENTION, Purpose.OBSERVATION])
def test_a_start_that_the_export_repeats_after_the_treatment_counts_for_no_months(purpose):
    """The fill scores such visits without months, since they carry no treatment."""
    started = dt.date(2023, 1, 2)
    (row,) = known_rows(
        [visit("2025-12-20", "kept", "2025-11-01", started=started, purpose=purpose)], 0.05
    )
    assert {one for one, value in row.fixed.items() if value} == {F(f"purpose_{purpose}")}
    assert F.MONTHS_1 not in row.fixed


def test_without_a_booking_day_it_was_six_weeks_ahead():
    (row,) = known_rows([visit("2025-12-20", "kept")], 0.05)
    assert row.lead_days == 42


def test_the_chance_at_booking_does_not_know_what_the_patient_will_say(model_with):
    shares = {"unconfirmed": 0.25, "reminded": 0.0, "confirmed": 0.75}
    scorer = RowScorer(model_with(confirmation=shares))
    (row,) = known_rows([visit("2025-12-20", "kept", confirmation=Confirmation.CONFIRMED)], 0.05)
    mean = 0.25 * logistic(-2.0) + 0.75 * logistic(-3.2)
    assert scorer.at_booking(row) == pytest.approx(mean)
    assert scorer.on_the_day(row) == pytest.approx(logistic(-3.2))
