"""What is asked of a plan before it is changed: that it keeps every rule."""

from collections.abc import Mapping

from engine.checker import Violation, check
from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.schedule import Schedule

_NOBODY: Mapping[str, str] = {}


def demand_standing(
    problem: Problem, plan: Schedule, name: str, held: Mapping[str, str] = _NOBODY
) -> None:
    """PracticeProblemsError with every rule that the plan breaks. `name`: where it came from.

    `held`: the ids of the plan that are times held for a caller, and the visit of each.
    """
    report = check(problem, plan)
    if not report.ok:
        raise PracticeProblemsError(
            PracticeProblem(
                f"schedule-breaks-{broken.rule.replace('_', '-')}",
                f"{name} ({', '.join(broken.visits) or 'the whole'})",
                broken.sentence,
                _remedy(broken, held),
            )
            for broken in report.violations
        )


def _remedy(broken: Violation, held: Mapping[str, str]) -> str:
    waits = next((held[visit] for visit in broken.visits if visit in held), None)
    if waits is None:
        return "give the schedule that was made for this practice"
    return f"a time is held for {waits}: release it, or wait until it is over"
