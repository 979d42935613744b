"""Accepted stays, declined is not offered again, unanswered is held, and the refill checks."""

import datetime as dt

import pytest

from engine.checker import check
from engine.files.responses_csv import Answer, Response, read_responses
from engine.filling.carry_over import carry_over
from engine.filling.fill import FillSettings
from engine.practice import VisitList, Weekday
from engine.problems import PracticeProblemsError
from engine.replan.fill_around import fill_around, with_held
from engine.replan.respond import refill, take_answers

FILL = FillSettings(time_limit=5.0, workers=1, gap=0.0, reproducible=True)


def said(*answers: str) -> list[Response]:
    """`V1+` accepted, `V1-` declined."""
    words = {"+": Answer.ACCEPTED, "-": Answer.DECLINED}
    return [Response(visit=one[:-1], answer=words[one[-1]]) for one in answers]


def plan_of(tiny, problem, *placements):
    return tiny.schedule(problem, *placements, start=tiny.tuesday, days=1)


def three(tiny):
    """V1, V2, V3 one after the other; V4 had no room in the half-hour that V2 had."""
    visits = [tiny.visit(f"V{n}") for n in (1, 2, 3)]
    visits.append(tiny.visit("V4", availability=(tiny.window("09:25", "09:55"),)))
    problem = tiny.problem(*visits)
    placed = [tiny.place(f"V{n}", at) for n, at in ((1, "09:00"), (2, "09:25"), (3, "09:50"))]
    return problem, plan_of(tiny, problem, *placed)


def test_accepted_stays_declined_goes_and_the_next_one_comes(tiny) -> None:
    problem, plan = three(tiny)
    answered = take_answers(problem, plan, said("V1+", "V2-"))
    assert [placed.visit for placed in answered.held] == ["V3"]
    (booked,) = answered.problem.bookings
    assert (booked.visit.id, booked.start, booked.movable) == ("V1", dt.time(9, 0), False)
    assert booked.booked_on == problem.as_of.date()
    result, certificate = refill(answered, plan, FILL)
    assert result.schedule is not None
    assert certificate is None  # V3 is held: it was no choice
    assert check(answered.problem, result.schedule).ok
    start = {placed.visit: placed.start for placed in result.schedule.placements}
    assert start["V1"] == dt.time(9, 0)
    assert start["V3"] == dt.time(9, 50)
    assert start["V4"] in {dt.time(9, 25), dt.time(9, 30)}
    # 09:25-09:45 was declined: a visit of 20 minutes may end by 09:25 or begin from 09:45 on.
    assert not dt.time(9, 5) < start["V2"] < dt.time(9, 45)


def test_all_answered_is_an_ordinary_fill(tiny) -> None:
    problem, plan = three(tiny)
    answered = take_answers(problem, plan, said("V1+", "V2+", "V3+"))
    assert answered.held == ()
    result, certificate = refill(answered, plan, FILL)
    assert certificate is not None
    assert result.bound is not None
    assert [gone.visit for gone in result.schedule.unplaced] == ["V4"]


def test_a_wish_comes_with_the_answer(tiny) -> None:
    problem, plan = three(tiny)
    wish = (tiny.window("15:00", "16:00", Weekday.FRI),)
    answer = Response(visit="V2", answer=Answer.DECLINED, wishes=wish)
    changed = take_answers(problem, plan, [answer]).problem.all_visits["V2"]
    assert changed.wishes == wish


def moved_booking(tiny, *more):
    """The plan moves B1 from 09:00 to 10:00."""
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True), *more)
    return problem, tiny.place("B1", "10:00")


def test_who_declines_to_move_keeps_the_old_time(tiny) -> None:
    problem, moved = moved_booking(tiny)
    answered = take_answers(problem, plan_of(tiny, problem, moved), said("B1-"))
    (booked,) = answered.problem.bookings
    assert (booked.start, booked.movable) == (dt.time(9, 0), False)
    assert answered.lost == ()


def test_unless_somebody_has_accepted_it(tiny) -> None:
    problem, moved = moved_booking(tiny, tiny.visit("V1"))
    plan = plan_of(tiny, problem, moved, tiny.place("V1", "09:10"))
    answered = take_answers(problem, plan, said("B1-", "V1+"))
    assert answered.lost == ("B1",)
    waiting = answered.problem.all_visits["B1"]
    assert waiting.listed is VisitList.ASAP
    assert [booking.visit.id for booking in answered.problem.bookings] == ["V1"]


def test_who_declines_gets_the_old_time_back_where_others_can_change_chairs(tiny) -> None:
    """Two chairs; the plan moved B1 off C1 at 09:00 and gave B2's move its chair: B2 could as well
    sit in C2, so that B1's time is not given away."""
    problem = tiny.problem(
        tiny.booking("B1", "09:00", movable=True),
        tiny.booking("B2", "11:00", movable=True),
        clinic=2,
        assistants=2,
        doctors=2,
    )
    plan = plan_of(
        tiny,
        problem,
        tiny.place("B1", "10:00"),
        tiny.place("B2", "09:00", chair="C2", staff="AS1", doctor="DR1"),
    )
    answered = take_answers(problem, plan, said("B1-", "B2+"))
    assert answered.lost == ()
    kept = answered.problem.booking_of["B1"]
    assert (kept.start, kept.movable) == (dt.time(9, 0), False)


def test_a_kept_time_is_in_the_chair_of_the_plan(tiny) -> None:
    """B1 keeps 09:00 and was given C2, so that V1 could have C1: no clash once V1 has accepted."""
    problem = tiny.problem(
        tiny.booking("B1", "09:00", movable=True),
        tiny.visit("V1"),
        clinic=2,
        assistants=2,
        doctors=2,
    )
    plan = plan_of(
        tiny,
        problem,
        tiny.place("B1", "09:00", chair="C2", staff="AS2", doctor="DR2"),
        tiny.place("V1", "09:00", chair="C1", staff="AS1", doctor="DR1"),
    )
    answered = take_answers(problem, plan, said("V1+"))
    assert {b.visit.id: b.chair for b in answered.problem.bookings} == {"B1": "C2", "V1": "C1"}
    result, _ = refill(answered, plan, FILL)
    assert result.schedule is not None
    assert result.schedule.inherited == ()


def test_an_open_move_is_urgent_once_its_old_time_is_accepted(tiny) -> None:
    problem, moved = moved_booking(tiny, tiny.visit("V1"), tiny.visit("V2"))
    plan = plan_of(tiny, problem, moved, tiny.place("V1", "09:00"), tiny.place("V2", "11:00"))
    assert take_answers(problem, plan, said("V2+")).urgent == ()
    answered = take_answers(problem, plan, said("V1+"))
    assert answered.urgent == ("B1",)
    assert [placed.visit for placed in answered.held] == ["B1", "V2"]


def test_who_accepts_to_move_is_frozen_there(tiny) -> None:
    problem, moved = moved_booking(tiny)
    answered = take_answers(problem, plan_of(tiny, problem, moved), said("B1+"))
    (booked,) = answered.problem.bookings
    assert (booked.start, booked.movable) == (dt.time(10, 0), False)


def test_no_time_is_left_that_day(tiny) -> None:
    only = (tiny.window("09:00", "09:20", Weekday.TUE),)
    problem = tiny.problem(tiny.visit("V1", availability=only))
    plan = plan_of(tiny, problem, tiny.place("V1", "09:00"))
    changed = take_answers(problem, plan, said("V1-")).problem.all_visits["V1"]
    assert changed.availability == only
    assert changed.earliest == tiny.wednesday


def test_answers_to_nothing_are_all_named(tiny) -> None:
    problem = tiny.problem(tiny.booking("B1", "09:00"), tiny.visit("V1"))
    plan = plan_of(tiny, problem, tiny.place("B1", "09:00"))
    with pytest.raises(PracticeProblemsError) as refused:
        take_answers(problem, plan, said("V9+", "B1+", "V1-"))
    assert [one.code for one in refused.value.problems] == [
        "unknown-visit",
        "nothing-proposed",
        "nothing-proposed",
    ]


def test_two_answers_of_one_patient_are_none(tiny) -> None:
    problem, plan = three(tiny)
    with pytest.raises(PracticeProblemsError) as refused:
        take_answers(problem, plan, said("V1+", "V2+", "V1-"))
    assert [one.code for one in refused.value.problems] == ["answered-twice"]


def test_a_refill_begins_where_it_is_told_and_tells_of_what_is_better(tiny) -> None:
    """V3 is held at 09:50: whatever is told of has it there, and keeps the rules of the answers."""
    problem, plan = three(tiny)
    answered = take_answers(problem, plan, said("V1+", "V2-"))
    question = with_held(answered.problem, answered.held)
    start = carry_over(question, plan.horizon, plan).schedule
    told = []
    result, _ = fill_around(
        answered.problem,
        plan.horizon,
        answered.held,
        FILL,
        start=start,
        on_better=lambda schedule, kpis: told.append((schedule, kpis)),
    )
    assert result.trace == ()
    assert told[0][0] == start
    assert told[-1][1] == result.kpis
    for schedule, _ in told:
        assert check(answered.problem, schedule).ok
        assert schedule.placement_of["V3"].start == dt.time(9, 50)


def test_the_file_is_read_with_all_its_faults(tmp_path) -> None:
    path = tmp_path / "responses.csv"
    path.write_text(
        "visit,answer,wishes\nV1,accepted,\nV2,declined,fri 15:00-17:00\nV3,,\n", "utf-8"
    )
    first, second = read_responses(path)
    assert (first.visit, first.answer) == ("V1", Answer.ACCEPTED)
    assert second.wishes[0].weekdays == (Weekday.FRI,)
    path.write_text("visit,answer,wishes\nV1,maybe,\nV2,accepted,soon\nV4,accepted,\n", "utf-8")
    with pytest.raises(PracticeProblemsError) as refused:
        read_responses(path)
    assert {one.where for one in refused.value.problems} == {
        "responses.csv row 2 (V1)",
        "responses.csv row 3 (V2)",
    }
