"""Choose among what is free: start, chair, person, the moment at which the doctor comes."""

import numpy as np

from engine.generate.draws import chance, pick
from engine.generate.masks import minutes_in, span
from engine.generate.occupancy import DayOccupancy
from engine.practice import Procedure
from engine.practice.pattern import DoctorTime, StageTime

LEFT_JUSTIFIED_SHARE = 0.9
"""Share of visits that begin where the chair was just left: gaps elsewhere stay long."""

Options = dict[str, int] | None
"""Visit starts by chair or person; None where the stage needs none."""


def chair_options(occupancy: DayOccupancy, procedure: Procedure, stage: StageTime) -> Options:
    """Chairs that can hold the stage from some start; None where it needs none."""
    if stage.chair_kind is None:
        return None
    masks = {
        chair.id: occupancy.chair_starts(stage, procedure, chair)
        for chair in occupancy.problem.practice.chairs
    }
    return {chair: mask for chair, mask in masks.items() if mask}


def staff_options(occupancy: DayOccupancy, stage: StageTime) -> Options:
    """People who can serve the stage from some start; None where it needs nobody."""
    if stage.role is None:
        return None
    masks = {person: occupancy.staff_starts(stage, person) for person in occupancy.staff_free}
    return {person: mask for person, mask in masks.items() if mask}


def choose_start(
    occupancy: DayOccupancy,
    procedure_class: str,
    chairs: Options,
    starts: int,
    rng: np.random.Generator,
) -> int:
    """A start, mostly one that leaves no short gap in its chair."""
    if chairs is not None and chance(rng, LEFT_JUSTIFIED_SHARE):
        close = 0
        for chair, mask in chairs.items():
            close |= mask & occupancy.justified(procedure_class, chair)
        starts = starts & close or starts
    return pick(rng, minutes_in(starts))


def choose_chair(
    occupancy: DayOccupancy, procedure: Procedure, options: Options, start: int, stage: StageTime
) -> str | None:
    """The chair for a start: own cells first, no gap before, overflow last."""
    if options is None:
        return None
    own = occupancy.own_cells(procedure.procedure_class)
    at = start + stage.start
    seated = span(at, start + stage.end)

    def rank(chair: str) -> tuple[bool, bool, bool, str]:
        # Free time is good for every class, so a visit of a class with cells sits in those first.
        justified = occupancy.justified(procedure.procedure_class, chair) >> at & 1
        return (
            seated & ~own[chair] != 0,
            not justified,
            occupancy.problem.chairs[chair].overflow,
            chair,
        )

    return min((chair for chair, mask in options.items() if mask >> start & 1), key=rank)


def choose_person(occupancy: DayOccupancy, options: Options, start: int) -> str | None:
    """The person for a start."""
    if options is None:
        return None
    able = (person for person, mask in options.items() if mask >> start & 1)
    # The person with the fewest skills: the others are kept for what only they can do.
    return min(able, key=lambda person: (len(occupancy.problem.staff[person].skills), person))


def choose_doctor_start(
    occupancy: DayOccupancy,
    doctor: str | None,
    piece: DoctorTime,
    start: int,
    rng: np.random.Generator,
) -> int:
    """When the doctor comes: within the float, where the doctor is free."""
    assert doctor is not None
    begins = occupancy.doctors[doctor].starts(piece.minutes)
    grid = occupancy.problem.practice.grid_minutes
    late = range(0, piece.float_minutes + 1, grid)
    nominal = start + piece.offset
    free = [nominal + later for later in late if begins >> (nominal + later) & 1]
    # Mostly as the pattern says; sometimes late, so that the float is exercised.
    return pick(rng, free) if chance(rng, 0.2) else free[0]
