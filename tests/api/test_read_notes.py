"""Who read schedules is written down, once for each key, run and hour; `modelday audit` says it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from api.cli.main import app as command
from api.clock import now_ms
from api.services.read_notes import ReadNotes
from api.settings import ServiceSettings
from api.store import audit, claims, keys
from api.store.callers import Scope
from api.wire.comparison import ComparisonOnWire
from api.wire.examples import CALLER, EXAMPLES
from api.wire.run import Answer
from api.wire.status import RunStatus
from engine.what_if.scenarios import ScenarioSettings

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
HOUR = 3600 * 1000


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


def actions(app: FastAPI, run: str) -> list[str]:
    with app.state.service.database.reading() as connection:
        rows = audit.entries(connection, keys.LOCAL_KEY, run=run)
    return [row["action"] for row in rows]


def test_every_way_to_a_schedule_is_written_down_once(app: FastAPI, ask: Ask, ended: str) -> None:
    run = ended.rsplit("/", 1)[1]
    paths = {
        "": "read-run",
        "/input": "read-input",
        "/unplaced": "read-unplaced",
        "/explanations": "read-explanations",
        "/day-sheet": "read-page",
        "/schedule.csv": "read-table",
        "/calls.csv": "read-calls",
    }
    before = actions(app, run)
    for _ in range(2):
        for path in paths:
            assert ask(app, "GET", ended + path).status_code == 200, path
        who = {"run": run, "visit": CALLER}
        assert ask(app, "POST", "/v1/openings/recommend", json=who).status_code == 200
        hole = {"run": run, "visit_id": "V1"}
        assert ask(app, "POST", "/v1/openings/fill-hole", json=hole).status_code == 200
    found = actions(app, run)
    assert found == [*before, *paths.values(), "recommend", "fill-hole"]
    # What holds no schedule is nobody's secret from the practice's own keys.
    ask(app, "GET", f"{ended}/metadata")
    ask(app, "GET", "/v1/schedules")
    assert actions(app, run) == found
    # What is not handed out was not read.
    assert ask(app, "GET", f"{ended}/certificate").status_code == 409
    assert actions(app, run) == found


def test_a_comparison_is_read_as_well(app: FastAPI, ask: Ask) -> None:
    made = ask(app, "POST", "/v1/what-if", json=EXAMPLES["WhatIfSubmission"]).json()["id"]
    comparison = ComparisonOnWire(
        settings=ScenarioSettings(),
        base_bound=0.0,
        base_objectives=(),
        outcomes=(),
        stopped=False,
        left_out=(),
    )
    with app.state.service.database.writing() as connection:
        assert claims.take_next(connection, "claim", now_ms(), 9) is not None
        answer = Answer(comparison=comparison, page="<html></html>")
        claims.publish(connection, made, "claim", RunStatus.COMPLETED, now_ms(), answer=answer)
    for path in ("comparison", "page"):
        assert ask(app, "GET", f"/v1/what-if/{made}/{path}").status_code == 200
    assert actions(app, made) == ["what-if", "read-comparison", "read-page"]


def test_the_next_hour_another_key_and_another_run_are_written_down_again(
    app: FastAPI, ended: str
) -> None:
    service, now = app.state.service, 500 * HOUR
    notes = ReadNotes(service.database, lambda: now)
    first = keys.LOCAL_CALLER

    def written() -> list[tuple[str, int]]:
        with service.database.reading() as connection:
            rows = audit.entries(connection, keys.LOCAL_KEY)
        return [(row["run"], row["at"]) for row in rows if row["action"] == "read-run"]

    notes.note(first, "read-run", "a")
    now += HOUR - 1
    notes.note(first, "read-run", "a")
    notes.note(first, "read-run", "b")
    now += 1
    notes.note(first, "read-run", "a")
    assert written() == [("a", 500 * HOUR), ("b", 501 * HOUR - 1), ("a", 501 * HOUR)]
    # Another server remembers for itself.
    ReadNotes(service.database, lambda: now).note(first, "read-run", "a")
    assert len(written()) == 4


def test_the_log_by_command(tmp_path: Path, open_app: OpenApp, ask: Ask) -> None:
    url = f"sqlite:///{tmp_path / 'audit.db'}"
    app = open_app(ServiceSettings(database=url, processes=0, auth=True))
    with app.state.service.database.writing() as connection:
        made = keys.add(connection, "p1", Scope, 1_000)
        keys.add(connection, "p2", Scope, 1_000)
    mine = {"Authorization": f"Bearer {made}"}
    sent = ask(app, "POST", "/v1/schedules", json=EXAMPLES["Submission"], headers=mine)
    run = sent.json()["id"]
    ask(app, "GET", f"/v1/schedules/{run}", headers=mine)

    def listed(*words: str) -> list[list[str]]:
        result = CliRunner().invoke(command, ["audit", "p1", *words, "--database", url])
        assert result.exit_code == 0, result.output
        return [line.split("  ") for line in result.output.splitlines()]

    key = made.split("_")[1]
    rows = listed()
    assert rows[0] == ["1970-01-01 00:00:01 UTC", key, "key-add", "-"]
    assert [row[1:] for row in rows[1:]] == [[key, "solve", run], [key, "read-run", run]]
    assert listed("--since", "1970-01-01T00:00:02") == rows[1:]
    assert listed("--run", run) == rows[1:]
    everything: Any = CliRunner().invoke(command, ["audit", "p3", "--database", url])
    assert (everything.exit_code, everything.output) == (0, "")
