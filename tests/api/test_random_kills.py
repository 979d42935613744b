"""Servers and workers killed at random moments: no run lost, none published twice, store intact."""

from pathlib import Path

import pytest

from benchmarks.kills import Plan, Target, kill

KILLS = 25
"""Of servers and of workers: fifty together."""
ON_POSTGRES = 10


def demand_nothing_lost(database: str, target: Target, hits: int) -> None:
    """So many times a run is broken off, often with a schedule to go on from."""
    found = kill(database, target, Plan(hits=hits))
    assert found.hits == hits
    assert found.sent >= hits
    assert found.live >= 0.9 * hits  # a run is taken a moment before its process is there
    assert found.with_schedule >= hits // 4
    assert found.resumed == hits
    assert (found.completed, found.failed) == (found.asked, 0)
    assert (found.changed, found.worse) == (0, 0)
    assert found.faults == ()


@pytest.mark.long
@pytest.mark.parametrize("target", Target)
def test_kills(tmp_path: Path, target: Target) -> None:
    demand_nothing_lost(f"sqlite:///{tmp_path / 'runs.db'}", target, KILLS)


@pytest.mark.long
@pytest.mark.parametrize("target", Target)
def test_kills_on_postgres(fresh_postgres: str, target: Target) -> None:
    demand_nothing_lost(fresh_postgres, target, ON_POSTGRES)
