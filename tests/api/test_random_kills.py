"""Servers and workers killed at random moments: no run lost, none published twice, store intact."""

import os
import random
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

RUNS = "/v1/schedules"
KILLS = 50
WAITING = 4


@pytest.mark.long
def test_fifty_kills(
    start: Callable[..., Any], tmp_path: Path, submission: Callable[..., dict[str, Any]]
) -> None:
    """Half of the kills meet the server, half a worker; new runs come in all the while."""
    chance = random.Random(7)
    path = tmp_path / "runs.db"
    server = start(f"sqlite:///{path}")
    asked: list[str] = []
    answers: dict[str, str] = {}

    def look() -> None:
        """What is published once must stay as it is."""
        for address in asked:
            answer = server.client.get(address)
            assert answer.status_code == 200
            if answer.json()["metadata"]["ended"] is not None:
                assert answers.setdefault(address, answer.text) == answer.text

    for number in range(KILLS):
        while len(asked) - len(answers) < WAITING:
            key = {"Idempotency-Key": f"run-{len(asked)}"}
            sent = server.client.post(RUNS, json=submission(), headers=key)
            assert sent.status_code == 202
            asked.append(sent.headers["location"])
        with suppress(subprocess.TimeoutExpired):
            server.process.wait(chance.uniform(0.05, 4.0))
        if number % 2:
            server.end(signal.SIGKILL)
            server = start(f"sqlite:///{path}")
        else:
            for worker in server.workers():
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
        look()
    for address in asked:
        with server.client.stream("GET", f"{address}/events") as stream:
            told = [line for line in stream.iter_lines() if line.startswith("data: ")]
        final = [line for line in told if '"completed"' in line or '"failed"' in line]
        assert len(final) == 1
        assert final == told[-1:]
    look()
    assert len(answers) == len(asked)
    server.end(signal.SIGTERM)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        published = connection.execute("SELECT count(*), count(DISTINCT run) FROM answers")
        (total, runs) = published.fetchone()
        assert total == runs
