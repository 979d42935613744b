"""Visits that no chair, person or hour can ever serve, and exactly why.

A visit is looked at alone, as if the book were empty, on every date that its own dates allow: the
horizon and four weeks from the first possible date on, with every cell release come. If nothing
fits there, it never will. What fits there but not on the dates to fill is a note.
"""

import datetime as dt
from collections.abc import Iterator

from engine.practice import Horizon, Problem, Visit
from engine.problems import PracticeProblem
from engine.validation.causes import cause_of, need_text
from engine.validation.codes import fault
from engine.validation.dates import DAYS_LOOKED_AHEAD, days_from, first_date
from engine.validation.look import Cause
from engine.validation.possible_starts import (
    AVAILABILITY,
    DOCTOR,
    HOURS,
    SUPERVISION,
    Need,
    PossibleStarts,
)
from engine.validation.visits import fits_length

Table = dict[dt.date, dict[Need, int]]
"""Start masks by date and need."""


def visits_never_placed(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """One fault for each need of a visit that cannot be met; else one for needs that never meet."""
    if not problem.practice.hours:
        return
    starts = PossibleStarts(problem)
    any_open = horizon is not None and any(starts.open(day) for day in horizon.dates)
    for visit in problem.visits:
        if not fits_length(problem, visit):
            continue
        first = _first_possible(problem, visit, horizon)
        if first is None or (visit.latest is not None and visit.latest < first):
            continue
        in_horizon = horizon.dates if horizon is not None else ()
        ahead = {*days_from(first, DAYS_LOOKED_AHEAD), *in_horizon}
        dates = [
            day
            for day in sorted(ahead)
            if first <= day and (not visit.latest or day <= visit.latest)
        ]
        here = [day for day in dates if horizon is not None and day in horizon]
        where = f"visit {visit.id}"
        if here and _fits(starts, visit, here, problem.as_of):
            continue
        if not _fits(starts, visit, dates, None):
            for cause in _causes(starts, visit, dates, None):
                yield fault(cause.code, where, cause.sentence, cause.remedy)
        elif here and any_open:
            causes = _causes(starts, visit, here, problem.as_of)
            yield fault(
                "not-in-this-horizon",
                where,
                "not on the dates to fill: " + "; ".join(cause.sentence for cause in causes),
                "fill later dates, or change what stands in the way",
            )


def _first_possible(problem: Problem, visit: Visit, horizon: Horizon | None) -> dt.date | None:
    """The first date that the visit's own dates allow; None where a clearance has no date."""
    first = first_date(problem, horizon)
    if visit.earliest is not None:
        first = max(first, visit.earliest)
    if visit.lab_ready is not None:
        if visit.lab_ready == dt.date.max:
            return None
        first = max(first, visit.lab_ready + dt.timedelta(days=1))
    for clearance in visit.clearances:
        if not clearance.granted:
            if clearance.expected is None:
                return None
            first = max(first, clearance.expected)
    return first


def _needs(
    starts: PossibleStarts, visit: Visit, day: dt.date, now: dt.datetime | None
) -> dict[Need, int]:
    """The needs of the visit that are worth a sentence of their own here.

    What the whole practice lacks (nobody with the skill, no chair of the kind, no doctor) is said
    once at the procedure, and a wrong doctor or empty window once at the visit.
    """
    problem = starts.problem
    procedure = problem.procedures[visit.procedure]
    needs = starts.alone(visit, day, starts.moment(day, now))
    doctors = {doctor.id for doctor in problem.doctors}
    if not doctors or (visit.required_doctor or next(iter(doctors))) not in doctors:
        needs.pop(DOCTOR, None)
    if not doctors:
        needs.pop(SUPERVISION, None)
    if all(window.start >= window.end for window in visit.availability):
        needs.pop(AVAILABILITY, None)
    for stage in starts.pattern(procedure, visit.minutes):
        if not starts.servers(stage, procedure):
            needs.pop(("staff", stage.index), None)
        if not starts.chairs(stage, procedure):
            needs.pop(("chair", stage.index), None)
            needs.pop(("cell", stage.index), None)
    return needs


def _together(needs: dict[Need, int], wanted: tuple[Need, ...] | None = None) -> int:
    starts = needs[HOURS]
    for need, mask in needs.items():
        if wanted is None or need in wanted:
            starts &= mask
    return starts


def _fits(
    starts: PossibleStarts, visit: Visit, dates: list[dt.date], now: dt.datetime | None
) -> bool:
    return any(_together(_needs(starts, visit, day, now)) for day in dates)


def _causes(
    starts: PossibleStarts, visit: Visit, dates: list[dt.date], now: dt.datetime | None
) -> Iterator[Cause]:
    table: Table = {day: _needs(starts, visit, day, now) for day in dates}
    needs = tuple(dict.fromkeys(need for day in dates for need in table[day]))
    if _never(table, ()):
        yield cause_of(HOURS, visit, starts, dates, now)
        return
    alone = [need for need in needs if need != HOURS and _never(table, (need,))]
    for need in alone:
        covered = need[0] == "cell" and ("chair", need[1]) in alone
        if not covered:
            yield cause_of(need, visit, starts, dates, now)
    if not alone:
        few = [need for need in needs if need != HOURS]
        for need in sorted(few, key=lambda need: need[0] != "cell"):  # a cell implies its chair
            rest = tuple(other for other in few if other != need)
            if _never(table, rest):
                few.remove(need)
        texts = [need_text(need, visit, starts) for need in few]
        yield Cause(
            "never-all-at-once",
            "in patient hours each of these can be met, never all at one time: " + "; ".join(texts),
            "widen one of them",
        )


def _never(table: Table, wanted: tuple[Need, ...]) -> bool:
    return not any(_together(needs, wanted) for needs in table.values())
