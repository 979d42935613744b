"""Two servers on one PostgreSQL share a queue: every run is solved, each by one of them."""

from collections.abc import Callable
from typing import Any

import pytest

from api.settings import ServiceSettings

Submission = Callable[..., dict[str, Any]]
RUNS = "/v1/schedules"


@pytest.fixture
def shared(fresh_postgres: str) -> ServiceSettings:
    return ServiceSettings(database=fresh_postgres, processes=1, poll_seconds=0.05)


def test_two_servers_on_one_database(
    serve: Callable[[ServiceSettings], Any], shared: ServiceSettings, submission: Submission
) -> None:
    servers = [serve(shared).client, serve(shared).client]
    asked = [
        servers[number % 2]
        .post(f"{RUNS}?operation=validate", json=submission())
        .headers["location"]
        for number in range(6)
    ]
    asked.append(servers[0].post(RUNS, json=submission()).headers["location"])
    for number, address in enumerate(asked):
        # Asked of the server that did not take it.
        with servers[(number + 1) % 2].stream("GET", f"{address}/events") as stream:
            told = [line for line in stream.iter_lines() if line.startswith("data: ")]
        assert '"completed"' in told[-1]
        assert sum('"solving"' in line for line in told) == 1
    run = servers[1].get(asked[-1]).json()
    assert len(run["schedule"]["placements"]) == 3
    assert len(servers[0].get(RUNS).json()["runs"]) == 7
