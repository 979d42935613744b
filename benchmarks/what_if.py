"""How quickly scenarios are screened, and how far bounds and prices say what full solves find.

Three parts: `speed` (twenty scenarios by bounds alone, preparing included, on an open week of 450
visits and on the sample practice with its book), `accuracy` (the same scenarios on the sample
practice, each solved in full, bounds beside realised differences), `prices` (one more in half-days
from the dearest to the cheapest, solved again). `python -m benchmarks.what_if` makes all three and
prints a table.
"""

import argparse
import json
import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from engine.generate import Generated, generate
from engine.generate.sample import rolling_book
from engine.validation import put_aside
from engine.what_if.compare_scenarios import compare_scenarios
from engine.what_if.comparison import Noise, Outcome
from engine.what_if.hour_prices import hour_prices
from engine.what_if.price_check import check_prices, rank_correlation
from engine.what_if.read_scenarios import read_scenarios
from engine.what_if.scenarios import Scenario, ScenarioSettings

SCENARIOS = Path(__file__).with_name("what_if.toml")
RESULTS = Path(__file__).with_name("results") / "what_if"
VISITS = 450
AIM_A_MINUTE = 20
HALF_DAYS = 9
"""Solved in full with one more; all half-days are bounded again."""


def scenarios() -> tuple[Scenario, ...]:
    """The twenty."""
    return read_scenarios(SCENARIOS).scenarios


def speed(settings: ScenarioSettings, jobs: int) -> dict[str, Any]:
    """Scenarios a minute by bounds alone: on an open week, and on the sample practice."""
    weeks = {
        f"open week of {VISITS} visits": generate("one-doctor", VISITS, seed=0),
        "sample practice": _sound(rolling_book()),
    }
    return {"weeks": [_speed(name, made, settings, jobs) for name, made in weeks.items()]}


def _speed(name: str, made: Generated, settings: ScenarioSettings, jobs: int) -> dict[str, Any]:
    asked = scenarios()
    alone = settings.model_copy(update={"confirm": 0})
    began = time.perf_counter()
    found = compare_scenarios(made.problem, made.horizon, asked, alone, jobs)
    seconds = time.perf_counter() - began
    return {
        "week": name,
        "visits": len(made.problem.visits),
        "bookings": sum(one.date in made.horizon for one in made.problem.bookings),
        "scenarios": len(asked),
        "seconds": round(seconds, 2),
        "of bounds": round(found.screening_seconds, 2),
        "a minute": round(60 * len(asked) / seconds, 1),
        "cores": os.cpu_count(),
    }


def accuracy(settings: ScenarioSettings, jobs: int) -> dict[str, Any]:
    """Bounds beside realised differences, all scenarios solved in full."""
    made = _sound(rolling_book())
    asked = scenarios()
    every = settings.model_copy(update={"confirm": len(asked)})
    found = compare_scenarios(made.problem, made.horizon, asked, every, jobs)
    return {
        "scenarios": [_row(one) for one in found.outcomes],
        **agreement(found.outcomes),
    }


def agreement(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Rank correlation of all, and how many beyond noise have the sign that the bound said."""
    solved = [one for one in outcomes if one.difference is not None]
    clear = [one for one in solved if one.noise is Noise.CLEAR]
    steady = [one for one in solved if one.noise in (Noise.CLEAR, Noise.GAP)]
    return {
        "solved": len(solved),
        "rank correlation": rank_correlation(
            [one.bound_difference for one in solved], [one.difference or 0.0 for one in solved]
        ),
        "beyond noise": len(clear),
        "beyond what seeds change": len(steady),
        "sign as by bound, of these": sum(
            one.bound_difference * (one.difference or 0.0) > 0 for one in steady
        ),
    }


def prices(settings: ScenarioSettings, jobs: int) -> dict[str, Any]:
    """The prices of half-days against re-solves."""
    made = _sound(rolling_book())
    found = hour_prices(made.problem, made.horizon)
    check = check_prices(made.problem, made.horizon, found.prices, HALF_DAYS, settings, jobs)
    return check.model_dump(mode="json", exclude={"checked"}) | {
        "checked": [
            {
                "one more": f"{one.price.resource} {one.price.date} {one.price.half}",
                "price": one.price.points,
                "bound gain": one.bound_gain,
                "solved gain": one.solved_gain,
                "noise": one.noise,
            }
            for one in sorted(check.checked, key=lambda each: -each.price.points)
        ]
    }


PARTS = {"speed": speed, "accuracy": accuracy, "prices": prices}


def _sound(made: Generated) -> Generated:
    """Without rows that a fill would set aside."""
    problem, _ = put_aside(made.problem, made.horizon)
    return Generated(problem, made.horizon, None, made.summary)


def _row(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": outcome.name,
        "bound": outcome.bound_difference,
        "solved": outcome.difference,
        "noise": outcome.noise,
        "calls": len(outcome.called),
    }


def table(record: dict[str, Any]) -> str:
    """The record as Markdown, for the page of results."""
    lines = []
    for found in record.get("speed", {}).get("weeks", ()):
        kept = "kept" if found["a minute"] >= AIM_A_MINUTE else "**missed**"
        lines += [
            f"Screening, {found['week']} ({found['visits']} visits wait, {found['bookings']} are "
            f"booked): {found['scenarios']} scenarios in {found['seconds']} s on "
            f"{found['cores']} cores, {found['a minute']} a minute (aim {AIM_A_MINUTE}: {kept}).",
            "",
        ]
    if "accuracy" in record:
        found = record["accuracy"]
        lines += [
            "| scenario | by bound | by full solves | noise | calls |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| {one['name']} | {one['bound']:+,.0f} | "
            f"{'' if one['solved'] is None else format(one['solved'], '+,.0f')} | "
            f"{one['noise']} | {one['calls']} |"
            for one in found["scenarios"]
        ]
        lines += [
            "",
            f"Rank correlation {_text(found['rank correlation'])} over {found['solved']}; "
            f"{found['sign as by bound, of these']} of {found['beyond what seeds change']} beyond "
            f"what seeds change have the bound's sign; {found['beyond noise']} beyond noise.",
            "",
        ]
    if "prices" in record:
        found = record["prices"]
        lines += ["| one more | by prices | bound gains | full solves gain | noise |"]
        lines += ["|---|---|---|---|---|"]
        lines += [
            f"| {one['one more']} | {one['price']:,.0f} | {one['bound gain']:,.0f} | "
            f"{'' if one['solved gain'] is None else format(one['solved gain'], '+,.0f')} | "
            f"{one['noise']} |"
            for one in found["checked"]
        ]
        lines += [
            "",
            f"Rank correlation of prices with the bound's gain {_text(found['bound_rank'])}, with "
            f"full solves {_text(found['solved_rank'])}; the bound gains "
            f"{_text(found['bound_share'])} of the prices, {found['within']} of "
            f"{len(found['checked'])} no more than that.",
        ]
    return "\n".join(lines)


def _text(value: float | None) -> str:
    return "not known" if value is None else f"{value:.2f}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=tuple(PARTS), action="append")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each full solve")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=0, help="at a time; 0: as the cores allow")
    parser.add_argument("--reproducible", action="store_true", help="limits in solver work")
    parser.add_argument("--out", type=Path, default=RESULTS / date.today().isoformat())
    asked = parser.parse_args(arguments)
    settings = ScenarioSettings(
        seconds=asked.seconds,
        repeats=asked.repeats,
        workers=asked.workers,
        reproducible=asked.reproducible,
    )
    path = asked.out / "what_if.json"
    record: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    record["machine"] = machine()
    for part in asked.part or PARTS:
        record[part] = PARTS[part](settings, asked.jobs) | {
            "settings": settings.model_dump(mode="json")
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record, indent=2, allow_nan=False) + "\n", "utf-8")
    print(table(record))


if __name__ == "__main__":
    main()
