"""Textbook intervals: each solution is a week that the checker accepts, and the bound holds."""

import pytest

from benchmarks.peer import Limits
from benchmarks.peers.group_seats import Seated, name_seats
from benchmarks.peers.interval_groups import Group, chair_groups, runs
from benchmarks.peers.openings import Openings
from benchmarks.peers.textbook_intervals import TextbookIntervals
from engine.checker import check
from engine.filling.lanes import marked
from engine.generate import generate
from engine.generate.sample import rolling_book
from engine.kpi import measure, objective_points
from engine.schedule import Schedule


def test_every_offer_passes_the_checker_and_the_bound_is_below() -> None:
    made = generate("one-doctor", visits=25, seed=3)
    offered: list[Schedule] = []
    limits = Limits(seconds=5.0, workers=2, seed=1)
    bound = TextbookIntervals().run(made.problem, made.horizon, limits, offered.append)
    assert len(offered) >= 2
    assert all(check(made.problem, schedule).ok for schedule in offered)
    best = min(objective_points(measure(made.problem, schedule)) for schedule in offered)
    assert bound is not None
    assert bound <= best + 0.0005


def test_no_bound_where_bookings_might_move() -> None:
    made = rolling_book()
    offered: list[Schedule] = []
    limits = Limits(seconds=3.0, workers=1, seed=1)
    assert TextbookIntervals().run(made.problem, made.horizon, limits, offered.append) is None
    assert all(check(made.problem, schedule).ok for schedule in offered)


def test_units_per_slot_are_kept() -> None:
    made = generate("one-doctor-units", visits=25, seed=3)
    offered: list[Schedule] = []
    limits = Limits(seconds=3.0, workers=1, seed=1)
    assert TextbookIntervals().run(made.problem, made.horizon, limits, offered.append) is None
    assert offered
    assert all(check(made.problem, schedule).ok for schedule in offered)


def test_runs_are_the_intervals_of_the_true_minutes() -> None:
    assert runs(marked([(0, 30), (480, 481), (1430, 1440)])) == [(0, 30), (480, 481), (1430, 1440)]
    assert runs(marked([])) == []


def test_chairs_of_a_group_are_alike_for_every_class() -> None:
    made = generate("one-doctor", visits=25, seed=3)
    openings = Openings(made.problem, made.horizon)
    for day in openings.dates:
        groups = chair_groups(openings, day)
        assert sorted(row for group in set(groups.values()) for row in group.rows) == list(range(8))
        for group in groups.values():
            for procedure in made.problem.practice.procedures:
                cells = openings.cells(day, procedure.procedure_class)
                if cells is not None:
                    own = cells.accepted_until[list(group.rows)]
                    assert (own == own[0]).all()


@pytest.mark.parametrize("swap", [False, True])
def test_overlapping_uses_of_a_group_get_different_rows(swap: bool) -> None:
    made = generate("one-doctor", visits=25, seed=3)
    openings = Openings(made.problem, made.horizon)
    visits = [
        visit
        for visit in openings.visits
        if len(stages := openings.occupancy.stages(visit)) == 1
        and stages[0].doctor == ()
        and stages[0].chair_kind is not None
        and stages[0].end >= 10
    ][:2]
    # The second begins 5 minutes after the first, which lasts at least 10.
    starts = [485, 480] if swap else [480, 485]
    seated = [
        Seated(visit, openings.dates[0], start, (Group((1, 2)),), (Group((0, 3)),), None, ())
        for visit, start in zip(visits, starts, strict=True)
    ]
    first, second = name_seats(openings, seated)
    assert {first.segments[0].chair, second.segments[0].chair} == {"C2", "C3"}
    assert {first.segments[0].staff, second.segments[0].staff} == {"DR1", "AS3"}
    earlier = second if swap else first
    assert earlier.segments[0].chair == "C2"
