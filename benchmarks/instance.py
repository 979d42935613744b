"""The description of a problem: how large it is, how loaded, and what cannot be avoided."""

import time
from pathlib import Path

from benchmarks.cases import CASES
from benchmarks.load import shares_of
from benchmarks.records import Instance, write
from engine.certificate.bound import PricedProblem
from engine.generate import Generated
from engine.solver.build_model import build_model
from engine.solver.floor import floor_millipoints
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.weights import MILLIPOINTS


def describe_instance(folder: Path, name: str, seed: int) -> None:
    """Writes size, load and floor of a problem, and how long the start-count model takes.

    Over several weeks nobody builds the model as a whole; there the floor is the certificate's.
    """
    case = CASES[name]
    made = case.make(seed)
    shares = shares_of(made)
    floor, columns, rows, built = _without_model(made) if case.weeks > 1 else _model(made)
    instance = Instance(
        case=name,
        seed=seed,
        visits=made.summary.due_now,
        bookings=made.summary.booked_in_horizon,
        clinic_share=round(shares.clinic, 4),
        assistant_share=round(shares.assistant, 4),
        doctor_share=round(shares.doctor, 4),
        load=round(shares.load, 4),
        floor=floor / MILLIPOINTS,
        columns=columns,
        rows=rows,
        build_seconds=built,
    )
    write(folder / "instances" / instance.file, instance)


def _model(made: Generated) -> tuple[float, int, int, float]:
    """Floor in millipoints, columns, rows, seconds of building."""
    locked = locked_bookings(made.problem, made.horizon)
    lacking = lacking_resources(made.problem, made.horizon, locked)
    began = time.perf_counter()
    model = build_model(made.problem, made.horizon, locked=locked, lacking=lacking)
    built = round(time.perf_counter() - began, 3)
    return floor_millipoints(model), model.program.size, len(model.program.row_lower), built


def _without_model(made: Generated) -> tuple[float, int | None, int | None, float | None]:
    """Each visit at its cheapest place, in millipoints."""
    priced = PricedProblem(made.problem, made.horizon, frozenset())
    return priced.bound(()), None, None, None
