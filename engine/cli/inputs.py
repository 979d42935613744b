"""What the commands read: questions, schedules and dates, each refused with all its reasons."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from engine.files import read_problem, read_schedule
from engine.files.loaded import Loaded
from engine.practice import Horizon
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
from engine.schedule import Schedule
from engine.validation import problems_of

_KEPT_OUT = (Severity.SET_ASIDE, Severity.KEPT)


def read_question(path: Path, horizon: Horizon | None = None, strict: bool = False) -> Loaded:
    """A practice folder or problem.json, validated for the horizon; its problems joined.

    PracticeProblemsError with everything that refuses it; with `strict` also with what would
    otherwise be set aside or kept.
    """
    loaded = read_problem(path)
    found = tuple(dict.fromkeys((*loaded.problems, *problems_of(loaded.problem, horizon))))
    refuse_where(found, strict)
    return Loaded(loaded.problem, found, loaded.defaults, loaded.set_aside)


def refuse_where(problems: Iterable[PracticeProblem], strict: bool) -> None:
    """PracticeProblemsError where one of the problems does not let the run go on."""
    refusing = {Severity.REFUSED, *(_KEPT_OUT if strict else ())}
    found = tuple(problems)
    if any(problem.severity in refusing for problem in found):
        raise PracticeProblemsError(
            problem for problem in found if problem.severity is not Severity.NOTE
        )


def read_answer(path: Path) -> Schedule:
    """A schedule.json. PracticeProblemsError where it is none."""
    return read_schedule(path)


def date_of(text: str, option: str) -> dt.date:
    """A date written YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = PracticeProblem(
            "not-a-date", option, "this is not a date of the calendar", "write it as 2026-01-31"
        )
        raise PracticeProblemsError([problem]) from None
