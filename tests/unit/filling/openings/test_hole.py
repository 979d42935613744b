"""Who takes a time that has become free, worked out on paper. Now is Monday 2 March 2026, 07:00."""

import datetime as dt

import pytest

from engine.filling.openings.hole import candidates_for, taken_by
from engine.filling.openings.open_book import OpenBook
from engine.filling.short_notice import Hole, hole_of
from engine.generate import generate
from engine.practice import (
    Attendance,
    Cell,
    Follows,
    Horizon,
    ModelDay,
    ModelDayDate,
    Policy,
    RiskPolicy,
    Treatment,
    VisitList,
)
from engine.reports.backups import list_backups
from engine.schedule import Schedule

NOW = dt.datetime(2026, 3, 2, 7)
ASAP, CALLS, UNSCHEDULED = VisitList.ASAP, VisitList.WILL_CALL, VisitList.UNSCHEDULED
SAME = Policy(risk=RiskPolicy(base_rate=0.1, constant_no_show=True))
BOND = "A25 D15 A35"


def late_by(days: int) -> Treatment:
    ecd = NOW.date() - dt.timedelta(days=days)
    return Treatment(started=ecd, original_ecd=ecd, current_ecd=ecd, remaining_visits=1)


def names(found) -> list[str]:
    return [one.visit for one in found]


def tuesday(tiny, problem, *placed) -> OpenBook:
    return OpenBook(problem, Horizon(start=tiny.monday, days=5), placed)


def test_lists_then_weeks_past_ecd_then_minutes_used_then_doctor_time(tiny):
    # The hole of a BOND without its doctor: 75 minutes in C1. D takes all of 75 minutes, C and L2
    # ADJ (20, of them 5 with the doctor) like NOD (20, without). 13 and 8 days past ECD are both
    # one whole week, so that the length decides between A13 and A8.
    nod = tiny.procedure("NOD", "A20")
    problem = tiny.problem(
        tiny.visit("B", "BOND", listed=ASAP),
        tiny.visit("C", listed=ASAP),
        tiny.visit("D", "NOD", listed=ASAP),
        tiny.visit("A13", listed=ASAP, treatment=late_by(13)),
        tiny.visit("A8", "CLEAN", listed=ASAP, treatment=late_by(8)),
        tiny.visit("A14", "CLEAN", listed=ASAP, treatment=late_by(14)),
        tiny.visit("U", "BOND", listed=UNSCHEDULED, treatment=late_by(70)),
        tiny.visit("L", listed=CALLS),
        tiny.visit("W", "BOND"),
        procedures=(nod,),
        policy=SAME,
    )
    hole = Hole(tiny.tuesday, 540, 615, "C1")
    found = candidates_for(tuesday(tiny, problem), hole, NOW)
    assert names(found) == ["A14", "A13", "A8", "B", "D", "C", "L", "U"]
    assert [one.weeks_past_ecd for one in found[:4]] == [2, 1, 1, 0]
    assert {one.chance_to_show for one in found} == {0.9}
    assert names(candidates_for(tuesday(tiny, problem), hole, NOW, count=2)) == ["A14", "A13"]


def test_whoever_is_likely_to_come_uses_more_of_it(tiny):
    # Both ADJ of 20 minutes; one has missed every second visit.
    problem = tiny.problem(
        tiny.visit("A1", listed=ASAP, attendance=Attendance(kept=4, missed=4, last_missed=True)),
        tiny.visit("A2", listed=ASAP, attendance=Attendance(kept=8)),
    )
    found = candidates_for(tuesday(tiny, problem), Hole(tiny.tuesday, 540, 615, "C1"), NOW)
    assert names(found) == ["A2", "A1"]
    assert found[0].chance_to_show > found[1].chance_to_show


@pytest.mark.parametrize(
    ("now", "wanted"),
    [(dt.datetime(2026, 3, 2, 9), ["A", "W"]), (dt.datetime(2026, 3, 2, 9, 1), ["A"])],
)
def test_two_days_ahead_whoever_waits_is_asked_too(tiny, now, wanted):
    problem = tiny.problem(
        tiny.visit("W", treatment=late_by(70)),
        tiny.booking("X", "11:00", date=tiny.friday),
        tiny.visit("A", listed=ASAP),
    )
    hole = Hole(tiny.wednesday, 540, 615, "C1")
    assert names(candidates_for(tuesday(tiny, problem), hole, now)) == wanted


def test_who_does_not_fit(tiny):
    problem = tiny.problem(
        tiny.visit("A0", listed=ASAP),
        tiny.visit("A1", listed=ASAP, availability=(tiny.window("09:30", "10:00"),)),
        tiny.visit("A2", listed=ASAP, availability=(tiny.window("13:00", "17:00"),)),
        tiny.visit("A3", "BOND", listed=ASAP, minutes=90),
        tiny.visit("A4", listed=ASAP, lab_ready=tiny.tuesday),
        tiny.visit("A5", listed=ASAP, earliest=tiny.wednesday),
        tiny.visit("A6", "EXAM", listed=ASAP),
        tiny.visit("A7", listed=ASAP, patient="P-gone"),
        tiny.visit("A8", listed=ASAP, follows=(Follows(visit="A6"),)),
        tiny.visit("A9", listed=ASAP, required_doctor="DR9"),
        tiny.booking("B1", "08:00", listed=ASAP),
        tiny.booking("B2", "09:00", "C2", listed=ASAP, date=tiny.friday),
        clinic=2,
        assistants=2,
        policy=SAME,
    )
    book = OpenBook(problem, Horizon(start=tiny.monday, days=5))
    hole = Hole(tiny.tuesday, 540, 615, "C1", patient="P-gone")
    found = candidates_for(book, hole, NOW)
    # B1 comes before the hole already; B2 would come three days sooner.
    assert [(one.visit, one.start) for one in found] == [
        ("A0", dt.time(9)),
        ("A1", dt.time(9, 30)),
        ("B2", dt.time(9)),
    ]
    assert found[2].now_booked == dt.datetime(2026, 3, 6, 9)


def test_nobody_is_called_after_the_visit_that_follows_hers(tiny):
    # B2 follows B1 and stays on Monday; the hole is on Tuesday, and only Tuesday is looked at.
    problem = tiny.problem(
        tiny.booking("B1", "09:00", date=tiny.friday, listed=ASAP),
        tiny.booking("B2", "15:00", date=tiny.monday, follows=(Follows(visit="B1"),)),
        policy=SAME,
    )
    book = OpenBook(problem, Horizon(start=tiny.tuesday, days=1))
    assert candidates_for(book, Hole(tiny.tuesday, 540, 615, "C1"), NOW) == ()


def test_a_later_time_of_the_same_day_does_not_stand_in_its_own_way(tiny):
    # B1 sits in C1 09:30-09:55 and would take 09:00 or later, up to 10:00, whole inside the hole.
    problem = tiny.problem(tiny.booking("B1", "09:30", listed=ASAP), policy=SAME)
    book = OpenBook(problem, Horizon(start=tiny.tuesday, days=1))
    (found,) = candidates_for(book, Hole(tiny.tuesday, 550, 575, "C1"), NOW)
    assert (found.visit, found.start) == ("B1", dt.time(9, 10))
    assert "B1" in book.occupancy.placements


def test_whoever_already_comes_at_that_time_or_before_is_not_asked(tiny):
    # Both sit in C2 at 09:30, and the hole in C1 begins before. B1 cannot come before 09:30.
    late = (tiny.window("09:30", "12:00"),)
    for availability, wanted in (((), ["B1"]), (late, [])):
        booking = tiny.booking("B1", "09:30", "C2", listed=ASAP, availability=availability)
        problem = tiny.problem(booking, clinic=2, assistants=2, policy=SAME)
        book = OpenBook(problem, Horizon(start=tiny.tuesday, days=1))
        assert names(candidates_for(book, Hole(tiny.tuesday, 555, 630, "C1"), NOW)) == wanted


def test_it_is_the_chair_of_the_hole_that_is_filled(tiny):
    # C1 is kept for bonding; C2 takes everybody.
    cell = Cell(id="b", procedure_class="bond", columns=("C1",), start="08:00", end="17:00")
    problem = tiny.problem(
        tiny.visit("A1", listed=ASAP),
        tiny.visit("A2", "BOND", listed=ASAP),
        clinic=2,
        assistants=2,
        policy=SAME,
        model_days=(ModelDay(id="M", title="M", cells=(cell,)),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    book = tuesday(tiny, problem)
    assert names(candidates_for(book, Hole(tiny.tuesday, 540, 615, "C1"), NOW)) == ["A2"]
    assert names(candidates_for(book, Hole(tiny.tuesday, 540, 615, "C2"), NOW)) == ["A2", "A1"]


def test_a_chair_that_is_taken_is_no_hole(tiny):
    # B1 sits in C1 09:30-09:50, and then the chair is made ready until 09:55.
    problem = tiny.problem(
        tiny.visit("A1", listed=ASAP), tiny.booking("B1", "09:30"), clinic=2, assistants=2
    )
    book = OpenBook(problem, Horizon(start=tiny.tuesday, days=1))

    def taken(start: int, end: int, chair: str) -> list[str]:
        return names(taken_by(book, Hole(tiny.tuesday, start, end, chair)))

    assert taken(540, 571, "C1") == taken(589, 600, "C1") == ["B1"]
    assert taken(540, 570, "C1") == taken(590, 600, "C1") == taken(540, 600, "C2") == []
    (found,) = candidates_for(book, Hole(tiny.tuesday, 550, 615, "C1"), NOW)
    assert found.start == dt.time(9, 55)  # 20 minutes and five of turnover do not fit before


def test_who_holds_another_time_is_not_asked(tiny):
    visit = tiny.visit("A", listed=ASAP)
    book = tuesday(tiny, tiny.problem(visit))
    until = dt.datetime(2026, 3, 2, 8)
    book.hold(visit, tiny.wednesday, 600, now=NOW, until=until)
    hole = Hole(tiny.tuesday, 540, 615, "C1")
    assert candidates_for(book, hole, NOW) == ()
    assert names(candidates_for(book, hole, until)) == ["A"]


def test_backups_and_holes_are_one_rule():
    """Whoever could step in for a risky visit is who is asked once its time is free."""
    made = generate("one-doctor", 300, 9, booked_share=0.5)
    risky = RiskPolicy(base_rate=0.2, constant_no_show=True)
    policy = made.problem.policy.model_copy(update={"risk": risky})
    problem = made.problem.model_copy(update={"policy": policy})
    day = made.horizon.start
    as_of = dt.datetime.combine(day, dt.time())
    problem = problem.model_copy(update={"as_of": as_of})
    horizon = Horizon(start=day, days=1)
    book = OpenBook(problem, horizon)
    placed = tuple(book.occupancy.placements.values())
    schedule = Schedule(start=day, days=1, placements=placed)
    compared = 0
    for one in list_backups(problem, schedule):
        placement = book.release(one.slot.visit.id)
        found = candidates_for(book, hole_of(placement, one.slot.visit), as_of, count=5)
        assert names(found) == [backup.waiting.visit.id for backup in one.backups]
        book.occupancy.book(placement)
        compared += len(found)
        book = OpenBook(problem, horizon, placed)
    assert compared > 20
