"""What links visits to each other in the interval model: counts, patients, order, households."""

from collections import defaultdict
from datetime import date

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.peers.interval_groups import runs
from benchmarks.peers.interval_model import IntervalModel, Slot
from engine.practice import Follows, Visit
from engine.practice.calendar import model_day_on, working_days_between
from engine.yardsticks import clinic_minutes


def add_rules(model: IntervalModel) -> None:
    """All of them."""
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for slots in model.slots.values():
        for day, slot in slots.items():
            by_day[day].append(slot)
    for day, own in by_day.items():
        _quotas(model, day, own)
        _limits(model, day, own)
        _patients(model, own)
        _even_load(model, day, own)
    for visit in model.openings.visits:
        for follows in visit.follows:
            if follows.visit in model.openings.pending:
                _order(model, visit, follows)
    for members in model.price.households:
        _household(model, members)


def _quotas(model: IntervalModel, day: date, slots: list[Slot]) -> None:
    model_day = model_day_on(model.problem.practice, day)
    booked = model.openings.occupancy.day_book(day).by_class
    for quota in model_day.quotas if model_day is not None else ():
        if quota.at_most is not None:
            kind = quota.procedure_class
            own = [slot.present for slot in slots if model.openings.class_of(slot.visit) == kind]
            model.cp.add(sum(own) <= max(0, quota.at_most - booked[kind]))


def _limits(model: IntervalModel, day: date, slots: list[Slot]) -> None:
    book = model.openings.occupancy.day_book(day)
    for limit in model.problem.practice.limits:
        own = [slot for slot in slots if slot.visit.procedure in limit.procedures]
        if limit.per_day is not None:
            left = max(0, limit.per_day - book.by_limit[limit.id])
            model.cp.add(sum(slot.present for slot in own) <= left)
        if limit.at_once is not None and own:
            booked = np.minimum(book.under_way[limit.id], limit.at_once)
            fixed = [
                (model.cp.new_fixed_size_interval_var(start, end - start, ""), level)
                for level in range(1, int(booked.max()) + 1)
                for start, end in runs(booked >= level)
            ]
            intervals = [_whole(model, slot) for slot in own] + [interval for interval, _ in fixed]
            model.cp.add_cumulative(intervals, [1] * len(intervals), limit.at_once)


def _patients(model: IntervalModel, slots: list[Slot]) -> None:
    of_patient: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        of_patient[slot.visit.patient].append(slot)
    for own in of_patient.values():
        if len(own) > 1:
            model.cp.add_no_overlap([_whole(model, slot) for slot in own])


def _whole(model: IntervalModel, slot: Slot) -> cp_model.IntervalVar:
    return model.cp.new_optional_fixed_size_interval_var(slot.start, slot.length, slot.present, "")


def _even_load(model: IntervalModel, day: date, slots: list[Slot]) -> None:
    share = model.price.shares.get(day)
    if share is None:
        return
    minutes = [clinic_minutes(model.problem, slot.visit) for slot in slots]
    booked = sum(
        clinic_minutes(model.problem, model.problem.all_visits[placement.visit])
        for placement in model.openings.kept
        if placement.date == day
    )
    over = model.cp.new_int_var(0, booked + sum(minutes), "")
    model.cp.add(
        cp_model.LinearExpr.weighted_sum([slot.present for slot in slots], minutes) + booked - share
        <= over
    )
    model.cost(over, model.price.of["uneven_load"])


def _order(model: IntervalModel, visit: Visit, follows: Follows) -> None:
    before = model.slots[follows.visit]
    for day, slot in model.slots[visit.id].items():
        fitting = [one for one in before.values() if _days_fit(model, follows, one.day, day)]
        model.cp.add_bool_or([*(one.present for one in fitting), ~slot.present])
        if day in before:
            first = before[day]
            model.cp.add(
                slot.start >= first.start + first.length + follows.min_minutes
            ).only_enforce_if(slot.present, first.present)


def _days_fit(model: IntervalModel, follows: Follows, before: date, after: date) -> bool:
    days = (after - before).days
    if days < follows.min_days or (follows.max_days is not None and days > follows.max_days):
        return False
    wanted = follows.min_working_days
    return not wanted or working_days_between(model.problem.practice, before, after) >= wanted


def _household(model: IntervalModel, members: tuple[str, ...]) -> None:
    """Pays unless all are there on one date, with starts close enough."""
    kept = {
        placement.visit: (placement.date, 60 * placement.start.hour + placement.start.minute)
        for placement in model.openings.kept
    }
    together = [model.cp.new_bool_var("")]
    model.cost(together[0], model.price.of["households_apart"])
    for day in model.openings.dates:
        slots = [model.slots[one][day] for one in members if day in model.slots.get(one, ())]
        fixed = [kept[one][1] for one in members if one in kept and kept[one][0] == day]
        if len(slots) + len(fixed) < len(members):
            continue
        literal = model.cp.new_bool_var("")
        first = model.cp.new_int_var(0, 1440, "")
        for slot in slots:
            model.cp.add_implication(literal, slot.present)
        for start in [*(slot.start for slot in slots), *fixed]:
            model.cp.add(start >= first).only_enforce_if(literal)
            model.cp.add(start <= first + model.problem.policy.together_minutes).only_enforce_if(
                literal
            )
        together.append(literal)
    model.cp.add_exactly_one(together)
