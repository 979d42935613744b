"""Who works on which run: taken by one worker at a time, given back, or taken away.

A claim is a secret of the worker that holds the run. Whatever a worker writes, it writes only
where the run still carries its claim; so a worker that was given up for dead cannot publish.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from api.store import events, runs
from api.store.tables import KEYS, RUNS
from api.wire.events import StatusEvent
from api.wire.run import Answer
from api.wire.status import WAITING, Failure, Operation, RunStatus

ALL = frozenset(Operation)
"""Whatever waits."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A run that was taken."""

    run: str
    claim: str
    seconds_allowed: float


def take_next(
    connection: Connection,
    claim: str,
    now: int,
    key_solving_limit: int,
    only: frozenset[Operation] = ALL,
) -> Claimed | None:
    """Take the next run: of the key with the fewest under way, then of the one served longest ago.

    Within a key the oldest comes first. None where nothing waits that may be taken now. `only`:
    what is looked for, and counted as under way.
    """
    solving = (
        select(RUNS.c.api_key, func.count().label("under_way"))
        .where(RUNS.c.status == RunStatus.SOLVING.value, RUNS.c.operation.in_(only))
        .group_by(RUNS.c.api_key)
        .subquery()
    )
    under_way = func.coalesce(solving.c.under_way, 0)
    waiting = select(RUNS.c.api_key).where(RUNS.c.status.in_(WAITING), RUNS.c.operation.in_(only))
    in_turn = (
        select(KEYS.c.id)
        .select_from(KEYS.outerjoin(solving, solving.c.api_key == KEYS.c.id))
        .where(KEYS.c.id.in_(waiting), under_way < key_solving_limit)
        .order_by(under_way, KEYS.c.last_claim_at, KEYS.c.id)
    )
    for key in connection.execute(in_turn).scalars().all():
        taken = _take_of(connection, key, claim, now, key_solving_limit, only)
        if taken is not None:
            return taken
    return None


def _take_of(
    connection: Connection,
    key: str,
    claim: str,
    now: int,
    limit: int,
    only: frozenset[Operation],
) -> Claimed | None:
    """The oldest of a key. The key's row is locked, so that two servers count the same runs."""
    connection.execute(select(KEYS.c.id).where(KEYS.c.id == key).with_for_update())
    of_key = select(func.count()).where(RUNS.c.api_key == key, RUNS.c.operation.in_(only))
    if connection.execute(of_key.where(RUNS.c.status == RunStatus.SOLVING.value)).scalar_one() >= (
        limit
    ):
        return None
    oldest = (
        select(RUNS.c.id, RUNS.c.seconds_allowed)
        .where(RUNS.c.api_key == key, RUNS.c.status.in_(WAITING), RUNS.c.operation.in_(only))
        .order_by(RUNS.c.number)
        .limit(1)
    )
    row = connection.execute(oldest).first()
    if row is None:
        return None
    taken = connection.execute(
        update(RUNS)
        .where(RUNS.c.id == row.id, RUNS.c.status.in_(WAITING))
        .values(
            status=RunStatus.SOLVING.value,
            claim=claim,
            beat_at=now,
            started_at=func.coalesce(RUNS.c.started_at, now),
            attempts=RUNS.c.attempts + 1,
        )
    )
    if not taken.rowcount:
        return None
    connection.execute(update(KEYS).where(KEYS.c.id == key).values(last_claim_at=now))
    events.tell(connection, row.id, StatusEvent(status=RunStatus.SOLVING), now)
    return Claimed(row.id, claim, row.seconds_allowed)


def holds(connection: Connection, run: str, claim: str) -> bool:
    """True where the run still carries the claim; its row is locked until the transaction ends."""
    asked = select(RUNS.c.claim).where(RUNS.c.id == run).with_for_update()
    return connection.execute(asked).scalar() == claim


def beat(
    connection: Connection, run: str, claim: str, now: int, spent: float | None = None
) -> bool | None:
    """Say that the worker lives. Whether it is asked to stop; None: the run is no longer its.

    `spent`: seconds of work on the run, in all attempts, where they are known.
    """
    if not holds(connection, run, claim):
        return None
    told: dict[str, float] = {"beat_at": now}
    if spent is not None:
        told["seconds_spent"] = spent
    connection.execute(update(RUNS).where(RUNS.c.id == run).values(told))
    return bool(connection.execute(select(RUNS.c.stop_asked).where(RUNS.c.id == run)).scalar())


def publish(
    connection: Connection,
    run: str,
    claim: str,
    status: RunStatus,
    now: int,
    *,
    failure: Failure | None = None,
    answer: Answer | None = None,
) -> bool:
    """End a run with its answer, once: False where the run is no longer the worker's."""
    if not holds(connection, run, claim):
        return False
    runs.end(connection, run, status, now, failure=failure, answer=answer)
    return True


def give_back(
    connection: Connection, run: str, claim: str, now: int, *, blameless: bool = False
) -> bool:
    """A run goes back to wait; `blameless`: the attempt does not count (the server is leaving)."""
    if not holds(connection, run, claim):
        return False
    row = connection.execute(select(RUNS).where(RUNS.c.id == run)).mappings().one()
    if row["stop_asked"]:
        runs.end(connection, run, RunStatus.STOPPED, now)
        return True
    connection.execute(
        update(RUNS)
        .where(RUNS.c.id == run)
        .values(
            status=RunStatus.INTERRUPTED.value,
            claim=None,
            attempts=row["attempts"] - 1 if blameless else row["attempts"],
        )
    )
    events.tell(connection, run, StatusEvent(status=RunStatus.INTERRUPTED), now)
    return True


def give_up_or_back(
    connection: Connection, run: str, claim: str, now: int, max_attempts: int
) -> None:
    """What becomes of a run whose worker is lost: it waits again, or has failed too often."""
    if not holds(connection, run, claim):
        return
    attempts = connection.execute(select(RUNS.c.attempts).where(RUNS.c.id == run)).scalar_one()
    if attempts < max_attempts:
        give_back(connection, run, claim, now)
    else:
        runs.end(connection, run, RunStatus.FAILED, now, failure=Failure.WORKER_LOST)


def silent_since(connection: Connection, moment: int) -> list[Claimed]:
    """Runs whose worker has not been heard of since."""
    asked = select(RUNS.c.id, RUNS.c.claim, RUNS.c.seconds_allowed).where(
        RUNS.c.status == RunStatus.SOLVING.value, RUNS.c.beat_at < moment
    )
    return [Claimed(row.id, row.claim, row.seconds_allowed) for row in connection.execute(asked)]
