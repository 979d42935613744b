"""Every way to a solution, forced on problems that a search would solve in one step."""

from dataclasses import replace

import pytest

from engine.filling import fill
from engine.solver import build_up, crew, find_prices, improve
from engine.solver import search as entry
from engine.solver.crew import Done
from engine.solver.job import Job
from engine.solver.windows import PATHS, Path, Window

FORCED: list[tuple[bool, tuple[Path, ...]]] = [
    (True, ()),
    *((dive, (path,)) for dive in (False, True) for path in PATHS),
]
"""With or without the dive, and one kind of window."""

EVERYTHING = 10**6
"""Columns of a program that has all there are."""

STEPS = 300
"""Of prices: enough to guide on small problems."""


class InHouse:
    """A crew that works in this process, so that a test can reach its parts."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._answers: list[Done] = []
        self._tickets = 0

    def warm_up(self) -> None:
        pass

    def idle(self) -> int:
        return self.size - len(self._answers)

    def busy(self) -> int:
        return len(self._answers)

    def submit(self, job: Job, seconds: float) -> int:
        self._tickets += 1
        ticket = self._tickets
        answer = job.run(lambda told: self._answers.append(Done(ticket, told, last=False)))
        self._answers.append(Done(ticket, answer))
        return ticket

    def collect(self, seconds: float) -> Done | None:
        return self._answers.pop(0) if self._answers else None

    def close(self) -> None:
        pass


class Ways:
    """What a search has really done: windows opened by kind, programs of each race."""

    def __init__(self) -> None:
        self.opened: list[Path] = []
        self.raced: list[int] = []


def all_stages(monkeypatch: pytest.MonkeyPatch, few: int = 6) -> Ways:
    """Every problem goes through all stages, in this process; windows have `few` columns at first.

    So has one program of a race, and whatever costs as much; the other has every open column. With
    the sizes of real weeks both would be the same on a tiny day, and no window would be opened.
    """
    ways = Ways()
    open_window, race = improve.open_window, entry.Bridge.race

    def opening(window: Window, *arguments):
        ways.opened.append(window.path)
        return open_window(window, *arguments)

    def racing(bridge, parts, **limits):
        ways.raced.append(len(parts))
        return race(bridge, parts, **limits)

    monkeypatch.setattr(entry, "SMALL_COLUMNS", 0)
    monkeypatch.setattr(crew, "Crew", InHouse)
    monkeypatch.setattr(build_up, "RACE_COLUMNS", (EVERYTHING, few))
    monkeypatch.setattr(improve, "COLUMNS", few)
    monkeypatch.setattr(find_prices, "FIRST_STEPS", STEPS)
    monkeypatch.setattr(find_prices, "MORE_STEPS", STEPS)
    monkeypatch.setattr(improve, "open_window", opening)
    monkeypatch.setattr(entry.Bridge, "race", racing)
    return ways


def force(
    monkeypatch: pytest.MonkeyPatch, dive: bool, paths: tuple[Path, ...], few: int = 6
) -> Ways:
    """The same for whole fills, with these ways alone."""
    search = fill.search

    def forced(problem, horizon, settings, *rest, **named):
        return search(problem, horizon, replace(settings, dive=dive, paths=paths), *rest, **named)

    monkeypatch.setattr(fill, "search", forced)
    return all_stages(monkeypatch, few)
