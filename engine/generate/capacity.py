"""Minutes asked for, and minutes there: clinic chairs, assistants, doctors, cells."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.practice import ChairKind, Horizon, ModelDay, Problem, Role, Visit
from engine.practice.calendar import open_intervals, present_intervals, usable_intervals
from engine.practice.pattern import pattern_of
from engine.units import Interval, overlap_minutes, to_minutes


@dataclass(frozen=True, slots=True)
class Load:
    """Minutes asked for, turnover included, and doctor minutes."""

    clinic: int = 0
    assistant: int = 0
    doctor: int = 0


def load_of(problem: Problem, visits: Iterable[Visit]) -> Load:
    """Minutes that these visits ask for."""
    clinic = assistant = doctor = 0
    for visit in visits:
        procedure = problem.procedures[visit.procedure]
        for stage in pattern_of(procedure, visit.minutes, problem.practice.grid_minutes):
            busy = stage.busy_until - stage.start
            clinic += busy if stage.chair_kind is ChairKind.CLINIC else 0
            assistant += busy if stage.role is Role.ASSISTANT else 0
            doctor += sum(piece.minutes for piece in stage.doctor)
    return Load(clinic, assistant, doctor)


def inside(intervals: Iterable[Interval], opened: Iterable[Interval]) -> int:
    """Minutes of the intervals within opening hours."""
    pairs = [(a, b) for a in intervals for b in opened]
    return sum(overlap_minutes(a, b) for a, b in pairs)


def capacity_of(problem: Problem, horizon: Horizon) -> Load:
    """Minutes that chairs, assistants and doctors have within opening hours."""
    practice = problem.practice
    clinic = assistant = doctor = 0
    for day in horizon.dates:
        opened = open_intervals(practice, day)
        for chair in practice.chairs:
            if chair.kind is ChairKind.CLINIC:
                clinic += inside(usable_intervals(practice, chair, day), opened)
        for person in practice.staff:
            minutes = inside(present_intervals(practice, person, day), opened)
            assistant += minutes if person.role is Role.ASSISTANT else 0
            doctor += minutes if person.role is Role.DOCTOR else 0
    return Load(clinic, assistant, doctor)


def cell_minutes(
    model_day: ModelDay, opened: Iterable[Interval], kinds: dict[str, ChairKind]
) -> dict[tuple[str, ChairKind], int]:
    """Reserved minutes inside the opening hours, by class and kind of chair."""
    found: Counter[tuple[str, ChairKind]] = Counter()
    for cell in model_day.cells:
        minutes = inside([(to_minutes(cell.start), to_minutes(cell.end))], opened)
        for column in cell.columns:
            found[cell.procedure_class, kinds[column]] += minutes
    return dict(found)
