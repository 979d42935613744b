"""Simulated practices that a benchmark looks into week by week."""

from engine.practice import Problem
from engine.simulate.clinic import Clinic
from engine.simulate.compare import Estimate
from engine.simulate.policies import POLICIES, Policy
from engine.simulate.settings import YearSettings
from engine.simulate.week import live_through
from engine.simulate.year import open_clinic


def open_by_hand(
    problem: Problem, settings: YearSettings, replication: int
) -> tuple[Clinic, Policy]:
    """The practice before its first week, and best fit to fill it."""
    clinic = open_clinic(problem, settings, 1000 + replication)
    live_through(clinic, 0)
    return clinic, POLICIES["best-fit"](settings.engine)


def with_interval(one: Estimate, digits: int) -> str:
    """`1.08 ± 0.07`; a dash where nothing was counted."""
    if one.mean is None:
        return "–"
    half = "" if one.half is None else f" ± {one.half:.{digits}f}"
    return f"{one.mean:.{digits}f}{half}"
