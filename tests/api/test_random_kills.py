"""Servers and workers killed at random moments: no run lost, none published twice, store intact."""

from pathlib import Path

import pytest

from benchmarks.kills import Plan, Target, kill

KILLS = 50


def demand_nothing_lost(database: str, target: Target) -> None:
    """Fifty times a run is broken off, often with a schedule to go on from."""
    found = kill(database, target, Plan(hits=KILLS))
    assert found.hits == KILLS
    assert found.sent >= KILLS
    assert found.live >= 0.9 * KILLS  # a run is taken a moment before its process is there
    assert found.with_schedule >= KILLS // 4
    assert found.resumed == KILLS
    assert (found.completed, found.failed) == (found.asked, 0)
    assert (found.changed, found.worse) == (0, 0)
    assert found.faults == ()


@pytest.mark.long
@pytest.mark.parametrize("target", Target)
def test_fifty_kills(tmp_path: Path, target: Target) -> None:
    demand_nothing_lost(f"sqlite:///{tmp_path / 'runs.db'}", target)


@pytest.mark.long
@pytest.mark.parametrize("target", Target)
def test_fifty_kills_on_postgres(fresh_postgres: str, target: Target) -> None:
    demand_nothing_lost(fresh_postgres, target)
