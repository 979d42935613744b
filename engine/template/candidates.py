"""Edits worth trying: each lets visits sit where the free week has them."""

from collections import defaultdict
from collections.abc import Iterator

from engine.kpi.cell_use import CellUse, cell_span
from engine.practice import Cell, ModelDay, Problem
from engine.practice.calendar import open_intervals
from engine.practice.template import Template
from engine.template.blocked import Blocked
from engine.template.edits import Edit, EditKind, apply_edit
from engine.template.targets import keeps_targets
from engine.units import MINUTES_PER_DAY, Interval, covers, overlaps, to_clock, to_minutes

STEP_MINUTES = 15
"""Cells are moved by quarters of an hour, which a team can remember."""

FARTHEST_MINUTES = 180
"""A cell that moves farther has become another one."""


def candidate_edits(
    problem: Problem, template: Template, blocked: tuple[Blocked, ...]
) -> tuple[Edit, ...]:
    """Edits by what the visits that they admit would gain, most first; of equals the least change.

    A visit that several cells are in the way of counts with its share for each. Cells on hold stay
    as they are, and no edit takes the room that a class needs for its target.
    """
    worth: dict[Edit, float] = defaultdict(float)
    for one in blocked:
        reasons = len(one.cells) + (one.over_quota is not None)
        for use in one.cells:
            for edit in _about_cell(problem, template, one, use):
                worth[edit] += one.gain / reasons
        if one.over_quota is not None:
            edit = Edit(
                kind=EditKind.QUOTA,
                model_day=one.model_day,
                procedure_class=one.procedure_class,
                at_most=one.over_quota,
            )
            worth[edit] += one.gain / reasons
    kinds = list(EditKind)
    ranked = sorted(
        worth,
        key=lambda edit: (
            -round(worth[edit], 3),
            kinds.index(edit.kind),
            edit.model_dump_json(),
        ),
    )
    return tuple(
        edit for edit in ranked if keeps_targets(problem, template, apply_edit(template, edit))
    )


def _about_cell(problem: Problem, template: Template, one: Blocked, use: CellUse) -> Iterator[Edit]:
    if use.cell.hold:
        return
    day = next(day for day in template.model_days if day.id == one.model_day)
    same = {"model_day": one.model_day, "cell": use.cell.id, "column": use.column}
    for kind in (EditKind.FALLBACK, EditKind.CLASS):
        yield Edit(kind=kind, procedure_class=one.procedure_class, **same)
    place = _nearest_place(problem, day, one, use)
    if place is not None:
        column, start = place
        yield Edit(kind=EditKind.MOVE, to_column=column, start=to_clock(start), **same)
    yield Edit(kind=EditKind.REMOVE, **same)


def _nearest_place(
    problem: Problem, day: ModelDay, one: Blocked, use: CellUse
) -> tuple[str, int] | None:
    """Where else the cell has room on its day: nearest in time, own column first.

    It may not touch another cell, nor, in its own column, the visit that is to sit there.
    """
    start, end = cell_span(use.cell)
    hours = open_intervals(problem.practice, one.placed.date)
    wanted = to_minutes(one.placed.start), to_minutes(one.placed.end)
    places = []
    for shift in range(-FARTHEST_MINUTES, FARTHEST_MINUTES + 1, STEP_MINUTES):
        span = (start + shift, end + shift)
        if not covers(hours, span) or span[1] >= MINUTES_PER_DAY:
            continue
        for column in _alike(problem, use.column):
            own = column == use.column
            if own and overlaps(span, wanted):
                continue
            if not any(_touches(cell, column, span, use) for cell in day.cells):
                places.append((abs(shift), not own, column, span[0]))
    return min(places)[2:] if places else None


def _touches(cell: Cell, column: str, span: Interval, moved: CellUse) -> bool:
    """True where another cell of the column shares a minute with the span."""
    itself = cell.id == moved.cell.id and column == moved.column
    return not itself and column in cell.columns and overlaps(span, cell_span(cell))


def _alike(problem: Problem, column: str) -> list[str]:
    """Columns of the same kind of chair."""
    mine = problem.chairs[column]
    return [
        chair.id
        for chair in problem.practice.chairs
        if (chair.kind, chair.overflow) == (mine.kind, mine.overflow)
    ]
