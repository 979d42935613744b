"""Requests made from the contract itself: no failure inside, nothing that the contract lacks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case

from api.main import create_app
from api.settings import ServiceSettings
from api.store import keys
from api.store.callers import Scope

CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.negative_data_rejection,
]
"""Not that everything of the right shape is taken: what a question means is asked later."""


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    store: Path = tmp_path_factory.mktemp("contract") / "runs.db"
    app: FastAPI = create_app(
        ServiceSettings(database=f"sqlite:///{store}", processes=0, queue_limit=5, auth=True)
    )
    app.state.service.prepare()
    with app.state.service.database.writing() as connection:
        app.state.key = keys.add(connection, "p", Scope, 0)
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.service.close()


schema = schemathesis.pytest.from_fixture("contract")


def few(count: int) -> Callable[[Any], Any]:
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )


@pytest.mark.long
@schema.parametrize()
@few(25)
def test_every_operation_keeps_the_contract(case: Case) -> None:
    key = case.operation.app.state.key
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {key}"})
