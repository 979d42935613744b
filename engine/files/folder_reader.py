"""Reading a practice folder: every fault of every file at once, and the rest loaded."""

from pathlib import Path

from engine.files.folder_rows import FOLDER_TABLES, read_rows
from engine.files.folder_writer import MODEL_FILE, SLOTS_FILE
from engine.files.loaded import Loaded
from engine.files.practice_reader import read_practice
from engine.files.problem_json import Model, read_model
from engine.files.replaced import replaced
from engine.files.settle import refuses, settle, strictly
from engine.files.tables import Table, read_table
from engine.practice import Horizon, NoShowModel, SlotPrices
from engine.problems import PracticeProblem, PracticeProblemsError

_ABOUT_MISSING_VISITS = ("follows-unknown-visit", "booking-follows-unknown")


def read_folder(path: str | Path, strict: bool = False, horizon: Horizon | None = None) -> Loaded:
    """The problem of a practice folder, with what was set aside, kept as it is, or filled in.

    PracticeProblemsError, with every problem of every file, where practice.toml or the header of a
    table is faulty; with `strict`, also where any row is. With a `horizon`, the dates to fill are
    looked at too.
    """
    folder = Path(path)
    if not folder.is_dir():
        remedy = "name the folder that holds practice.toml"
        fault = PracticeProblem("file-missing", folder.name, "this is not a folder", remedy)
        raise PracticeProblemsError([fault])
    practice_file = read_practice(folder / "practice.toml")
    tables, problems = read_tables(folder)
    rows = read_rows(practice_file, tables)
    model, model_faults = _read_own(folder / MODEL_FILE, NoShowModel)
    slots, slot_faults = _read_own(folder / SLOTS_FILE, SlotPrices)
    own_faults = (*model_faults, *slot_faults)
    found = [*practice_file.problems, *problems, *rows.problems(strict), *own_faults]
    problem = rows.problem(practice_file)
    if problem is None:
        raise PracticeProblemsError(found)
    problem = replaced(problem, no_show_model=model, slot_prices=slots)
    settled = settle(problem, rows.missing_ids(), rows.origins(), horizon)
    more = strictly(settled.problems) if strict else settled.problems
    whole = {"visits.csv", "bookings.csv"} <= set(tables)
    # Where a table could not be read, nobody can say that a visit is missing.
    found += [one for one in more if whole or one.code not in _ABOUT_MISSING_VISITS]
    if refuses(found):
        raise PracticeProblemsError(found)
    aside = (*rows.set_aside(), *settled.set_aside)
    tally = practice_file.used
    tally.merge(rows.defaults(aside))
    return Loaded(settled.problem, tuple(found), tally.uses(), aside, rows.past)


def _read_own(file: Path, kind: type[Model]) -> tuple[Model | None, tuple[PracticeProblem, ...]]:
    """What a practice has of its own, if the folder has it; a faulty one refuses the folder."""
    if not file.exists():
        return None, ()
    try:
        return read_model(file, kind), ()
    except PracticeProblemsError as error:
        return None, error.problems


def read_tables(folder: Path) -> tuple[dict[str, Table], list[PracticeProblem]]:
    """The tables whose header can be used, the notes on them, and why the others cannot."""
    tables: dict[str, Table] = {}
    problems: list[PracticeProblem] = []
    for name, (columns, required) in FOLDER_TABLES.items():
        if name == "history.csv" and not (folder / name).exists():
            continue
        try:
            tables[name] = read_table(folder / name, columns, required)
            problems += tables[name].notes
        except PracticeProblemsError as error:
            problems += error.problems
    return tables, problems
