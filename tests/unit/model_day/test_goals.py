"""Goals are read strictly, written losslessly, and held against the practice."""

from pathlib import Path

import pytest
from offices import fixture_goals, sample_problem, written

from engine.model_day.day_types import day_types_of
from engine.model_day.goal_faults import goal_faults, read_faults
from engine.model_day.goals import DayTypeGoal, Goals, Mix
from engine.model_day.goals_toml import goals_text, read_as_far_as_possible, read_goals
from engine.model_day.sample_goals import sample_goals
from engine.practice import Weekday
from engine.problems import PracticeProblemsError


def test_written_goals_read_back_the_same(tmp_path: Path) -> None:
    band = {"procedure_class": "long", "start": "08:00", "end": "14:30"}
    changes = {"bands": (band,), "production_per_day": 9900.0, "production_per_start": 4500.0}
    goals = Goals.model_validate(sample_goals().model_dump() | changes)
    assert goals.holds.early_release is not None
    assert read_goals(written(tmp_path / "goals.toml", goals_text(goals))) == goals


def test_every_fault_of_a_file_at_once(tmp_path: Path) -> None:
    text = 'starts_per_month = -3\nconversion = 1.2\ninterval_weks = 8\ngrowth = "much"\n'
    with pytest.raises(PracticeProblemsError) as caught:
        read_goals(written(tmp_path / "goals.toml", text))
    found = {problem.where: problem for problem in caught.value.problems}
    assert set(found) == {
        "goals.toml starts_per_month",
        "goals.toml conversion",
        "goals.toml interval_weks",
        "goals.toml growth",
    }
    assert found["goals.toml starts_per_month"].code == "out-of-range"
    assert "found 1.2" in found["goals.toml conversion"].cause
    assert found["goals.toml interval_weks"].code == "unknown-key"


def test_text_that_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(PracticeProblemsError, match="toml-broken"):
        read_goals(written(tmp_path / "goals.toml", "starts_per_month ="))


def codes(goals: Goals) -> list[str]:
    return [fault.code for fault in goal_faults(goals, sample_problem().practice)]


def test_sound_goals_have_no_fault() -> None:
    assert codes(sample_goals()) == []
    assert codes(fixture_goals()) == []


def test_two_hundred_starts_a_day() -> None:
    goals = Goals(starts_per_month=1000, patient_days_per_month=5)
    assert codes(goals) == ["goal-too-large"]


def test_fewer_than_one_patient_day_in_two_months() -> None:
    (fault,) = goal_faults(fixture_goals(patient_days_per_month=0.3), sample_problem().practice)
    assert fault.code == "too-few-patient-days"
    assert fault.cause == "0.3 patient days a month, not one in two months"
    assert codes(fixture_goals(patient_days_per_month=0.5)) == []


def test_what_can_be_read_of_a_faulty_file_is_held_against_the_practice(tmp_path: Path) -> None:
    """A key out of range and a broken item do not hide an unknown class and an unknown procedure.

    What rests on them is not said: the mix that is left need not follow from every driver.
    """
    text = """
        conversion = 1.2
        mix = [
            { procedure = "NPEX", driver = "exam" },
            { procedure = "NONE", driver = "start", share = 1.0 },
        ]
        bands = [
            { procedure_class = "short", start = "25:00", end = "09:00" },
            { procedure_class = "none", start = "08:00", end = "09:00" },
        ]
    """
    read = read_as_far_as_possible(written(tmp_path / "goals.toml", text))
    assert [one.where for one in read.faults] == [
        "goals.toml starts_per_month",
        "goals.toml conversion",
        "goals.toml mix[0].share",
        "goals.toml bands[0].start",
    ]
    found = read_faults(read, sample_problem().practice)
    assert [(one.code, one.where) for one in found] == [
        ("unknown-procedure", "goals.toml mix[1]"),
        ("unknown-class", "goals.toml bands[1]"),
    ]


def test_nothing_is_said_of_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    read = read_as_far_as_possible(written(tmp_path / "goals.toml", "starts_per_month ="))
    assert read.goals is None
    assert [one.code for one in read.faults] == ["toml-broken"]
    assert read_faults(read, sample_problem().practice) == []


def test_production_without_its_price() -> None:
    assert codes(fixture_goals(production_per_day=1.0)) == ["goal-incomplete"]


def test_a_mix_of_procedures_that_are_not_there() -> None:
    goals = fixture_goals(mix=(Mix(procedure="NONE", driver="exam", share=1),))
    assert codes(goals) == ["unknown-procedure", *["mix-incomplete"] * 3]


def test_a_weekday_without_hours_and_too_few_days() -> None:
    sunday = DayTypeGoal(id="s", title="Sunday", weekdays=(Weekday.SUN,))
    assert codes(fixture_goals(day_types=(sunday,))) == ["no-working-day", "too-few-working-days"]


def test_a_practice_without_hours_has_no_working_day() -> None:
    practice = sample_problem().practice.model_copy(
        update={"hours": (), "model_days": (), "model_day_dates": ()}
    )
    assert [fault.code for fault in goal_faults(fixture_goals(), practice)] == ["no-working-day"]


def test_day_types_come_from_the_practice() -> None:
    practice = sample_problem().practice
    types = day_types_of(fixture_goals(), practice)
    assert [(one.id, len(one.weekdays)) for one in types] == [
        ("full", 3),
        ("catch-up", 1),
        ("short", 1),
    ]
    bare = practice.model_copy(update={"model_days": (), "model_day_dates": ()})
    assert [one.weekdays for one in day_types_of(fixture_goals(), bare)] == [
        (Weekday.MON, Weekday.TUE, Weekday.THU),
        (Weekday.WED,),
        (Weekday.FRI,),
    ]


def test_two_types_on_one_weekday_and_unknown_classes() -> None:
    day = DayTypeGoal(id="a", title="A", weekdays=(Weekday.MON,))
    goals = fixture_goals(
        patient_days_per_month=4,
        day_types=(day, day),
        bands=({"procedure_class": "none", "start": "09:00", "end": "09:00"},),
    )
    assert codes(goals) == ["duplicate-day-type", "weekday-twice", "unknown-class", "window-empty"]
