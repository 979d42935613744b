"""The description of a problem: how large it is, how loaded, and what cannot be avoided."""

import time
from pathlib import Path

from benchmarks.cases import CASES
from benchmarks.records import Instance, write
from engine.solver.build_model import build_model
from engine.solver.floor import floor_millipoints
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.weights import MILLIPOINTS


def describe_instance(folder: Path, case: str, seed: int) -> None:
    """Writes size, load and floor of a problem, and how long the start-count model takes."""
    made = CASES[case].make(seed)
    locked = locked_bookings(made.problem, made.horizon)
    lacking = lacking_resources(made.problem, made.horizon, locked)
    began = time.perf_counter()
    model = build_model(made.problem, made.horizon, locked=locked, lacking=lacking)
    built = time.perf_counter() - began
    summary = made.summary
    demand, booked, capacity = summary.demand, summary.booked, summary.capacity
    instance = Instance(
        case=case,
        seed=seed,
        visits=summary.due_now,
        bookings=summary.booked_in_horizon,
        clinic_share=round((demand.clinic + booked.clinic) / capacity.clinic, 4),
        assistant_share=round((demand.assistant + booked.assistant) / capacity.assistant, 4),
        doctor_share=round((demand.doctor + booked.doctor) / capacity.doctor, 4),
        floor=floor_millipoints(model) / MILLIPOINTS,
        columns=model.program.size,
        rows=len(model.program.row_lower),
        build_seconds=round(built, 3),
    )
    write(folder / "instances" / instance.file, instance)
