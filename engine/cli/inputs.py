"""What the commands read: questions and dates, each refused with all its reasons."""

import datetime as dt
from pathlib import Path

from engine.files import Loaded, read_problem
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
from engine.validation import problems_of, put_aside


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


def date_of(text: str, option: str) -> dt.date:
    """A date written YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = PracticeProblem(
            "not-a-date", option, "this is not a date of the calendar", "write it as 2026-01-31"
        )
        raise PracticeProblemsError([problem]) from None


def read_dates(path: Path, first_date: str | None, days: int) -> tuple[Problem, Horizon]:
    """A question and dates of it: from `first_date` on, else from the practice's today."""
    if first_date is None:
        start = read_problem(path).problem.as_of.date()
    else:
        start = date_of(first_date, "--from")
    horizon = Horizon(start=start, days=days)
    return read_question(path, horizon).problem, horizon
