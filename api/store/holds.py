"""Times that are held or committed in the book of a run, and the version of that book."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, insert, select, update

from api.store.packing import pack, unpack
from api.store.tables import HOLDS, RUNS
from engine.schedule import Hold


class HoldState(StrEnum):
    """What became of a hold."""

    HELD = "held"
    COMMITTED = "committed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class KeptHold:
    """A hold with its id and state."""

    id: str
    run: str
    state: HoldState
    hold: Hold


def version_of(connection: Connection, run: str, *, locked: bool = False) -> int:
    """Changes with every hold, commit and release. `locked`: nobody else changes it meanwhile."""
    asked = select(RUNS.c.book_version).where(RUNS.c.id == run)
    return int(connection.execute(asked.with_for_update() if locked else asked).scalar_one())


def taken(connection: Connection, run: str) -> tuple[KeptHold, ...]:
    """What is held or committed, in the order in which it came."""
    asked = select(HOLDS).where(HOLDS.c.run == run, HOLDS.c.state != HoldState.RELEASED.value)
    return tuple(map(_kept, connection.execute(asked.order_by(HOLDS.c.number)).mappings()))


def find(connection: Connection, practice: str, hold: str) -> KeptHold | None:
    """A hold of a practice's run; None where it is not there or another practice's."""
    asked = (
        select(HOLDS)
        .join(RUNS, RUNS.c.id == HOLDS.c.run)
        .where(HOLDS.c.id == hold, RUNS.c.practice == practice)
    )
    row = connection.execute(asked).mappings().first()
    return None if row is None else _kept(row)


def keep(connection: Connection, kept: KeptHold, now: int) -> int:
    """Write a new hold; returns the book's new version."""
    body = pack(kept.hold.model_dump_json().encode())
    connection.execute(
        insert(HOLDS).values(
            id=kept.id, run=kept.run, state=kept.state.value, body=body, created_at=now
        )
    )
    return _next_version(connection, kept.run)


def change(connection: Connection, kept: KeptHold, state: HoldState) -> int:
    """Give a hold another state; returns the book's new version."""
    connection.execute(update(HOLDS).where(HOLDS.c.id == kept.id).values(state=state.value))
    return _next_version(connection, kept.run)


def _next_version(connection: Connection, run: str) -> int:
    connection.execute(
        update(RUNS).where(RUNS.c.id == run).values(book_version=RUNS.c.book_version + 1)
    )
    return version_of(connection, run)


def _kept(row: RowMapping) -> KeptHold:
    hold = Hold.model_validate_json(unpack(row["body"]))
    return KeptHold(row["id"], row["run"], HoldState(row["state"]), hold)
