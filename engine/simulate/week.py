"""One week: the policy fills it on the Friday before, the days run, the desk books at checkout."""

import datetime as dt
import time
from dataclasses import replace

from engine.practice import Horizon
from engine.schedule import Schedule
from engine.simulate.arrivals import break_something, breakages, new_callers, take_call
from engine.simulate.checkout import book_at_checkout
from engine.simulate.clinic import Booked, Clinic
from engine.simulate.day import run_day
from engine.simulate.foresight import free_known_gaps
from engine.simulate.log import WeekState
from engine.simulate.note_chances import note_chances
from engine.simulate.plans import extend_dates
from engine.simulate.policies import Policy
from engine.simulate.question import week_question
from engine.simulate.week_state import state_of

FILLED_AT = dt.time(14)
"""On the Friday before the week, when the outcomes of the week that ends are known."""


def run_week(clinic: Clinic, week: int, policy: Policy) -> WeekState:
    """Fill, live through and close a week; its state at the end is logged and returned."""
    began, monday = time.perf_counter(), clinic.monday(week)
    now = dt.datetime.combine(monday - dt.timedelta(days=3), FILLED_AT)
    horizon = Horizon(start=monday, days=7 * clinic.settings.horizon_weeks)
    free_known_gaps(clinic, monday, now.date(), foresees=policy.foresees)
    problem = week_question(clinic, now, horizon)
    asked = len(problem.visits)
    seed = int(clinic.streams.of("policy", week).integers(2**31 - 1))
    chosen = policy.choose(problem, horizon, seed)
    schedule = chosen.schedule
    placed = _enter(clinic, schedule, now.date())
    note_chances(clinic, problem, schedule)
    live_through(clinic, week)
    book_at_checkout(clinic, now + dt.timedelta(days=7))
    extend_dates(clinic, now.date() + dt.timedelta(days=7))
    left_out = asked - placed - len(schedule.unplaced)
    state = replace(
        state_of(clinic, week),
        asked=asked,
        placed=placed,
        set_aside=left_out,
        fell_back=chosen.fell_back,
        seconds=round(time.perf_counter() - began, 3),
    )
    clinic.log.weeks.append(state)
    return state


def live_through(clinic: Clinic, week: int) -> None:
    """The days of a week from `as_of` on, with their callers and breakages."""
    monday, first = clinic.monday(week), clinic.problem.as_of.date()
    calls, broken = new_callers(clinic, week, monday), breakages(clinic, week, monday)
    for day in Horizon(start=monday, days=7).dates:
        if day < first:
            continue
        for patient, kind in broken.get(day, ()):
            break_something(clinic, patient, kind, week, day)
        run_day(clinic, day)  # also where a given book has visits on a closed date
        for patient in calls.get(day, ()):
            take_call(clinic, patient, day)


def _enter(clinic: Clinic, schedule: Schedule, today: dt.date) -> int:
    """Write the fill into the book: new times, and who serves whom. How many got a time."""
    placed = 0
    for placement in schedule.placements:
        if placement.visit in clinic.book:
            clinic.book[placement.visit].placement = placement
        elif placement.visit in clinic.waiting:
            waiting = clinic.waiting[placement.visit]
            clinic.enter(Booked(waiting.visit, placement, today, "fill", waiting.attempt))
            placed += 1
    return placed
