"""Who is on the line: a visit of the lists, a booking to be moved, or a new caller."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.files.cell_notation import WINDOWS
from engine.files.cell_values import CellFault, an_id
from engine.files.holds_json import stand_in_of
from engine.practice import ClockWindow, Problem, Visit
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.yardsticks import stages_of


@dataclass(frozen=True, slots=True)
class Caller:
    """What the options say: a visit by its id, or what a new caller needs.

    `when`: times at which the caller can come, as in `visits.csv`; they bind.
    """

    visit: str | None = None
    procedure: str | None = None
    minutes: int | None = None
    patient: str | None = None
    when: str | None = None


def asking(problem: Problem, caller: Caller) -> tuple[Problem, Visit]:
    """The visit that is asked about, and the problem in which it waits without a time.

    A new caller asks today. What is held for the visit is free for it. PracticeProblemsError with
    everything that is wrong.
    """
    faults = list(_faults(problem, caller))
    windows: tuple[ClockWindow, ...] = ()
    try:
        windows = WINDOWS.read(caller.when) if caller.when else ()
    except CellFault as fault:
        faults.append(_option_fault(fault, "--when"))
    if faults:
        raise PracticeProblemsError(faults)
    visit = _visit(problem, caller)
    if windows:
        visit = visit.model_copy(update={"availability": windows})
    others = tuple(one for one in problem.visits if one.id != visit.id)
    own = {visit.id, stand_in_of(visit.id)}
    bookings = tuple(one for one in problem.bookings if one.visit.id not in own)
    return problem.model_copy(update={"visits": (*others, visit), "bookings": bookings}), visit


def _visit(problem: Problem, caller: Caller) -> Visit:
    if caller.visit is not None:
        return problem.all_visits[caller.visit]
    number = 1
    while f"call-{number}" in problem.all_visits:
        number += 1
    today = problem.as_of.date()
    return Visit(
        id=f"call-{number}",
        patient=caller.patient or f"caller-{number}",
        procedure=caller.procedure or "",
        minutes=caller.minutes,
        due=today,
        requested_on=today,
    )


def _faults(problem: Problem, caller: Caller) -> Iterator[PracticeProblem]:
    visit, procedure = caller.visit, caller.procedure
    if (visit is None) == (procedure is None):
        cause = "it takes a visit, or the procedure that a new caller needs, and not both"
        yield PracticeProblem("who-asks", "--visit, --procedure", cause, "give one of them")
    if visit is not None and visit not in problem.all_visits:
        cause = "no visit of that id is on a list or booked"
        yield PracticeProblem("unknown-visit", "--visit", cause, "take an id of visits.csv")
    if visit is not None and (caller.minutes is not None or caller.patient is not None):
        cause = "a visit has its own length and patient"
        yield PracticeProblem("who-asks", "--minutes, --patient", cause, "leave them out")
    if caller.patient is not None:
        try:
            an_id(caller.patient)
        except CellFault as fault:
            yield _option_fault(fault, "--patient")
    if procedure is not None and procedure not in problem.procedures:
        known = "one of " + ", ".join(problem.procedures)
        cause = "the practice has no such procedure"
        yield PracticeProblem("unknown-procedure", "--procedure", cause, known)
    elif procedure is not None and caller.minutes is not None:
        yield from _length_faults(problem, procedure, caller.minutes)


def _length_faults(problem: Problem, procedure: str, minutes: int) -> Iterator[PracticeProblem]:
    grid = problem.practice.grid_minutes
    remedy = f"give a multiple of {grid} that holds every piece of the visit"
    try:
        sample = Visit(
            id="sample", patient="sample", procedure=procedure, minutes=minutes,
            due=problem.as_of.date(),
        )  # fmt: skip
        stages_of(problem, sample)
    except ValueError:
        cause = f"{minutes} minutes cannot hold the pieces of {procedure}"
        yield PracticeProblem("bad-length", "--minutes", cause, remedy)
        return
    if minutes % grid:
        cause = f"{minutes} minutes do not lie on the grid of {grid}"
        yield PracticeProblem("bad-length", "--minutes", cause, remedy)


def _option_fault(fault: CellFault, option: str) -> PracticeProblem:
    return PracticeProblem(fault.code, option, fault.cause, fault.remedy)
