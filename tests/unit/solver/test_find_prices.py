"""How many steps there is time for: one or two that had to wait do not count."""

from types import SimpleNamespace

import pytest

from engine.solver import find_prices as module


class Clock:
    """Each step takes what the list says."""

    def __init__(self, seconds) -> None:
        self._moments = [0.0]
        for one in seconds:
            self._moments += [self._moments[-1] + one, self._moments[-1] + one]

    def perf_counter(self) -> float:
        return self._moments.pop(0)


@pytest.mark.parametrize(
    ("seconds", "steps"),
    [
        ([1 / 64] * 5, 576),  # 0.3 of 30 s
        ([0.5, 1 / 64, 0.25, 1 / 64, 1 / 64], 576),
        ([1 / 32, 1 / 64, 1 / 32, 1 / 32, 1 / 16], 288),
        ([1 / 1024] * 5, 2000),
        ([1.0] * 5, 100),
    ],
)
def test_the_middle_one_of_the_steps_counts(monkeypatch, seconds, steps) -> None:
    class Still:
        def __init__(self, dual) -> None: ...

        def cycle(self, steps, rate) -> None: ...

    monkeypatch.setattr(module, "Ascent", Still)
    monkeypatch.setattr(module, "time", Clock(seconds))
    monkeypatch.setattr(module, "first_rate", lambda model: 1.0)
    bridge = SimpleNamespace(
        settings=SimpleNamespace(reproducible=False),
        budget=SimpleNamespace(left=lambda: 30.0),
        dual=None,
        model=None,
    )
    assert module._steps_in_time(bridge) == steps
