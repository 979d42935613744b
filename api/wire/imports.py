"""Exported files as they are read: what became of each column, and what is missing."""

import datetime as dt
from base64 import b64decode
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from api.wire.faults import FaultOnWire
from api.wire.on_wire import OnWire
from engine.files.folder_rows import FOLDER_TABLES
from engine.practice import Problem
from engine.practice.base import Frozen
from engine.what_if.scenarios import Scenario, ScenarioSettings


def _decoded(value: Any) -> bytes:
    # pydantic's own type passes over signs that are not of the alphabet.
    if not isinstance(value, str):
        raise ValueError("no text")
    return b64decode(value.encode(), validate=True)


_Content = Annotated[
    bytes,
    BeforeValidator(_decoded),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]


class ImportRequest(Frozen):
    """The files of a practice folder, or one problem.json: contents in Base64, by file name."""

    files: Annotated[dict[str, _Content], Field(min_length=1, max_length=20)]


class ImportedFile(OnWire):
    """A table: how many rows, which columns were read, and which were not."""

    file: str
    rows: int
    columns: tuple[str, ...]
    not_read: tuple[str, ...]


class DefaultOnWire(OnWire):
    """A default that filled gaps, and in how many rows."""

    field: str
    sentence: str
    rows: int


class WantedTable(OnWire):
    """A table of a practice folder: its columns, and which of them have to be there.

    `needed`: of each group at least one.
    """

    file: str
    columns: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]


WANTED = tuple(
    WantedTable(file=file, columns=tuple(columns), needed=tuple(needed))
    for file, (columns, needed) in FOLDER_TABLES.items()
)
"""The tables as the engine reads them."""


class Imported(OnWire):
    """What the files hold. `problem`: None where something refuses them; `problems` says what.

    `wanted`: the tables and columns that there may be, so that a person can say which is which.
    `start`: a first date to fill, the Monday after the practice's now. `ignored`: how many files
    are none of a practice folder. `scenarios`, `scenario_settings`: of a scenarios.toml beside it.
    """

    files: tuple[ImportedFile, ...]
    problems: tuple[FaultOnWire, ...]
    defaults: tuple[DefaultOnWire, ...]
    problem: Problem | None
    wanted: tuple[WantedTable, ...] = Field(default_factory=lambda: WANTED)
    start: dt.date | None
    ignored: int = 0
    scenarios: tuple[Scenario, ...] = ()
    scenario_settings: ScenarioSettings | None = None
