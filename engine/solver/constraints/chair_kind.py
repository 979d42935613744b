"""Rule `chair_kind`: the right kind of room; overflow chairs for their classes only."""

from collections.abc import Iterator

from engine.practice import Problem
from engine.practice.pattern import StageTime
from engine.solver.day_facts import DayFacts, ResourceClass


def classes_for(
    problem: Problem, facts: DayFacts, procedure_class: str, stage: StageTime
) -> Iterator[ResourceClass]:
    """Chair classes of the stage's kind that take this procedure class."""
    if stage.chair_kind is None:
        return
    may_overflow = procedure_class in problem.practice.overflow_classes
    classes = facts.chairs.get(stage.chair_kind, ())
    yield from (classes if may_overflow else [c for c in classes if not c.overflow])
