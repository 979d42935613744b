"""Files: the practice folder and problem.json, schedules, and lists for the front desk.

The formats are described in FORMAT.md beside this page.
"""

from pathlib import Path

from engine.files.attention_csv import write_needs_attention
from engine.files.folder_reader import read_folder
from engine.files.folder_writer import MODEL_FILE, SLOTS_FILE, write_folder
from engine.files.history_csv import LoadedHistory, read_history_csv, write_history_csv
from engine.files.holds_json import (
    HOLDS_FILE,
    held_times,
    read_holds,
    stand_in_of,
    with_holds,
    write_holds,
)
from engine.files.labels_csv import read_labels
from engine.files.loaded import DefaultUse, Loaded, SetAside
from engine.files.problem_json import (
    model_text,
    read_model,
    read_problem_json,
    write_problem_json,
)
from engine.files.schedule_csv import PlacementKind, kind_of, schedule_csv_text, write_schedule_csv
from engine.files.schedule_json import read_schedule, write_schedule
from engine.files.staff_requests_toml import read_staff_requests
from engine.files.template_toml import read_template, template_toml
from engine.practice import Horizon


def read_problem(path: str | Path, strict: bool = False, horizon: Horizon | None = None) -> Loaded:
    """The problem of a practice folder, or of a problem.json; see the two readers."""
    read = read_folder if Path(path).is_dir() else read_problem_json
    return read(path, strict, horizon)


__all__ = [
    "HOLDS_FILE",
    "MODEL_FILE",
    "SLOTS_FILE",
    "DefaultUse",
    "Loaded",
    "LoadedHistory",
    "PlacementKind",
    "SetAside",
    "held_times",
    "kind_of",
    "model_text",
    "read_folder",
    "read_history_csv",
    "read_holds",
    "read_labels",
    "read_model",
    "read_problem",
    "read_problem_json",
    "read_schedule",
    "read_staff_requests",
    "read_template",
    "schedule_csv_text",
    "stand_in_of",
    "template_toml",
    "with_holds",
    "write_folder",
    "write_history_csv",
    "write_holds",
    "write_needs_attention",
    "write_problem_json",
    "write_schedule",
    "write_schedule_csv",
]
