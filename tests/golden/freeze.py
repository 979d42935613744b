"""Write the frozen problems anew: `python tests/golden/freeze.py [NAME ...]` from the root.

Only where a change is meant to change the optimum (a price, a rule, a KPI): the difference in the
files then says what it did. The problems themselves stay as they are; without a file, a problem is
generated first.
"""

import json
import sys
from pathlib import Path
from typing import Any

from engine.filling.fill import FillSettings, fill_days
from engine.generate import generate
from engine.practice import Horizon, Problem
from engine.result import Result

FOLDER = Path(__file__).parent
SETTINGS = FillSettings(time_limit=60.0, gap=0.0, workers=1)
SEEDS: dict[str, dict[str, Any]] = {
    "one_doctor_day_half_booked": {"profile": "one-doctor", "visits": 40, "seed": 2, "booked": 0.5},
    "doctor_units_day": {"profile": "one-doctor-units", "visits": 40, "seed": 4, "booked": 0.5},
    "two_doctor_day": {"profile": "two-doctor", "visits": 16, "seed": 3, "booked": 0.3},
}


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


def read(name: str) -> tuple[Problem, Horizon, dict[str, Any]]:
    """The problem, its dates, and what a fill has to say."""
    stored = json.loads(path_of(name).read_text("utf-8"))
    problem = Problem.model_validate_json(json.dumps(stored["problem"]))
    horizon = Horizon.model_validate_json(json.dumps(stored["horizon"]))
    return problem, horizon, stored["expected"]


def expected_of(result: Result) -> dict[str, Any]:
    """What is compared: never who is placed where, for equals may be exchanged."""
    return {
        "status": result.status.value,
        "objective": result.objective,
        "kpis": {value.kpi: value.quanta for value in result.kpis},
    }


def _generated(profile: str, visits: int, seed: int, booked: float) -> tuple[Problem, Horizon]:
    made = generate(profile, visits, seed, booked_share=booked)
    return made.problem, Horizon(start=made.horizon.start, days=1)


def freeze(name: str) -> None:
    """Solve the problem and write down how good the best schedule is."""
    if path_of(name).exists():
        problem, horizon, _ = read(name)
    else:
        problem, horizon = _generated(**SEEDS[name])
    stored = {
        "generated": SEEDS[name],
        "horizon": horizon.model_dump(mode="json"),
        "expected": expected_of(fill_days(problem, horizon, SETTINGS)),
        "problem": problem.model_dump(mode="json", exclude_defaults=True),
    }
    path_of(name).write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SEEDS:
        freeze(chosen)
