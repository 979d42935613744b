"""What binds, on days where it is known by construction."""

import datetime as dt

import pytest

from engine.explain.explain import WhySettings, explain
from engine.explain.say_refusal import _SAY
from engine.filling.unplaced_reason import _CODES
from engine.practice import ModelDay, ModelDayDate, Quota, Weekday
from engine.problems import PracticeProblemsError

NO_TRIES = WhySettings(unlocks=0, shared=0)


def why(tiny, problem, *placements, visit="V1", at=None, days=1):
    schedule = tiny.schedule(problem, *placements, start=tiny.tuesday, days=days)
    moment = None if at is None else dt.datetime.combine(tiny.tuesday, dt.time.fromisoformat(at))
    (told,) = explain(problem, schedule, [visit], moment, NO_TRIES).explanations
    return told


def rules(moment) -> list[str]:
    return [refusal.rule for refusal in moment.refusals]


def test_one_chair_full(tiny) -> None:
    """Two assistants, two doctors, one chair, CLEAN only: the chair alone binds.

    BOND is 75 minutes and its turnover 5: B1 holds the chair 09:00-10:20. V1 is a CLEAN of 10 + 5
    minutes: starts from 08:50 (until 09:05) to 10:15 are refused, 18 of them on a 5 minute grid.
    The start at 16:50 is another matter: its turnover ends after the assistants' shifts.
    """
    problem = tiny.problem(
        tiny.visit("V1", "CLEAN"),
        tiny.booking("B1", "09:00", procedure="BOND"),
        assistants=2,
        doctors=2,
    )
    told = why(tiny, problem, tiny.place("B1", "09:00", "A25 D15 A35"), at="09:30")
    assert rules(told.asked) == ["chair_once"]
    assert "C1 is taken by B1 09:00-10:20" in told.asked.sentence
    chair, shift = told.hindrances
    assert (shift.rule, shift.starts) == ("staff_once", 1)
    assert (chair.rule, chair.starts, chair.alone) == ("chair_once", 18, 18)
    (spell,) = chair.where
    assert (spell.first, spell.last) == (dt.time(8, 50), dt.time(10, 15))
    assert told.offered == told.suiting == told.free + 19


def test_the_assistant_is_missing(tiny) -> None:
    """AS1 works until noon: of the afternoon nobody but her is missing. 12:00 - 15 = 11:45."""
    early = tiny.person("AS1", shifts=tiny.shifts("08:00", "12:00"))
    others = tuple(p for p in tiny.practice().staff if p.id != "AS1")
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), staff=(early, *others))
    told = why(tiny, problem, at="14:00")
    assert rules(told.asked) == ["staff_once"]
    assert "AS1 is there only 08:00-12:00" in told.asked.sentence
    (staff,) = told.hindrances
    assert staff.where[0].first == dt.time(11, 50)


def test_the_doctor_is_away_and_busy(tiny) -> None:
    """ADJ needs the doctor from minute 5 to 10; DR1 is with B1 (BOND at 09:00) 09:25-09:40."""
    problem = tiny.problem(
        tiny.visit("V1"), tiny.booking("B1", "09:00", procedure="BOND"), clinic=2, assistants=2
    )
    bond = tiny.place("B1", "09:00", "A25 D15 A35")
    told = why(tiny, problem, bond, at="09:30")
    assert rules(told.asked) == ["doctor_once"]
    assert "5 min with the doctor in 09:35-09:40, and DR1 is with B1 09:25-09:40" in (
        told.asked.sentence
    )
    free = why(tiny, problem, bond, at="09:35")
    assert rules(free.asked) == []
    assert free.asked.points_more is not None
    assert free.asked.points_more < 0  # better than no time at all
    assert "unplaced visits -520.0" in free.asked.sentence


def test_the_patient_comes_on_other_days_only(tiny) -> None:
    problem = tiny.problem(
        tiny.visit("V1", availability=(tiny.window("15:00", "17:00", Weekday.FRI),))
    )
    told = why(tiny, problem)
    assert told.placed is None
    assert (told.suiting, told.free) == (0, 0)
    assert told.hindrances[0].rule == "availability"
    assert "none suits the patient" in told.sentence
    assert "fri 15:00-17:00" in told.sentence


def test_every_rule_that_refuses_is_told_not_only_the_first(tiny) -> None:
    problem = tiny.problem(
        tiny.visit("V1", availability=(tiny.window("15:00", "17:00"),)),
        tiny.booking("B1", "09:00", procedure="BOND"),
    )
    told = why(tiny, problem, tiny.place("B1", "09:00", "A25 D15 A35"), at="09:20")
    assert rules(told.asked) == ["availability", "chair_once", "staff_once", "doctor_once"]
    assert "4 rules refuse it" in told.sentence


@pytest.mark.parametrize(
    ("at", "rule", "words"),
    [
        ("07:00", "opening_hours", "patients are seen 08:00-17:00"),
        ("16:45", "opening_hours", "lasts until 17:05"),
        ("09:02", "start_marks", "every 5 minutes"),
    ],
)
def test_no_such_start(tiny, at, rule, words) -> None:
    told = why(tiny, tiny.problem(tiny.visit("V1")), at=at)
    assert rules(told.asked) == [rule]
    assert words in told.asked.sentence


def test_a_quota_counts(tiny) -> None:
    day = ModelDay(id="M", title="m", quotas=(Quota(procedure_class="clean", at_most=1),))
    problem = tiny.problem(
        tiny.visit("V1", "CLEAN"),
        tiny.booking("B1", "09:00", procedure="CLEAN"),
        model_days=(day,),
        model_day_dates=(ModelDayDate(model_day="M", weekday=Weekday.TUE),),
    )
    told = why(tiny, problem, tiny.place("B1", "09:00", "A10", doctor=None), at="11:00")
    assert rules(told.asked) == ["quotas"]
    assert "takes 1 visit of class clean, and 1 are given" in told.asked.sentence


def test_a_placed_visit_and_the_time_it_has(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"))
    told = why(tiny, problem, tiny.place("V1", "09:00"), at="09:00")
    assert told.asked.refusals == ()
    assert told.asked.points_more == 0
    assert "that is the time it has" in told.sentence


def test_a_frozen_booking_is_told_first(tiny) -> None:
    problem = tiny.problem(tiny.booking("B1", "09:00"))
    told = why(tiny, problem, tiny.place("B1", "09:00"), visit="B1", at="11:00")
    assert rules(told.asked) == ["book_kept"]
    assert "booked for Tue 2026-03-03 09:00 and frozen" in told.asked.sentence
    itself = why(tiny, problem, tiny.place("B1", "09:00"), visit="B1", at="09:00")
    assert rules(itself.asked) == []


def test_a_booking_of_another_date_has_a_time(tiny) -> None:
    problem = tiny.problem(tiny.booking("B1", "09:00", date=tiny.friday, movable=True))
    told = why(tiny, problem, visit="B1")
    assert told.placed == dt.datetime(2026, 3, 6, 9, 0)
    assert told.unlocks == ()
    assert "is on Fri 2026-03-06 09:00" in told.sentence


def test_a_better_time_and_what_keeps_it(tiny) -> None:
    """Due on Tuesday, placed on Wednesday: one day overdue. On Tuesday B1 is in the chair."""
    only = (tiny.window("09:00", "09:25"),)
    problem = tiny.problem(tiny.visit("V1", availability=only), tiny.booking("B1", "09:00"))
    told = why(
        tiny,
        problem,
        tiny.place("B1", "09:00"),
        tiny.place("V1", "09:00", date=tiny.wednesday),
        days=2,
    )
    assert told.nearest is not None
    assert (told.nearest.date, told.nearest.start) == (tiny.tuesday, dt.time(9, 0))
    assert "chair_once" in rules(told.nearest)
    assert told.nearest.points_more < 0
    assert "Better for the patient by" in told.sentence


def test_every_rule_of_the_occupancy_has_a_sentence() -> None:
    assert set(_CODES) | {"readiness"} == set(_SAY)


def test_all_faults_of_a_question_at_once(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"))
    schedule = tiny.schedule(problem, start=tiny.tuesday, days=1)
    with pytest.raises(PracticeProblemsError) as refused:
        explain(problem, schedule, ["V8", "V9"], dt.datetime(2026, 4, 1, 9))
    assert [one.code for one in refused.value.problems] == [
        "unknown-visit",
        "unknown-visit",
        "moment-outside",
    ]
