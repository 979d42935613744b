"""What a few moves buy, on days worked out on paper."""

import datetime as dt

import pytest

from engine.checker import check
from engine.filling.fill import FillSettings
from engine.kpi import measure
from engine.practice import Confirmation, Horizon, MoveCosts, Policy, Treatment
from engine.replan.few_moves import MoveSettings, few_moves

FILL = FillSettings(time_limit=5.0, workers=1, gap=0.0, reproducible=True)


def moved(tiny, problem, most=1, frozen_days=0, schedule=None):
    day = Horizon(start=tiny.tuesday, days=1)
    return few_moves(problem, day, schedule, MoveSettings(most, frozen_days, FILL))


def late(tiny, name="V1", start="09:00", end="09:30"):
    """A patient ten weeks past completion who can come in one window only."""
    past = tiny.tuesday - dt.timedelta(weeks=10)
    treatment = Treatment(
        started=past - dt.timedelta(weeks=80),
        original_ecd=past,
        current_ecd=past,
        remaining_visits=1,
    )
    return tiny.visit(name, treatment=treatment, availability=(tiny.window(start, end),))


def confirmed(booking, what=Confirmation.CONFIRMED):
    return booking.model_copy(update={"confirmation": what})


def test_one_move_gives_a_late_patient_a_time(tiny) -> None:
    problem = tiny.problem(late(tiny), tiny.booking("B1", "09:00", movable=True))
    found = moved(tiny, problem)
    assert found.schedule is not None
    assert check(found.question, found.schedule).ok
    (move,) = found.moves
    assert (move.visit, move.old) == ("B1", dt.datetime(2026, 3, 3, 9, 0))
    # Three points for each of two: the time is tomorrow's.
    assert (move.notice_days, move.counts, move.points) == (1, 2, 6.0)
    assert move.worth is not None
    assert move.worth > 0
    assert "V1 has a time (Tue 2026-03-03 09:" in move.reason
    less = {one.kpi: one.less for one in found.bought}
    assert less["unplaced_visits"] == 1
    assert found.overdue_weeks > 1


def test_without_moves_nothing_is_bought(tiny) -> None:
    problem = tiny.problem(late(tiny), tiny.booking("B1", "09:00", movable=True))
    found = moved(tiny, problem, most=0)
    assert (found.moves, found.bought, found.points) == ((), (), 0)


def test_the_next_days_are_frozen(tiny) -> None:
    """Now is Monday: two frozen days are Monday and Tuesday."""
    problem = tiny.problem(late(tiny), tiny.booking("B1", "09:00", movable=True))
    assert moved(tiny, problem, frozen_days=2).moves == ()
    assert len(moved(tiny, problem, frozen_days=1).moves) == 1


@pytest.mark.parametrize("sure", ["B1", "B2"])
def test_who_has_not_confirmed_moves(tiny, sure: str) -> None:
    """B1 at 09:00 and B2 at 09:25 fill the window; either could make way."""
    bookings = [
        tiny.booking("B1", "09:00", movable=True),
        tiny.booking("B2", "09:25", movable=True),
    ]
    bookings = [confirmed(one) if one.visit.id == sure else one for one in bookings]
    problem = tiny.problem(late(tiny, end="09:50"), *bookings)
    (move,) = moved(tiny, problem).moves
    assert move.visit != sure
    assert not move.confirmed


def test_a_booking_moves_at_most_once(tiny) -> None:
    """The plan that stands has moved B1 from 11:00 to 09:00 already."""
    problem = tiny.problem(late(tiny), tiny.booking("B1", "11:00", movable=True))
    plan = tiny.schedule(problem, tiny.place("B1", "09:00"), start=tiny.tuesday, days=1)
    assert moved(tiny, problem, schedule=plan).moves == ()


def test_a_proposal_may_make_way(tiny) -> None:
    problem = tiny.problem(late(tiny), tiny.visit("V2"))
    plan = tiny.schedule(problem, tiny.place("V2", "09:00"), start=tiny.tuesday, days=1)
    (move,) = moved(tiny, problem, schedule=plan).moves
    assert move.visit == "V2"


def test_of_a_chain_each_move_is_worth_what_the_chain_is_for(tiny) -> None:
    """V1 can only come at 09:00, where B1 is; B1 can only go to 09:25, where B2 is; B2 can go
    anywhere. Without the move of B2 B1 goes back, and V1 has no time."""
    problem = tiny.problem(
        late(tiny),
        tiny.booking("B1", "09:00", movable=True, availability=(tiny.window("09:00", "09:50"),)),
        tiny.booking("B2", "09:25", movable=True),
    )
    found = moved(tiny, problem, most=2)
    assert {move.visit for move in found.moves} == {"B1", "B2"}
    assert found.schedule.displaced == ()
    for move in found.moves:
        assert "V1 has a time" in move.reason
        # What V1 gains, and not what it would cost to displace a booking.
        assert move.worth == pytest.approx(found.points, rel=0.01)


@pytest.mark.parametrize(
    ("costs", "said", "quanta"),
    [
        (None, Confirmation.CONFIRMED, 1),
        (MoveCosts(), Confirmation.CONFIRMED, 3),
        (MoveCosts(), Confirmation.REMINDED, 2),
        (MoveCosts(notice_days=1), Confirmation.UNCONFIRMED, 1),
        (MoveCosts(notice_days=2, short_notice=4, confirmed=2), Confirmation.CONFIRMED, 7),
    ],
)
def test_what_a_move_counts(tiny, costs, said, quanta) -> None:
    """B1 is moved on Tuesday, one day from now."""
    booking = confirmed(tiny.booking("B1", "09:00", movable=True), said)
    problem = tiny.problem(booking, policy=Policy(move_costs=costs))
    schedule = tiny.schedule(problem, tiny.place("B1", "10:00"), start=tiny.tuesday, days=1)
    figures = {value.kpi: value.quanta for value in measure(problem, schedule)}
    assert figures["moved_bookings"] == quanta
