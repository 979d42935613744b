"""Misses inside the slots that a schedule chose: is what looked safest as safe as it looked?

An optimiser picks, among many slots, those where the risk looks low, and so also those where it was
underestimated: the optimiser's curse (J. E. Smith and R. L. Winkler, 'The optimizer's curse:
skepticism and postdecision surprise in decision analysis', Management Science 52, 2006). Overall
calibration cannot show it; misses of the chosen slots can, if they are not those that the model was
fitted on.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.practice import GroupRatio, Problem, Visit
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.risk.fit.known import Known, unseen_by
from engine.risk.fit.measures import dispersion, group_ratio
from engine.risk.no_show import NoShow
from engine.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Selected:
    """`chosen`: visits that the schedule gave a time. `expected`: their misses by the chances that
    chose them. `by_literature`: those are of the literature, for the practice has no model.

    `ratio`: observed over expected misses of those whose outcome the history knows and the fit has
    not seen; None: of none. `seen_by_fit`: those whose outcome it has seen, which are left out.
    """

    chosen: int
    expected: float
    ratio: GroupRatio | None
    seen_by_fit: int = 0
    by_literature: bool = False


def selected_of(problem: Problem, schedule: Schedule, rows: Sequence[Known]) -> Selected:
    """The visits that the schedule placed anew or moved, held against the history.

    A visit is found again by patient and date, and by its procedure where the patient had several
    visits on that date. Bookings that stayed are not chosen by anybody here.
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
    model = problem.no_show_model
    last = None if model is None else model.last
    known = _by_patient_and_date(rows)
    unseen = _by_patient_and_date(unseen_by(rows, last))
    expected: list[float] = []
    p: list[float] = []
    missed: list[bool] = []
    patients: list[str] = []
    seen = 0
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
        row = _row_of(visit, placement.date, unseen)
        if row is not None:
            p.append(chance)
            missed.append(row.missed)
            patients.append(visit.patient)
        seen += row is None and _row_of(visit, placement.date, known) is not None
    ratio = _ratio(patients, missed, p)
    return Selected(len(expected), sum(expected), ratio, seen, by_literature=model is None)


_Rows = dict[tuple[str, dt.date], list[Known]]


def _by_patient_and_date(rows: Sequence[Known]) -> _Rows:
    found: _Rows = defaultdict(list)
    for row in rows:
        found[row.patient, row.date].append(row)
    return dict(found)


def _row_of(visit: Visit, day: dt.date, rows: _Rows) -> Known | None:
    """What became of a visit; None where the history does not say, or not which of several."""
    there = rows.get((visit.patient, day), [])
    own = [row for row in there if row.group == visit.procedure] or there
    return own[0] if len(own) == 1 else None


def _ratio(
    patients: Sequence[str], missed: Sequence[bool], p: Sequence[float]
) -> GroupRatio | None:
    if not p:
        return None
    outcomes, chances = np.array(missed, dtype=np.float64), np.array(p)
    spread = dispersion(np.unique(patients, return_inverse=True)[1], outcomes, chances)
    return group_ratio("chosen slots", outcomes, chances, spread)
