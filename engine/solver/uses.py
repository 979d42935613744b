"""Uses of resources: what starts feed, which class serves it, and capacity at every moment."""

from collections import defaultdict

from engine.solver.model import Lack, Model, Use, UseKey
from engine.units import overlaps


def feed(
    model: Model,
    family: str,
    day: int,
    start: int,
    end: int,
    allowed: tuple[tuple[int, int], ...],
    column: int,
    owner: Lack | None = None,
) -> UseKey:
    """Let a start column use [start, end) of a family, served by one of the allowed classes."""
    key = UseKey(family, day, start, end, allowed)
    use = model.uses.get(key)
    if use is None:
        use = model.uses[key] = Use(day, start, end, allowed)
    use.feeders.append(column)
    use.owners.append(owner)
    return key


def open_shares(model: Model) -> None:
    """One column per use and class that can serve it: sum over classes = sum over starts."""
    program = model.program
    for use in model.uses.values():
        most = sum(program.upper[column] for column in use.feeders)
        for class_id, price in use.allowed:
            use.shares[class_id] = program.column(0, most, price, day=use.day, minute=use.start)
        serving = list(use.shares.values())
        if model.use_slack:
            use.slack = program.column(0, most, 1, day=use.day)
            serving.append(use.slack)
        program.equal_sums("uses", serving, use.feeders)


def share_capacity(model: Model, family: str, day: int, sizes: dict[int, int], rule: str) -> None:
    """For each class: at every moment at which a use begins, uses under way <= size.

    Checking beginnings is enough: load only rises there. A row whose uses all go on to the next
    beginning is implied by that one and left out. What shares a use runs side by side, so no count
    is larger than the classes that can serve it: where one member is all there is, counts become
    yes or no, on which a solver branches far better.
    """
    by_class: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for key, use in model.uses.items():
        if key.family == family and key.day == day:
            _cap(model, use, sizes)
            for class_id, column in use.shares.items():
                by_class[class_id].append((use.start, use.end, column))
    for class_id, intervals in by_class.items():
        beginnings = sorted({start for start, _, _ in intervals})
        for index, moment in enumerate(beginnings):
            active = [i for i in intervals if i[0] <= moment < i[1]]
            following = beginnings[index + 1] if index + 1 < len(beginnings) else None
            if following is not None and all(end > following for _, end, _ in active):
                continue
            model.program.row(rule, [column for _, _, column in active], upper=sizes[class_id])


def _cap(model: Model, use: Use, sizes: dict[int, int]) -> None:
    program = model.program
    for class_id, column in use.shares.items():
        program.upper[column] = min(program.upper[column], sizes[class_id])
    if not model.use_slack:
        everyone = sum(sizes[class_id] for class_id in use.shares)
        for column in use.feeders:
            lowest = program.lower[column]
            program.upper[column] = max(lowest, min(program.upper[column], everyone))


def doctor_demand(model: Model, day: int) -> list[tuple[int, int, list[int]]]:
    """Doctor segments of a date as (start, end, columns whose sum counts them)."""
    return [
        (use.start, use.end, list(use.shares.values()))
        for key, use in model.uses.items()
        if key.family == "doctor" and key.day == day
    ]


def lacking_intervals(model: Model, day: int, what: str) -> list[tuple[Lack, int, int]]:
    """Intervals of the date in which kept bookings go without staff or doctor."""
    found: list[tuple[Lack, int, int]] = []
    for lack in sorted(model.lacking):
        visit_id, kind_of_lack, index = lack
        booking = model.kept.get(visit_id)
        if booking is None or kind_of_lack != what or model.day_number[booking.date] != day:
            continue
        start = booking.start.hour * 60 + booking.start.minute
        kind = model.kinds[(booking.visit.procedure, booking.visit.minutes)]
        if what == "doctor":
            for time in kind.doctor:
                begin = start + time.offset
                found.append((lack, begin, begin + time.minutes))
        else:
            stage = kind.stages[index]
            found.append((lack, start + stage.start, start + stage.busy_until))
    return found


def touching(intervals: list[tuple[int, int, int]], start: int, end: int) -> list[int]:
    """Columns of the intervals that overlap [start, end)."""
    return [column for low, high, column in intervals if overlaps((low, high), (start, end))]
