"""Rule `limits`: kits and machines, by day and at once."""

import numpy as np

from engine.practice import DailyLimit
from engine.solver.kinds import kind_key
from engine.solver.model import Model
from engine.solver.program import Ints
from engine.solver.spans import active_at
from engine.units import to_minutes

_Visits = tuple[Ints, Ints, Ints]
"""Start minutes, end minutes and columns."""


def add(model: Model) -> None:
    """Per limit and date: visits <= per_day; at every beginning: visits under way <= at_once.

    Where kept bookings alone exceed a limit, nothing new is added to it.
    """
    for limit in model.problem.practice.limits:
        for day in range(len(model.days)):
            new, kept = _new(model, limit, day), _kept(model, limit, day)
            if limit.per_day is not None:
                _cap(model, new[2], kept[2], limit.per_day)
            if limit.at_once is not None:
                moments = np.unique(np.concatenate((new[0], kept[0])))
                under_way = [_at(moments, side) for side in (new, kept)]
                for own, booked in zip(*under_way, strict=True):
                    _cap(model, own, booked, limit.at_once)


def _new(model: Model, limit: DailyLimit, day: int) -> _Visits:
    parts = [np.empty((3, 0), dtype=np.int64)]
    for place, (key, number) in enumerate(model.starts):
        if number == day and key[0] in limit.procedures:
            here = model.counts.of(place)
            start = model.counts.minute[here]
            end = start + model.kinds[key].length
            parts.append(np.stack((start, end, model.counts.column[here])))
    start, end, column = np.concatenate(parts, axis=1)
    return start, end, column


def _kept(model: Model, limit: DailyLimit, day: int) -> _Visits:
    kept = []
    for visit_id, booking in model.kept.items():
        if model.day_number[booking.date] == day and booking.visit.procedure in limit.procedures:
            start = to_minutes(booking.start)
            length = model.kinds[kind_key(booking.visit)].length
            kept.append((start, start + length, model.keep_column[visit_id]))
    found = np.array(kept, dtype=np.int64).reshape(-1, 3)
    return found[:, 0], found[:, 1], found[:, 2]


def _at(moments: Ints, visits: _Visits) -> list[Ints]:
    """For each moment the columns of the visits under way."""
    start, end, column = visits
    visit, moment = active_at(moments, start, end)
    order = np.argsort(moment, kind="stable")
    borders = np.searchsorted(moment[order], np.arange(1, len(moments)))
    return np.split(column[visit[order]], borders) if len(moments) else []


def _cap(model: Model, new: Ints, kept: Ints, most: int) -> None:
    if len(kept) > most:
        model.program.row("limits", new, upper=0)
        if (model.program.lower[kept] == 0).any():
            model.mark_strict()
    elif len(new):
        model.program.row("limits", np.concatenate((new, kept)), upper=most)
