"""schedule.json: the answer as it is, without score or names."""

from pathlib import Path

from engine.files.atomic import write_text
from engine.files.problem_json import model_text, read_model
from engine.schedule import Schedule


def read_schedule(path: str | Path) -> Schedule:
    """A schedule from its file. PracticeProblemsError with every fault of the file."""
    return read_model(Path(path), Schedule)


def write_schedule(schedule: Schedule, path: str | Path) -> None:
    """Write the file whole or not at all. Reading it gives an equal schedule."""
    write_text(Path(path), model_text(schedule))
