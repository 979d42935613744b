"""A day without somebody: who stays, who is called, and that no fewer calls are possible."""

import datetime as dt
import itertools
import random

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.practice import Confirmation, Horizon
from engine.problems import PracticeProblemsError
from engine.replan.absence import Absence, read_absences
from engine.replan.repair import repair_day

MORNING = dt.datetime(2026, 3, 3, 7, 30)
ADJ = 25
"""Minutes that an ADJ holds its chair and its assistant, turnover included."""


def day_of(tiny, problem, *placements):
    return tiny.schedule(problem, *placements, start=tiny.tuesday, days=1)


def out(*people: str) -> tuple[Absence, ...]:
    return tuple(Absence(staff=person) for person in people)


def two_at_nine(tiny, **changes):
    """B1 and B2 at 09:00 in C1 and C2, with AS1 and AS2."""
    fields = {"clinic": 2, "assistants": 2, "doctors": 2, **changes}
    problem = tiny.problem(tiny.booking("B1", "09:00"), tiny.booking("B2", "09:00", "C2"), **fields)
    placed = (
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:00", chair="C2", staff="AS2", doctor="DR2"),
    )
    return problem, day_of(tiny, problem, *placed)


def test_one_of_two_at_once_is_called_and_gets_another_time(tiny) -> None:
    problem, plan = two_at_nine(tiny)
    found = repair_day(problem, plan, out("AS2"), MORNING)
    assert found.schedule is not None
    assert check(found.question, found.schedule).ok
    assert (len(found.calls), found.at_least, found.fewest) == (1, 1, True)
    (call,) = found.calls
    assert call.new is not None
    assert found.schedule.displaced == ()
    assert {piece.staff for one in found.schedule.placements for piece in one.segments} == {"AS1"}


@pytest.mark.parametrize("sure", ["B1", "B2"])
def test_of_two_at_once_who_has_not_confirmed_is_called(tiny, sure: str) -> None:
    """Neither can get another time of the day: both can only come at nine."""
    nine = (tiny.window("09:00", "09:30"),)
    bookings = [
        tiny.booking("B1", "09:00", availability=nine),
        tiny.booking("B2", "09:00", "C2", availability=nine),
    ]
    said = {"confirmation": Confirmation.CONFIRMED}
    bookings = [b.model_copy(update=said) if b.visit.id == sure else b for b in bookings]
    problem = tiny.problem(*bookings, clinic=2, assistants=2, doctors=2)
    placed = (
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:00", chair="C2", staff="AS2", doctor="DR2"),
    )
    found = repair_day(problem, day_of(tiny, problem, *placed), out("AS2"), MORNING)
    (call,) = found.calls
    assert call.visit != sure
    assert found.fewest


def test_a_booking_moves_at_most_once(tiny) -> None:
    """The plan has moved B1 from 11:00 to 09:00. AS2 is out: B2 is called, although it has
    confirmed, can only come at nine and so has to leave the day, while B1 could move on."""
    nine = (tiny.window("09:00", "09:30"),)
    sure = tiny.booking("B2", "09:00", "C2", availability=nine).model_copy(
        update={"confirmation": Confirmation.CONFIRMED}
    )
    placed = (
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:00", chair="C2", staff="AS2", doctor="DR2"),
    )
    for booked, called in (("11:00", "B2"), ("09:00", "B1")):
        problem = tiny.problem(
            tiny.booking("B1", booked, movable=True), sure, clinic=2, assistants=2, doctors=2
        )
        found = repair_day(problem, day_of(tiny, problem, *placed), out("AS2"), MORNING)
        assert [call.visit for call in found.calls] == [called]
        assert found.fewest
        assert check(found.question, found.schedule).ok


def test_a_moved_booking_is_called_again_rather_than_two_others(tiny) -> None:
    """B1 (moved) 09:10-09:35, B2 08:50-09:15, B3 09:30-09:55, with their turnover: for the one
    assistant who is left B1 alone is in the way of both."""
    problem = tiny.problem(
        tiny.booking("B1", "14:00", "C2", movable=True),
        tiny.booking("B2", "08:50"),
        tiny.booking("B3", "09:30"),
        clinic=2,
        assistants=2,
        doctors=2,
    )
    placed = (
        tiny.place("B1", "09:10", chair="C2", staff="AS2", doctor="DR2"),
        tiny.place("B2", "08:50"),
        tiny.place("B3", "09:30"),
    )
    found = repair_day(problem, day_of(tiny, problem, *placed), out("AS2"), MORNING)
    assert [call.visit for call in found.calls] == ["B1"]
    assert found.fewest


def test_nobody_is_called_where_others_can_take_over(tiny) -> None:
    problem, plan = two_at_nine(tiny, assistants=3)
    found = repair_day(problem, plan, out("AS2"), MORNING)
    assert (found.calls, found.fewest) == ((), True)


def test_away_only_for_a_while(tiny) -> None:
    problem, plan = two_at_nine(tiny)
    early = (Absence(staff="AS2", start=dt.time(7, 30), end=dt.time(8, 55)),)
    assert repair_day(problem, plan, early, MORNING).calls == ()
    until = (Absence(staff="AS2", start=dt.time(7, 30), end=dt.time(9, 5)),)
    assert len(repair_day(problem, plan, until, MORNING).calls) == 1


def test_without_a_doctor_everybody_who_needs_one_leaves_and_gets_two_offers(tiny) -> None:
    problem = tiny.problem(
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "10:00", procedure="CLEAN"),
    )
    placed = (tiny.place("B1", "09:00"), tiny.place("B2", "10:00", "A10", doctor=None))
    found = repair_day(problem, day_of(tiny, problem, *placed), out("DR1"), MORNING)
    # CLEAN has no doctor time, but is under direct supervision.
    assert [call.visit for call in found.calls] == ["B1", "B2"]
    assert [call.new for call in found.calls] == [None, None]
    assert found.fewest
    for call in found.calls:
        assert len(call.offers) == 2
        assert all(offer.date() > tiny.tuesday for offer in call.offers)
    assert "DR1 was to serve it" in found.calls[0].reason
    assert "a doctor in the office" in found.calls[1].reason


def test_what_has_begun_stays(tiny) -> None:
    """At 09:10 both sit in their chairs; AS2 leaves, and nobody can take over."""
    problem, plan = two_at_nine(tiny)
    found = repair_day(problem, plan, out("AS2"), dt.datetime(2026, 3, 3, 9, 10))
    assert found.schedule is not None
    assert found.calls == ()


def test_a_visit_of_a_later_date_is_called_with_the_one_it_follows(tiny) -> None:
    """B2 on Thursday comes after B1: without B1 it has no time either."""
    first = tiny.booking("B1", "09:00")
    after = tiny.booking(
        "B2", "09:00", date=tiny.thursday, patient="P-B1", follows=({"visit": "B1", "min_days": 1},)
    )
    problem = tiny.problem(first, after)
    plan = tiny.schedule(
        problem,
        tiny.place("B1", "09:00"),
        tiny.place("B2", "09:00", date=tiny.thursday),
        start=tiny.tuesday,
        days=3,
    )
    found = repair_day(problem, plan, out("AS1"), MORNING)
    assert found.schedule is not None
    assert check(found.question, found.schedule).ok
    assert [call.visit for call in found.calls] == ["B1", "B2"]
    assert (found.at_least, found.fewest) == (2, True)


def test_the_plan_stays_on_other_days(tiny) -> None:
    problem = tiny.problem(tiny.booking("B1", "09:00"), tiny.visit("V1"), tiny.visit("V2"))
    wednesday = tiny.place("V1", "09:00", date=tiny.wednesday)
    plan = tiny.schedule(problem, tiny.place("B1", "09:00"), wednesday, start=tiny.tuesday, days=2)
    found = repair_day(problem, plan, out("AS1"), MORNING)
    assert found.schedule.placements == (wednesday,)
    assert [gone.visit for gone in found.schedule.unplaced] == ["V2"]


def kept_at_once(visits, people: dict[str, str], doctors: int, chairs: int) -> bool:
    """By hand: every visit (start, skill) finds a chair and an able assistant for 25 minutes, and
    a doctor from minute 5 to 10. People: name -> skills as letters."""
    for minute in range(480, 1020, 5):
        here = [one for one in visits if one[0] <= minute < one[0] + ADJ]
        if len(here) > chairs:
            return False
        if sum(start + 5 <= minute < start + 10 for start, _ in here) > doctors:
            return False
    return _dealt(sorted(visits), people, {})


def _dealt(visits, people, busy_until) -> bool:
    if not visits:
        return True
    (start, skill), *rest = visits
    return any(
        _dealt(rest, people, {**busy_until, name: start + ADJ})
        for name, skills in people.items()
        if skill in skills and busy_until.get(name, 0) <= start
    )


@pytest.mark.parametrize("seed", range(8))
def test_no_fewer_calls_by_brute_force(tiny, seed: int) -> None:
    """Random mornings of six bookings with nested skills: all sets of those who stay are tried."""
    rng = random.Random(seed)
    skills = {"AS1": "x", "AS2": "xy", "AS3": "xyz"}
    people = tuple(tiny.person(name, "assistant", *own) for name, own in skills.items())
    others = tuple(one for one in tiny.practice(doctors=2).staff if one.id != "AS1")
    kinds = [tiny.procedure(f"K{skill}", "A5 D5 A10", skill=skill) for skill in "xyz"]
    visits: list[tuple[int, str]] = []
    while len(visits) < 6:
        one = (rng.randrange(540, 640, 5), rng.choice("xyz"))
        if kept_at_once([*visits, one], skills, 2, 3):
            visits.append(one)
    bookings = [
        tiny.booking(f"B{n}", f"{at // 60:02d}:{at % 60:02d}", None, f"K{skill}")
        for n, (at, skill) in enumerate(visits)
    ]
    problem = tiny.problem(
        *bookings, staff=(*others, *people), procedures=kinds, clinic=3, assistants=0, doctors=2
    )
    plan = fill_by_hand(problem, Horizon(start=tiny.tuesday, days=1))
    report = check(problem, plan)
    assert (report.violations, report.inherited) == ((), ())  # everybody is served
    gone = rng.choice(("AS2", "AS3"))
    left = {name: own for name, own in skills.items() if name != gone}
    most = max(
        size
        for size in range(7)
        for kept in itertools.combinations(visits, size)
        if kept_at_once(kept, left, 2, 3)
    )
    found = repair_day(problem, plan, out(gone), MORNING)
    assert found.schedule is not None
    assert check(found.question, found.schedule).ok
    assert len(found.calls) == 6 - most
    assert found.fewest


def test_confirmed_is_said(tiny) -> None:
    booking = tiny.booking("B1", "09:00").model_copy(
        update={"confirmation": Confirmation.CONFIRMED}
    )
    problem = tiny.problem(booking)
    plan = day_of(tiny, problem, tiny.place("B1", "09:00"))
    (call,) = repair_day(problem, plan, out("AS1"), MORNING).calls
    assert call.confirmed


def test_who_is_out_is_read_with_all_faults(tiny) -> None:
    problem = tiny.problem()
    assert read_absences(problem, ["AS1:7:30-12:00"], "--out") == (
        Absence(staff="AS1", start=dt.time(7, 30), end=dt.time(12, 0)),
    )
    with pytest.raises(PracticeProblemsError) as refused:
        read_absences(problem, ["AS9", "AS1:12:00-09:00", "AS1:noon", "AS1"], "--out")
    assert [one.code for one in refused.value.problems] == [
        "unknown-staff",
        "not-an-absence",
        "not-an-absence",
    ]


def test_a_date_outside_the_plan_is_refused(tiny) -> None:
    problem, plan = two_at_nine(tiny)
    with pytest.raises(PracticeProblemsError, match="date-outside"):
        repair_day(problem, plan, out("AS2"), dt.datetime(2026, 3, 5, 7, 30))
