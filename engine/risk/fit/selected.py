"""Misses inside the slots that a schedule chose: is what looked safest as safe as it looked?

An optimiser picks, among many slots, those where the risk looks low, and so also those where it was
underestimated: the optimiser's curse (J. E. Smith and R. L. Winkler, 'The optimizer's curse:
skepticism and postdecision surprise in decision analysis', Management Science 52, 2006). Overall
calibration cannot show it; misses of the chosen slots can.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.practice import GroupRatio, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.risk.fit.known import Known
from engine.risk.fit.measures import group_ratio
from engine.risk.no_show import NoShow
from engine.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Selected:
    """`chosen`: visits that the schedule gave a time. `expected`: their misses by the model.

    `ratio`: observed over expected misses of those whose outcome the history knows; None: of none.
    """

    chosen: int
    expected: float
    ratio: GroupRatio | None


def selected_of(problem: Problem, schedule: Schedule, rows: Sequence[Known]) -> Selected:
    """The visits that the schedule placed anew or moved, held against the history.

    A visit is found again by patient and date. Bookings that stayed are not chosen by anybody here.
    PracticeProblemsError where the schedule places visits that the practice does not have.
    """
    strange = [p.visit for p in schedule.placements if p.visit not in problem.all_visits]
    if strange:
        cause = f"places {len(strange)} visits that the practice does not have: {strange[0]}, ..."
        remedy = "name the practice that the schedule was made for"
        raise PracticeProblemsError(
            [PracticeProblem("schedule-of-another-practice", "--schedule", cause, remedy)]
        )
    no_show = NoShow(problem)
    known = {(row.patient, row.date): row.missed for row in rows}
    expected: list[float] = []
    p: list[float] = []
    missed: list[bool] = []
    for placement in schedule.placements:
        visit = problem.all_visits[placement.visit]
        booking = problem.booking_of.get(visit.id)
        if booking is not None and (booking.date, booking.start) == (
            placement.date,
            placement.start,
        ):
            continue
        chance = no_show.probability(visit, placement.date, placement.start.hour)
        expected.append(chance)
        outcome = known.get((visit.patient, placement.date))
        if outcome is not None:
            p.append(chance)
            missed.append(outcome)
    ratio = group_ratio("chosen slots", np.array(missed, dtype=float), np.array(p)) if p else None
    return Selected(len(expected), sum(expected), ratio)
