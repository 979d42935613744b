"""Rows of an even day: no hour overloaded, no long idling, no endless chain of doctor time."""

from collections import defaultdict

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.good_days import clinic_minutes_in
from engine.model_day.design.prices import CHAIN_MINUTES, IDLE_MINUTES, UNEVEN_TOLERANCE
from engine.practice import ChairKind
from engine.units import covers, overlap_minutes


def add_even_chairs(model: DayModel) -> None:
    """Clinic chair steps of a clock hour above its even share and a tenth are priced."""
    grid, prices = model.grid, model.rules.prices
    total = sum(number * slot.busy_in(ChairKind.CLINIC) for slot, number in model.wanted.items())
    for hour in _hours(model):
        span = (hour * 60, hour * 60 + 60)
        open_minutes = sum(overlap_minutes(piece, span) for piece in model.facts.open)
        share = total * open_minutes / model.facts.open_minutes
        busy: dict[int, int] = {}
        for block, column in model.blocks:
            steps = sum(clinic_minutes_in(start, block.slot, span) for start in block.starts)
            if steps:
                busy[column] = steps // grid
        if busy:
            uneven = model.priced("uneven", 10_000, prices.uneven_step)
            most = int(share * (1 + UNEVEN_TOLERANCE)) // grid
            model.program.row("even", [*busy, uneven], [*busy.values(), -1], upper=most)


def add_even_doctor(model: DayModel) -> None:
    """Doctor steps of a clock hour above the planned load; idle stretches; chains without a gap."""
    _add_load(model)
    spans: dict[tuple[int, int], list[int]] = defaultdict(list)
    for ((minutes, *_), minute, _), column in model.given.items():
        spans[minute, minute + minutes].append(column)
    _add_idle(model, spans)
    _add_chains(model, spans)


def _hours(model: DayModel) -> range:
    return range(model.facts.open[0][0] // 60, -(-model.facts.open[-1][1] // 60))


def _add_load(model: DayModel) -> None:
    grid, goals = model.grid, model.goals
    for hour in _hours(model):
        span = (hour * 60, hour * 60 + 60)
        there = sum(
            len(crew.members) * overlap_minutes(piece, span)
            for crew in model.facts.doctors
            for piece in crew.present
        )
        entries: dict[int, int] = {}
        for ((minutes, *_), minute, _), column in model.given.items():
            shared = overlap_minutes((minute, minute + minutes), span)
            if shared:
                entries[column] = shared // grid
        if entries:
            over = model.priced("overload", 10_000, model.rules.prices.overload_step)
            most = int(goals.doctor_load * there + 1e-9) // grid
            model.program.row("load", [*entries, over], [*entries.values(), -1], upper=most)


def _add_idle(model: DayModel, spans: dict[tuple[int, int], list[int]]) -> None:
    """A window of twenty minutes in which no doctor has anything to do, all of them there."""
    for window in _windows(model, IDLE_MINUTES):
        touching = [
            column
            for (start, end), columns in spans.items()
            if start < window[1] and window[0] < end
            for column in columns
        ]
        idle = model.priced("idle", 1, model.rules.prices.idle_step)
        model.program.row("idle", [idle, *touching], lower=1)


def _add_chains(model: DayModel, spans: dict[tuple[int, int], list[int]]) -> None:
    """A window in which no doctor has a step to spare."""
    grid, doctors = model.grid, model.facts.doctor_count
    for window in _windows(model, CHAIN_MINUTES):
        entries: dict[int, int] = {}
        for span, columns in spans.items():
            if steps := overlap_minutes(span, window) // grid:
                entries.update(dict.fromkeys(columns, steps))
        if entries:
            chain = model.priced("chain", 1, model.rules.prices.chain_window)
            most = doctors * (CHAIN_MINUTES // grid) - 1
            model.program.row("chain", [*entries, chain], [*entries.values(), -1], upper=most)


def _windows(model: DayModel, minutes: int) -> list[tuple[int, int]]:
    """Windows in patient hours at all of which every doctor is there."""
    crews = model.facts.doctors
    if not crews:
        return []
    return [
        (start, start + minutes)
        for first, last in model.facts.open
        for start in range(first, last - minutes + 1, model.grid)
        if all(covers(crew.present, (start, start + minutes)) for crew in crews)
    ]
