"""Visits without a start of their own leave a solution: those that lose least, one start each."""

import datetime as dt

import numpy as np
import pytest

from engine.solver.arrays import to_arrays
from engine.solver.lagrangian import Lagrangian
from engine.solver.matching import HallCut, match_items
from engine.solver.unmatched import drop_unmatched, give_up_wishes


class Placed:
    """Three CLEAN visits of one hour: 09:00, 09:15 and 09:30, in one chair.

    Without a time OLD, which is due first, loses most and NEW least.
    """

    def __init__(self, tiny, solve) -> None:
        dues = {"OLD": tiny.monday, "MIDDLE": dt.date(2026, 3, 6), "NEW": dt.date(2026, 3, 20)}
        problem = tiny.problem(*(tiny.visit(k, "CLEAN", due=due) for k, due in dues.items()))
        times = dict(zip(dues, ("09:00", "09:15", "09:30"), strict=True))
        schedule = tiny.schedule(
            problem,
            *(tiny.place(k, time, "A10", doctor=None) for k, time in times.items()),
            start=tiny.tuesday,
            days=1,
        )
        self.model = solve.model(problem, schedule.horizon)
        self.values = solve.pinned(self.model, schedule).values
        self.dual = Lagrangian(self.model, to_arrays(self.model.program))
        self.choices = tuple(
            choice.column
            for item in self.model.items.values()
            for choice in item.columns
            if self.values[choice.column]
        )
        (starts,) = self.model.starts.values()
        self.start = {start.minute: start.column for start in starts}

    def unplaced(self, values) -> list[str]:
        return [name for name, item in self.model.items.items() if values[item.unplaced]]

    def drop(self, *cuts: HallCut):
        before = self.values.copy()
        values = drop_unmatched(self.dual, self.values, cuts)
        assert np.array_equal(self.values, before)
        assert not self.dual.arrays.violates(values)
        return values


@pytest.fixture
def placed(tiny, solve) -> Placed:
    return Placed(tiny, solve)


def test_as_many_leave_as_there_are_more_than_starts(placed):
    """Two of the three starts serve the three visits: the one that loses least leaves."""
    served = (placed.start[540], placed.start[555])
    values = placed.drop(HallCut(placed.choices, served))
    assert placed.unplaced(values) == ["NEW"]
    # The start that cannot serve them goes, and those that can stay.
    assert [values[placed.start[minute]] for minute in (540, 555, 570)] == [1, 1, 0]


def test_one_start_for_three_leaves_one(placed):
    values = placed.drop(HallCut(placed.choices, (placed.start[570],)))
    assert placed.unplaced(values) == ["MIDDLE", "NEW"]
    assert values[placed.start[570]] == 1


def test_without_too_few_starts_nobody_leaves(placed):
    everything = tuple(placed.start[minute] for minute in (540, 555, 570))
    assert np.array_equal(placed.drop(HallCut(placed.choices, everything)), placed.values)


def test_each_cut_sees_what_the_one_before_left(placed):
    cut = HallCut(placed.choices, (placed.start[540], placed.start[555]))
    assert placed.unplaced(placed.drop(cut, cut)) == ["NEW"]


class Wishing:
    """Two ADJ visits of one hour, 09:00 and 09:20, that ask for DR1; one start is by anybody."""

    def __init__(self, tiny, solve, **asked) -> None:
        visits = [tiny.visit(name, "ADJ", **asked) for name in ("ONE", "OTHER")]
        problem = tiny.problem(*visits, clinic=2, assistants=2, doctors=2)
        places = [tiny.place(name, at, "A5 D5 A10") for name, at in zip(NAMES, TIMES, strict=True)]
        schedule = tiny.schedule(problem, *places, start=tiny.tuesday, days=1)
        self.model = solve.model(problem, schedule.horizon)
        self.values = solve.pinned(self.model, schedule).values
        (starts,) = self.model.starts.values()
        (late,) = [s for s in starts if s.minute == 560 and self.values[s.column]]
        (anybody,) = [
            s
            for s in starts
            if s.minute == 560 and s.doctor is None and s.doctor_offsets == late.doctor_offsets
        ]
        self.values[late.column], self.values[anybody.column] = 0, 1
        self.cuts = match_items(self.model, self.values)[1]

    def asking(self, values) -> list[str | None]:
        """Whom each visit asks for."""
        chosen = [c for i in self.model.items.values() for c in i.columns if values[c.column]]
        return [choice.doctor for choice in chosen]


NAMES, TIMES = ("ONE", "OTHER"), ("09:00", "09:20")


def test_a_wish_is_given_up_before_a_time(tiny, solve):
    """One start by DR1 for two who would like DR1: one of them takes whoever is there."""
    wishing = Wishing(tiny, solve, preferred_doctor="DR1")
    assert len(wishing.cuts) == 1
    assert wishing.asking(wishing.values) == ["DR1", "DR1"]
    values = give_up_wishes(wishing.model, wishing.values, wishing.cuts)
    assert sorted(wishing.asking(values), key=str) == ["DR1", None]
    assert len(match_items(wishing.model, values)[0]) == 2


def test_what_is_required_is_not_given_up(tiny, solve):
    wishing = Wishing(tiny, solve, required_doctor="DR1")
    assert give_up_wishes(wishing.model, wishing.values, wishing.cuts) is None
