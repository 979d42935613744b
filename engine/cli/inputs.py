"""What the commands read: questions and dates, each refused with all its reasons."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from engine.files import SLOTS_FILE, Loaded, read_model, read_problem
from engine.practice import Horizon, SlotPrices
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
from engine.validation import problems_of, put_aside
from engine.validation.tiers import weight_faults


def read_question(path: Path, horizon: Horizon | None = None, strict: bool = False) -> Loaded:
    """A practice folder or problem.json; with a horizon, also what is wrong for those dates.

    PracticeProblemsError with everything that refuses it; with `strict`, also what would
    otherwise be set aside.
    """
    loaded = read_problem(path, strict)
    if horizon is None:
        return loaded
    known = set(problems_of(loaded.problem))
    problem, faults = put_aside(loaded.problem, horizon)
    found = tuple(one for one in faults if one not in known)
    refusing = {Severity.REFUSED, Severity.SET_ASIDE} if strict else {Severity.REFUSED}
    if any(one.severity in refusing for one in found):
        raise PracticeProblemsError((*loaded.problems, *found))
    return Loaded(problem, (*loaded.problems, *found), loaded.defaults, loaded.set_aside)


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


def date_of(text: str, option: str) -> dt.date:
    """A date written YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = PracticeProblem(
            "not-a-date", option, "this is not a date of the calendar", "write it as 2026-01-31"
        )
        raise PracticeProblemsError([problem]) from None
