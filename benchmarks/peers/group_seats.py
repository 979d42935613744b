"""From groups of chairs and people to names: each use goes to a row that is free."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.peers.interval_groups import Group
from benchmarks.peers.openings import Openings
from engine.filling.make_placement import Seats, make_placement
from engine.practice import Visit
from engine.schedule import Placement

Uses = dict[tuple[date, Group], list[tuple[int, int, int, int]]]
"""By date and group: beginning, end, number of the visit, stage."""


@dataclass(frozen=True, slots=True)
class Seated:
    """A visit on a date as a solver has it; chairs and staff by stage, the doctor's row."""

    visit: Visit
    day: date
    start: int
    chairs: tuple[Group | None, ...]
    staff: tuple[Group | None, ...]
    doctor: int | None
    floats: tuple[int, ...]


def name_seats(openings: Openings, seated: Sequence[Seated]) -> list[Placement]:
    """Placements in the same order. A group's uses overlap at most as often as it has rows."""
    practice = openings.problem.practice
    chairs = _rows(_uses(openings, seated, [one.chairs for one in seated]))
    staff = _rows(_uses(openings, seated, [one.staff for one in seated]))
    chair_ids = {at: practice.chairs[row].id for at, row in chairs.items()}
    staff_ids = {at: practice.staff[row].id for at, row in staff.items()}
    placements = []
    for number, one in enumerate(seated):
        stages = openings.occupancy.stages(one.visit)
        at = [(number, stage) for stage in range(len(stages))]
        doctor = None if one.doctor is None else openings.problem.doctors[one.doctor].id
        seats = Seats(
            tuple(chair_ids.get(key) for key in at),
            tuple(staff_ids.get(key) for key in at),
            doctor,
            one.floats,
        )
        placements.append(make_placement(one.visit.id, one.day, one.start, stages, seats))
    return placements


def _uses(
    openings: Openings, seated: Sequence[Seated], by_stage: list[tuple[Group | None, ...]]
) -> Uses:
    uses: Uses = defaultdict(list)
    for number, (one, groups) in enumerate(zip(seated, by_stage, strict=True)):
        for stage, group in zip(openings.occupancy.stages(one.visit), groups, strict=True):
            if group is not None:
                begin, until = one.start + stage.start, one.start + stage.busy_until
                uses[one.day, group].append((begin, until, number, stage.index))
    return uses


def _rows(uses: Uses) -> dict[tuple[int, int], int]:
    """The row of each visit's stage, given out in the order of the beginnings."""
    given = {}
    for (_, group), own in uses.items():
        free_from = dict.fromkeys(group.rows, 0)
        for begin, until, number, stage in sorted(own):
            row = next(row for row in group.rows if free_from[row] <= begin)
            free_from[row] = until
            given[number, stage] = row
    return given
