"""The cases: seeded weeks of made-up practices, all rules on, in two loads, and their limits."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.generate import Generated, generate
from engine.generate.sample import rolling_book

SEEDS = (0, 1, 2, 3, 4)
"""One seed flatters everybody. The seed makes the problem, and is the seed of the method too."""
NEAR_FULL, OVER_FULL = 0.95, 1.30
"""The two loads: demand over capacity of the scarcest minutes, see `load.py`."""
LOADS = (NEAR_FULL, OVER_FULL)

Make = Callable[[int], Generated]


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `seconds`: the limit of every method. `visits`: to place, for the growth figure.

    `load`: the load that the number of visits was chosen for, None where the number was given.
    """

    name: str
    title: str
    make: Make
    seconds: float
    visits: int
    load: float | None = None
    weeks: int = 1


def _week(profile: str, visits: int, weeks: int = 1) -> Make:
    return lambda seed: generate(profile, visits, seed, weeks=weeks)


def _five_minute_marks(seed: int) -> Generated:
    """The same visits; patients may be given every five minutes instead of every ten."""
    made = generate("one-doctor", 350, seed)
    practice = made.problem.practice.model_copy(update={"start_mark_minutes": 5})
    problem = made.problem.model_copy(update={"practice": practice})
    return Generated(problem, made.horizon, None, made.summary)


def _rolling(seed: int) -> Generated:
    """The sample practice has one book: here the seed is that of the method alone."""
    return rolling_book()


def _office(
    size: str, visits: int, seconds: float, load: float | None = None, weeks: int = 1
) -> Case:
    """Weeks of an office with nothing booked."""
    doctors = f"{size.capitalize()} doctor{'' if size == 'one' else 's'}"
    title = f"{doctors}, {f'{weeks} weeks, ' if weeks > 1 else ''}{visits:,} visits"
    name = f"{size}-{visits}" if weeks == 1 else "twelve-weeks"
    make = _week(f"{size}-doctor", visits, weeks)
    return Case(
        name, title + (f" ({load:.0%})" if load else ""), make, seconds, visits, load, weeks
    )


CASES: dict[str, Case] = {
    case.name: case
    for case in (
        _office("one", 350, 30),
        _office("one", 387, 30, NEAR_FULL),
        _office("one", 450, 60),
        _office("one", 532, 60, OVER_FULL),
        _office("two", 774, 45, NEAR_FULL),
        _office("two", 1060, 45, OVER_FULL),
        _office("four", 1544, 60, NEAR_FULL),
        _office("four", 2112, 60, OVER_FULL),
        _office("ten", 3860, 120, NEAR_FULL),
        _office("ten", 5260, 120, OVER_FULL),
        Case("rolling", "The rolling sample: ten weeks booked, one to fill", _rolling, 30, 84),
        _office("one", 4525, 120, NEAR_FULL, weeks=12),
        Case(
            "one-350-marks-5",
            "One doctor, 350 visits, start marks of 5 minutes",
            _five_minute_marks,
            30,
            350,
        ),
    )
}
"""All cases by name, in the order of the report."""
