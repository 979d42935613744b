"""Planted schedules are accepted by the checker: two independent countings agree."""

import datetime as dt
from itertools import pairwise

import pytest

from engine.checker import check
from engine.generate import Generated, generate
from engine.practice import DoctorRuleKind


def _assert_accepted(made: Generated) -> None:
    assert made.planted_schedule is not None
    report = check(made.problem, made.planted_schedule)
    assert [violation.sentence for violation in report.violations] == []
    assert [violation.sentence for violation in report.inherited] == []
    assert report.ok
    placed = {placement.visit for placement in made.planted_schedule.placements}
    assert placed == set(made.problem.all_visits)


@pytest.mark.parametrize("seed", range(6))
def test_a_full_week_of_one_doctor(seed: int) -> None:
    _assert_accepted(generate("one-doctor", 350, seed, planted=True))


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("profile", ["one-doctor", "one-doctor-units", "two-doctor"])
def test_half_booked_weeks(profile: str, seed: int) -> None:
    _assert_accepted(generate(profile, 500, seed, weeks=3, planted=True, booked_share=0.5))


def test_a_month_with_vacations_and_pairs_over_weeks() -> None:
    made = generate("one-doctor", None, 8, weeks=4, planted=True)
    _assert_accepted(made)
    # Friday of week 4 has no doctor: what is done there needs none.
    friday = dt.date(2026, 4, 3)
    assert made.planted_schedule is not None
    there = [p for p in made.planted_schedule.placements if p.date == friday]
    assert not any(segment.doctor_time for p in there for segment in p.segments)
    gaps = {f.min_working_days for v in made.problem.visits for f in v.follows}
    assert 5 in gaps


def test_a_week_of_four_doctors() -> None:
    _assert_accepted(generate("four-doctor", None, 2, planted=True))


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 1])
def test_ten_doctors_and_twelve_weeks(seed: int) -> None:
    _assert_accepted(generate("ten-doctor", 3500, seed, planted=True))
    _assert_accepted(generate("one-doctor", None, seed, weeks=12, planted=True, booked_share=0.5))


def test_planted_weeks_exercise_every_kind_of_rule() -> None:
    made = generate("two-doctor", None, 5, weeks=2, planted=True, booked_share=0.3)
    problem, schedule = made.problem, made.planted_schedule
    assert schedule is not None
    codes = {problem.all_visits[p.visit].procedure for p in schedule.placements}
    assert {"PROG", "VIRT", "RETCN", "BOND2", "DEBR"} <= codes
    visits = problem.visits
    assert any(visit.minutes for visit in visits)
    assert any(visit.required_doctor for visit in visits)
    assert any(visit.lab_ready for visit in visits)
    assert any(visit.latest for visit in visits)
    assert any(not c.granted for visit in visits for c in visit.clearances)
    late = [
        segment
        for placement in schedule.placements
        for segment in placement.segments
        if segment.doctor_time
    ]
    assert {segment.doctor for segment in late} == {"DR1", "DR2"}


def test_the_units_profile_shares_doctor_minutes_within_a_slot() -> None:
    made = generate("one-doctor-units", 350, 1, planted=True)
    _assert_accepted(made)
    assert made.problem.practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT
    assert made.planted_schedule is not None
    spans = sorted(
        (placement.date, segment.start, segment.end)
        for placement in made.planted_schedule.placements
        for segment in placement.segments
        if segment.doctor_time
    )
    # By units, two patients may have the doctor in the same minute.
    assert any(one[0] == other[0] and other[1] < one[2] for one, other in pairwise(spans))


def test_a_broken_planted_schedule_is_not_accepted() -> None:
    made = generate("one-doctor", 350, 1, planted=True)
    assert made.planted_schedule is not None
    first, second, *rest = made.planted_schedule.placements
    doubled = second.model_copy(update={"segments": first.segments, "date": first.date})
    broken = made.planted_schedule.model_copy(update={"placements": (first, doubled, *rest)})
    assert not check(made.problem, broken).ok
