"""The clashes that were already in the book, written into the schedule."""

from engine.checker import check
from engine.practice import Problem
from engine.schedule import InheritedClash, Schedule


def list_inherited(problem: Problem, schedule: Schedule) -> Schedule:
    """The schedule with every inherited clash that the checker reports."""
    report = check(problem, schedule)
    clashes = tuple(
        InheritedClash(rule=v.rule, visits=v.visits, date=v.date, sentence=v.sentence)
        for v in report.inherited
        if v.date is not None
    )
    return schedule.model_copy(update={"inherited": clashes})
