"""The table of the load, worked out on paper."""

import numpy as np
import pytest

from benchmarks.http_callers import Answered, Request, ask_all
from benchmarks.service_load import HEAD, Found, line_of, row


def test_a_row() -> None:
    """1 to 5 ms: 3 ms in the middle, 4.96 ms at 99 % (between the 4th and the 5th: 0.96 of it)."""
    seconds = np.array([0.005, 0.001, 0.002, 0.004, 0.003])
    found = Found("recommend", 2, 4, Answered(seconds, 250.4, 0.001), 0.0012, (100.4, 101.6))
    cells = dict(zip(HEAD, row(found), strict=True))
    assert cells == {
        "request": "recommend",
        "servers": "2",
        "clients": "4",
        "count": "5",
        "servers' processor ms": "1.20",
        "clients'": "0.20",
        "p50 ms": "3.0",
        "p99 ms": "5.0",
        "max ms": "5.0",
        "a second": "250",
        "MB before": "100",
        "MB after": "102",
    }
    assert line_of(("a", "b")) == "| a | b |"


def test_callers_are_dealt_out_over_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three callers of two servers: two at the first, one at the second."""
    asked: list[str] = []

    class Pool:
        def __init__(self, _: int) -> None: ...

        def __enter__(self) -> "Pool":
            return self

        def __exit__(self, *_: object) -> None: ...

        def map(self, *_: object, **__: object) -> None: ...

        def starmap(self, _: object, told: list[tuple[str, ...]], chunksize: int) -> list[object]:
            asked.extend(one[0] for one in told)
            return [(np.ones(1), 2.0e9, 0.0)] * len(told)

    monkeypatch.setattr(
        "benchmarks.http_callers.multiprocessing.get_context",
        lambda _: type("Spawn", (), {"Pool": Pool}),
    )
    answered = ask_all(("one", "two"), Request("GET", "/health"), 3, 3)
    assert asked == ["one", "two", "one"]
    assert len(answered.seconds) == 3
