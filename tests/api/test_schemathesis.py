"""Requests made from the contract itself: no failure inside, nothing that the contract lacks."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode

from api.main import create_app
from api.settings import ServiceSettings
from api.store import keys
from api.store.callers import Scope

EXAMPLES = 25
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.response_headers_conformance,
    schemathesis.checks.negative_data_rejection,
]
"""Not that everything of the right shape is taken: what a question means is asked later."""

CASES = [
    (method, path, mode)
    for path, operations in create_app().openapi()["paths"].items()
    for method, operation in operations.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or {"parameters", "requestBody"} & set(operation)
]
"""What takes nothing cannot be given anything wrong."""


@asynccontextmanager
async def always_open(_: FastAPI) -> AsyncIterator[None]:
    yield


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    store: Path = tmp_path_factory.mktemp("contract") / "runs.db"
    app: FastAPI = create_app(
        ServiceSettings(database=f"sqlite:///{store}", processes=0, queue_limit=5, auth=True)
    )
    app.state.service.prepare()
    with app.state.service.database.writing() as connection:
        app.state.key = keys.add(connection, "p", Scope, 0)
    app.router.lifespan_context = always_open  # otherwise the store is opened for each request
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.service.close()


@pytest.mark.long
@pytest.mark.parametrize(("method", "path", "mode"), CASES)
def test_every_operation_keeps_the_contract(
    contract: Any, method: str, path: str, mode: GenerationMode
) -> None:
    operation = contract[path][method.upper()]
    headers = {"Authorization": f"Bearer {operation.app.state.key}"}

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def keeps(case: Case) -> None:
        case.call_and_validate(checks=CHECKS, headers=headers)

    keeps()
