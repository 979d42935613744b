"""Ways out are what they say: applied to the question, the visit has a checked time."""

import datetime as dt

import pytest

from engine.checker import check
from engine.explain.binding import sift
from engine.explain.changes import any_time, one_more_chair, one_more_person
from engine.explain.explain import WhySettings, explain
from engine.explain.try_change import Plan, try_change
from engine.filling.occupancy import Occupancy
from engine.practice import (
    Cell,
    ChairKind,
    DailyLimit,
    Horizon,
    ModelDay,
    ModelDayDate,
    Role,
    Weekday,
)


def told_of(tiny, problem, *placements, visit="V1", unlocks=9):
    schedule = tiny.schedule(problem, *placements, start=tiny.tuesday, days=1)
    settings = WhySettings(unlocks=unlocks)
    (told,) = explain(problem, schedule, [visit], None, settings).explanations
    return told


def names(told) -> list[str]:
    return [unlock.change for unlock in told.unlocks]


def half_hour(tiny, *weekdays):
    """Room for one ADJ (20 minutes) and no second one beside it."""
    return (tiny.window("09:00", "09:30", *weekdays),)


def test_a_full_chair_is_unlocked_by_a_chair_alone(tiny) -> None:
    """B1 sits in C1 at 09:00-09:25. There are two assistants and two doctors: one more of them
    does not help."""
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)),
        tiny.booking("B1", "09:00"),
        assistants=2,
        doctors=2,
    )
    told = told_of(tiny, problem, tiny.place("B1", "09:00"))
    assert names(told) == ["any_time", "chair", "column"]
    chair = told.unlocks[1]
    assert (chair.places, chair.asked, chair.visits) == (1, 1, ("V1",))
    assert chair.sentence.startswith("one more clinic chair Tue 2026-03-03 09:00-10:00 places it")


def test_the_missing_assistant(tiny) -> None:
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)),
        tiny.booking("B1", "09:00"),
        clinic=2,
        doctors=2,
    )
    assert names(told_of(tiny, problem, tiny.place("B1", "09:00"))) == [
        "any_time",
        "staff",
        "column",
    ]


def test_the_missing_doctor(tiny) -> None:
    """V1 may start at 09:00, 09:05 or 09:10, with the doctor at 09:05, 09:10 or 09:15. A BOND at
    08:40 has the doctor 09:05-09:20."""
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)),
        tiny.booking("B1", "08:40", procedure="BOND"),
        clinic=2,
        assistants=2,
    )
    told = told_of(tiny, problem, tiny.place("B1", "08:40", "A25 D15 A35"))
    assert names(told) == ["any_time", "doctor"]


def test_one_movable_booking_moves(tiny) -> None:
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)), tiny.booking("B1", "09:00", movable=True)
    )
    told = told_of(tiny, problem, tiny.place("B1", "09:00"))
    assert "move" in names(told)
    (move,) = [unlock for unlock in told.unlocks if unlock.change == "move"]
    assert move.moved == ("B1",)
    assert "move one booking of Tue 2026-03-03 (B1 at 09:00) places it" in move.sentence


def test_a_move_comes_before_one_more_kit(tiny) -> None:
    """B1 has the only scanner at 09:00-09:30, and room at another time; there is room for both."""
    scanner = DailyLimit(id="scanner", procedures=("ADJ",), at_once=1)
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)),
        tiny.booking("B1", "09:00", movable=True),
        clinic=2,
        assistants=2,
        doctors=2,
        limits=(scanner,),
    )
    told = told_of(tiny, problem, tiny.place("B1", "09:00"))
    assert names(told) == ["any_time", "move", "kit"]
    assert told.unlocks[2].sentence.startswith("have one more of scanner places it")


def test_two_facts_of_a_patient_come_after_each_of_them(tiny) -> None:
    """V1 can come on Wednesday afternoon alone; the day is Tuesday. With a lab item that comes on
    Friday no two facts are enough."""
    wednesday = tiny.window("15:00", "17:00", Weekday.WED)
    problem = tiny.problem(
        tiny.visit("V1", lab_ready=tiny.friday, availability=(wednesday,), earliest=tiny.wednesday)
    )
    assert names(told_of(tiny, problem)) == []
    problem = tiny.problem(
        tiny.visit("V1", availability=(wednesday,), earliest=tiny.wednesday),
    )
    assert names(told_of(tiny, problem)) == ["any_time+any_day"]


def test_a_frozen_booking_does_not(tiny) -> None:
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)), tiny.booking("B1", "09:00")
    )
    assert "move" not in names(told_of(tiny, problem, tiny.place("B1", "09:00")))


def test_a_booking_that_was_moved_already_stays(tiny) -> None:
    """B1 stood at 11:00 in the book; the plan has moved it to 09:00."""
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)), tiny.booking("B1", "11:00", movable=True)
    )
    assert "move" not in names(told_of(tiny, problem, tiny.place("B1", "09:00")))


def test_times_and_readiness_together(tiny) -> None:
    """Neither alone helps: two facts of the patient's own are asked for at once."""
    problem = tiny.problem(
        tiny.visit(
            "V1", lab_ready=tiny.friday, availability=(tiny.window("15:00", "17:00", Weekday.WED),)
        )
    )
    told = told_of(tiny, problem)
    assert names(told) == ["any_time+ready"]


def test_room_that_the_plan_has_left(tiny) -> None:
    """Nothing has to change: the date is filled again."""
    told = told_of(tiny, tiny.problem(tiny.visit("V1")), unlocks=1)
    assert names(told) == ["nothing"]
    assert "filling the date again places it on Tue" in told.unlocks[0].sentence


def test_a_displaced_booking_is_explained_too(tiny) -> None:
    problem = tiny.problem(
        tiny.booking("B1", "09:00", movable=True), tiny.booking("B2", "09:00"), clinic=2
    )
    schedule = tiny.schedule(
        problem, tiny.place("B2", "09:00"), displaced=("B1",), start=tiny.tuesday, days=1
    )
    (told,) = explain(problem, schedule).explanations
    assert (told.visit, told.placed) == ("B1", None)
    assert names(told) == ["nothing"]


def test_only_the_cell_that_is_needed_is_released(tiny) -> None:
    """C1 is kept for bonds 08:00-12:00 and for exams 12:00-17:00; V1 can come in the morning."""
    cells = (
        Cell(id="a", procedure_class="bond", columns=("C1",), start="08:00", end="12:00"),
        Cell(id="b", procedure_class="exam", columns=("C1",), start="12:00", end="17:00"),
    )
    problem = tiny.problem(
        tiny.visit("V1", availability=(tiny.window("08:00", "10:00"),)),
        model_days=(ModelDay(id="M", title="m", cells=cells),),
        model_day_dates=(ModelDayDate(model_day="M", weekday=Weekday.TUE),),
    )
    told = told_of(tiny, problem, unlocks=1)
    assert names(told) == ["release"]
    assert "let class adj into the bond time 08:00-12:00 of Tue 2026-03-03 places it" in (
        told.unlocks[0].sentence
    )


def test_what_one_more_assistant_does_for_several(tiny) -> None:
    """Three chairs, three doctors, one assistant, all of 09:00-09:30 only: of V1, V2, V3 one has a
    time. With one more assistant for the hour, two have."""
    visits = [tiny.visit(f"V{n}", availability=half_hour(tiny)) for n in (1, 2, 3)]
    problem = tiny.problem(*visits, clinic=3, doctors=3)
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"), start=tiny.tuesday, days=1)
    report = explain(problem, schedule, settings=WhySettings(unlocks=0))
    best = report.unlocks[0]
    assert (best.change, best.places, best.asked) == ("staff", 1, 2)
    assert "places 1 of 2 visits" in best.sentence
    changes = {unlock.change for unlock in report.unlocks}
    assert changes <= {"staff", "column"}


@pytest.mark.parametrize("works", [True, False])
def test_a_try_is_checked_against_the_changed_question(tiny, works: bool) -> None:
    """A chair where the chair binds; an assistant where it does not."""
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)),
        tiny.booking("B1", "09:00"),
        assistants=2,
        doctors=2,
    )
    schedule = tiny.schedule(problem, tiny.place("B1", "09:00"), start=tiny.tuesday, days=1)
    plan, part = Plan(problem, schedule), Horizon(start=tiny.tuesday, days=1)
    span = (540, 600)
    change = (
        one_more_chair(ChairKind.CLINIC, tiny.tuesday, span)
        if works
        else one_more_person(Role.ASSISTANT, (), tiny.tuesday, span)
    )
    tried = try_change(plan, change, ("V1",), part)
    assert tried is not None
    assert tried.gives("V1") is works
    assert check(tried.question, tried.schedule).ok


def test_any_time_applied_to_the_question_places_the_visit(tiny) -> None:
    problem = tiny.problem(
        tiny.visit("V1", availability=half_hour(tiny)), tiny.booking("B1", "09:00")
    )
    told = told_of(tiny, problem, tiny.place("B1", "09:00"), unlocks=1)
    changed = any_time(problem.visits[0]).apply(problem)
    schedule = tiny.schedule(changed, tiny.place("B1", "09:00"), start=tiny.tuesday, days=1)
    occupancy = Occupancy.of(changed, schedule)
    (when,) = told.unlocks[0].times
    minute = when.hour * 60 + when.minute
    assert occupancy.place_at(changed.visits[0], when.date(), minute) is not None
    assert sift(Occupancy.of(problem, schedule), problem.visits[0]).free == 0


def asked_at(tiny, problem, *placements, clock="09:00", visit="V1"):
    """What is told of a visit that is somewhere else: why not at this time of Tuesday?"""
    schedule = tiny.schedule(problem, *placements, start=tiny.tuesday, days=1)
    at = dt.datetime.combine(tiny.tuesday, dt.time.fromisoformat(clock))
    (told,) = explain(problem, schedule, [visit], at, WhySettings(unlocks=9)).explanations
    return told


def test_the_way_to_the_time_that_was_asked_about(tiny) -> None:
    """V1 has 14:00 and can only come then; the caller asks for 09:00, where B1 sits, who may move:
    the patient's own window is no obstacle any more, nor is its own time a way out."""
    problem = tiny.problem(
        tiny.visit("V1", availability=(tiny.window("14:00", "15:00"),)),
        tiny.booking("B1", "09:00", movable=True),
    )
    told = asked_at(tiny, problem, tiny.place("V1", "14:00"), tiny.place("B1", "09:00"))
    assert told.asked.refusals
    first = told.asked_unlocks[0]
    assert (first.change, first.moved) == ("move", ("B1",))
    assert first.times == (dt.datetime.combine(tiny.tuesday, dt.time(9, 0)),)
    assert {one.change for one in told.asked_unlocks}.isdisjoint({"any_time", "any_day"})
    # It has a time: there is nothing to unlock but the time that was asked about.
    assert told.unlocks == ()


def test_a_frozen_neighbour_leaves_only_one_more_chair(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.booking("B1", "09:00"), assistants=2, doctors=2)
    told = asked_at(tiny, problem, tiny.place("V1", "14:00"), tiny.place("B1", "09:00"))
    assert [one.change for one in told.asked_unlocks] == ["chair", "column"]
    assert told.asked_tried == 2


def test_no_way_is_looked_for_where_the_time_is_free_or_the_booking_frozen(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.booking("B1", "09:00"))
    placed = (tiny.place("V1", "14:00"), tiny.place("B1", "09:00"))
    free = asked_at(tiny, problem, *placed, clock="10:00")
    assert (free.asked_unlocks, free.asked_tried) == ((), 0)
    frozen = asked_at(tiny, problem, *placed, clock="14:00", visit="B1")
    assert frozen.asked.refusals[0].rule == "book_kept"
    assert (frozen.asked_unlocks, frozen.asked_tried) == ((), 0)
