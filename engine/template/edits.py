"""Edits of a template: one cell on one of its columns, or one quota."""

from enum import StrEnum

from engine.practice import Cell, ModelDay, Quota
from engine.practice.base import ClockTime, Frozen, Id
from engine.practice.template import Template
from engine.units import MINUTES_PER_DAY, clock_text, to_clock, to_minutes


class EditKind(StrEnum):
    """What is changed; the least change of habits first.

    No edit makes a new cell: time in no cell is open to every class, so that one more cell only
    closes time, and no week is better for it.
    """

    FALLBACK = "fallback"
    QUOTA = "quota"
    CLASS = "class"
    MOVE = "move"
    REMOVE = "remove"


class Edit(Frozen):
    """One change of one model day.

    FALLBACK: the cell also takes `procedure_class`. QUOTA: the day takes `at_most` of it. CLASS:
    the cell is kept for it. MOVE: the cell begins at `start`, on `to_column`. REMOVE: its time is
    kept for nobody. All but QUOTA concern `cell` on `column` alone.
    """

    kind: EditKind
    model_day: Id
    cell: Id | None = None
    column: Id | None = None
    procedure_class: Id | None = None
    start: ClockTime | None = None
    to_column: Id | None = None
    at_most: int | None = None


def apply_edit(template: Template, edit: Edit) -> Template:
    """The template with one edit. ValueError where it names a model day, cell or column in vain."""
    days = tuple(
        _edited(day, edit) if day.id == edit.model_day else day for day in template.model_days
    )
    if days == template.model_days:
        raise ValueError(f"the edit changes nothing of model day {edit.model_day}")
    return template.model_copy(update={"model_days": days})


def _quota_of(day: ModelDay, edit: Edit) -> Quota:
    """The quota of the edit's class, or one that says nothing."""
    for quota in day.quotas:
        if quota.procedure_class == edit.procedure_class:
            return quota
    return Quota(procedure_class=edit.procedure_class or "")


def _edited(day: ModelDay, edit: Edit) -> ModelDay:
    if edit.kind is EditKind.QUOTA:
        rest = tuple(one for one in day.quotas if one.procedure_class != edit.procedure_class)
        target = _quota_of(day, edit).target
        quota = Quota(
            procedure_class=edit.procedure_class or "", at_most=edit.at_most, target=target
        )
        return day.model_copy(update={"quotas": (*rest, quota)})
    cells: list[Cell] = []
    for cell in day.cells:
        if cell.id != edit.cell or edit.column not in cell.columns:
            cells.append(cell)
            continue
        others = tuple(column for column in cell.columns if column != edit.column)
        if others:
            cells.append(cell.model_copy(update={"columns": others}))
        own = cell.model_copy(
            update={
                "columns": (edit.column,),
                "id": f"{cell.id}-{edit.column}" if others else cell.id,
            }
        )
        cells += _changed(own, edit)
    return day.model_copy(update={"cells": tuple(cells)})


def _changed(cell: Cell, edit: Edit) -> list[Cell]:
    if edit.kind is EditKind.REMOVE:
        return []
    if edit.kind is EditKind.FALLBACK:
        return [cell.model_copy(update={"fallbacks": (*cell.fallbacks, edit.procedure_class)})]
    if edit.kind is EditKind.CLASS:
        # Fallbacks and ladder belong to what the cell was kept for.
        own = {"procedure_class": edit.procedure_class, "fallbacks": (), "release": None}
        return [cell.model_copy(update=own)]
    if edit.start is None:
        raise ValueError("a cell is moved to a start")
    end = to_minutes(edit.start) + to_minutes(cell.end) - to_minutes(cell.start)
    if end >= MINUTES_PER_DAY:
        raise ValueError("the cell would reach beyond its day")
    place = {"start": edit.start, "end": to_clock(end), "columns": (edit.to_column,)}
    return [cell.model_copy(update=place)]


def sentence_of(template: Template, edit: Edit) -> str:
    """`full: cell F02 on C1 08:30-11:30 (start) also takes adj`."""
    day = next(day for day in template.model_days if day.id == edit.model_day)
    if edit.kind is EditKind.QUOTA:
        most = _quota_of(day, edit).at_most
        return (
            f"{day.id}: takes at most {edit.at_most} visits of {edit.procedure_class}, "
            f"{'any number' if most is None else most} before"
        )
    cell = next(cell for cell in day.cells if cell.id == edit.cell)
    what = (
        f"{day.id}: cell {cell.id} on {edit.column} "
        f"{clock_text(to_minutes(cell.start))}-{clock_text(to_minutes(cell.end))} "
        f"({cell.procedure_class})"
    )
    if edit.kind is EditKind.FALLBACK:
        return f"{what} also takes {edit.procedure_class}"
    if edit.kind is EditKind.CLASS:
        return f"{what} is kept for {edit.procedure_class}"
    if edit.kind is EditKind.REMOVE:
        return f"{what} is taken out"
    begins = f"{edit.start:%H:%M}" if edit.start else ""
    return f"{what} moves to {edit.to_column} {begins}"
