"""schedule.csv: one row for each stage of each placement, to be sorted in a spreadsheet."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.files.atomic import write_text
from engine.files.cell_values import id_fault
from engine.files.csv_text import csv_text
from engine.files.unwritable import unwritable, unwritable_ids
from engine.practice import Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.schedule import PlacedSegment, Placement, Schedule

SCHEDULE_COLUMNS = (
    "visit",
    "patient",
    "procedure",
    "kind",
    "date",
    "stage",
    "start",
    "end",
    "chair",
    "staff",
    "doctor",
    "doctor_start",
    "doctor_end",
)


class PlacementKind(StrEnum):
    """What a placement is to the book."""

    NEW = "new"
    MOVED = "moved"
    KEPT = "kept"


def kind_of(problem: Problem, placement: Placement) -> PlacementKind:
    """Kept where the book has the visit at this date and start; moved where at another."""
    booking = problem.booking_of.get(placement.visit)
    if booking is None:
        return PlacementKind.NEW
    same = (booking.date, booking.start) == (placement.date, placement.start)
    return PlacementKind.KEPT if same else PlacementKind.MOVED


def write_schedule_csv(problem: Problem, schedule: Schedule, path: str | Path) -> None:
    """Write the table. PracticeProblemsError where an id cannot stand in a CSV cell."""
    write_text(Path(path), schedule_csv_text(problem, schedule))


def schedule_csv_text(problem: Problem, schedule: Schedule) -> str:
    """The table by date, start and visit. Several doctor times of a stage stand together.

    PracticeProblemsError where an id cannot stand in a CSV cell.
    """
    problems = [*unwritable_ids(problem), *_unwritable(schedule)]
    if problems:
        raise PracticeProblemsError(problems)
    ordered = sorted(schedule.placements, key=lambda one: (one.date, one.start, one.visit))
    rows = (row for placement in ordered for row in _rows(problem, placement))
    return csv_text(SCHEDULE_COLUMNS, rows)


def _unwritable(schedule: Schedule) -> list[PracticeProblem]:
    used = {
        found
        for placement in schedule.placements
        for segment in placement.segments
        for found in (placement.visit, segment.chair, segment.staff, segment.doctor)
        if found is not None
    }
    return [
        unwritable(f"schedule ({one})", "id", reason)
        for one in sorted(used)
        if (reason := id_fault(one)) is not None
    ]


def _rows(problem: Problem, placement: Placement) -> Iterator[dict[str, Any]]:
    visit = problem.all_visits.get(placement.visit)
    for stage in sorted({segment.stage for segment in placement.segments}):
        segments = [segment for segment in placement.segments if segment.stage == stage]
        doctor_time = [segment for segment in segments if segment.doctor_time]
        yield {
            "visit": placement.visit,
            "patient": visit.patient if visit else None,
            "procedure": visit.procedure if visit else None,
            "kind": kind_of(problem, placement),
            "date": placement.date,
            "stage": stage + 1,
            "start": f"{segments[0].start:%H:%M}",
            "end": f"{segments[-1].end:%H:%M}",
            "chair": segments[0].chair,
            "staff": segments[0].staff,
            "doctor": "; ".join(dict.fromkeys(one.doctor for one in doctor_time if one.doctor)),
            "doctor_start": _clocks(doctor_time, "start"),
            "doctor_end": _clocks(doctor_time, "end"),
        }


def _clocks(segments: list[PlacedSegment], edge: str) -> str:
    return "; ".join(f"{getattr(segment, edge):%H:%M}" for segment in segments)
