"""A run from its submission to its end, at a real server with real worker processes."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from api.settings import ServiceSettings
from api.store import claims

Submission = Callable[..., dict[str, Any]]
Serve = Callable[[ServiceSettings], Any]


@pytest.fixture
def solving(settings: ServiceSettings) -> ServiceSettings:
    return settings.model_copy(update={"processes": 1, "poll_seconds": 0.05})


def watch(client: httpx.Client, address: str, after: str | None = None) -> Iterator[dict[str, Any]]:
    """The events of a run, each with its `id`, as long as it goes on."""
    headers = {} if after is None else {"Last-Event-ID": after}
    with client.stream("GET", f"{address}/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        event: dict[str, Any] = {}
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if name == "data":
                event |= json.loads(value)
            elif name == "id":
                event["id"] = value
            elif not line and event:
                yield event
                event = {}


def statuses(events: list[dict[str, Any]]) -> list[str]:
    return [event["status"] for event in events if event["kind"] == "status"]


def test_submit_watch_fetch(serve: Serve, solving: ServiceSettings, submission: Submission) -> None:
    client = serve(solving).client
    sent = submission(tags=["monday"], external={"ours": "42"})
    accepted = client.post("/v1/schedules", json=sent)
    assert accepted.status_code == 202
    address = accepted.headers["location"]
    assert address == f"/v1/schedules/{accepted.json()['id']}"
    events = list(watch(client, address))
    assert statuses(events) == ["queued", "solving", "completed"]
    assert [event["id"] for event in events] == [str(n + 1) for n in range(len(events))]
    assert list(watch(client, address, after=events[-2]["id"])) == events[-1:]

    run = client.get(address).json()
    assert run["metadata"]["status"] == "completed"
    assert run["metadata"]["external"] == {"ours": "42"}
    assert run["result"]["status"] == "optimal"
    # The practice has no model day, so following it costs nothing.
    assert run["result"]["regret"]["estimate"] == 0
    # Three visits of 30 minutes fit into four hours: all have a time.
    assert {placed["visit"] for placed in run["schedule"]["placements"]} == {"V1", "V2", "V3"}
    assert run["objective"] == pytest.approx(sum(kpi["points"] for kpi in run["kpis"]))
    assert client.get(f"{address}/input").json() == sent
    assert client.get(f"{address}/unplaced").json() == {"unplaced": []}
    page = client.get(f"{address}/day-sheet")
    assert page.headers["content-type"].startswith("text/html")
    assert "C1" in page.text
    table = client.get(f"{address}/schedule.csv")
    # A header and a row for the only stage of each visit.
    assert len(table.text.splitlines()) == 4
    verdict = client.post(
        "/v1/schedules/verify", json={"problem": sent["problem"], "schedule": run["schedule"]}
    )
    assert verdict.json()["ok"] is True


def test_a_question_with_faults_fails_with_all_of_them(
    serve: Serve, solving: ServiceSettings, submission: Submission
) -> None:
    client = serve(solving).client
    sent = submission()
    sent["problem"]["practice"]["chairs"].append({"id": "C1", "kind": "clinic"})
    sent["problem"]["practice"]["time_zone"] = "Nowhere/Land"
    address = client.post("/v1/schedules", json=sent).headers["location"]
    assert statuses(list(watch(client, address)))[-1] == "failed"
    run = client.get(address).json()
    assert run["metadata"]["failure"] == "input"
    assert {"duplicate-chair", "time-zone-unknown"} <= {one["code"] for one in run["validation"]}
    assert run["schedule"] is None


def test_validate_and_measure(
    serve: Serve, solving: ServiceSettings, submission: Submission
) -> None:
    client = serve(solving).client
    sent = submission()
    sent["problem"]["visits"][0]["procedure"] = "NONE"
    asked = client.post("/v1/schedules?operation=validate", json=sent).headers["location"]
    assert statuses(list(watch(client, asked)))[-1] == "completed"
    codes = {one["code"] for one in client.get(asked).json()["validation"]}
    assert "visit-unknown-procedure" in codes

    empty = {"start": "2026-01-12", "days": 1}
    unplaced = [{"visit": f"V{number}", "reason": "test"} for number in (1, 2, 3)]
    sent = submission(schedule={**empty, "unplaced": unplaced})
    asked = client.post("/v1/schedules?operation=measure", json=sent).headers["location"]
    assert statuses(list(watch(client, asked)))[-1] == "completed"
    figures = {kpi["kpi"]: kpi["value"] for kpi in client.get(asked).json()["kpis"]}
    assert figures["displaced_bookings"] == 0
    assert figures["unplaced_visits"] > 0


def test_a_stop_keeps_the_best(
    serve: Serve, solving: ServiceSettings, long_one: dict[str, Any]
) -> None:
    client = serve(solving).client
    address = client.post("/v1/schedules", json=long_one).headers["location"]
    seen, asked = [], False
    for event in watch(client, address):
        seen.append(event)
        if not asked and event["kind"] == "progress" and event["objective"] is not None:
            assert client.delete(address).status_code == 202
            asked = True
    assert statuses(seen)[-1] == "stopped"
    run = client.get(address).json()
    assert run["schedule"]["placements"]
    told = [event["objective"] for event in seen if event.get("objective") is not None]
    assert run["objective"] <= told[0]
    assert client.delete(address).json()["status"] == "stopped"


def test_a_check_does_not_wait_behind_a_solve(
    serve: Serve, solving: ServiceSettings, submission: Submission, long_one: dict[str, Any]
) -> None:
    client = serve(solving).client
    long = client.post("/v1/schedules", json=long_one).headers["location"]
    behind = client.post("/v1/schedules", json=submission()).headers["location"]
    asked = client.post("/v1/schedules?operation=validate", json=submission()).headers["location"]
    assert statuses(list(watch(client, asked))) == ["queued", "solving", "completed"]
    assert client.get(f"{behind}/metadata").json()["status"] == "queued"
    assert client.get(f"{long}/metadata").json()["status"] in ("queued", "solving")
    for address in (behind, long):
        client.delete(address)
    assert statuses(list(watch(client, long)))[-1] == "stopped"


def test_a_waiting_run_is_stopped_at_once(
    serve: Serve, settings: ServiceSettings, submission: Submission
) -> None:
    client = serve(settings).client
    address = client.post("/v1/schedules", json=submission()).headers["location"]
    assert client.delete(address).json()["status"] == "stopped"
    assert statuses(list(watch(client, address))) == ["queued", "stopped"]
    assert client.get(f"{address}/unplaced").status_code == 409


def test_a_killed_worker_costs_nothing_but_time(
    serve: Serve, solving: ServiceSettings, long_one: dict[str, Any]
) -> None:
    served = serve(solving)
    client = served.client
    address = client.post("/v1/schedules", json=long_one).headers["location"]
    seen: list[dict[str, Any]] = []
    before = None
    for event in watch(client, address):
        seen.append(event)
        if event["kind"] == "progress" and event["objective"] is not None:
            if before is None:
                before = client.get(address).json()["objective"]
                os.kill(served.service.keeper.process_ids[0], signal.SIGKILL)
            elif "interrupted" in statuses(seen):
                client.delete(address)
    assert statuses(seen) == ["queued", "solving", "interrupted", "solving", "stopped"]
    run = client.get(address).json()
    assert run["metadata"]["attempts"] == 2
    assert run["schedule"] is not None
    assert run["objective"] <= before
    assert client.get("/health").status_code == 200


def test_a_server_that_leaves_gives_its_run_to_the_next(
    serve: Serve, solving: ServiceSettings, submission: Submission, long_one: dict[str, Any]
) -> None:
    first = serve(solving)
    address = first.client.post("/v1/schedules", json=long_one).headers["location"]
    waiting = first.client.post("/v1/schedules", json=submission()).headers["location"]
    objective = next(
        event["objective"]
        for event in watch(first.client, address)
        if event["kind"] == "progress" and event["objective"] is not None
    )
    first.service.keeper.close()
    left = first.client.get(address).json()
    assert left["metadata"]["status"] == "interrupted"
    assert left["objective"] <= objective
    second = serve(solving).client
    seen = []
    for event in watch(second, address):
        seen.append(event)
        if event["kind"] == "progress" and "interrupted" in statuses(seen):
            second.delete(address)
    assert statuses(seen)[-1] == "stopped"
    assert second.get(address).json()["objective"] <= left["objective"]
    assert statuses(list(watch(second, waiting)))[-1] == "completed"


def test_a_worker_that_is_never_done_is_ended_and_the_run_given_up(
    serve: Serve, solving: ServiceSettings, submission: Submission
) -> None:
    # 20 ms after its start no worker has even loaded: each attempt meets its deadline.
    hasty = solving.model_copy(update={"grace_seconds": 0.01, "max_attempts": 2})
    client = serve(hasty).client
    sent = submission(limits={"time_limit": 0.01})
    address = client.post("/v1/schedules", json=sent).headers["location"]
    told = list(watch(client, address))
    assert statuses(told) == ["queued", "solving", "interrupted", "solving", "failed"]
    assert told[-1]["failure"] == "worker-lost"
    assert client.get("/ready").status_code == 200


def test_a_run_of_a_server_that_fell_silent_is_taken_over(
    serve: Serve,
    open_app: Callable[[ServiceSettings], Any],
    solving: ServiceSettings,
    submission: Submission,
) -> None:
    gone = open_app(solving.model_copy(update={"processes": 0})).state.service
    first = serve(solving.model_copy(update={"processes": 0})).client
    address = first.post("/v1/schedules", json=submission()).headers["location"]
    with gone.database.writing() as connection:
        taken = claims.take_next(connection, "claim of a server long gone", 1000, 9)
    assert taken is not None
    second = serve(solving).client
    assert statuses(list(watch(second, address)))[-1] == "completed"
    run = second.get(address).json()
    assert run["metadata"]["attempts"] == 2
    assert len(run["schedule"]["placements"]) == 3
