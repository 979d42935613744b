"""Requests made from the contract itself: no failure inside, nothing that the contract lacks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from hypothesis import Phase as RunPhase
from schemathesis import Case

from api.main import create_app
from api.settings import ServiceSettings


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    store: Path = tmp_path_factory.mktemp("contract") / "runs.db"
    app: FastAPI = create_app(
        ServiceSettings(database=f"sqlite:///{store}", processes=0, queue_limit=5)
    )
    app.state.service.prepare()
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.service.close()


schema = schemathesis.pytest.from_fixture("contract")


def few(count: int) -> Callable[[Any], Any]:
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[RunPhase.explicit, RunPhase.generate],
    )


@pytest.mark.long
@schema.parametrize()
@few(25)
def test_every_operation_keeps_the_contract(case: Case) -> None:
    if case.path.endswith("/events"):
        case.path_parameters["run"] = "none"  # a stream of a waiting run has no end
    case.call_and_validate()
