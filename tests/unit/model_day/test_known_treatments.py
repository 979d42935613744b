"""What the treatments in the book ask for, and what a design makes of it."""

import datetime as dt

import pytest
from offices import catalogue_practice, fixture_goals

from engine.model_day.demand import demand_of
from engine.model_day.derivation import derivation_lines
from engine.model_day.flow import checks_within_the_year, flow_of, new_treatment_months
from engine.model_day.goals import Driver, Mix
from engine.model_day.holds import enough_places
from engine.model_day.known_treatments import KnownTreatments, known_treatments
from engine.practice import Purpose, Treatment

MANY = KnownTreatments(patients=900, adjustments_a_year=3000, endings_a_year=400)
FEW = KnownTreatments(patients=90, adjustments_a_year=300, endings_a_year=40)


def under_way(remaining: int, interval: int) -> Treatment:
    return Treatment(
        started=dt.date(2025, 1, 6),
        original_ecd=dt.date(2026, 12, 1),
        current_ecd=dt.date(2026, 12, 1),
        remaining_visits=remaining,
        interval_days=interval,
    )


def test_a_treatment_counts_once_by_the_visits_that_remain(tiny) -> None:
    problem = tiny.problem(
        tiny.visit("V1", patient="A", treatment=under_way(3, 42)),
        tiny.booking("V2", "09:00", patient="A", treatment=under_way(2, 42)),
        tiny.visit("V3", patient="B", treatment=under_way(12, 56)),
        tiny.visit("V4", patient="C"),
    )
    # A: two adjustments and the debond, 126 days from now. B: every 56 days for a year, 6.52.
    known = known_treatments(problem)
    assert (known.patients, known.endings_a_year) == (2, 1)
    assert known.adjustments_a_year == pytest.approx(2 + 365 / 56)
    half = known_treatments(problem, 0.5)
    assert (half.patients, half.endings_a_year) == (1, 0.5)


def test_more_treatments_than_a_steady_practice_has_are_planned_for() -> None:
    flow = flow_of(fixture_goals(), MANY)
    # 300 starts a year in 165 days; 3,000 + 300 x 6 / 12 x 52 / 8 = 3,975, above the steady 3,575.
    assert flow.per_day[Driver.ADJUSTMENT] == pytest.approx(3975 / 165)
    assert flow.per_day[Driver.DEBOND] == pytest.approx(400 / 165)
    # Of the 100 debonds more: 10.5 / 12 of the first checks fall into the year, 9 / 12, 6 / 12.
    assert checks_within_the_year(fixture_goals()) == pytest.approx(2.125)
    checks = len(fixture_goals().retention_months)
    assert flow.per_day[Driver.RETENTION] == pytest.approx((300 * checks + 212.5) / 165)
    assert flow.per_day[Driver.START] == flow_of(fixture_goals()).per_day[Driver.START]


def test_fewer_change_nothing() -> None:
    assert flow_of(fixture_goals(), FEW).per_day == flow_of(fixture_goals()).per_day


def test_months_of_new_treatments_within_a_year() -> None:
    # Evenly over a year: half of it. Of three months each: only those of the last three are cut.
    assert new_treatment_months(fixture_goals()) == 6
    assert new_treatment_months(fixture_goals(months_per_case=3)) == 3 - 9 / 24


def test_the_derivation_says_where_the_book_asks_for_more() -> None:
    demand = demand_of(fixture_goals(), catalogue_practice(), known=MANY)
    text = "\n".join(derivation_lines(demand, 420))
    for words in (
        "400 of the 900 treatments in the book end within a year, more than the 300 starts",
        "= 3975 a year = 24.1 a day",
        "+ 0.6 debonds more x 2.1 within the year",
    ):
        assert words in text
    steady = derivation_lines(demand_of(fixture_goals(), catalogue_practice(), known=FEW), 420)
    assert steady == derivation_lines(demand_of(fixture_goals(), catalogue_practice()), 420)


def test_places_of_new_patients_are_for_busy_weeks_too() -> None:
    # P(N <= 8) = 0.8472 for a mean of 6, P(N <= 9) = 0.9161.
    assert enough_places(6.0, 0.85) == 9
    assert enough_places(0.0, 0.85) == 0
    mix = (
        Mix(procedure="BOND", driver=Driver.START, share=1),
        Mix(procedure="REC", driver=Driver.START, share=1),
    )
    goals = fixture_goals(mix=mix).model_copy(update={"starts_per_month": 26})
    demand = demand_of(goals, catalogue_practice())
    # 26 x 12 / 52 = 6 starts a week: nine places, half as many again. Records are no new patients.
    assert demand.week_places(Purpose.START) == (pytest.approx(6), 9)
    assert demand.places_per_month() == {"REC": pytest.approx(26), "BOND": pytest.approx(39)}
    average = demand_of(goals.model_copy(update={"covered_weeks": 0.0}), catalogue_practice())
    assert average.places_per_month()["BOND"] == pytest.approx(26)
