"""A made-up week, half of it booked, filled by hand with gaps; treatments written by hand."""

import datetime as dt

import pytest

from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.practice import Treatment
from engine.schedule import Unplaced


@pytest.fixture(scope="session")
def week():
    """Problem and schedule; every fifth of the new times is taken out again."""
    made = generate("one-doctor", 140, 5, booked_share=0.5)
    schedule = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    new = [one.visit for one in schedule.placements if one.visit not in made.problem.booking_of]
    out = set(new[::5])
    kept = tuple(one for one in schedule.placements if one.visit not in out)
    left = tuple(Unplaced(visit=visit, reason="test") for visit in sorted(out))
    changes = {"placements": kept, "unplaced": (*schedule.unplaced, *left)}
    return made.problem, schedule.model_copy(update=changes)


@pytest.fixture(scope="session")
def treatment():
    """A treatment that began today (2 March 2026), so that its months add nothing to the risk."""

    def make(original: dt.date, current: dt.date | None = None, remaining: int = 1) -> Treatment:
        return Treatment(
            started=dt.date(2026, 3, 2),
            original_ecd=original,
            current_ecd=current or original,
            remaining_visits=remaining,
        )

    return make
