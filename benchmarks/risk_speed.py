"""How long the risk tables of a week take, and on demand one practice year under the engine.

`python -m benchmarks.risk_speed` prints seconds for 450 visits of one doctor on every date and hour
of a week, by the literature's model and by one that tells hours apart. Aim: 0.2 s. `--year` also
lives one year of the sample practice, filled by the engine each week. Aim: 15 minutes on two cores.
"""

import argparse
import time
from dataclasses import dataclass
from statistics import median

from engine.cli.year_settings import year_settings
from engine.generate import generate
from engine.generate.sample import rolling_book
from engine.practice import Horizon, NoShowModel, Problem
from engine.practice.calendar import is_open
from engine.risk.prior import prior_model
from engine.risk.visit_costs import PersonalCosts
from engine.simulate.policies import POLICIES
from engine.simulate.year import run_year

VISITS, SEED, REPEATS = 450, 0, 9
TABLES_AIM_SECONDS, YEAR_AIM_SECONDS = 0.2, 15 * 60.0
_CLOCK_LOGIT = 0.1
_HOURS = range(7, 19)


@dataclass(frozen=True, slots=True)
class Timed:
    """One model: how many values its tables hold, and the median seconds to fill them."""

    model: str
    values: int
    seconds: float


def time_tables(visits: int = VISITS, repeats: int = REPEATS) -> tuple[Timed, ...]:
    """Both models on one problem; every repeat fills the tables anew."""
    made = generate("one-doctor", visits=visits, seed=SEED)
    found = []
    for name, model in (("literature", None), ("own, with hours", _with_hours())):
        problem = made.problem.model_copy(update={"no_show_model": model})
        runs = [_fill_tables(problem, made.horizon) for _ in range(repeats)]
        found.append(Timed(name, runs[0][0], median(seconds for _, seconds in runs)))
    return tuple(found)


def time_year() -> float:
    """Seconds of one year of the sample practice, with the settings that `simulate` has."""
    problem = rolling_book().problem
    settings = year_settings(None, {}, doctors=len(problem.doctors), sample=True)
    began = time.perf_counter()
    run_year(problem, POLICIES["engine"](settings.engine), settings, seed=1)
    return time.perf_counter() - began


def _with_hours() -> NoShowModel:
    """The prior, with an effect of the time of day, so that every hour has a value of its own."""
    prior = prior_model(0.05, intercept=-3.0)
    effects = tuple(
        effect.model_copy(update={"logit": _CLOCK_LOGIT}) if effect.feature == "clock_1" else effect
        for effect in prior.effects
    )
    return prior.model_copy(update={"effects": effects})


def _fill_tables(problem: Problem, horizon: Horizon) -> tuple[int, float]:
    """Every visit on every open date and hour, and without a time: values asked for, seconds."""
    dates = [day for day in horizon.dates if is_open(problem.practice, day)]
    values, began = 0, time.perf_counter()
    costs = PersonalCosts(problem, horizon)
    hours = list(_HOURS) if costs.hours_matter else [None]
    for visit in problem.visits:
        costs.unplaced(visit.id)
        for day in dates:
            for hour in hours:
                costs.at(visit.id, day, hour)
        values += 1 + len(dates) * len(hours)
    return values, time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--year", action="store_true", help="also one practice year (minutes)")
    asked = parser.parse_args()
    for timed in time_tables():
        print(
            f"tables of {VISITS} visits, model: {timed.model}: {timed.values:,} values in "
            f"{timed.seconds:.3f} s (median of {REPEATS}; aim {TABLES_AIM_SECONDS} s)"
        )
    if asked.year:
        print(f"one year under the engine: {time_year():.0f} s (aim {YEAR_AIM_SECONDS:.0f} s)")


if __name__ == "__main__":
    main()
