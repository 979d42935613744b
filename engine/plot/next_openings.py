"""Stub."""
from engine.plot.summary import Openings
from engine.practice import Problem
from engine.schedule import Schedule


def next_openings(problem: Problem, schedule: Schedule) -> Openings:
    """Stub."""
    return Openings(None, None)
