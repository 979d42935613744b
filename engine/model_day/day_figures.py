"""The figures of a planned day, counted from its places alone, in steps of the practice's grid."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from engine.model_day.planned import PlannedVisit
from engine.practice import ChairKind, ModelDay, Practice, Problem
from engine.practice.calendar import present_intervals
from engine.units import Interval, covers, overlap_minutes, to_minutes


@dataclass(frozen=True, slots=True)
class DoctorFigures:
    """Minutes of doctor time. `conflicts`: asked of a doctor in two places, or of one who is away.

    `idle`: no doctor has anything to do beyond the first 15 minutes of a stretch; `waiting`: of
    patients in the chair, inside the float; `longest_chain`: without a gap.
    """

    asked: int
    there: int
    conflicts: int
    idle: int
    waiting: int
    longest_chain: int

    @property
    def load(self) -> float:
        """Minutes asked for over minutes there."""
        return self.asked / self.there if self.there else 0.0


def doctor_figures(
    problem: Problem, day: dt.date, hours: Iterable[Interval], planned: Iterable[PlannedVisit]
) -> DoctorFigures:
    """Figures of one date. A plan that names no doctors is counted by how many are there."""
    practice, grid = problem.practice, problem.practice.grid_minutes
    opened = tuple(hours)
    present = [present_intervals(practice, doctor, day) for doctor in problem.doctors]
    asked: dict[int, int] = defaultdict(int)
    waiting = 0
    for visit in planned:
        waiting += _waiting(problem, visit)
        for segment in visit.segments:
            if segment.doctor_time:
                for minute in range(to_minutes(segment.start), to_minutes(segment.end), grid):
                    asked[minute] += grid
    there: dict[int, int] = {}
    for first, last in opened:
        for minute in range(first, last, grid):
            there[minute] = grid * sum(covers(one, (minute, minute + grid)) for one in present)
    conflicts = sum(max(0, asked[minute] - there.get(minute, 0)) for minute in asked)
    idle_run = chain = longest = idle = 0
    for minute in sorted(there):
        everybody = there[minute] == grid * len(present) > 0
        idle_run = idle_run + grid if everybody and not asked[minute] else 0
        idle += grid if idle_run > 15 else 0
        chain = chain + grid if there[minute] and asked[minute] >= there[minute] else 0
        longest = max(longest, chain)
    return DoctorFigures(
        sum(asked.values()), sum(there.values()), conflicts, idle, waiting, longest
    )


def _waiting(problem: Problem, visit: PlannedVisit) -> int:
    """Minutes by which doctor time begins after its nominal moment."""
    start, late, nominal = to_minutes(visit.segments[0].start), 0, []
    position = 0
    for stage in problem.procedures[visit.procedure].stages:
        for segment in stage.segments:
            if segment.kind.value == "doctor":
                nominal.append(start + position)
            position += segment.minutes
    given = [to_minutes(part.start) for part in visit.segments if part.doctor_time]
    for moment, begun in zip(nominal, given, strict=True):
        late += begun - moment
    return late


def class_changes(model_day: ModelDay) -> dict[str, int]:
    """Changes of class by column: a column of one class all day has none."""
    classes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for cell in model_day.cells:
        for column in cell.columns:
            classes[column].append((to_minutes(cell.start), cell.procedure_class))
    changes = {}
    for column, cells in classes.items():
        order = [name for _, name in sorted(cells)]
        changes[column] = sum(one != other for one, other in pairwise(order))
    return changes


def chair_minutes_by_hour(practice: Practice, planned: Iterable[PlannedVisit]) -> dict[int, int]:
    """Clinic chair minutes by clock hour, without turnover."""
    clinic = {chair.id for chair in practice.chairs if chair.kind is ChairKind.CLINIC}
    found: Counter[int] = Counter()
    for visit in planned:
        for segment in visit.segments:
            if segment.chair in clinic:
                span = (to_minutes(segment.start), to_minutes(segment.end))
                for hour in range(span[0] // 60, -(-span[1] // 60)):
                    found[hour] += overlap_minutes(span, (hour * 60, hour * 60 + 60))
    return dict(found)
