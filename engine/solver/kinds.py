"""Kinds of visit: same procedure, same length, so the same pattern of stages and doctor time."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from engine.practice import Problem, Procedure, Visit
from engine.practice.pattern import DoctorTime, StageTime
from engine.yardsticks import stages_of

KindKey = tuple[str, int | None]
"""Procedure code and own length."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What all visits of one procedure and length share. Minutes from the start of the visit."""

    key: KindKey
    procedure: Procedure
    stages: tuple[StageTime, ...]
    doctor: tuple[DoctorTime, ...]
    doctor_options: tuple[tuple[int, ...], ...]
    """Every way the doctor segments can start within their floats, on the grid."""

    @property
    def length(self) -> int:
        """Minutes from seating to leaving."""
        return self.stages[-1].end


def kind_key(visit: Visit) -> KindKey:
    """The kind a visit belongs to."""
    return (visit.procedure, visit.minutes)


def doctor_options(times: Iterable[DoctorTime], grid: int) -> tuple[tuple[int, ...], ...]:
    """All start offsets of the doctor segments: nominal plus whole grid steps inside the float."""
    choices = [range(time.offset, time.offset + time.float_minutes + 1, grid) for time in times]
    return tuple(product(*choices))


def kinds_of(problem: Problem, visits: Iterable[Visit]) -> dict[KindKey, Kind]:
    """The kinds of these visits, in the order in which they first occur."""
    kinds: dict[KindKey, Kind] = {}
    for visit in visits:
        key = kind_key(visit)
        if key not in kinds:
            stages = stages_of(problem, visit)
            doctor = tuple(time for stage in stages for time in stage.doctor)
            options = doctor_options(doctor, problem.practice.grid_minutes)
            procedure = problem.procedures[visit.procedure]
            kinds[key] = Kind(key, procedure, stages, doctor, options)
    return kinds
