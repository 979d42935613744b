"""The cases: seeded weeks of made-up practices, all rules on, in two loads, and their limits."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.generate import Generated, generate
from engine.generate.sample import rolling_book

SEEDS = (0, 1, 2, 3, 4)
"""One seed flatters everybody. The seed makes the problem, and is the seed of the method too."""

Make = Callable[[int], Generated]


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `seconds`: the limit of every method. `visits`: to place, for the growth figure.

    `load`: "busy" (350 visits a week and doctor) or "over" (450); "" where neither is meant.
    `heavy`: its limit is so long that methods searching until the limit get a second seed last.
    """

    name: str
    title: str
    make: Make
    seconds: float
    visits: int
    load: str = ""
    heavy: bool = False


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


CASES: dict[str, Case] = {
    case.name: case
    for case in (
        Case("one-350", "One doctor, 350 visits", _week("one-doctor", 350), 10, 350, "busy"),
        Case("one-450", "One doctor, 450 visits", _week("one-doctor", 450), 30, 450, "over"),
        Case(
            "one-350-marks-5",
            "One doctor, 350 visits, start marks of 5 minutes",
            _five_minute_marks,
            10,
            350,
        ),
        Case("two-700", "Two doctors, 700 visits", _week("two-doctor", 700), 20, 700, "busy"),
        Case("two-900", "Two doctors, 900 visits", _week("two-doctor", 900), 30, 900, "over"),
        Case(
            "four-1400", "Four doctors, 1,400 visits", _week("four-doctor", 1400), 45, 1400, "busy"
        ),
        Case(
            "four-1800", "Four doctors, 1,800 visits", _week("four-doctor", 1800), 60, 1800, "over"
        ),
        Case(
            "ten-3500",
            "Ten doctors, 3,500 visits",
            _week("ten-doctor", 3500),
            120,
            3500,
            "busy",
            heavy=True,
        ),
        Case(
            "ten-4500",
            "Ten doctors, 4,500 visits",
            _week("ten-doctor", 4500),
            120,
            4500,
            "over",
            heavy=True,
        ),
        Case("rolling", "The rolling sample: ten weeks booked, one to fill", _rolling, 30, 84),
        Case(
            "twelve-weeks",
            "One doctor, 12 weeks, 4,200 visits",
            _week("one-doctor", 4200, 12),
            120,
            4200,
            heavy=True,
        ),
    )
}
"""All cases by name, in the order of the report."""
