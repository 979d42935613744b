"""Rule `chair_once`: one patient in a chair, turnover included, and none while it is blocked."""

from engine.practice import Booking
from engine.practice.pattern import StageTime
from engine.practice.release import Acceptance
from engine.solver.constraints.cells import acceptance_of
from engine.solver.constraints.chair_kind import classes_for
from engine.solver.kinds import Kind
from engine.solver.model import Model
from engine.solver.uses import share_capacity

FAMILY = "chair"


def options(
    model: Model, day: int, kind: Kind, minute: int, stage: StageTime
) -> tuple[tuple[int, int], ...]:
    """Chair classes that can hold the stage of a new or moved visit, with the template price."""
    facts = model.days[day]
    start, end, busy_until = minute + stage.start, minute + stage.end, minute + stage.busy_until
    problem, procedure_class = model.problem, kind.procedure.procedure_class
    found: list[tuple[int, int]] = []
    for chairs in classes_for(problem, facts, procedure_class, stage):
        if not chairs.holds(start, busy_until):
            continue
        how = acceptance_of(problem, facts, chairs, procedure_class, start, end)
        if how is not None:
            found.append((chairs.id, 0 if how is Acceptance.OWN else model.price("off_template")))
    return tuple(found)


def options_kept(
    model: Model, day: int, kind: Kind, minute: int, stage: StageTime, booking: Booking
) -> tuple[tuple[int, int], ...]:
    """Chair classes for a kept booking: any chair of the kind, whatever the cells say."""
    facts = model.days[day]
    start, busy_until = minute + stage.start, minute + stage.busy_until
    if stage.chair_kind is None:
        return ()
    permitted = {
        chairs.id
        for chairs in classes_for(model.problem, facts, kind.procedure.procedure_class, stage)
    }
    return tuple(
        (chairs.id, 0)
        for chairs in facts.chairs.get(stage.chair_kind, ())
        if chairs.holds(start, busy_until)
        and (chairs.id in permitted or booking.chair in chairs.members)
    )


def add(model: Model) -> None:
    """Per class of chairs and moment: visits under way or in turnover <= chairs of the class."""
    sizes = {
        (f"{FAMILY}:{kind}", day): {chairs.id: len(chairs.members) for chairs in classes}
        for day, facts in enumerate(model.days)
        for kind, classes in facts.chairs.items()
    }
    share_capacity(model, sizes, "chair_once")
