"""Requests made from the contract itself: no failure inside, nothing that the contract lacks.

There is something behind every id: a measured schedule with a time that is held, a fill with its
certificate, a comparison, a design. The contract's own examples are sent, too, and every operation
has to succeed at least once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from api.main import create_app
from api.services.service import Service
from api.settings import ServiceSettings
from api.store import keys
from api.store.callers import Scope
from api.wire.examples import EXAMPLES

MADE_UP = 25
EACH_EXAMPLE = 5
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.response_headers_conformance,
    schemathesis.checks.negative_data_rejection,
]
"""Not that everything of the right shape is taken: what a question means is asked later."""

_CLOCK = st.times(timezones=st.none()).map(lambda time: time.strftime("%H:%M"))
schemathesis.openapi.format("time-local", _CLOCK)
schemathesis.openapi.format("date-time-local", st.builds("{}T{}".format, st.dates(), _CLOCK))

CASES = [
    (method, path, mode)
    for path, operations in create_app().openapi()["paths"].items()
    for method, operation in operations.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or {"parameters", "requestBody"} & set(operation)
]
"""What takes nothing cannot be given anything wrong."""

KNOWN = {"visit_id": "V1", "visit": "V1", "procedure": "REP", "staff": "AS1", "chair": "C1"}
"""Ids of the example's practice, by the name of the field that asks for one."""
OF_A_RUN = ("/v1/openings", "/v1/schedules/{run}")
"""What is asked there is about a run that is there; elsewhere ids belong to the body itself."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """Ids of runs, and of a time that is held in the first of them."""

    measured: str
    solved: str
    compared: str
    designed: str
    held: str

    def of(self, path: str) -> dict[str, str]:
        """What stands in an address."""
        found = {"demo": "small", "hold": self.held, "run": self.measured}
        if path.endswith("/certificate"):
            found["run"] = self.solved
        elif path.startswith("/v1/what-if"):
            found["run"] = self.compared
        elif path.startswith("/v1/model-days"):
            found["run"] = self.designed
        return {name: value for name, value in found.items() if f"{{{name}}}" in path}

    def put_into(self, body: Any) -> Any:
        """The body with known ids in the place of made-up ones."""
        known = {**KNOWN, "run": self.measured, "hold": self.held}
        if isinstance(body, list):
            return [self.put_into(one) for one in body]
        if not isinstance(body, dict):
            return body
        return {
            key: known[key] if key in known and isinstance(one, str) else self.put_into(one)
            for key, one in body.items()
        }


@asynccontextmanager
async def always_open(_: FastAPI) -> AsyncIterator[None]:
    yield


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    store: Path = tmp_path_factory.mktemp("contract") / "runs.db"
    limits = {"queue_limit": 100_000, "key_queue_limit": 100_000}
    made = create_app(
        ServiceSettings(database=f"sqlite:///{store}", processes=0, auth=True, **limits)
    )
    service: Service = made.state.service
    service.prepare()
    with service.database.writing() as connection:
        made.state.key = keys.add(connection, "p", Scope, 0)
    made.router.lifespan_context = always_open  # otherwise the store is opened for each request
    yield made
    service.close()


@pytest.fixture(scope="module")
def seeds(app: FastAPI, work_off: Callable[[Service], None]) -> Seeds:
    def post(path: str, body: dict[str, Any]) -> str:
        answer = asyncio.run(_post(app, path, body))
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    def run_of(path: str, body: str) -> str:
        made = post(path, EXAMPLES[body])
        work_off(app.state.service)
        return made

    measured = run_of("/v1/schedules?operation=measure", "Submission")
    wanted = {"run": measured, "visit_id": "V3", "date": "2026-01-12", "start": "11:00"}
    return Seeds(
        measured=measured,
        solved=run_of("/v1/schedules", "Submission"),
        compared=run_of("/v1/what-if", "WhatIfSubmission"),
        designed=run_of("/v1/model-days", "ModelDaySubmission"),
        held=post("/v1/openings/hold", {**wanted, "minutes": 1440}),
    )


async def _post(app: FastAPI, path: str, body: dict[str, Any]) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    headers = {"Authorization": f"Bearer {app.state.key}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        return await client.post(path, json=body, headers=headers)


@pytest.fixture(scope="module")
def contract(app: FastAPI) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.mark.long
@pytest.mark.parametrize(("method", "path", "mode"), CASES)
def test_every_operation_keeps_the_contract(
    contract: Any, app: FastAPI, seeds: Seeds, method: str, path: str, mode: GenerationMode
) -> None:
    operation = contract[path][method.upper()]
    headers = {"Authorization": f"Bearer {app.state.key}"}
    right = mode is GenerationMode.POSITIVE
    statuses: list[int] = []

    def send(cases: st.SearchStrategy[Case], count: int) -> None:
        @given(case=cases)
        @settings(
            max_examples=count,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def keeps(case: Case) -> None:
            if right and isinstance(case.body, dict) and path.startswith(OF_A_RUN):
                case.body = seeds.put_into(case.body)
            statuses.append(case.call_and_validate(checks=CHECKS, headers=headers).status_code)

        keeps()

    # Where a wrong body is wanted, the address is right: otherwise nothing but a 404 is seen.
    told = seeds.of(path) if right or operation.body else {}
    known = {"path_parameters": told} if told else {}
    if right:
        examples = operation.get_strategies_from_examples(**known)
        assert bool(examples) >= bool(operation.body)  # one that breaks its own schema is left out
        for example in examples:
            send(example, EACH_EXAMPLE)
    send(operation.as_strategy(generation_mode=mode, **known), MADE_UP)
    assert not right or any(200 <= status < 300 for status in statuses), sorted(set(statuses))
