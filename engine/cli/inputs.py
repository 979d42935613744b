"""What the commands read: questions and dates, each refused with all its reasons."""

import datetime as dt
from pathlib import Path

from engine.checker import check
from engine.files import Loaded, read_problem, read_schedule
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
from engine.schedule import Schedule
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


def read_plan(practice: Path, schedule: Path) -> tuple[Problem, Schedule]:
    """A practice and a schedule that stands; PracticeProblemsError where a rule is violated."""
    answer = read_schedule(schedule)
    problem = read_question(practice, answer.horizon).problem
    report = check(problem, answer)
    if not report.ok:
        raise PracticeProblemsError(
            PracticeProblem(
                f"schedule-breaks-{broken.rule.replace('_', '-')}",
                f"{schedule.name} ({', '.join(broken.visits) or 'the whole'})",
                broken.sentence,
                "give the schedule that was made for this practice",
            )
            for broken in report.violations
        )
    return problem, answer
