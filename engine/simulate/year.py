"""Entry page: one practice year under one policy, from one seed."""

from collections.abc import Callable

from engine.filling.seat_bookings import seat_bookings
from engine.practice import Horizon, Problem
from engine.schedule import Placement
from engine.simulate.behaviour import Behaviour, base_hazard
from engine.simulate.care_path import steps_of
from engine.simulate.clinic import Clinic
from engine.simulate.known_patients import admit_known, effects_of_known
from engine.simulate.log import Log, WeekState
from engine.simulate.plans import active_plans
from engine.simulate.policies import Policy
from engine.simulate.settings import YearSettings
from engine.simulate.streams import Streams
from engine.simulate.week import live_through, run_week

OnWeek = Callable[[WeekState, Log], None]


def run_year(
    problem: Problem,
    policy: Policy,
    settings: YearSettings,
    seed: int = 0,
    on_week: OnWeek | None = None,
) -> Log:
    """Everything that happened in `settings.weeks` weeks from the Monday after `as_of` on.

    What is left of the week of `as_of` runs first, without a fill.
    """
    clinic = open_clinic(problem, settings, seed)
    live_through(clinic, 0)
    for week in range(1, settings.weeks + 1):
        state = run_week(clinic, week, policy)
        if on_week is not None:
            on_week(state, clinic.log)
    clinic.log.unfinished.extend(plan.original_ecd for plan in active_plans(clinic))
    return clinic.log


def open_clinic(problem: Problem, settings: YearSettings, seed: int) -> Clinic:
    """The practice on the morning of `as_of`, with the hidden truth of this seed."""
    habits, streams = settings.patients, Streams(seed)
    effects = effects_of_known(problem, settings, streams)
    base = base_hazard(effects, habits.miss_rate, habits.cancel_rate)
    clinic = Clinic(
        problem=problem,
        settings=settings,
        streams=streams,
        behaviour=Behaviour(
            problem.as_of.date(),
            base,
            habits.cancel_rate,
            habits.cancelled_early,
            habits.miss_drift_a_year,
        ),
        steps=steps_of(settings.path, problem),
    )
    admit_known(clinic, _seated(problem))
    return clinic


def _seated(problem: Problem) -> dict[str, Placement]:
    """The book as it is seated, from today on and for a year."""
    ahead = Horizon(start=problem.as_of.date(), days=366)
    last = max((b.date for b in problem.bookings if b.date in ahead), default=None)
    if last is None:
        return {}
    placements = seat_bookings(
        problem, Horizon(start=ahead.start, days=(last - ahead.start).days + 1)
    )
    return {placed.visit: placed for placed in placements}
