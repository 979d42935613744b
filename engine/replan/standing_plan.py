"""What is asked of a plan before it is changed: that it keeps every rule."""

from engine.checker import check
from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.schedule import Schedule


def demand_standing(problem: Problem, plan: Schedule, name: str) -> None:
    """PracticeProblemsError with every rule that the plan breaks. `name`: where it came from."""
    report = check(problem, plan)
    if not report.ok:
        raise PracticeProblemsError(
            PracticeProblem(
                f"schedule-breaks-{broken.rule.replace('_', '-')}",
                f"{name} ({', '.join(broken.visits) or 'the whole'})",
                broken.sentence,
                "give the schedule that was made for this practice",
            )
            for broken in report.violations
        )
