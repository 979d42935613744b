"""Clinic chairs that somebody could still be seated in: held back by the model day, or open."""

from dataclasses import dataclass
from datetime import date

from engine.kpi.filled import Filled, StageSpan, stage_spans
from engine.practice import ChairKind, Role
from engine.practice.calendar import (
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.units import Interval, to_minutes


@dataclass(frozen=True, slots=True)
class FreeChairs:
    """Chair minutes of one grid step that begins at `minute`."""

    minute: int
    held: int
    open: int


def free_chairs(filled: Filled, day: date) -> tuple[FreeChairs, ...]:
    """Per grid step of patient hours; never more chairs than assistants who are free.

    Held: empty chairs inside a cell on hold, overflow chairs too. Open: empty chairs outside such
    cells, without the overflow chairs, which have no assistant of their own. Where assistants are
    short, held chairs come first.
    """
    step = filled.problem.practice.grid_minutes
    stages = [s for placed in filled.on_date(day) for s in stage_spans(filled.problem, placed)]
    chairs = _clinic_chairs(filled, day)
    shifts = _assistant_shifts(filled, day)
    holds = _holds(filled, day)
    free = []
    for opening in open_intervals(filled.problem.practice, day):
        for minute in range(*opening, step):
            under_way = [s for s in stages if s.start <= minute < s.busy_until]
            taken = {s.chair for s in under_way}
            empty = {
                name for name, usable in chairs if name not in taken and _during(usable, minute)
            }
            kept = {
                name
                for name in empty
                if any(name in columns and _during([span], minute) for span, columns in holds)
            }
            hands = sum(_during(shift, minute) for shift in shifts) - _helped(filled, under_way)
            held = min(len(kept), max(0, hands))
            plain = {name for name in empty - kept if not filled.problem.chairs[name].overflow}
            left = min(len(plain), max(0, hands - held))
            free.append(FreeChairs(minute, held * step, left * step))
    return tuple(free)


def _during(spans: list[Interval] | tuple[Interval, ...], minute: int) -> bool:
    return any(start <= minute < end for start, end in spans)


def _clinic_chairs(filled: Filled, day: date) -> list[tuple[str, tuple[Interval, ...]]]:
    practice = filled.problem.practice
    clinic = (chair for chair in practice.chairs if chair.kind is ChairKind.CLINIC)
    return [(chair.id, usable_intervals(practice, chair, day)) for chair in clinic]


def _assistant_shifts(filled: Filled, day: date) -> list[tuple[Interval, ...]]:
    practice = filled.problem.practice
    people = (person for person in practice.staff if person.role is Role.ASSISTANT)
    return [present_intervals(practice, person, day) for person in people]


def _holds(filled: Filled, day: date) -> list[tuple[Interval, tuple[str, ...]]]:
    model_day = model_day_on(filled.problem.practice, day)
    return [
        ((to_minutes(cell.start), to_minutes(cell.end)), cell.columns)
        for cell in (model_day.cells if model_day else ())
        if cell.hold
    ]


def _helped(filled: Filled, under_way: list[StageSpan]) -> int:
    """Stages that have an assistant now."""
    staff = filled.problem.staff
    return sum(
        stage.staff is not None and staff[stage.staff].role is Role.ASSISTANT for stage in under_way
    )
