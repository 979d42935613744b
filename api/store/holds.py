"""Times that are held or committed in the book of a run, and the version of that book.

A hold ends by the clock of the service, whatever moment the caller plans for. One that is over is
not there for anybody, also before it is written down as released.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, or_, select, update

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
    """A hold with its id and state. `ends_at`: milliseconds since 1970, unless it is committed."""

    id: str
    run: str
    state: HoldState
    hold: Hold
    ends_at: int

    def is_over(self, now: int) -> bool:
        """True where the time is kept no longer, or was given back."""
        return self.state is HoldState.RELEASED or (
            self.state is HoldState.HELD and self.ends_at <= now
        )


def version_of(connection: Connection, run: str, *, locked: bool = False) -> int:
    """Changes with every hold, commit and release. `locked`: nobody else changes it meanwhile."""
    asked = select(RUNS.c.book_version).where(RUNS.c.id == run)
    return int(connection.execute(asked.with_for_update() if locked else asked).scalar_one())


def taken(connection: Connection, run: str, now: int) -> tuple[KeptHold, ...]:
    """What is held now or committed, in the order in which it came."""
    committed = HOLDS.c.state == HoldState.COMMITTED.value
    held = (HOLDS.c.state == HoldState.HELD.value) & (HOLDS.c.ends_at > now)
    return _listed(connection, run, or_(committed, held))


def over(connection: Connection, run: str, now: int) -> tuple[KeptHold, ...]:
    """What is held no longer and was not written down as released."""
    held = (HOLDS.c.state == HoldState.HELD.value) & (HOLDS.c.ends_at <= now)
    return _listed(connection, run, held)


def _listed(connection: Connection, run: str, which: ColumnElement[bool]) -> tuple[KeptHold, ...]:
    asked = select(HOLDS).where(HOLDS.c.run == run, which).order_by(HOLDS.c.number)
    return tuple(map(_kept, connection.execute(asked).mappings()))


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
            id=kept.id,
            run=kept.run,
            state=kept.state.value,
            body=body,
            created_at=now,
            ends_at=kept.ends_at,
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
    return KeptHold(row["id"], row["run"], HoldState(row["state"]), hold, row["ends_at"])
