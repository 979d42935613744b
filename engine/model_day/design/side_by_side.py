"""Searches of one model side by side: the best day and bound of them all, within one limit."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.decode import Values
from engine.model_day.design.known_day import better_of, is_closed, solved_day
from engine.model_day.design.solve_job import BranchJob, DesignJob
from engine.solver.crew import crew_of
from engine.solver.solved import Limits, Solved

OTHER_SEED = 7919
"""What the second search's seed is ahead of the first's."""
ENDING_SECONDS = 1.0
"""So long after the limit a search may still answer; then it is ended, and what it told counts."""


def search_day(model: DayModel, limits: Limits, start: Values | None) -> Solved:
    """CP-SAT, and with another worker HiGHS beside it, each in a process of its own.

    All stop as soon as what they know together is within the gap, or the limit is over. With a
    limit in work there is one search, and only its answer counts, so that it is the same again.
    """
    best = solved_day(model, start, 0.0)
    if limits.seconds <= 0:
        return best
    by_clock = math.isinf(limits.work)
    until = time.time() + limits.seconds if by_clock else math.inf
    jobs: list[DesignJob | BranchJob] = [DesignJob(model, limits, start, until)]
    if limits.workers > 1 and by_clock:
        jobs[0] = replace(jobs[0], limits=replace(limits, workers=limits.workers - 1))
        beside = replace(limits, seed=limits.seed + OTHER_SEED)
        jobs.append(BranchJob(model, beside, start, until))
    return _together(jobs, limits, best, by_clock)


def _together(
    jobs: Sequence[DesignJob | BranchJob], limits: Limits, best: Solved, by_clock: bool
) -> Solved:
    ends = time.monotonic() + limits.seconds + ENDING_SECONDS if by_clock else math.inf
    with crew_of(len(jobs)) as crew:
        for job in jobs:
            crew.submit(job, limits.seconds)
        while crew.busy() and not is_closed(best, limits.gap) and time.monotonic() < ends:
            done = crew.collect(ends - time.monotonic())
            if done is None:
                break
            if isinstance(done.answer, Solved) and (done.last or by_clock):
                best = better_of(best, done.answer)
    return best
