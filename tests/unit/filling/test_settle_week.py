"""What a block says of its week is judged with the whole book before it is settled."""

import datetime as dt

import pytest

from engine.checker import check
from engine.filling.best_so_far import REFUSED, BestSoFar
from engine.filling.settle_week import BY, WeekSettler
from engine.filling.sweep import Sweep
from engine.practice import Follows, Horizon

MARCH_17 = dt.date(2026, 3, 17)
"""Tuesday of the third week."""


@pytest.fixture
def three_weeks(tiny):
    """LATE must not come before 12 March, for the sake of THEN; the others may come any time."""
    problem = tiny.problem(
        tiny.visit("LATE"),
        tiny.visit("AFTER", follows=(Follows(visit="LATE"),)),
        tiny.visit("FREE"),
        tiny.visit("WAITS", due=MARCH_17),
        tiny.booking("THEN", "09:00", date=MARCH_17, follows=(Follows(visit="LATE", max_days=5),)),
    )
    return problem, Horizon(start=tiny.monday, days=21)


class Settling:
    """Sweep, best and settler of a problem, and its first block."""

    def __init__(self, problem, horizon, by_hand=None) -> None:
        self.best = BestSoFar(problem, began=0.0, on_progress=None)
        if by_hand is not None:
            self.best.offer(by_hand, by="by hand")
        self.sweep = Sweep.begin(problem, horizon)
        self.settler = WeekSettler(self.sweep, self.best)
        self.block = Horizon(start=horizon.start, days=14)
        self.week = Horizon(start=horizon.start, days=7)

    def settle(self, schedule) -> None:
        asked = self.sweep.rest_of(self.block, self.week)
        self.settler.settle(asked, self.block, self.week, schedule)

    @property
    def dates(self) -> dict[str, dt.date]:
        return {name: placed.date for name, placed in self.sweep.placed.items()}


def test_a_week_that_breaks_a_rule_beyond_its_block_is_repaired(tiny, three_weeks):
    problem, horizon = three_weeks
    settling = Settling(problem, horizon)
    wrong = tiny.schedule(
        problem,
        tiny.place("LATE", "09:00"),
        tiny.place("AFTER", "10:00"),
        tiny.place("FREE", "11:00"),
        days=14,
    )
    settling.settle(wrong)
    # LATE is a fortnight before THEN: it goes, and AFTER, which cannot be without it. FREE stays.
    assert settling.dates == {"FREE": tiny.tuesday}
    assert settling.best.notes[0].startswith(REFUSED)
    assert settling.best.schedule is not None
    assert check(problem, settling.best.schedule).ok


def test_where_repair_is_no_help_the_week_is_filled_by_hand(tiny, three_weeks):
    """The block displaces a frozen booking: no visit can be taken out to mend that."""
    problem, horizon = three_weeks
    frozen = tiny.booking("BOOKED", "09:00")
    problem = problem.model_copy(update={"bookings": (*problem.bookings, frozen)})
    settling = Settling(problem, horizon)
    settling.settle(tiny.schedule(problem, displaced=("BOOKED",), days=14))
    assert settling.sweep.displaced == []
    assert settling.dates["BOOKED"] == tiny.tuesday
    assert settling.dates["FREE"] in settling.week
    assert "LATE" not in settling.dates
    assert settling.best.schedule is not None
    assert check(problem, settling.best.schedule).ok


def test_without_an_answer_the_week_is_filled_by_hand(three_weeks):
    problem, horizon = three_weeks
    settling = Settling(problem, horizon)
    settling.settle(None)
    assert settling.dates["FREE"] in settling.week
    assert settling.sweep.until == settling.week.end
    assert settling.best.notes == []


def test_the_whole_is_offered_after_each_week(tiny, three_weeks):
    """FREE is two days overdue by hand, on time in the block; WAITS and LATE come from by hand."""
    problem, horizon = three_weeks
    march_12 = dt.date(2026, 3, 12)
    by_hand = tiny.schedule(
        problem,
        tiny.place("FREE", "09:00", date=tiny.thursday),
        tiny.place("LATE", "09:00", date=march_12),
        tiny.place("AFTER", "10:00", date=march_12),
        tiny.place("WAITS", "11:00", date=MARCH_17),
        tiny.place("THEN", "09:00", date=MARCH_17),
        days=21,
    )
    settling = Settling(problem, horizon, by_hand)
    assert settling.best.schedule == by_hand
    settling.settle(tiny.schedule(problem, tiny.place("FREE", "08:00"), days=14))
    assert settling.best.trace[-1].by == BY
    placed = settling.best.schedule.placement_of
    assert placed["FREE"] == tiny.place("FREE", "08:00")
    assert {p for p in placed.values() if p.visit != "FREE"} == {
        p for p in by_hand.placements if p.visit != "FREE"
    }


def test_what_the_rest_can_no_longer_have_leaves_it(tiny):
    """By hand SOON is a day after FIRST, in the second week; settled, FIRST is a week earlier."""
    problem = tiny.problem(
        tiny.visit("FIRST"), tiny.visit("SOON", follows=(Follows(visit="FIRST", max_days=1),))
    )
    march_10, march_11 = dt.date(2026, 3, 10), dt.date(2026, 3, 11)
    by_hand = tiny.schedule(
        problem,
        tiny.place("FIRST", "09:00", date=march_10),
        tiny.place("SOON", "09:00", date=march_11),
        days=21,
    )
    settling = Settling(problem, Horizon(start=tiny.monday, days=21), by_hand)
    settling.settle(tiny.schedule(problem, tiny.place("FIRST", "08:00"), days=14))
    assert settling.dates == {"FIRST": tiny.tuesday}
    assert settling.best.notes == []  # nothing that breaks a rule was offered
    assert settling.best.schedule == by_hand  # the rest without SOON is no better
