"""The sample practice as a folder of files, as a practice would come: with history and goals."""

from pathlib import Path

from engine.files import write_folder, write_history_csv
from engine.files.atomic import write_text
from engine.generate import Generated
from engine.generate.sample import rolling_book, sample_history
from engine.model_day.goals_toml import goals_text
from engine.model_day.sample_goals import sample_goals

GOALS = "goals.toml"


def write_sample(folder: Path) -> Generated:
    """Write the practice, its history and its goals; what it was made from."""
    sample = rolling_book()
    write_folder(sample.problem, folder)
    write_history_csv(sample_history(), folder / "history.csv")
    write_text(folder / GOALS, goals_text(sample_goals()))
    return sample
