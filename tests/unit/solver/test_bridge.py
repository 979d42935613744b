"""Where solutions come in: what cannot be matched costs a wish or a visit, not all of it."""

import numpy as np
import pytest

from engine.practice import Follows
from engine.result import Status
from engine.solver import bridge as bridges
from engine.solver.arrays import restrict, to_arrays
from engine.solver.bridge import Bridge
from engine.solver.budget import Budget, SearchSettings
from engine.solver.crew import Done
from engine.solver.jobs import Climbed
from engine.solver.lagrangian import Lagrangian
from engine.solver.matched import matched
from engine.solver.matching import HallCut, match_items
from engine.solver.solved import Solved
from engine.solver.unmatched import drop_unmatched
from engine.solver.verdict import Verdict


class Accepting:
    """A watch that keeps whatever it is offered."""

    objective = None

    def __init__(self) -> None:
        self.offered: list[str] = []

    def offer(self, schedule, by, doubtful=False) -> Verdict:
        self.offered.append(by)
        return Verdict.KEPT

    def raise_bound(self, bound) -> None: ...

    def note(self, text) -> None: ...

    def set_floor(self, floor) -> None: ...


def bridge_of(model) -> Bridge:
    settings = SearchSettings(1e6, 0.0, 1, 0, reproducible=True)
    return Bridge(model, None, Budget(settings, Accepting(), 0.0, claims=True))


class Unmatchable:
    """E stays at 09:00 by anybody, since X of its patient needs the minute; C asks for DR1.

    Starts: 09:00 by DR1, 09:20 by anybody, whom DR2 serves. Every row is kept, yet only E fits the
    minute of DR1's start.
    """

    def __init__(self, tiny, solve, **asked) -> None:
        visits = [
            tiny.visit("E", patient="P"),
            tiny.visit("X", "CLEAN", patient="P"),
            tiny.visit("C", **asked),
        ]
        problem = tiny.problem(*visits, clinic=2, assistants=2, doctors=2)
        places = [
            tiny.place("E", "09:00"),
            tiny.place("C", "09:20", chair="C2", staff="AS2"),
        ]
        schedule = tiny.schedule(problem, *places, start=tiny.tuesday, days=1)
        model = self.model = solve.model(problem, schedule.horizon)
        values = self.values = solve.pinned(model, schedule).values
        starts = [s for of in model.starts.values() for s in of if s.kind.procedure.code == "ADJ"]
        (late,) = [s for s in starts if s.minute == 560 and values[s.column]]
        (anybody,) = [
            s
            for s in starts
            if s.minute == 560 and s.doctor is None and s.doctor_offsets == late.doctor_offsets
        ]
        values[late.column], values[anybody.column] = 0, 1
        for _, key in late.doctor_uses:
            (share,) = [c for c in model.uses[key].shares.values() if values[c]]
            values[share] -= 1
        (second,) = [one.id for one in model.days[0].doctors if one.members == ("DR2",)]
        for _, key in anybody.doctor_uses:
            values[model.uses[key].shares[second]] += 1

    def unplaced(self, values) -> list[str]:
        return [name for name, item in self.model.items.items() if values[item.unplaced]]


@pytest.mark.parametrize("asked", ["required_doctor", "preferred_doctor"])
def test_rows_do_not_see_it(tiny, solve, asked):
    one = Unmatchable(tiny, solve, **{asked: "DR1"})
    assert not to_arrays(one.model.program).violates(one.values)
    assert len(match_items(one.model, one.values)[1]) == 1


def test_a_wish_is_given_up_and_nobody_leaves(tiny, solve):
    one = Unmatchable(tiny, solve, preferred_doctor="DR1")
    bridge = bridge_of(one.model)
    assert bridge.take_whole(one.values, "test")
    assert one.unplaced(bridge.best.values) == ["X"]


def test_with_a_required_doctor_one_leaves_and_the_rest_is_kept(tiny, solve):
    one = Unmatchable(tiny, solve, required_doctor="DR1")
    bridge = bridge_of(one.model)
    assert bridge.take_whole(one.values, "test")
    assert len(one.unplaced(bridge.best.values)) == 2
    assert "X" in one.unplaced(bridge.best.values)
    assert not match_items(one.model, bridge.best.values)[1]


def test_rows_that_came_reach_the_dual_and_the_prices(tiny, solve):
    one = Unmatchable(tiny, solve, required_doctor="DR1")
    bridge = bridge_of(one.model)
    bridge.prices = np.ones(len(bridge.dual.right_side))
    bridge.take_whole(one.values, "test")
    fresh = Lagrangian(one.model, to_arrays(one.model.program))
    assert len(bridge.best.cuts) == 1
    assert len(fresh.dual_rows) == len(bridge.dual.dual_rows) == len(bridge.prices)
    assert bridge.prices[-1] == 0.0


def test_prices_under_way_are_padded(tiny, solve):
    """A climb that began before a row came: its prices arrive, the row's own is nothing."""
    one = Unmatchable(tiny, solve, required_doctor="DR1")
    bridge = bridge_of(one.model)
    before = np.full(len(bridge.dual.right_side), 2.0)
    bridge.take_whole(one.values, "test")
    bridge.listen(7, lambda done: bridge._learn(done.answer))
    bridge.news(Done(7, Climbed(before, 0.0, 5)))
    assert bridge.prices is not None
    assert bridge.prices.tolist() == [*before.tolist(), 0.0]


def test_what_cannot_be_filled_up_is_taken_as_it_is(tiny, solve, monkeypatch):
    """A greedy fill that breaks a row costs nothing."""
    one = Unmatchable(tiny, solve, required_doctor="DR1")
    bridge = bridge_of(one.model)
    bridge.prices = np.zeros(len(bridge.dual.right_side))
    monkeypatch.setattr(bridges, "place_waiting", lambda dual, prices, values: values + 1)
    assert bridge.take_whole(one.values, "test")
    assert len(one.unplaced(bridge.best.values)) == 2


def test_a_visit_in_two_places_is_refused(tiny, solve):
    """Two answers laid over one another are no solution, however cheap."""
    one = Unmatchable(tiny, solve, required_doctor="DR1")
    bridge = bridge_of(one.model)
    item = one.model.items["C"]
    twice = one.values.copy()
    twice[next(c.column for c in item.columns if not twice[c.column] and c.first > 600)] = 1
    assert bridge.best.breaks_rules(twice)
    assert not bridge.take_whole(twice, "test")
    assert bridge.best.values is None


def test_known_rows_are_not_added_again(tiny, solve):
    one = Unmatchable(tiny, solve, required_doctor="DR1")
    bridge = bridge_of(one.model)
    cuts = match_items(one.model, one.values)[1]
    bridge.best.add_cuts([*cuts, *cuts])
    rows = len(bridge.best.arrays.row_upper)
    bridge.best.add_cuts(cuts)
    assert len(bridge.best.arrays.row_upper) == rows == bridge.best._rows + 1


def test_whoever_may_only_come_after_leaves_too(tiny, solve):
    """TWO follows ONE; there is no start for ONE."""
    visits = [
        tiny.visit("ONE", "CLEAN"),
        tiny.visit("TWO", "CLEAN", follows=(Follows(visit="ONE", min_days=0),)),
    ]
    problem = tiny.problem(*visits)
    places = [
        tiny.place("ONE", "09:00", "A10", doctor=None),
        tiny.place("TWO", "09:30", "A10", doctor=None),
    ]
    schedule = tiny.schedule(problem, *places, start=tiny.tuesday, days=1)
    model = solve.model(problem, schedule.horizon)
    values = solve.pinned(model, schedule).values
    dual = Lagrangian(model, to_arrays(model.program))
    first = next(c for c in model.items["ONE"].columns if values[c.column])
    assert np.array_equal(matched(model, dual, values).values, values)

    gone = drop_unmatched(dual, values, [HallCut((first.column,), ())])
    assert all(gone[item.unplaced] for item in model.items.values())
    assert not dual.arrays.violates(gone)


def test_a_household_that_meets_can_be_parted(tiny, solve):

    visits = [tiny.visit(name, "CLEAN", household="H") for name in ("ONE", "TWO")]
    problem = tiny.problem(*visits, clinic=2, assistants=2)
    places = [
        tiny.place("ONE", "09:00", "A10", doctor=None),
        tiny.place("TWO", "09:00", "A10", chair="C2", staff="AS2", doctor=None),
    ]
    schedule = tiny.schedule(problem, *places, start=tiny.tuesday, days=1)
    model = solve.model(problem, schedule.horizon)
    values = solve.pinned(model, schedule).values
    dual = Lagrangian(model, to_arrays(model.program))
    chosen = [c.column for i in model.items.values() for c in i.columns if values[c.column]]
    gone = drop_unmatched(dual, values, [HallCut(tuple(chosen[:1]), ())])
    assert sum(gone[item.unplaced] for item in model.items.values()) == 1
    assert not dual.arrays.violates(gone)
    assert matched(model, dual, gone).values is not None


class Backwards:
    """A crew that tells of something else first and then answers the last job first."""

    def __init__(self, lost) -> None:
        self.jobs, self._lost, self._told = [], lost, [Done(99, "news", last=False)]

    def submit(self, job, seconds) -> int:
        self.jobs.append(job)
        ticket = len(self.jobs)
        found = Solved(Status.FEASIBLE, np.array([ticket]), None, None, work=2.0)
        self._told.insert(0, Done(ticket, None if ticket in self._lost else found))
        return ticket

    def collect(self, seconds) -> Done | None:
        news = [done for done in self._told if not done.last]
        done = (news or self._told)[0]
        self._told.remove(done)
        return done


@pytest.mark.parametrize(("lost", "first"), [((), 1), ((1,), 4), ((1, 4), None)])
def test_answers_of_a_race_stand_in_the_order_of_its_parts(tiny, solve, lost, first):
    """What is lost is done once more."""
    one = Unmatchable(tiny, solve, preferred_doctor="DR1")
    bridge, heard = bridge_of(one.model), []
    bridge.crew = crew = Backwards(lost)
    bridge.listen(99, lambda done: heard.append(done.answer))
    part = restrict(bridge.best.arrays, np.ones(bridge.size, dtype=np.bool_), one.values)
    answers = bridge.race([part, part, part], work=1.0, cuts=False)
    said = [None if one is None else one.values.tolist() for one in answers]
    assert said == [None if first is None else [first], [2], [3]]
    assert heard == ["news"]
    assert bridge.budget.work == (4.0 if first is None else 6.0)
    assert not any(job.limits.cuts for job in crew.jobs)


class Chatty:
    """A crew whose job hangs while another tells something every 25 s, on a clock of its own."""

    def __init__(self) -> None:
        self.now, self.submitted = 1000.0, 0

    def submit(self, job, seconds) -> int:
        self.submitted += 1
        return self.submitted

    def busy(self) -> int:
        return 1

    def collect(self, seconds) -> Done | None:
        assert seconds > 0
        self.now += 25.0
        return None if self.now > 9000.0 else Done(99, "news", last=False)


@pytest.mark.parametrize("ways", ["solve", "race"])
@pytest.mark.parametrize("reproducible", [False, True])
def test_nobody_waits_for_ever_but_in_a_reproducible_run(
    tiny, solve, monkeypatch, ways, reproducible
):
    """100 s are left, 20 s of grace, 10 s for the process to be gone: 130 s, or six times 25 s."""
    one = Unmatchable(tiny, solve, preferred_doctor="DR1")
    crew = Chatty()
    monkeypatch.setattr(bridges.time, "monotonic", lambda: crew.now)
    monkeypatch.setattr(Budget, "left", lambda self: 100.0)
    settings = SearchSettings(100.0, 0.0, 1, 0, reproducible=reproducible)
    bridge = Bridge(one.model, crew, Budget(settings, Accepting(), 0.0, claims=True))
    part = restrict(bridge.best.arrays, np.ones(bridge.size, dtype=np.bool_), one.values)
    if ways == "solve":
        assert bridge.solve(part, None, work=1.0) is None
    else:
        assert bridge.race([part], work=1.0) == [None]
    waited = crew.now - 1000.0
    if reproducible:
        assert waited > 8000.0
    else:
        assert waited == 150.0 * crew.submitted
