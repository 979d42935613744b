"""What a visit says about itself: length, dates, treatment, availability."""

from collections.abc import Iterator

from engine.practice import ClockWindow, Horizon, Problem, Visit
from engine.practice.pattern import pattern_of
from engine.problems import PracticeProblem
from engine.units import clock_text, to_minutes
from engine.validation.codes import fault
from engine.validation.dates import day_text


def visit_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Faults of pending visits, each looked at alone."""
    for visit in problem.visits:
        where = f"visit {visit.id}"
        yield from _length(problem, visit, where)
        yield from _window(problem, visit, where, horizon)
        yield from _readiness(visit, where)
        yield from _treatment(visit, where)
        yield from _clock_windows(visit, where)
        if visit.requested_on is not None and visit.requested_on > problem.as_of.date():
            yield fault(
                "requested-in-future",
                where,
                f"was asked for on {day_text(visit.requested_on)}, now is "
                f"{day_text(problem.as_of.date())}",
                "correct the date the patient asked",
            )


def fits_length(problem: Problem, visit: Visit) -> bool:
    """True where the procedure is known and its segments fit into the visit's own length."""
    procedure = problem.procedures.get(visit.procedure)
    if procedure is None:
        return False
    try:
        pattern_of(procedure, visit.minutes, problem.practice.grid_minutes)
    except ValueError:
        return False
    return True


def _length(problem: Problem, visit: Visit, where: str) -> Iterator[PracticeProblem]:
    grid = problem.practice.grid_minutes
    procedure = problem.procedures.get(visit.procedure)
    if visit.minutes is None or procedure is None:
        return
    count = sum(len(stage.segments) for stage in procedure.stages)
    if not fits_length(problem, visit):
        yield fault(
            "visit-too-short",
            where,
            f"is {visit.minutes} min long; procedure '{procedure.code}' has {count} segments of at "
            f"least {grid} min each",
            f"give it at least {count * grid} min, or another procedure",
        )
    elif visit.minutes % grid:
        yield fault(
            "length-off-grid",
            where,
            f"is {visit.minutes} min long, off the {grid} min grid",
            f"make it a multiple of {grid} min",
        )


def _window(
    problem: Problem, visit: Visit, where: str, horizon: Horizon | None
) -> Iterator[PracticeProblem]:
    if visit.latest is None:
        return
    latest = day_text(visit.latest)
    if visit.earliest is not None and visit.earliest > visit.latest:
        yield fault(
            "earliest-after-latest",
            where,
            f"is possible from {day_text(visit.earliest)} on and until {latest}",
            "correct one of the two dates",
        )
    if visit.latest < problem.as_of.date():
        yield fault(
            "latest-passed",
            where,
            f"had to be by {latest}, now is {day_text(problem.as_of.date())}",
            "give it a new latest date, or take it off the list",
        )
    elif horizon is not None and visit.latest < horizon.start:
        yield fault(
            "latest-before-horizon",
            where,
            f"has to be by {latest}, the first date to fill is {day_text(horizon.start)}",
            "fill an earlier date, or give it a later latest date",
        )
    if visit.due > visit.latest:
        yield fault(
            "due-after-latest",
            where,
            f"is due on {day_text(visit.due)}, after its latest date {latest}",
            "correct one of the two dates; the latest date binds",
        )


def _readiness(visit: Visit, where: str) -> Iterator[PracticeProblem]:
    latest = visit.latest
    if latest is not None and visit.lab_ready is not None and visit.lab_ready >= latest:
        yield fault(
            "lab-after-latest",
            where,
            f"waits for a lab item until {day_text(visit.lab_ready)} and is possible from the day "
            f"after, but has to be by {day_text(latest)}",
            "speed up the lab, or give the visit a later latest date",
        )
    for clearance in visit.clearances:
        if clearance.granted:
            continue
        if clearance.expected is None:
            yield fault(
                "clearance-without-date",
                where,
                f"waits for its {clearance.kind} clearance, and no date is known",
                "it stays unplaced until the clearance is granted or expected on a date",
            )
        elif latest is not None and clearance.expected > latest:
            yield fault(
                "clearance-after-latest",
                where,
                f"expects its {clearance.kind} clearance on {day_text(clearance.expected)}, after "
                f"its latest date {day_text(latest)}",
                "settle the clearance sooner, or give the visit a later latest date",
            )


def _treatment(visit: Visit, where: str) -> Iterator[PracticeProblem]:
    treatment = visit.treatment
    if treatment is None:
        return
    for name, ecd in (("original", treatment.original_ecd), ("current", treatment.current_ecd)):
        if ecd < treatment.started:
            yield fault(
                "treatment-dates",
                where,
                f"treatment started on {treatment.started} and its {name} completion date is {ecd}",
                "correct the start or the completion date",
            )
    if treatment.started <= treatment.current_ecd < treatment.original_ecd:
        yield fault(
            "current-ecd-before-original",
            where,
            f"the current completion date {treatment.current_ecd} is before the original "
            f"{treatment.original_ecd}",
            "check that the two dates are not exchanged",
        )


def _clock_windows(visit: Visit, where: str) -> Iterator[PracticeProblem]:
    for window in visit.availability:
        if to_minutes(window.start) >= to_minutes(window.end):
            yield fault(
                "availability-empty",
                where,
                f"available time {window_text(window)} is empty or ends before it begins",
                "give an end after the start",
            )
    for window in visit.wishes:
        if to_minutes(window.start) >= to_minutes(window.end):
            yield fault(
                "wish-empty",
                where,
                f"wished time {window_text(window)} is empty or ends before it begins",
                "the wish cannot be met; give an end after the start",
            )


def window_text(window: ClockWindow) -> str:
    """`mon, tue [15:30, 17:00)`."""
    days = ", ".join(window.weekdays) or "every day"
    return f"{days} [{clock_text(to_minutes(window.start))}, {clock_text(to_minutes(window.end))})"
