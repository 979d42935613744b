"""Reads the exported files of a practice, as the commands read a folder."""

import tempfile
from pathlib import Path

from api.wire.faults import on_wire
from api.wire.imports import DefaultOnWire, Imported, ImportedFile, ImportRequest
from api.wire.moments import monday_after
from api.wire.parsing import parse
from engine.files import MODEL_FILE, SLOTS_FILE, read_folder, read_problem_json
from engine.files.folder_reader import read_tables
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.what_if.read_scenarios import read_scenarios

_PROBLEM = "problem.json"
_NAMES = {
    "practice.toml",
    "cells.csv",
    "visits.csv",
    "bookings.csv",
    "history.csv",
    MODEL_FILE,
    SLOTS_FILE,
}
_SCENARIOS = "scenarios.toml"
_QUOTED = "'"


_NO_TEXT = PracticeProblem(
    "file-encoding", _SCENARIOS, "the file is not UTF-8 text", "save it as UTF-8"
)


def import_files(body: bytes) -> Imported:
    """What the files hold, column by column, with everything that is wrong or was assumed.

    The files lie in a folder of their own while they are read, which nobody else may enter.
    """
    request = parse(ImportRequest, body)
    with tempfile.TemporaryDirectory(prefix="modelday-import-") as made:
        folder = Path(made)
        known = {name: text for name, text in request.files.items() if name in _NAMES}
        if not known and _PROBLEM in request.files:
            known = {_PROBLEM: request.files[_PROBLEM]}
        if _SCENARIOS in request.files:
            known[_SCENARIOS] = request.files[_SCENARIOS]
        for name, content in known.items():
            (folder / name).write_bytes(content)
        imported = _read(folder, ignored=len(request.files) - len(known))
        return _with_scenarios(imported, folder / _SCENARIOS)


def _read(folder: Path, ignored: int) -> Imported:
    as_json = (folder / _PROBLEM).exists()
    files = () if as_json else _files(folder)
    try:
        loaded = read_problem_json(folder / _PROBLEM) if as_json else read_folder(folder)
    except PracticeProblemsError as error:
        return Imported(
            files=files,
            problems=tuple(map(on_wire, error.problems)),
            defaults=(),
            problem=None,
            start=None,
            ignored=ignored,
        )
    return Imported(
        files=files,
        problems=tuple(map(on_wire, loaded.problems)),
        defaults=tuple(DefaultOnWire(**use._asdict()) for use in loaded.defaults),
        problem=loaded.problem,
        start=monday_after(loaded.problem.as_of.date()),
        ignored=ignored,
    )


def _with_scenarios(imported: Imported, file: Path) -> Imported:
    """The same with the scenarios that can be read, and what is wrong with the others."""
    if not file.exists():
        return imported
    try:
        read = read_scenarios(file)
    except (PracticeProblemsError, UnicodeDecodeError) as error:
        faults = error.problems if isinstance(error, PracticeProblemsError) else (_NO_TEXT,)
        found = (*imported.problems, *map(on_wire, faults))
        return imported.model_copy(update={"problems": found})
    found = (*imported.problems, *map(on_wire, read.faults))
    return imported.model_copy(
        update={
            "problems": found,
            "scenarios": read.scenarios,
            "scenario_settings": read.settings,
        }
    )


def _files(folder: Path) -> tuple[ImportedFile, ...]:
    tables, _ = read_tables(folder)
    return tuple(
        ImportedFile(
            file=table.file,
            rows=len(table.rows),
            columns=table.columns,
            # The title stands between the first quotes of the note's cause.
            not_read=tuple(note.cause.split(_QUOTED)[1] for note in table.notes),
        )
        for table in tables.values()
    )
