"""Cells of model days that overlap, stick out or serve nobody."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from engine.practice import Cell, Horizon, ModelDay, Problem
from engine.practice.calendar import is_open, model_day_on, open_intervals
from engine.problems import PracticeProblem
from engine.units import Interval, clock_text, covers, overlaps, to_minutes
from engine.validation.codes import fault
from engine.validation.dates import ordinary_dates
from engine.validation.hours import window_fault


def _span(cell: Cell) -> Interval:
    return to_minutes(cell.start), to_minutes(cell.end)


def _text(span: Interval) -> str:
    return f"[{clock_text(span[0])}, {clock_text(span[1])})"


def cell_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Faults of cells: their times, columns, and neighbours."""
    grid = problem.practice.grid_minutes
    for model_day in problem.practice.model_days:
        dates = _dates_of(problem, model_day, horizon)
        for cell in model_day.cells:
            where, span = f"cell {model_day.id}/{cell.id}", _span(cell)
            yield from window_fault(where, "time", cell.start, cell.end)
            for column, count in Counter(cell.columns).items():
                if count > 1:
                    yield fault(
                        "cell-column-twice",
                        where,
                        f"names column '{column}' {count} times",
                        "name each column once",
                    )
            if span[0] % grid or span[1] % grid:
                yield fault(
                    "cell-off-grid",
                    where,
                    f"time {_text(span)} is off the {grid} min grid",
                    f"begin and end it on a multiple of {grid} min",
                )
            if span[0] < span[1] and dates:
                yield from _against_hours(problem, where, span, dates)
            yield from _columns(problem, cell, where)
        yield from _overlaps(model_day)


def _dates_of(problem: Problem, model_day: ModelDay, horizon: Horizon | None) -> list[dt.date]:
    """Open dates on which the model day applies: ordinary ones, and those it is dated for."""
    practice = problem.practice
    dated = {c.date for c in practice.model_day_dates if c.model_day == model_day.id and c.date}
    days = sorted(dated.union(ordinary_dates(problem, horizon)))
    return [
        day for day in days if is_open(practice, day) and model_day_on(practice, day) is model_day
    ]


def _against_hours(
    problem: Problem, where: str, span: Interval, dates: list[dt.date]
) -> Iterator[PracticeProblem]:
    opened = [open_intervals(problem.practice, day) for day in dates]
    if any(covers(hours, span) for hours in opened):
        return
    shown = ", ".join(dict.fromkeys(_text(piece) for hours in opened for piece in hours))
    if any(overlaps(piece, span) for hours in opened for piece in hours):
        yield fault(
            "cell-beyond-hours",
            where,
            f"time {_text(span)} sticks out of the patient hours of all its dates ({shown})",
            "nothing is placed in the part outside; shorten the cell",
        )
    else:
        yield fault(
            "cell-outside-hours",
            where,
            f"time {_text(span)} is outside the patient hours of all its dates ({shown})",
            "move the cell into patient hours, or change the hours",
        )


def _columns(problem: Problem, cell: Cell, where: str) -> Iterator[PracticeProblem]:
    """A cell whose own class can sit in none of its columns."""
    kinds = {
        stage.chair_kind
        for procedure in problem.practice.procedures
        if procedure.procedure_class == cell.procedure_class
        for stage in procedure.stages
        if stage.chair_kind is not None
    }
    columns = [problem.chairs[column] for column in cell.columns if column in problem.chairs]
    takes_overflow = cell.procedure_class in problem.practice.overflow_classes
    fitting = [c for c in columns if c.kind in kinds and (takes_overflow or not c.overflow)]
    if kinds and columns and not fitting:
        found = ", ".join(
            f"{chair.id} ({chair.kind}{', overflow' if chair.overflow else ''})"
            for chair in columns
        )
        yield fault(
            "cell-never-usable",
            where,
            f"is for class '{cell.procedure_class}', which sits in {', '.join(sorted(kinds))} "
            f"chairs, and stands on {found}",
            "put it on columns that its class can use",
        )


def _overlaps(model_day: ModelDay) -> Iterator[PracticeProblem]:
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    by_column: dict[str, list[int]] = defaultdict(list)
    for index, cell in enumerate(model_day.cells):
        if cell.start < cell.end:
            for column in dict.fromkeys(cell.columns):
                by_column[column].append(index)
    for column, indices in by_column.items():
        for first, second in combinations(indices, 2):
            if overlaps(_span(model_day.cells[first]), _span(model_day.cells[second])):
                shared[first, second].append(column)
    for (first, second), columns in shared.items():
        one, other = model_day.cells[first], model_day.cells[second]
        yield fault(
            "cells-overlap",
            f"cell {model_day.id}/{other.id}",
            f"time {_text(_span(other))} overlaps cell '{one.id}' {_text(_span(one))} on "
            f"{', '.join(columns)}",
            "let only one of them keep the shared time",
        )
