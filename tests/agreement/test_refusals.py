"""Why not then: what no rule refuses the judge accepts, and what the fill by hand leaves out some
rule refuses, in words."""

import pytest

from engine.checker import check
from engine.explain.binding import moment_of, sift
from engine.filling.by_hand import fill_by_hand
from engine.filling.occupancy import Occupancy
from engine.schedule import Schedule


def with_time(schedule: Schedule, placed) -> Schedule:
    """The visit is there, and nowhere else."""
    others = tuple(one for one in schedule.placements if one.visit != placed.visit)
    gone = tuple(one for one in schedule.unplaced if one.visit != placed.visit)
    return schedule.model_copy(update={"placements": (*others, placed), "unplaced": gone})


@pytest.mark.parametrize("clashing", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_every_start_of_every_visit(neighbours, tiny, seed: int, clashing: bool) -> None:
    problem, horizon = neighbours("random_days").random_day(tiny, seed, clashing)
    schedule = fill_by_hand(problem, horizon, fit="best", order="due")
    occupancy = Occupancy.of(problem, schedule)
    refused = 0
    for visit in problem.visits:
        here = visit.id in occupancy.placements
        followers = {name for name, _ in occupancy.followers(visit.id)}
        placed = occupancy.release(visit.id) if here else None
        sifted = sift(occupancy, visit)
        for day, table in sifted.by_date.items():
            free = table.starts[~table.anywhere()].tolist()
            assert free == occupancy.feasible_starts(visit, day).tolist()
            for start in table.starts.tolist():
                moment = moment_of(sifted, day, start)
                assert (moment.refusals == ()) == (start in free)
                assert all(refusal.sentence for refusal in moment.refusals)
                refused += len(moment.refusals)
            if followers & occupancy.placements.keys():
                continue
            for start in free[:3]:
                there = occupancy.place_at(visit, day, start)
                assert there is not None
                report = check(problem, with_time(schedule, there))
                assert report.ok, [one.sentence for one in report.violations]
        if placed is not None:
            occupancy.book(placed)
    assert refused > 0
