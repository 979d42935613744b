"""Which starts are left: CLEAN takes 10 minutes and 5 of turnover, starts are every 5 minutes."""

import numpy as np
import pytest

from engine.practice import DailyLimit
from engine.solver.arrays import to_arrays
from engine.solver.greedy import Greedy
from engine.solver.lagrangian import Lagrangian
from engine.solver.room import Room


class Day:
    """A Tuesday of some CLEAN visits: a solution that is filled by hand, and its room."""

    def __init__(self, tiny, solve, *asked, **changes) -> None:
        problem = tiny.problem(*asked, **changes)
        horizon = tiny.schedule(problem, start=tiny.tuesday, days=1).horizon
        self.model = solve.model(problem, horizon)
        self.dual = Lagrangian(self.model, to_arrays(self.model.program))
        greedy = Greedy(self.dual)
        self.room = Room(self.dual, ~greedy._soft & ~self.dual.balanced)
        self.values = solve.book_seated(self.model)
        self.activity = self.dual.arrays.matrix @ self.values
        self.room.begin(self.activity, self.values)
        (self.starts,) = self.model.starts.values()

    def closed(self) -> list[str]:
        """Starts that are no longer left, as clock times."""
        gone = [start.minute for start in self.starts if self.room.closed[start.column]]
        return [f"{minute // 60:02}:{minute % 60:02}" for minute in gone]

    def use(self, clock: str, member: int = 0) -> None:
        """A visit starts then, served by the classes of that number, and the room learns of it."""
        minute = int(clock[:2]) * 60 + int(clock[3:])
        start = next(start for start in self.starts if start.minute == minute)
        shares = []
        for _, key in start.stage_uses:
            classes = list(self.model.uses[key].shares.values())
            shares.append(classes[min(member, len(classes) - 1)])
        rows = []
        matrix = self.dual.arrays.matrix.tocsc()
        for column in (start.column, *shares):
            self.values[column] += 1
            rows.append(matrix.indices[matrix.indptr[column] : matrix.indptr[column + 1]])
        self.activity[:] = self.dual.arrays.matrix @ self.values
        self.room.take(np.concatenate(rows), self.activity)


def cleans(tiny, count: int):
    return [tiny.visit(f"V{k}", "CLEAN") for k in range(count)]


def test_a_visit_closes_what_its_chair_no_longer_leaves(tiny, solve):
    day = Day(tiny, solve, *cleans(tiny, 3))
    assert day.closed() == []
    day.use("09:00")
    # Held from 09:00 to 09:15: 08:45 is over by then, and 09:15 begins as it ends.
    assert day.closed() == ["08:50", "08:55", "09:00", "09:05", "09:10"]


def test_a_start_is_left_while_anybody_can_serve_it(tiny, solve):
    """Two assistants, one of them until noon: two classes of one in the morning, then one."""
    early = tiny.person("AS2", shifts=tiny.shifts(end="12:00"))
    practice = tiny.practice(clinic=2)
    practice = practice.model_copy(update={"staff": (*practice.staff, early)})
    day = Day(tiny, solve, *cleans(tiny, 4), practice=practice)
    day.use("15:00")
    afternoon = ["14:50", "14:55", "15:00", "15:05", "15:10"]
    assert day.closed() == afternoon
    day.use("09:00", member=0)
    assert day.closed() == afternoon
    day.use("09:00", member=1)
    assert day.closed() == ["08:50", "08:55", "09:00", "09:05", "09:10", *afternoon]


def test_a_limit_that_is_used_up_closes_the_date(tiny, solve):
    kits = DailyLimit(id="kits", procedures=("CLEAN",), per_day=1)
    day = Day(tiny, solve, *cleans(tiny, 2), clinic=2, assistants=2, limits=(kits,))
    assert day.closed() == []
    day.use("09:00")
    assert len(day.closed()) == len(day.starts)


@pytest.mark.parametrize("clocks", [("09:00",), ("10:00", "09:45"), ("08:00", "11:00", "16:45")])
def test_learning_step_by_step_is_as_good_as_beginning_anew(tiny, solve, clocks):
    day = Day(tiny, solve, *cleans(tiny, 4), tiny.booking("B", "13:00", procedure="CLEAN"))
    # What the book holds is never offered in the first place.
    assert not any(765 < start.minute < 795 for start in day.starts)
    for clock in clocks:
        day.use(clock)
    stepwise = day.closed()
    day.room.begin(day.activity, day.values)
    assert day.closed() == stepwise != []
