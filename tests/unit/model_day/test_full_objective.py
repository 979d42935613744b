"""Tiny days, all of whose choices are tried: a design costs what the best of them costs, exactly.

The trial works in minutes with arithmetic of its own and knows neither blocks nor counts. No two
visits are of one kind, so each is a block of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from offices import fixture_goals
from short_office import places, short_office

from benchmarks.published_office import PATTERNS
from engine.model_day.design.design_day import day_model, name_day
from engine.model_day.design.prices import DesignRules, Prices, missed_price
from engine.model_day.design.solve_job import DesignJob
from engine.practice import Purpose
from engine.result import Status
from engine.solver.solved import Limits

OPENS = 480
KINDS = {
    # Minutes, offset and length of the doctor's, float, what its absence costs.
    "BOND": (75, 25, 20, 5, missed_price(Purpose.START)),
    "DEB": (60, 15, 20, 5, missed_price(Purpose.DEBOND)),
    "REP": (30, 10, 10, 5, missed_price(Purpose.REPAIR)),
    "ADJ": (20, 5, 5, 5, missed_price(Purpose.ACTIVE)),
    "RET": (10, 0, 0, 0, missed_price(Purpose.RETENTION)),
}
TURNOVER, PLANNED_LOAD = 5, 0.85
PRICES = Prices()


@dataclass(frozen=True)
class Put:
    """A visit: code, chair, start, and when its doctor time begins (its start without any)."""

    code: str
    chair: int
    start: int
    doctor: int

    @property
    def end(self) -> int:
        return self.start + KINDS[self.code][0]

    @property
    def asked(self) -> tuple[int, int]:
        return (self.doctor, self.doctor + KINDS[self.code][2])

    @property
    def cell(self) -> tuple[int, int]:
        return (self.start // 15 * 15, -(-(self.end + TURNOVER) // 15) * 15)


def shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def choices(code: str, closes: int, chairs: int) -> Iterator[Put]:
    minutes, offset, _, late, _ = KINDS[code]
    for start in range(OPENS, closes - minutes + 1, 10):
        for doctor in range(start + offset, start + offset + late + 1, 5):
            for chair in range(chairs):
                yield Put(code, chair, start, doctor)


def allowed(puts: list[Put], helpers: int) -> bool:
    *others, new = puts
    if any(shared(new.asked, one.asked) for one in others):
        return False
    if any(new.chair == one.chair and shared(new.cell, one.cell) for one in others):
        return False
    return all(
        sum(one.start <= put.start < one.end + TURNOVER for one in puts) <= helpers for put in puts
    )


def points(puts: list[Put], codes: tuple[str, ...], closes: int) -> int:
    """Every figure of the day in its own words, from the places that are missing down."""
    there = [put.code for put in puts]
    found = sum(KINDS[code][4] for code in codes if code not in there)
    found += PRICES.block * len(puts)
    waits = sum(put.doctor - put.start - KINDS[put.code][1] for put in puts if KINDS[put.code][2])
    found += PRICES.waiting_step * waits // 5
    asked = [put.asked for put in puts]
    for minute in range(OPENS, closes - 20 + 1, 5):
        idle = not any(shared(one, (minute, minute + 20)) for one in asked)
        found += PRICES.idle_step * idle
    for minute in range(OPENS, closes - 65 + 1, 5):
        busy = sum(shared(one, (minute, minute + 65)) for one in asked)
        found += PRICES.chain_window * max(0, busy // 5 - 12)
    whole = sum(KINDS[code][0] + TURNOVER for code in codes)
    for hour in range(OPENS, closes, 60):
        span = (hour, hour + 60)
        # The doctor is there from 07:30 to 11:30, before and after patient hours, too.
        load = sum(shared(one, span) // 5 for one in asked)
        found += PRICES.overload_step * max(0, load - int(PLANNED_LOAD * 60 + 1e-9) // 5)
        even = 11 * whole * shared(span, (OPENS, closes)) // (10 * (closes - OPENS)) // 5
        chairs = sum(shared((put.start, put.end), span) // 5 for put in puts)
        found += PRICES.uneven_step * max(0, chairs - even)
    return found


def cheapest(codes: tuple[str, ...], closes: int, chairs: int, helpers: int) -> int:
    """Over every choice of what is there and where."""

    def best(left: tuple[str, ...], puts: list[Put]) -> int:
        if not left:
            return points(puts, codes, closes)
        found = best(left[1:], puts)
        for put in choices(left[0], closes, chairs):
            if allowed([*puts, put], helpers):
                found = min(found, best(left[1:], [*puts, put]))
        return found

    return best(codes, [])


@pytest.mark.parametrize(
    ("codes", "minutes", "chairs", "helpers"),
    [
        (("REP", "ADJ"), 50, 1, 1),
        (("DEB", "REP"), 100, 1, 1),
        (("REP", "ADJ", "RET"), 60, 2, 2),
        pytest.param(("DEB", "REP", "ADJ"), 70, 2, 1, marks=pytest.mark.long),
        pytest.param(("DEB", "REP", "ADJ"), 70, 2, 2, marks=pytest.mark.long),
        pytest.param(("BOND", "DEB", "REP"), 90, 3, 3, marks=pytest.mark.long),
        pytest.param(("BOND", "DEB", "ADJ"), 80, 3, 2, marks=pytest.mark.long),
        pytest.param(("BOND", "ADJ", "RET"), 130, 1, 1, marks=pytest.mark.long),
    ],
)
def test_a_design_costs_what_the_cheapest_choice_costs(
    codes: tuple[str, ...], minutes: int, chairs: int, helpers: int
) -> None:
    closes = OPENS + minutes
    least = cheapest(codes, closes, chairs, helpers)
    problem, _ = short_office(chairs, minutes)
    staff = problem.practice.staff[: 1 + helpers]
    problem, facts = short_office(chairs, minutes, staff=staff)
    wanted = places(problem, **dict.fromkeys(codes, 1))
    model = day_model(facts, fixture_goals(), wanted, DesignRules())
    answer = DesignJob(model, Limits(3600.0, 0.0, 1, 0, work=30.0)).run(lambda _told: None)
    assert answer.status is Status.OPTIMAL
    assert answer.objective == least
    assert name_day(problem, model, answer, 1, 0.0).objective == least


def test_the_kinds_are_those_of_the_published_office() -> None:
    problem, _ = short_office(1, 60)
    assert set(KINDS) == set(PATTERNS)
    for code, (minutes, offset, given, late, _) in KINDS.items():
        (slot,) = places(problem, **{code: 1})
        (stage,) = slot.stages
        assert (slot.minutes, slot.busy_minutes) == (minutes, minutes + TURNOVER)
        for piece in stage.doctor:
            assert (piece.offset, piece.minutes, piece.float_minutes) == (offset, given, late)
        assert bool(stage.doctor) is bool(given)
