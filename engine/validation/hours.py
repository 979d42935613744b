"""Hours, shifts, blocks and the grid."""

from collections import defaultdict
from collections.abc import Iterator

from engine.practice import ClockTime, Horizon, OpenHours, Problem, Shift
from engine.problems import PracticeProblem
from engine.units import MINUTES_PER_DAY, Interval, clock_text, overlaps, to_minutes
from engine.validation.codes import fault


def window_fault(
    where: str, what: str, start: ClockTime | None, end: ClockTime | None
) -> Iterator[PracticeProblem]:
    """At most one fault: the window is empty or reversed. No time means the end of the day."""
    first = to_minutes(start) if start is not None else 0
    last = to_minutes(end) if end is not None else MINUTES_PER_DAY
    if first < last:
        return
    yield fault(
        "window-empty" if first == last else "window-reversed",
        where,
        f"{what} [{clock_text(first)}, {clock_text(last)}) "
        + ("is empty" if first == last else "ends before it begins"),
        "give an end after the start",
    )


def hour_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Everything about clock windows of the practice, and the grid they are counted on."""
    practice = problem.practice
    if practice.start_mark_minutes % practice.grid_minutes:
        yield fault(
            "start-mark-off-grid",
            "practice",
            f"starts are every {practice.start_mark_minutes} min, the grid is "
            f"{practice.grid_minutes} min",
            "choose a grid that divides the start marks, for example 5 min",
        )
    if not practice.hours:
        yield fault(
            "no-patient-hours",
            "practice",
            "there are no patient hours",
            "give the hours of each open weekday",
        )
    yield from _spans(problem, "practice", "patient hours", practice.hours)
    for person in practice.staff:
        where = f"staff {person.id}"
        yield from _spans(problem, where, "shift", person.shifts)
        if not person.shifts:
            yield fault(
                "staff-without-shift",
                where,
                "has no shift and is never present",
                "give the shifts, or take the person off the staff",
            )
    yield from _blocks(problem)
    for procedure in practice.procedures:
        for allowed in procedure.allowed_times:
            where = f"procedure {procedure.code}"
            yield from window_fault(where, "allowed time", allowed.start, allowed.end)
    dated = {hours.date for hours in practice.hours}
    for closure in practice.closures:
        if closure.date in dated:
            yield fault(
                "closed-date-with-hours",
                "practice",
                f"{closure.date} is closed and has hours of its own; the closure counts",
                "take out the closure or the hours",
            )


def _blocks(problem: Problem) -> Iterator[PracticeProblem]:
    for block in problem.practice.staff_blocks:
        who = ", ".join(block.staff) or "everyone"
        if not block.weekdays and not block.dates:
            yield fault(
                "block-without-day",
                "practice",
                f"{block.kind} of {who} has neither weekday nor date and would never apply",
                "name weekdays or dates",
            )
        yield from window_fault("practice", f"{block.kind} of {who}", block.start, block.end)
    for chair in problem.practice.chairs:
        for hole in chair.blocks:
            yield from window_fault(f"chair {chair.id}", f"block {hole.date}", hole.start, hole.end)


def _spans(
    problem: Problem, where: str, what: str, spans: tuple[OpenHours, ...] | tuple[Shift, ...]
) -> Iterator[PracticeProblem]:
    grid = problem.practice.grid_minutes
    by_day: dict[str, list[Interval]] = defaultdict(list)
    for span in spans:
        day = str(span.date or span.weekday or "?")
        start, end = to_minutes(span.start), to_minutes(span.end)
        text = f"{what} {day} [{clock_text(start)}, {clock_text(end)})"
        if (span.weekday is None) == (span.date is None):
            given = "neither" if span.date is None else f"both {span.weekday} and {span.date}"
            yield fault(
                "weekday-xor-date",
                where,
                f"{what} [{clock_text(start)}, {clock_text(end)}) has {given}",
                "give a weekday or a date, exactly one",
            )
        yield from window_fault(where, f"{what} {day}", span.start, span.end)
        if start % grid or end % grid:
            yield fault(
                "hours-off-grid",
                where,
                f"{text} is off the {grid} min grid",
                "the minutes beyond the last whole step are not used",
            )
        for other in by_day[day]:
            if overlaps((start, end), other):
                yield fault(
                    "windows-overlap",
                    where,
                    f"{text} overlaps [{clock_text(other[0])}, {clock_text(other[1])})",
                    "make them one, or move one",
                )
        by_day[day].append((start, end))
