"""The settings of a practice year: a TOML file, what the command line says, and defaults."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.problems import PracticeProblem, PracticeProblemsError

if TYPE_CHECKING:
    from engine.simulate.settings import YearSettings

_CALLERS = 12.0
"""A week, for each doctor."""
_SAMPLE_SHARE = 0.8
"""The sample's lists are those of a practice that cannot keep up; a year shows more with fewer."""
_WEEKS, _WARM_UP_WEEKS = 52, 8

_PLACES: dict[str, tuple[str, ...]] = {
    "weeks": ("weeks",),
    "warm_up": ("warm_up_weeks",),
    "new_a_week": ("patients", "new_a_week"),
    "known_share": ("patients", "known_share"),
    "miss_rate": ("patients", "miss_rate"),
    "seconds": ("engine", "seconds"),
    "workers": ("engine", "workers"),
    "reproducible": ("engine", "reproducible"),
}
"""Options and their places in the settings."""


def year_settings(
    file: Path | None, options: Mapping[str, float | None], *, doctors: int, sample: bool
) -> "YearSettings":
    """Options win over the file, the file over defaults.

    PracticeProblemsError with everything wrong with file and options.
    """
    from engine.simulate.faults import settings_of

    document = {} if file is None else _read(file)
    for name, value in options.items():
        if value is not None:
            _put(document, _PLACES[name], value)
    _put(document, ("patients", "new_a_week"), _CALLERS * doctors, only_if_missing=True)
    if sample:
        _put(document, ("patients", "known_share"), _SAMPLE_SHARE, only_if_missing=True)
    weeks = document.get("weeks", _WEEKS)
    if isinstance(weeks, int):
        warm_up = max(0, min(_WARM_UP_WEEKS, weeks // 4))
        _put(document, ("warm_up_weeks",), warm_up, only_if_missing=True)
    return settings_of(document)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        problem = PracticeProblem("not-toml", str(file), str(error), "correct the file")
        raise PracticeProblemsError([problem]) from None


def _put(
    document: dict[str, Any],
    place: tuple[str, ...],
    value: object,
    *,
    only_if_missing: bool = False,
) -> None:
    """Where a table of the file is none, the value stays out and the types say what is wrong."""
    *tables, key = place
    for table in tables:
        inner = document.setdefault(table, {})
        if not isinstance(inner, dict):
            return
        document = inner
    if key not in document or not only_if_missing:
        document[key] = value
