"""Every method of the client, from a question to a committed time, by ETags where it has them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.client import ModelDay, ServiceError
from api.settings import ServiceSettings
from api.wire.events import StatusEvent, StepEvent
from api.wire.examples import CALLER, EXAMPLES
from api.wire.fork import AcceptRequest
from api.wire.model_days import ModelDaySubmission
from api.wire.openings import CommitRequest, FillHoleRequest, HoldRequest, RecommendRequest
from api.wire.run import Run
from api.wire.status import Operation, RunStatus
from api.wire.submission import Submission
from api.wire.what_if import WhatIfSubmission
from engine.practice import Visit

WRONG = '"another"'


@pytest.fixture
def client(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> Iterator[ModelDay]:
    served = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05}))
    with ModelDay(served.address, seconds=300) as made:
        yield made


@pytest.fixture
def measured(client: ModelDay) -> Run:
    """V1 at 08:00 in the only chair; V2 and V3 have no time."""
    asked = Submission.model_validate(EXAMPLES["Submission"])
    return client.wait(client.submit(asked, Operation.MEASURE).id)


def caller() -> Visit:
    return Visit.model_validate(CALLER)


def test_a_schedule_is_looked_at_from_all_sides(client: ModelDay, measured: Run) -> None:
    run = measured.metadata.id
    assert client.metadata(run) == measured.metadata
    assert client.tagged_run(run).etag is not None
    assert client.tagged_metadata(run).etag == client.tagged_run(run).etag
    assert {one.visit for one in client.unplaced(run)} == {"V2", "V3"}
    why = client.explanations(run, ("V2",))
    assert [one.visit for one in why.explanations] == ["V2"]
    (title, row) = client.calls(run).splitlines()
    assert "V1" in row.split(",")
    assert title.count(",") == row.count(",")


def test_a_time_is_offered_held_committed_and_given_back(client: ModelDay, measured: Run) -> None:
    run = measured.metadata.id
    first, *_ = client.recommend(RecommendRequest(run=run, visit=caller()))
    wanted = HoldRequest(run=run, visit=caller(), date=first.date, start=first.start)
    held = client.hold(wanted)
    assert held.value.hold.placement.start == first.start
    with pytest.raises(ServiceError) as taken:
        client.hold(wanted)
    assert taken.value.document.status == 409
    commit = CommitRequest(hold=held.value.id)
    with pytest.raises(ServiceError) as changed:
        client.commit(commit, WRONG)
    assert changed.value.document.status == 412
    booking = client.commit(commit, held.etag)
    assert (booking.visit.id, booking.start) == ("CALL1", first.start)
    client.give_back(held.value.id)
    again, *_ = client.recommend(RecommendRequest(run=run, visit=caller()))
    assert again.start == first.start
    waiting = client.fill_hole(FillHoleRequest(run=run, visit_id="V1"))
    assert {one.visit for one in waiting} == {"V2", "V3"}


def test_what_was_seen_is_what_is_acted_on(client: ModelDay, measured: Run) -> None:
    run = measured.metadata.id
    with pytest.raises(ServiceError) as changed:
        client.accept(run, AcceptRequest(), WRONG)
    assert changed.value.document.status == 412
    assert client.accept(run, AcceptRequest(), client.tagged_run(run).etag).valid == ("V1",)
    with pytest.raises(ServiceError) as moved:
        client.stop(run, WRONG)
    assert moved.value.document.status == 412
    assert client.stop(run, client.tagged_metadata(run).etag).status is RunStatus.COMPLETED


def test_scenarios_are_compared(client: ModelDay) -> None:
    asked = WhatIfSubmission.model_validate(EXAMPLES["WhatIfSubmission"])
    made = client.what_if(asked, idempotency_key="once")
    assert client.what_if(asked, idempotency_key="once").id == made.id
    told = list(client.watch(made.id))
    assert any(isinstance(event, StepEvent) for event in told)
    assert told[-1] == StatusEvent(status=RunStatus.COMPLETED)
    outcomes = client.comparison(made.id).outcomes
    assert "open an hour longer" in {one.name for one in outcomes}
    assert "open an hour longer" in client.comparison_page(made.id)


def test_model_days_are_designed(client: ModelDay) -> None:
    asked = ModelDaySubmission.model_validate(EXAMPLES["ModelDaySubmission"])
    made = client.model_days(asked, idempotency_key="once")
    assert client.wait(made.id).metadata.status is RunStatus.COMPLETED
    designed = client.designed(made.id)
    assert {day.id for day in designed.practice.model_days} >= {
        one.model_day.id for one in designed.built.days
    }
    assert "<svg" in client.designed_page(made.id)
