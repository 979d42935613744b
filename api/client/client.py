"""The client: one method for each thing that the service does, in the engine's own types."""

import datetime as dt
import json
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self

import httpx
from pydantic import BaseModel, TypeAdapter

from api.client.errors import demand_success
from api.client.stream import events_of
from api.client.tagged import Answered, Tagged
from api.wire.built import ModelDaysOnWire
from api.wire.catalogue import CodeList, CodeOnWire, DemoList, DemoOnWire
from api.wire.comparison import ComparisonOnWire
from api.wire.events import Event, StatusEvent
from api.wire.fork import Accepted, AcceptRequest, ForkRequest
from api.wire.imports import Imported
from api.wire.model_days import ModelDaySubmission
from api.wire.openings import (
    CommitRequest,
    Committed,
    FillHoleRequest,
    HeldTime,
    HoldRequest,
    HoleFillers,
    Recommended,
    RecommendRequest,
)
from api.wire.repair import RepairRequest
from api.wire.responses import Responded, RespondRequest
from api.wire.run import Run, RunList, RunMetadata, UnplacedList
from api.wire.status import FINAL, Operation, RunStatus
from api.wire.submission import Submission
from api.wire.verdict import Verdict, VerifyRequest
from api.wire.what_if import WhatIfSubmission
from engine.certificate.certificate import Certificate
from engine.explain.answers import WhyReport
from engine.filling.openings.answers import Candidate, Opening
from engine.practice import Booking, Problem
from engine.schedule import Schedule, Unplaced

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_RUNS = "/v1/schedules"
_RETRY_SECONDS = 0.5


class ModelDay:
    """Speaks to a service. Raises ServiceError where it refuses, httpx.HTTPError without a line."""

    def __init__(
        self,
        address: str,
        key: str | None = None,
        *,
        seconds: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._http = httpx.Client(
            base_url=address, headers=headers, timeout=seconds, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def submit(
        self,
        submission: Submission,
        operation: Operation = Operation.SOLVE,
        idempotency_key: str | None = None,
    ) -> RunMetadata:
        """Queue a question. With a key it may be sent again without making a second run."""
        path = f"{_RUNS}?operation={operation.value}"
        answer = self._post(path, submission, idempotency_key)
        return RunMetadata.model_validate_json(answer.content)

    def runs(
        self, status: RunStatus | None = None, tag: str | None = None
    ) -> Iterator[RunMetadata]:
        """All runs of the practice, the newest first, page by page."""
        asked = {"status": status and status.value, "tag": tag}
        params = {name: value for name, value in asked.items() if value is not None}
        while True:
            page = RunList.model_validate_json(self._get(_RUNS, params).content)
            yield from page.runs
            if page.next is None:
                return
            params["cursor"] = page.next

    def run(self, run: str) -> Run:
        """The run with its answer, or the best schedule so far."""
        return self.tagged_run(run).value

    def tagged_run(self, run: str) -> Tagged[Run]:
        """The same with its ETag, so that `stop` and `accept` act on what was seen alone."""
        return _tagged(Run, self._get(f"{_RUNS}/{run}"))

    def metadata(self, run: str) -> RunMetadata:
        """Status, objective, bound and gap."""
        return self.tagged_metadata(run).value

    def tagged_metadata(self, run: str) -> Tagged[RunMetadata]:
        """The same with its ETag."""
        return _tagged(RunMetadata, self._get(f"{_RUNS}/{run}/metadata"))

    def input(self, run: str) -> Submission:
        """The submission as it came."""
        return Submission.model_validate_json(self._get(f"{_RUNS}/{run}/input").content)

    def unplaced(self, run: str) -> tuple[Unplaced, ...]:
        """The visits without a time, each with its reason."""
        answer = self._get(f"{_RUNS}/{run}/unplaced")
        return UnplacedList.model_validate_json(answer.content).unplaced

    def explanations(
        self, run: str, visits: tuple[str, ...] = (), at: dt.datetime | None = None
    ) -> WhyReport:
        """Why visits have the times they have, or none; of all without a time by default."""
        asked: dict[str, str | list[str]] = {"visit": list(visits)}
        if at is not None:
            asked["at"] = at.isoformat()
        answer = demand_success(self._http.get(f"{_RUNS}/{run}/explanations", params=asked))
        return WhyReport.model_validate_json(answer.content)

    def day_sheet(self, run: str) -> str:
        """The week's page, as HTML."""
        return self._get(f"{_RUNS}/{run}/day-sheet").text

    def certificate(self, run: str) -> Certificate:
        """The prices that prove how good its schedule is."""
        return Certificate.model_validate_json(self._get(f"{_RUNS}/{run}/certificate").content)

    def table(self, run: str) -> str:
        """schedule.csv."""
        return self._get(f"{_RUNS}/{run}/schedule.csv").text

    def calls(self, run: str) -> str:
        """calls.csv: whom to call, with which time and two alternatives."""
        return self._get(f"{_RUNS}/{run}/calls.csv").text

    def watch(self, run: str) -> Iterator[Event]:
        """The events of a run until it ends; where the line breaks, on from the last one seen.

        Of a run that has lost its content nothing is told any more: then there are none.
        """
        seen: str | None = None
        over = False
        while True:
            headers = {} if seen is None else {"Last-Event-ID": seen}
            told = False
            try:
                for number, data in events_of(self._http, f"{_RUNS}/{run}/events", headers):
                    seen, told = number, True
                    event = _EVENT.validate_json(data)
                    yield event
                    if isinstance(event, StatusEvent) and event.status in FINAL:
                        return
                if over and not told:
                    return
                over = self.metadata(run).status in FINAL
            except httpx.TransportError:
                over = False
            if not over:
                time.sleep(_RETRY_SECONDS)

    def wait(self, run: str) -> Run:
        """The run once it has ended."""
        for _ in self.watch(run):
            pass
        return self.run(run)

    def stop(self, run: str, etag: str | None = None) -> RunMetadata:
        """Stop it early; the best schedule is kept."""
        answer = demand_success(self._http.delete(f"{_RUNS}/{run}", headers=_if_match(etag)))
        return RunMetadata.model_validate_json(answer.content)

    def fork(
        self, run: str, request: ForkRequest, idempotency_key: str | None = None
    ) -> RunMetadata:
        """Queue a run that differs from this one as the request says."""
        answer = self._post(f"{_RUNS}/{run}/fork", request, idempotency_key)
        return RunMetadata.model_validate_json(answer.content)

    def accept(
        self,
        run: str,
        request: AcceptRequest,
        etag: str | None = None,
        idempotency_key: str | None = None,
    ) -> Accepted:
        """What of a schedule still holds in the book of now, and the rest filled anew."""
        answer = self._post(f"{_RUNS}/{run}/accept", request, idempotency_key, etag)
        return Accepted.model_validate_json(answer.content)

    def respond(
        self, run: str, request: RespondRequest, idempotency_key: str | None = None
    ) -> Responded:
        """What patients said to the times of a run; another run fills around it."""
        answer = self._post(f"{_RUNS}/{run}/respond", request, idempotency_key)
        return Responded.model_validate_json(answer.content)

    def repair(
        self, run: str, request: RepairRequest, idempotency_key: str | None = None
    ) -> RunMetadata:
        """Queue the repair of a day of a run on which somebody is out."""
        answer = self._post(f"{_RUNS}/{run}/repair", request, idempotency_key)
        return RunMetadata.model_validate_json(answer.content)

    def what_if(
        self, submission: WhatIfSubmission, idempotency_key: str | None = None
    ) -> RunMetadata:
        """Queue a comparison of scenarios; watch and stop it like any other run."""
        answer = self._post("/v1/what-if", submission, idempotency_key)
        return RunMetadata.model_validate_json(answer.content)

    def comparison(self, run: str) -> ComparisonOnWire:
        """Every scenario beside the base."""
        answer = self._get(f"/v1/what-if/{run}/comparison")
        return ComparisonOnWire.model_validate_json(answer.content)

    def model_days(
        self, submission: ModelDaySubmission, idempotency_key: str | None = None
    ) -> RunMetadata:
        """Queue a design of model days from goals."""
        answer = self._post("/v1/model-days", submission, idempotency_key)
        return RunMetadata.model_validate_json(answer.content)

    def designed(self, run: str) -> ModelDaysOnWire:
        """The designed days, and the practice with them."""
        return ModelDaysOnWire.model_validate_json(self._get(f"/v1/model-days/{run}").content)

    def recommend(self, request: RecommendRequest) -> tuple[Opening, ...]:
        """The best times for one visit in the book of a run."""
        answer = self._post("/v1/openings/recommend", request)
        return Recommended.model_validate_json(answer.content).openings

    def fill_hole(self, request: FillHoleRequest) -> tuple[Candidate, ...]:
        """Who could take a time that has become free."""
        answer = self._post("/v1/openings/fill-hole", request)
        return HoleFillers.model_validate_json(answer.content).candidates

    def hold(self, request: HoldRequest) -> Tagged[HeldTime]:
        """Keep a time for a caller; with its ETag, for `commit`."""
        return _tagged(HeldTime, self._post("/v1/openings/hold", request))

    def commit(self, request: CommitRequest, etag: str | None = None) -> Booking:
        """The caller has said yes: a booking for the practice's own book."""
        answer = self._post("/v1/openings/commit", request, etag=etag)
        return Committed.model_validate_json(answer.content).booking

    def give_back(self, hold: str) -> None:
        """Release a time that was held or committed."""
        demand_success(self._http.delete(f"/v1/openings/holds/{hold}"))

    def comparison_page(self, run: str) -> str:
        """The same as a page, as HTML."""
        return self._get(f"/v1/what-if/{run}/page").text

    def designed_page(self, run: str) -> str:
        """The designed days as a page, as HTML."""
        return self._get(f"/v1/model-days/{run}/page").text

    def read_files(self, files: Mapping[str, bytes]) -> Imported:
        """The question in exported files, by name: columns, faults, defaults."""
        sent = {name: b64encode(content).decode("ascii") for name, content in files.items()}
        answer = self._post("/v1/imports", {"files": sent})
        return Imported.model_validate_json(answer.content)

    def codes(self) -> tuple[CodeOnWire, ...]:
        """Every fault that may be found in a question."""
        return CodeList.model_validate_json(self._get("/v1/problem-codes").content).codes

    def demos(self) -> tuple[DemoOnWire, ...]:
        """Made-up questions to try."""
        return DemoList.model_validate_json(self._get("/v1/demo-data").content).demos

    def demo(self, demo: str) -> Submission:
        """A made-up question that can be submitted as it is."""
        answer = self._get(f"/v1/demo-data/{demo}")
        return Submission.model_validate_json(answer.content)

    def verify(self, problem: Problem, schedule: Schedule) -> Verdict:
        """The judge's report on any schedule."""
        request = VerifyRequest(problem=problem, schedule=schedule)
        answer = self._post(f"{_RUNS}/verify", request)
        return Verdict.model_validate_json(answer.content)

    def _get(self, path: str, params: dict[str, str] | None = None) -> httpx.Response:
        return demand_success(self._http.get(path, params=params))

    def _post(
        self,
        path: str,
        body: BaseModel | dict[str, Any],
        idempotency_key: str | None = None,
        etag: str | None = None,
    ) -> httpx.Response:
        sent = {"Content-Type": "application/json", **_if_match(etag)}
        if idempotency_key is not None:
            sent["Idempotency-Key"] = idempotency_key
        content = body.model_dump_json() if isinstance(body, BaseModel) else json.dumps(body)
        return demand_success(self._http.post(path, content=content, headers=sent))


def _if_match(etag: str | None) -> dict[str, str]:
    return {} if etag is None else {"If-Match": etag}


def _tagged(kind: type[Answered], answer: httpx.Response) -> Tagged[Answered]:
    return Tagged(kind.model_validate_json(answer.content), answer.headers.get("etag"))
