"""Tiny days, all of whose choices are tried: a design misses no more than the best of them.

The trial has arithmetic of its own: chairs from quarter hour to quarter hour, assistants until the
turnover is done, the doctor in one place, his time inside its float.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from offices import MONDAY, fixture_goals, places, small_office

from engine.model_day.design.design_day import DesignSettings, design_day
from engine.model_day.design.prices import missed_price
from engine.model_day.design.type_facts import facts_of
from engine.practice import Purpose
from engine.result import Status

OPENS = 480
PATTERNS = {
    # Minutes, turnover, doctor's offset, length and float, what its absence costs.
    "ADJL": (40, 5, 15, 10, 5, missed_price(Purpose.ACTIVE)),
    "REP": (30, 5, 10, 5, 5, missed_price(Purpose.REPAIR)),
    "ADJR": (20, 5, 5, 5, 5, missed_price(Purpose.ACTIVE)),
    "ALCHK": (15, 5, 5, 5, 5, missed_price(Purpose.ACTIVE)),
    "RETC": (15, 5, 5, 5, 5, missed_price(Purpose.RETENTION)),
}


@dataclass(frozen=True)
class Put:
    """A visit at a place: chair, its span there, that of the assistant and that of the doctor."""

    chair: int
    cell: tuple[int, int]
    helped: tuple[int, int]
    doctor: tuple[int, int]


def choices(code: str, closes: int, chairs: int) -> Iterator[Put]:
    minutes, turnover, offset, length, late, _ = PATTERNS[code]
    for start in range(OPENS, closes - minutes + 1, 10):
        end = start + minutes + turnover
        cell = (start // 15 * 15, -(-end // 15) * 15)
        for begins in range(start + offset, start + offset + late + 1, 5):
            for chair in range(chairs):
                yield Put(chair, cell, (start, end), (begins, begins + length))


def meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def allowed(puts: list[Put], assistants: int) -> bool:
    *others, new = puts
    if any(meet(new.doctor, one.doctor) for one in others):
        return False
    if any(new.chair == one.chair and meet(new.cell, one.cell) for one in others):
        return False
    begins = [one.helped[0] for one in puts]
    return all(sum(p.helped[0] <= m < p.helped[1] for p in puts) <= assistants for m in begins)


def least_missed(codes: tuple[str, ...], closes: int, chairs: int, assistants: int) -> int:
    """Points of the places that the best of all choices lacks."""

    def best(left: tuple[str, ...], puts: list[Put]) -> int:
        if not left:
            return 0
        found = PATTERNS[left[0]][-1] + best(left[1:], puts)
        for put in choices(left[0], closes, chairs):
            if found == 0:
                break
            if allowed([*puts, put], assistants):
                found = min(found, best(left[1:], [*puts, put]))
        return found

    return best(codes, [])


@pytest.mark.parametrize(
    ("codes", "last", "chairs", "assistants", "missed"),
    [
        # One chair: 45 minutes and 35, on marks of ten, want eighty minutes.
        (("ADJL", "REP"), "09:10", 1, 1, 6000),
        # 08:00-08:45, then on a mark of ten 08:50-09:20; the turnover may reach beyond the end.
        (("ADJL", "REP"), "09:20", 1, 1, 0),
        # Two chairs, one assistant: as if there were one chair, but for the quarter hours.
        (("ADJL", "REP", "RETC"), "09:10", 2, 1, 6000),
        (("ADJL", "REP", "RETC"), "09:10", 2, 2, 0),
        # Twenty minutes: all three want the doctor at 08:05 or 08:10.
        (("ADJR", "ALCHK", "RETC"), "08:20", 3, 3, 6000),
        (("ADJR", "ALCHK", "RETC"), "08:30", 3, 3, 0),
        (("ADJR", "ALCHK", "RETC"), "08:40", 2, 1, 6000),
    ],
)
def test_a_design_misses_as_little_as_the_best_of_all_choices(
    codes: tuple[str, ...], last: str, chairs: int, assistants: int, missed: int
) -> None:
    hours, minutes = map(int, last.split(":"))
    least = least_missed(codes, 60 * hours + minutes, chairs, assistants)
    assert least == missed
    problem = small_office(last=last, chairs=chairs, doctor=True, assistants=assistants)
    made = design_day(
        problem,
        facts_of(problem, MONDAY),
        fixture_goals(),
        places(problem, **dict.fromkeys(codes, 1)),
        DesignSettings(work=3.0, workers=1, gap=0.0),
    )
    assert made.status is Status.OPTIMAL
    assert sum(PATTERNS[code][-1] * count for code, count in made.missed) == least


def test_the_patterns_are_those_of_the_catalogue() -> None:
    problem = small_office(doctor=True)
    for code, (minutes, turnover, offset, length, late, _) in PATTERNS.items():
        (slot,) = places(problem, **{code: 1})
        (stage,) = slot.stages
        (piece,) = stage.doctor
        assert (slot.minutes, slot.busy_minutes) == (minutes, minutes + turnover)
        assert (piece.offset, piece.minutes, piece.float_minutes) == (offset, length, late)
