"""A fill around times that are no bookings yet, and are to stay: proposals without an answer.

Such times are frozen bookings in the question that is filled, and visits in the one that the
result is checked and measured by.
"""

from collections.abc import Callable, Sequence

from engine.certificate.certificate import Certificate
from engine.checker import check
from engine.filling.best_so_far import OnBetter
from engine.filling.fill import FillSettings, fill_certified
from engine.filling.plan_as_book import as_booking
from engine.filling.reasons import explain_unplaced
from engine.kpi import measure, objective_points
from engine.practice import Horizon, Problem
from engine.result import KpiValue, Result, Status, TracePoint
from engine.schedule import Placement, Schedule

HELD = (
    "Times that nobody has answered yet are held; the gap is not known, since they were no choice."
)

REFUSED = "The answers leave no schedule that keeps every rule."


def fill_around(
    problem: Problem,
    horizon: Horizon,
    held: Sequence[Placement],
    settings: FillSettings,
    on_progress: Callable[[TracePoint], None] | None = None,
    *,
    start: Schedule | None = None,
    on_better: OnBetter | None = None,
) -> tuple[Result, Certificate | None]:
    """`fill_certified` where nothing is held; otherwise without certificate, bound and gap.

    `start`: a schedule in which the held times are as they are.
    """
    if not held:
        return fill_certified(
            problem, horizon, settings, on_progress, start=start, on_better=on_better
        )

    def tell(schedule: Schedule, _: tuple[KpiValue, ...]) -> None:
        if on_better is not None and check(problem, schedule).ok:
            on_better(schedule, measure(problem, schedule))

    question = with_held(problem, held)
    result, _ = fill_certified(
        question, horizon, settings, on_progress, start=start, on_better=tell
    )
    return (result if result.schedule is None else _judged(problem, result, result.schedule)), None


def with_held(problem: Problem, held: Sequence[Placement]) -> Problem:
    """The question in which held times are bookings that stay."""
    booked = {one.visit: as_booking(problem, one, movable=False) for one in held}
    moved = sum(name in problem.booking_of for name in booked)
    most = problem.policy.max_moves
    left = None if most is None else max(0, most - moved)
    others = tuple(one for one in problem.bookings if one.visit.id not in booked)
    return problem.model_copy(
        update={
            "bookings": (*others, *booked.values()),
            "visits": tuple(visit for visit in problem.visits if visit.id not in booked),
            "policy": problem.policy.model_copy(update={"max_moves": left}),
        }
    )


def _judged(problem: Problem, result: Result, schedule: Schedule) -> Result:
    """The result with the figures of the question in which nothing is held."""
    found = explain_unplaced(problem, schedule)
    if not check(problem, found).ok:
        return Result(
            status=Status.UNKNOWN,
            schedule=None,
            seconds=result.seconds,
            seed=result.seed,
            interrupted=result.interrupted,
            notes=(*result.notes, REFUSED),
        )
    kpis = measure(problem, found)
    return result.model_copy(
        update={
            "status": Status.FEASIBLE,
            "schedule": found,
            "kpis": kpis,
            "objective": objective_points(kpis),
            "floor": None,
            "bound": None,
            "gap": None,
            "certified_bound": None,
            "certified_gap": None,
            "trace": (),
            "notes": (*result.notes, HELD),
        }
    )
