"""Rule `staff_once`: everyone in one place, on shift and skilled, until the turnover is done."""

from engine.practice.pattern import StageTime
from engine.solver.model import Model
from engine.solver.uses import share_capacity

FAMILY = "staff"


def options(model: Model, day: int, minute: int, stage: StageTime) -> tuple[tuple[int, int], ...]:
    """Classes of people of the role and skill who are there for the whole stage and turnover."""
    if stage.role is None:
        return ()
    start, busy_until = minute + stage.start, minute + stage.busy_until
    return tuple(
        (people.id, 0)
        for people in model.days[day].staff.get(stage.role, ())
        if (stage.skill is None or stage.skill in people.skills) and people.holds(start, busy_until)
    )


def add(model: Model) -> None:
    """Per class of people and moment: stages under way or in turnover <= people of the class."""
    sizes = {
        (f"{FAMILY}:{role}", day): {people.id: len(people.members) for people in classes}
        for day, facts in enumerate(model.days)
        for role, classes in facts.staff.items()
    }
    share_capacity(model, sizes, "staff_once")
