"""A question asked under other model days."""

from engine.practice import Problem
from engine.practice.template import Template, with_template
from engine.problems import PracticeProblemsError, Severity
from engine.validation import problems_of


def under_template(problem: Problem, template: Template) -> Problem:
    """The same practice, book and visits with other model days.

    PracticeProblemsError with every fault that refuses them and that the practice had not before.
    """
    changed = problem.model_copy(update={"practice": with_template(problem.practice, template)})
    known = set(problems_of(problem))
    faults = [
        fault
        for fault in problems_of(changed)
        if fault.severity is Severity.REFUSED and fault not in known
    ]
    if faults:
        raise PracticeProblemsError(faults)
    return changed
