"""Meetings, training and vacations that have no date yet, as a TOML file."""

from collections import Counter
from pathlib import Path

from engine.files.frozen_toml import read_toml
from engine.practice.staff_requests import StaffRequest, StaffRequests
from engine.problems import PracticeProblem, PracticeProblemsError


def read_staff_requests(path: Path) -> tuple[StaffRequest, ...]:
    """The requests of a file with `[[requests]]`. PracticeProblemsError with every fault of it."""
    requests = read_toml(path, StaffRequests).requests
    twice = [name for name, count in Counter(one.id for one in requests).items() if count > 1]
    if twice:
        raise PracticeProblemsError(
            PracticeProblem(
                "duplicate-id",
                f"{path.name} request {name}",
                "there are several requests of that id",
                "give each an id of its own",
            )
            for name in twice
        )
    return requests
