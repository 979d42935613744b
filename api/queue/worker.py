"""The process that solves one run: `python -m api.queue.worker`, told its run on its input.

Whatever happens here (a crash, a kill, no memory) ends this process and nothing else. The run is
then given to another one, which goes on from the best schedule that this one kept.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from api.clock import now_ms
from api.queue.operations import carry_out
from api.queue.reporter import Reporter
from api.queue.told import Told
from api.store import claims, runs
from api.store.database import Database
from api.trouble import say_trouble
from api.wire.run import Answer
from api.wire.status import Failure, RunStatus

_OOM_PREFERENCE = "500"
"""Where memory runs out, a worker is to go before the service."""


class _Leaving(BaseException):
    """The server is going down: give the run back."""


def main() -> None:
    """Solve the run; nothing is printed but the place of a fault, without values."""
    _prepare_process()
    told = Told.model_validate_json(sys.stdin.readline())
    database = Database(told.settings.database)
    try:
        _solve(told, database)
    except _Leaving:
        with database.writing() as connection:
            claims.give_back(connection, told.run, told.claim, now_ms(), blameless=True)
    finally:
        database.close()


def _solve(told: Told, database: Database) -> None:
    with database.reading() as connection:
        row = runs.row_of(connection, told.run)
        body = runs.input_of(connection, told.run)
        earlier = runs.incumbent_of(connection, told.run)
    if body is None:
        return
    spent = max(row["seconds_spent"], 0.0 if earlier is None else earlier.seconds)
    with Reporter(told, database, spent) as reporter:
        try:
            status, failure, answer = carry_out(row["operation"], body, earlier, reporter)
        except Exception as error:
            say_trouble("worker", error)
            status, failure, answer = RunStatus.FAILED, Failure.INTERNAL, Answer()
    with database.writing() as connection:
        claims.publish(
            connection, told.run, told.claim, status, now_ms(), failure=failure, answer=answer
        )


def _prepare_process() -> None:
    # A shell that starts the service in the background leaves Ctrl-C ignored, and with it the
    # interrupt by which a run is stopped early.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _leave)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_PREFERENCE, encoding="ascii")


def _leave(_: int, __: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Leaving


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # a stop that comes after the answer changes nothing
        main()
    sys.stdout.flush()
    os._exit(0)
