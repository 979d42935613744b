"""Child processes are killed at any moment of a fill: what was found stays, and is checked."""

import threading

import numpy as np
import pytest

from engine.checker import check
from engine.filling.best_so_far import REFUSED
from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import BROKEN_BOUND, FillSettings, fill_days
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.result import TracePoint
from engine.solver import crew as crews
from engine.solver import search as entry


class Killer(threading.Thread):
    """Kills one child after another, after waits that the seed decides; the first at once."""

    def __init__(self, seed: int, monkeypatch) -> None:
        super().__init__(daemon=True)
        self._rng = np.random.default_rng(seed)
        self._over = threading.Event()
        self._alive: list = []
        self.killed = 0
        start = crews._start_process

        def noted():
            process = start()
            if not self._alive:
                process.kill()
                self.killed += 1
            self._alive.append(process)
            return process

        monkeypatch.setattr(crews, "_start_process", noted)

    def run(self) -> None:
        while not self._over.wait(self._rng.exponential(1.0)):
            living = [process for process in list(self._alive) if process.poll() is None]
            if living:
                living[int(self._rng.integers(len(living)))].kill()
                self.killed += 1

    def end(self) -> None:
        self._over.set()
        self.join()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("weeks", "visits", "seconds"), [(1, 150, 12.0), (3, 240, 24.0)])
def test_kills_at_random_moments_lose_nothing(monkeypatch, seed, weeks, visits, seconds) -> None:
    made = generate("one-doctor", visits, seed, weeks=weeks, booked_share=0.3)
    hand = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    monkeypatch.setattr(entry, "SMALL_COLUMNS", 0)
    told: list[TracePoint] = []
    killer = Killer(seed, monkeypatch)
    killer.start()
    try:
        settings = FillSettings(time_limit=seconds, gap=0.0, seed=seed)
        result = fill_days(made.problem, made.horizon, settings, told.append)
    finally:
        killer.end()
    assert killer.killed
    assert result.schedule is not None
    assert check(made.problem, result.schedule).ok
    assert result.objective is not None
    # The answer is the best of all that was told on the way, and each was better than the last.
    objectives = [point.objective for point in told if point.objective is not None]
    assert objectives == sorted(objectives, reverse=True)
    assert result.objective == objectives[-1]
    assert result.objective <= objective_points(measure(made.problem, hand))
    assert round(objective_points(measure(made.problem, result.schedule)) * 1000) == round(
        result.objective * 1000
    )
    assert result.bound is None or result.bound <= result.objective
    assert not [note for note in result.notes if note.startswith((REFUSED, BROKEN_BOUND))]
