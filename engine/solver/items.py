"""Item columns: where each visit may go, with what it costs there."""

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from engine.practice import Horizon, Problem, Visit
from engine.solver.constraints import availability, due_window, patient_once, readiness
from engine.solver.constraints.required_doctor import asked_doctors
from engine.solver.kinds import KindKey
from engine.solver.model import Item, ItemColumn, Model
from engine.units import to_minutes

VISIT_RULES = (due_window, availability, readiness, patient_once)
"""Rules that bind when one patient can come."""

Mask = npt.NDArray[np.bool_]
Place = tuple[KindKey, int]


def needs_exact_starts(problem: Problem, horizon: Horizon) -> frozenset[str]:
    """Visits whose minute matters to another visit: households, orders, several of a patient."""
    booked = [booking.visit for booking in problem.bookings if booking.date in horizon]
    visits: list[Visit] = [*problem.visits_for(horizon), *booked]
    ids = {visit.id for visit in visits}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    exact: set[str] = set()
    for visit in visits:
        groups[("patient", visit.patient)].append(visit.id)
        if visit.household is not None:
            groups[("household", visit.household)].append(visit.id)
        for follows in visit.follows:
            if follows.visit in ids:
                exact.update((visit.id, follows.visit))
    for members in groups.values():
        if len(members) > 1:
            exact.update(members)
    return frozenset(exact)


def open_item_columns(model: Model) -> dict[Place, list[tuple[int, int]]]:
    """Columns of every item in every bucket it may take; returns the buckets."""
    by_kind: dict[KindKey, list[Item]] = defaultdict(list)
    for item in model.items.values():
        by_kind[item.kind.key].append(item)
    buckets: dict[Place, list[tuple[int, int]]] = {}
    for (key, day), starts in model.starts.items():
        minutes = np.array(sorted({start.minute for start in starts}), dtype=np.int64)
        items = by_kind[key]
        masks = {item.visit.id: _mask(model, item, day, minutes) for item in items}
        wishes = {
            item.visit.id: _wish_met(item, model.days[day].weekday, minutes) for item in items
        }
        coarse = [m for i in items if not i.exact for m in (masks[i.visit.id], wishes[i.visit.id])]
        parts = _cut(minutes, coarse)
        buckets[(key, day)] = [(int(minutes[a]), int(minutes[b - 1])) for a, b in parts]
        for item in items:
            ranges = [(k, k + 1) for k in range(len(minutes))] if item.exact else parts
            for a, b in ranges:
                if masks[item.visit.id][a]:
                    met = bool(wishes[item.visit.id][a])
                    _open(model, item, day, int(minutes[a]), int(minutes[b - 1]), met)
    return buckets


def _mask(model: Model, item: Item, day: int, minutes: npt.NDArray[np.int64]) -> Mask:
    """Which of the kind's start minutes the item may take on this date."""
    mask = np.ones(len(minutes), dtype=np.bool_)
    facts = model.days[day]
    for rule in VISIT_RULES:
        allowed = np.zeros(len(minutes), dtype=np.bool_)
        windows = rule.start_windows(model.problem, facts, item.visit, item.kind.length)
        for low, high in windows:
            allowed |= (minutes >= low) & (minutes < high)
        mask &= allowed
    if item.booking is not None and item.exact and facts.day == item.booking.date:
        mask &= minutes != to_minutes(item.booking.start)
    return mask


def _wish_met(item: Item, weekday: int, minutes: npt.NDArray[np.int64]) -> Mask:
    """Where the visit lies inside a wished window (everywhere, if nothing is wished)."""
    if not item.visit.wishes:
        return np.ones(len(minutes), dtype=np.bool_)
    met = np.zeros(len(minutes), dtype=np.bool_)
    for window in item.visit.wishes:
        if window.on(weekday):
            latest = to_minutes(window.end) - item.kind.length
            met |= (minutes >= to_minutes(window.start)) & (minutes <= latest)
    return met


def _cut(minutes: npt.NDArray[np.int64], masks: list[Mask]) -> list[tuple[int, int]]:
    """Buckets as index ranges: cut at clock hours and wherever any mask changes."""
    if not len(minutes):
        return []
    cuts = np.diff(minutes // 60) != 0
    for mask in {mask.tobytes(): mask for mask in masks}.values():
        cuts |= mask[1:] != mask[:-1]
    borders = [0, *(np.flatnonzero(cuts) + 1).tolist(), len(minutes)]
    return list(pairwise(borders))


def _open(model: Model, item: Item, day: int, first: int, last: int, wish_met: bool) -> None:
    date: dt.date = model.days[day].day
    cost = model.personal(model.costs.at(item.visit.id, date, first // 60))
    missed = model.price("preferences_missed")
    cost += 0 if wish_met else missed
    cost += model.price("moved_bookings") if item.booking is not None else 0
    for doctor, wish_missed in asked_doctors(model.problem, item):
        column = model.program.column(
            0, 1, cost + (missed if wish_missed else 0), day=day, minute=first
        )
        item.columns.append(ItemColumn(column, day, first, last, doctor))
