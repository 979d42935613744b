"""The same question without any model day: every minute of every column is open to all."""

from engine.practice import Problem
from engine.practice.template import without_template


def freely(problem: Problem) -> Problem:
    """Neither cells nor quotas; every other rule stays.

    A schedule that is allowed under the model days is allowed here, too, and costs no more: only
    `off_template` can fall away.
    """
    return problem.model_copy(update={"practice": without_template(problem.practice)})
