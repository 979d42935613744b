"""Any well-formed problem survives both forms, whatever its texts, dates and maps are."""

import importlib.util
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from engine.files import write_folder, write_problem_json
from engine.files.folder_reader import read_tables
from engine.files.folder_rows import read_rows
from engine.files.practice_reader import read_practice
from engine.files.problem_json import read_model
from engine.practice import Problem

_SPEC = importlib.util.spec_from_file_location(
    "file_strategies", Path(__file__).with_name("strategies.py")
)
assert _SPEC is not None
assert _SPEC.loader is not None
strategies = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(strategies)


def read_without_judging(folder: Path) -> Problem:
    """What the files say. The random practices make no sense, and validation would say so."""
    file = read_practice(folder / "practice.toml")
    assert file.problems == ()
    tables, problems = read_tables(folder)
    assert problems == []
    rows = read_rows(file, tables)
    assert rows.problems(strict=False) == []
    problem = rows.problem(file)
    assert problem is not None
    return problem


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(problem=strategies.problems)
def test_random_problems(problem: Problem) -> None:
    with tempfile.TemporaryDirectory() as name:
        write_folder(problem, Path(name))
        write_problem_json(problem, Path(name) / "problem.json")
        from_folder = read_without_judging(Path(name))
        assert from_folder == problem
        assert from_folder.model_dump_json() == problem.model_dump_json()
        assert read_model(Path(name) / "problem.json", Problem) == problem
