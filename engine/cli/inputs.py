"""What the commands read: questions and dates, each refused with all its reasons."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from engine.files import (
    SLOTS_FILE,
    Loaded,
    held_times,
    read_holds,
    read_model,
    read_problem,
    read_schedule,
    stand_in_of,
    with_holds,
)
from engine.files.cell_values import CellFault, a_clock
from engine.practice import Horizon, Problem, SlotPrices
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
from engine.replan.standing_plan import demand_standing
from engine.schedule import Placement, Schedule
from engine.template.book_schedule import book_schedule
from engine.validation import problems_of, put_aside
from engine.validation.tiers import weight_faults


def read_question(
    path: Path,
    horizon: Horizon | None = None,
    strict: bool = False,
    now: dt.datetime | None = None,
) -> Loaded:
    """A practice folder or problem.json; with a horizon, also what is wrong for those dates.

    `now`: in the place of the practice's `as_of`. The folder's holds stand in the book as far as
    they are open then.

    PracticeProblemsError with everything that refuses it; with `strict`, also what would
    otherwise be set aside.
    """
    loaded = read_problem(path, strict)
    if now is not None:
        moved = loaded.problem.model_copy(update={"as_of": now})
        loaded = replace(loaded, problem=moved)
    loaded = _with_holds(path, loaded)
    if horizon is None:
        return loaded
    known = set(problems_of(loaded.problem))
    problem, faults = put_aside(loaded.problem, horizon)
    found = tuple(one for one in faults if one not in known)
    refusing = {Severity.REFUSED, Severity.SET_ASIDE} if strict else {Severity.REFUSED}
    if any(one.severity in refusing for one in found):
        raise PracticeProblemsError((*loaded.problems, *found))
    return replace(loaded, problem=problem, problems=(*loaded.problems, *found))


def read_question_of(path: Path, schedule_file: Path, horizon: Horizon) -> Loaded:
    """The question that a schedule answers.

    Slot prices beside the schedule are those that it was made with, so they stand in the place of
    the practice's. PracticeProblemsError as in `read_question`, and where they are faulty.
    """
    loaded, file = read_question(path, horizon), schedule_file.parent / SLOTS_FILE
    if not file.exists():
        return loaded
    prices = read_model(file, SlotPrices)
    problem = loaded.problem.model_copy(update={"slot_prices": prices})
    faults = [f for f in weight_faults(problem, horizon) if f.severity is Severity.REFUSED]
    if faults:
        raise PracticeProblemsError(faults)
    return replace(loaded, problem=problem)


def _with_holds(path: Path, loaded: Loaded) -> Loaded:
    problem = loaded.problem
    held = with_holds(problem, read_holds(path), problem.as_of)
    return loaded if held is problem else replace(loaded, problem=held)


def date_of(text: str, option: str) -> dt.date:
    """A date written YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = PracticeProblem(
            "not-a-date", option, "this is not a date of the calendar", "write it as 2026-01-31"
        )
        raise PracticeProblemsError([problem]) from None


def moment_of(text: str, option: str) -> dt.datetime:
    """A moment of the practice's wall clock written YYYY-MM-DDTHH:MM."""
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None and not (moment.second or moment.microsecond):
            return moment
    except ValueError:
        pass
    problem = PracticeProblem(
        "not-a-moment",
        option,
        "this is not a date with hours and minutes",
        "write it as 2026-01-31T16:00",
    )
    raise PracticeProblemsError([problem])


def clock_of(text: str, option: str) -> dt.time:
    """A clock time written HH:MM."""
    try:
        return a_clock(text)
    except CellFault as fault:
        problem = PracticeProblem(fault.code, option, fault.cause, fault.remedy)
        raise PracticeProblemsError([problem]) from None


def read_dates(path: Path, first_date: str | None, days: int) -> tuple[Problem, Horizon]:
    """A question and dates of it: from `first_date` on, else from the practice's today."""
    if first_date is None:
        start = read_problem(path).problem.as_of.date()
    else:
        start = date_of(first_date, "--from")
    horizon = Horizon(start=start, days=days)
    return read_question(path, horizon).problem, horizon


def read_schedule_or_book(
    path: Path, schedule: Path | None, first_date: str | None, days: int
) -> tuple[Problem, Schedule]:
    """A question with the schedule of a file; without one, with its book on `read_dates`."""
    if schedule is None:
        question, horizon = read_dates(path, first_date, days)
        return question, book_schedule(question, horizon)
    answer = read_schedule(schedule)
    return read_question(path, answer.horizon).problem, answer


def read_plan(practice: Path, schedule: Path) -> tuple[Loaded, Schedule]:
    """A practice and a schedule that stands; PracticeProblemsError where a rule is violated.

    What is held for a caller stands in the schedule as it is held, in the place of a time that the
    schedule has for the visit.
    """
    answer = read_schedule(schedule)
    question, holds = read_question(practice, answer.horizon), read_holds(practice)
    held = held_times(question.problem, holds)
    answer = _with_held(answer, held)
    named = ((hold.visit.id, stand_in_of(hold.visit.id)) for hold in holds)
    asking = {name: names[0] for names in named for name in names if name in held}
    demand_standing(question.problem, answer, schedule.name, asking)
    return question, answer


def _with_held(plan: Schedule, held: Mapping[str, Placement]) -> Schedule:
    if not held:
        return plan
    others = (one for one in plan.placements if one.visit not in held)
    here = (one for one in held.values() if one.date in plan.horizon)
    unplaced = tuple(one for one in plan.unplaced if one.visit not in held)
    return plan.model_copy(update={"placements": (*others, *here), "unplaced": unplaced})
