"""Entry page: the start-count model of a problem, step by step."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from engine.practice import Booking, Horizon, Problem, Visit
from engine.practice.calendar import is_open
from engine.risk.visit_costs import PersonalCosts
from engine.solver.booked_full import full_minutes
from engine.solver.closed import close_ruled_out
from engine.solver.constraints import (
    book_kept,
    chair_once,
    complete,
    doctor_once,
    limits,
    order,
    patient_once,
    quotas,
    required_doctor,
    staff_once,
)
from engine.solver.day_facts import read_day
from engine.solver.doctor_load import price_doctor_load
from engine.solver.floor import shift_to_floor
from engine.solver.items import needs_exact_starts, open_item_columns
from engine.solver.kinds import KindKey, kind_key, kinds_of
from engine.solver.linking import link_items
from engine.solver.model import Item, Lack, Model
from engine.solver.objective import price_households, price_uneven_days, price_unplaced
from engine.solver.starts import StartOpener, open_kept_starts
from engine.solver.uses import open_shares
from engine.units import Interval, to_minutes
from engine.yardsticks import weights_of

ROW_RULES = (
    complete,
    chair_once,
    staff_once,
    doctor_once,
    required_doctor,
    quotas,
    limits,
    patient_once,
    order,
    book_kept,
)
"""Rules that are rows over counts; the order does not matter."""

NOBODY_WAITS: Mapping[str, int] = MappingProxyType({})

PRICES = (price_households, price_doctor_load, price_uneven_days)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing made here is garbage: collections in between walk over a growing model in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_collector_paused()
def build_model(
    problem: Problem,
    horizon: Horizon,
    *,
    locked: frozenset[str] = frozenset(),
    lacking: frozenset[Lack] = frozenset(),
    only_book: bool = False,
    costs: PersonalCosts | None = None,
    waiting: Mapping[str, int] = NOBODY_WAITS,
) -> Model:
    """Columns, links, rules, prices.

    `locked`: bookings that stay in their own chair. `lacking`: what kept bookings go without.
    `costs`: personal costs of a longer horizon of which this is a part. `waiting`: millipoints of
    visits that may come after these dates, where that is less than the price of no time at all.
    `only_book`: no visit is placed and bookings may go unserved, to find inherited clashes.
    """
    model = _empty_model(problem, horizon, locked, lacking, costs)
    model.use_slack = only_book
    visits = () if only_book else problem.visits_for(horizon)
    booked = [booking for booking in problem.bookings if booking.date in model.day_number]
    for booking in booked:
        open_kept_starts(model, booking)
    model.full = full_minutes(model)
    _add_items(model, visits, [] if only_book else booked)
    most: dict[KindKey, int] = defaultdict(int)
    for item in model.items.values():
        most[item.kind.key] += 1
    opener = StartOpener(model)
    for key, count in most.items():
        opener.open(model.kinds[key], count)
    opener.close()
    open_item_columns(model)
    if not only_book:
        price_unplaced(model, waiting)
    open_shares(model)
    link_items(model)
    for rule in ROW_RULES:
        rule.add(model)
    close_ruled_out(model.program, model.strict_rows)
    if not only_book:
        for price in PRICES:
            price(model)
        shift_to_floor(model)
    return model


def _empty_model(
    problem: Problem,
    horizon: Horizon,
    locked: frozenset[str],
    lacking: frozenset[Lack],
    costs: PersonalCosts | None,
) -> Model:
    kinds = kinds_of(problem, problem.all_visits.values())
    skills = frozenset(s.skill for k in kinds.values() for s in k.stages if s.skill is not None)
    named = required_doctor.named_doctors(problem, kinds)
    booked_dates = {booking.date for booking in problem.bookings}
    dates = [d for d in horizon.dates if is_open(problem.practice, d) or d in booked_dates]
    held = _locked_minutes(problem, locked)
    return Model(
        problem=problem,
        horizon=horizon,
        weights=weights_of(problem),
        costs=costs or PersonalCosts(problem, horizon),
        days=[read_day(problem, date, held[date], skills, named) for date in dates],
        day_number={date: number for number, date in enumerate(dates)},
        kinds=kinds,
        lacking=lacking,
        locked=locked,
        stricter=any(b.movable and b.visit.id in locked for b in problem.bookings),
    )


def _locked_minutes(
    problem: Problem, locked: frozenset[str]
) -> dict[object, dict[str, list[Interval]]]:
    """Minutes of each chair, per date, that locked bookings hold."""
    held: dict[object, dict[str, list[Interval]]] = defaultdict(lambda: defaultdict(list))
    kinds = kinds_of(problem, (booking.visit for booking in problem.bookings))
    for booking in problem.bookings:
        if booking.visit.id in locked and booking.chair is not None:
            start = to_minutes(booking.start)
            for stage in kinds[kind_key(booking.visit)].stages:
                if stage.chair_kind is not None:
                    span = (start + stage.start, start + stage.busy_until)
                    held[booking.date][booking.chair].append(span)
                    break
    return held


def _add_items(model: Model, visits: tuple[Visit, ...], booked: list[Booking]) -> None:
    exact = needs_exact_starts(model.problem, model.horizon)
    for visit in visits:
        kind = model.kinds[kind_key(visit)]
        model.items[visit.id] = Item(len(model.items), visit, kind, None, visit.id in exact)
    for booking in booked:
        if booking.movable:
            visit = booking.visit
            kind = model.kinds[kind_key(visit)]
            item = Item(len(model.items), visit, kind, booking, visit.id in exact)
            item.keep = model.keep_column[visit.id]
            model.items[visit.id] = item
