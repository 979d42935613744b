"""The typed client through a whole life cycle, and what it raises."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from api.client import ModelDay, ServiceError
from api.clock import now_ms
from api.services.service import Service
from api.settings import ServiceSettings
from api.store.purge import purge
from api.wire.events import ProgressEvent, StatusEvent
from api.wire.fork import AcceptRequest, ForkRequest
from api.wire.status import Operation, RunStatus
from api.wire.submission import Submission

Serve = Callable[[ServiceSettings], Any]


@pytest.fixture
def asked(submission: Callable[..., dict[str, Any]]) -> Submission:
    return Submission.model_validate(submission(tags=["client"]))


def test_a_whole_life_cycle(serve: Serve, settings: ServiceSettings, asked: Submission) -> None:
    served = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05}))
    with ModelDay(served.address, seconds=300) as client:
        made = client.submit(asked, idempotency_key="once")
        assert client.submit(asked, idempotency_key="once").id == made.id
        events = list(client.watch(made.id))
        assert events[0] == StatusEvent(status=RunStatus.QUEUED)
        assert events[-1] == StatusEvent(status=RunStatus.COMPLETED)
        assert any(isinstance(event, ProgressEvent) for event in events)
        run = client.run(made.id)
        assert run.schedule is not None
        assert client.verify(asked.problem, run.schedule).ok
        assert client.input(made.id) == asked
        assert client.unplaced(made.id) == ()
        assert client.table(made.id).startswith("visit,")
        assert "<svg" in client.day_sheet(made.id)
        accepted = client.accept(made.id, AcceptRequest(visits=("V1",)))
        assert accepted.valid == ("V1",)
        forked = client.fork(made.id, ForkRequest(without=("V2",), pins=("V1",)))
        second = client.wait(forked.id)
        assert second.metadata.status is RunStatus.COMPLETED
        assert second.metadata.parent == made.id
        assert second.schedule is not None
        assert set(second.schedule.placement_of) == {"V1", "V3"}
        kept, before = second.schedule.placement_of["V1"], run.schedule.placement_of["V1"]
        assert kept.start == before.start
        assert [found.id for found in client.runs(tag="client")] == [made.id]
        assert client.stop(made.id).status is RunStatus.COMPLETED


def test_refusals_are_raised_with_every_fault(
    serve: Serve, settings: ServiceSettings, asked: Submission
) -> None:
    served = serve(settings.model_copy(update={"queue_limit": 1, "retry_after_seconds": 9}))
    with ModelDay(served.address, seconds=300) as client:
        made = client.submit(asked)
        with pytest.raises(ServiceError) as full:
            client.submit(asked)
        assert (full.value.document.status, full.value.retry_after) == (429, 9.0)
        with pytest.raises(ServiceError) as none:
            client.submit(asked, Operation.MEASURE)
        assert none.value.document.type.endswith("schedule-missing")
        with pytest.raises(ServiceError) as missing:
            client.unplaced(made.id)
        assert missing.value.document.status == 409
        with pytest.raises(ServiceError):
            next(client.watch("run_000000000000000000000000"))


def test_the_watch_of_a_run_without_content_ends(
    serve: Serve,
    settings: ServiceSettings,
    asked: Submission,
    work_off: Callable[[Service], None],
) -> None:
    served = serve(settings)
    with ModelDay(served.address) as client:
        made = client.submit(asked, Operation.VALIDATE)
        work_off(served.service)
        with served.service.database.writing() as connection:
            assert purge(connection, now_ms() + 1, now_ms()) == 1
        assert list(client.watch(made.id)) == []
        run = client.wait(made.id)
        assert (run.metadata.status, run.metadata.purged) == (RunStatus.COMPLETED, True)


def test_a_broken_line_is_taken_up_where_it_broke(monkeypatch: pytest.MonkeyPatch) -> None:
    """Event 1 comes, the line breaks, it breaks again at once, then the rest is asked for."""
    monkeypatch.setattr("api.client.client._RETRY_SECONDS", 0.0)
    run = "run_000000000000000000000000"
    told = [StatusEvent(status=status) for status in (RunStatus.QUEUED, RunStatus.COMPLETED)]
    asked_after: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == f"/v1/schedules/{run}/events"
        asked_after.append(request.headers.get("last-event-id"))
        if len(asked_after) == 2:
            raise httpx.ConnectError("no line")
        number = len(asked_after) // 2
        first = f"id: {number + 1}\ndata: {told[number].model_dump_json()}\n\n".encode()
        return httpx.Response(200, stream=Broken(first))

    class Broken(httpx.SyncByteStream):
        def __init__(self, text: bytes) -> None:
            self.text = text

        def __iter__(self) -> Iterator[bytes]:
            yield self.text
            raise httpx.ReadError("broken")

    with ModelDay("http://service", transport=httpx.MockTransport(answer)) as client:
        assert list(client.watch(run)) == told
    assert asked_after == [None, "1", "1"]


def test_what_the_service_says_of_itself_and_of_files(
    serve: Serve, settings: ServiceSettings
) -> None:
    with ModelDay(serve(settings).address) as client:
        assert {"duplicate-chair", "time-zone-unknown"} <= {one.code for one in client.codes()}
        assert "small" in {one.id for one in client.demos()}
        problem = client.demo("small").problem
        read = client.read_files({"problem.json": problem.model_dump_json().encode()})
        assert read.problem == problem


def test_an_answer_of_somebody_else_is_an_error_too() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(502, text="<html>bad gateway</html>"))
    with (
        ModelDay("http://service", transport=transport) as client,
        pytest.raises(ServiceError) as found,
    ):
        client.run("run_000000000000000000000000")
    assert found.value.document.status == 502
