"""A template as one TOML file: model days with their cells and quotas, and their dates."""

import json
from pathlib import Path

from engine.files.folder_reader import read_folder
from engine.files.frozen_toml import read_toml
from engine.files.problem_json import read_problem_json
from engine.files.toml_text import toml_text
from engine.practice.template import Template, template_of

_HEAD = """\
# Model days for Model Day: cells and quotas of each, and which day has which.
# `modelday migrate FOLDER THIS_FILE` holds the book against them.

"""


def read_template(path: Path) -> Template:
    """The model days of a TOML file, of another practice folder or of a problem.json.

    PracticeProblemsError with every fault of the file.
    """
    if path.suffix.lower() == ".toml":
        return read_toml(path, Template)
    read = read_folder if path.is_dir() else read_problem_json
    return template_of(read(path).problem.practice)


def template_toml(template: Template) -> str:
    """The text of the file; reading it gives an equal template."""
    document = json.loads(template.model_dump_json(exclude_none=True, exclude_defaults=True))
    dates = document.pop("model_day_dates", [])
    return _HEAD + toml_text({"model_day_dates": dates, **document})
