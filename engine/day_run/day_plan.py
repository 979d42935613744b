"""What of a schedule matters when the day runs: who needs which chair, person and doctor when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.practice import Problem
from engine.practice.calendar import present_intervals
from engine.schedule import Placement
from engine.units import Interval, to_minutes


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A piece of a stage, in minutes; with a doctor, it waits for that doctor."""

    minutes: float
    doctor: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """One room's part of a visit. `turnover` holds chair and person after it, and nobody else."""

    start: float
    steps: tuple[PlannedStep, ...]
    chair: str | None = None
    staff: str | None = None
    turnover: float = 0.0

    @property
    def end(self) -> float:
        """Planned end, without turnover."""
        return self.start + sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit, by id, with its stages in order; `start` is the appointed minute of the day."""

    id: str
    stages: tuple[PlannedStage, ...]

    @property
    def start(self) -> float:
        """The appointed time."""
        return self.stages[0].start

    @property
    def steps(self) -> int:
        """How many pieces the visit has."""
        return sum(len(stage.steps) for stage in self.stages)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Visits of a date, and when each doctor works, in minutes of the day."""

    visits: tuple[PlannedVisit, ...]
    working: tuple[tuple[str, tuple[Interval, ...]], ...] = ()

    @property
    def end(self) -> float:
        """When the last visit should be over; 0 without visits."""
        return max((visit.stages[-1].end for visit in self.visits), default=0.0)


def day_plan(problem: Problem, day: date, placements: Iterable[Placement]) -> DayPlan:
    """The plan of a date from the placements of that date; others are left out."""
    visits = [_planned(problem, placed) for placed in placements if placed.date == day]
    return DayPlan(
        tuple(sorted(visits, key=lambda visit: (visit.start, visit.id))),
        tuple((d.id, present_intervals(problem.practice, d, day)) for d in problem.doctors),
    )


def _planned(problem: Problem, placed: Placement) -> PlannedVisit:
    procedure = problem.procedures[problem.all_visits[placed.visit].procedure]
    stages = []
    for index, stage in enumerate(procedure.stages):
        pieces = [segment for segment in placed.segments if segment.stage == index]
        if pieces:
            steps = tuple(
                PlannedStep(
                    to_minutes(piece.end) - to_minutes(piece.start),
                    piece.doctor if piece.doctor_time else None,
                )
                for piece in pieces
            )
            stages.append(
                PlannedStage(
                    to_minutes(pieces[0].start),
                    steps,
                    pieces[0].chair,
                    pieces[0].staff,
                    stage.turnover_minutes,
                )
            )
    return PlannedVisit(placed.visit, tuple(stages))
