"""How far a run is, beside its row, for lists."""

from sqlalchemy import Connection, update

from api.store.tables import RUNS
from engine.result import Result, TracePoint


def keep(connection: Connection, run: str, point: TracePoint) -> None:
    """Objective, bound and gap at a moment of the search."""
    values = {"objective": point.objective, "bound": point.bound, "gap": point.gap}
    connection.execute(update(RUNS).where(RUNS.c.id == run).values(values))


def keep_result(connection: Connection, run: str, result: Result) -> None:
    """The same at the end, with the floor."""
    values = {
        "objective": result.objective,
        "floor": result.floor,
        "bound": result.bound,
        "gap": result.gap,
    }
    connection.execute(update(RUNS).where(RUNS.c.id == run).values(values))
