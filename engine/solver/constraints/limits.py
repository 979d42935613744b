"""Rule `limits`: kits and machines, by day and at once."""

from engine.practice import DailyLimit
from engine.solver.kinds import kind_key
from engine.solver.model import Model
from engine.units import to_minutes

_Interval = tuple[int, int, int]


def add(model: Model) -> None:
    """Per limit and date: visits <= per_day; at every beginning: visits under way <= at_once.

    Where kept bookings alone exceed a limit, nothing new is added to it.
    """
    for limit in model.problem.practice.limits:
        for day in range(len(model.days)):
            new, kept = _visits(model, limit, day)
            if limit.per_day is not None:
                _cap(model, new, kept, limit.per_day)
            if limit.at_once is not None:
                for moment in sorted({start for start, _, _ in (*new, *kept)}):
                    under_way = [[i for i in side if i[0] <= moment < i[1]] for side in (new, kept)]
                    _cap(model, under_way[0], under_way[1], limit.at_once)


def _visits(model: Model, limit: DailyLimit, day: int) -> tuple[list[_Interval], list[_Interval]]:
    new = [
        (start.minute, start.minute + start.kind.length, start.column)
        for (key, number), starts in model.starts.items()
        if number == day and key[0] in limit.procedures
        for start in starts
    ]
    kept = []
    for visit_id, booking in model.kept.items():
        if model.day_number[booking.date] == day and booking.visit.procedure in limit.procedures:
            start = to_minutes(booking.start)
            length = model.kinds[kind_key(booking.visit)].length
            kept.append((start, start + length, model.keep_column[visit_id]))
    return new, kept


def _cap(model: Model, new: list[_Interval], kept: list[_Interval], most: int) -> None:
    columns = [column for _, _, column in new]
    if len(kept) > most:
        movable = any(model.program.lower[column] == 0 for _, _, column in kept)
        model.stricter = model.stricter or movable
        model.program.row("limits", columns, upper=0)
    elif columns:
        model.program.row("limits", columns + [column for _, _, column in kept], upper=most)
