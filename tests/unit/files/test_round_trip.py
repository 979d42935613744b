"""What is written and read again is equal, in both forms and from one to the other."""

import json
from pathlib import Path
from types import ModuleType

import pytest

from engine.files import read_folder, read_problem, write_folder, write_problem_json
from engine.practice import Chair, ChairKind, Problem
from engine.problems import PracticeProblemsError


def test_folder(small: ModuleType, tmp_path: Path) -> None:
    problem = small.small_problem()
    write_folder(problem, tmp_path / "a")
    loaded = read_folder(tmp_path / "a")
    assert loaded.problem == problem
    assert loaded.set_aside == ()
    # Even the order inside external maps is kept.
    assert loaded.problem.model_dump_json() == problem.model_dump_json()


def test_json(small: ModuleType, tmp_path: Path) -> None:
    problem = small.small_problem()
    write_problem_json(problem, tmp_path / "problem.json")
    assert read_problem(tmp_path / "problem.json").problem == problem


def test_folder_to_json_to_folder_gives_the_same_files(small: ModuleType, tmp_path: Path) -> None:
    write_folder(small.small_problem(), tmp_path / "a")
    write_problem_json(read_problem(tmp_path / "a").problem, tmp_path / "p.json")
    write_folder(read_problem(tmp_path / "p.json").problem, tmp_path / "b")
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names == ["bookings.csv", "cells.csv", "practice.toml", "visits.csv"]
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_json_holds_maps_as_maps(small: ModuleType, tmp_path: Path) -> None:
    write_problem_json(small.small_problem(), tmp_path / "problem.json")
    raw = json.loads((tmp_path / "problem.json").read_text("utf-8"))
    assert raw["visits"][0]["external"] == {"apt": 991, "Op": None}


def test_an_empty_practice(tmp_path: Path, small: ModuleType) -> None:
    problem = Problem(as_of=small.AS_OF, practice=small.practice())
    write_folder(problem, tmp_path)
    assert read_folder(tmp_path).problem == problem


def test_a_written_folder_leaves_no_value_to_defaults(small: ModuleType, tmp_path: Path) -> None:
    """Only gaps that mean 'nothing' are left: no date, no household, the procedure's own length."""
    write_folder(small.small_problem(), tmp_path)
    fields = {use.field for use in read_folder(tmp_path).defaults}
    filled = {"id", "due", "wishes", "availability", "attendance", "account", "listed", "shifts"}
    filled |= {"original_ecd", "remaining_visits", "movable", "confirmation", "chair_locked"}
    assert fields & filled == set()


def test_writing_over_an_old_folder_replaces_it(small: ModuleType, tmp_path: Path) -> None:
    problem = small.small_problem()
    write_folder(problem, tmp_path)
    shorter = Problem(as_of=problem.as_of, practice=problem.practice, visits=problem.visits[:1])
    write_folder(shorter, tmp_path)
    assert read_folder(tmp_path).problem == shorter
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_ids_that_a_spreadsheet_would_run_are_refused_and_nothing_is_written(
    small: ModuleType, tmp_path: Path
) -> None:
    problem = small.small_problem()
    visit = problem.visits[0].model_copy(update={"id": "=1+1", "patient": "@SUM"})
    bad = Problem(as_of=problem.as_of, practice=problem.practice, visits=(visit,))
    with pytest.raises(PracticeProblemsError) as refused:
        write_folder(bad, tmp_path / "new")
    assert [problem.code for problem in refused.value.problems] == ["unwritable-id"] * 2
    assert not (tmp_path / "new").exists()
    # JSON has no such trouble.
    write_problem_json(bad, tmp_path / "p.json")
    assert read_problem(tmp_path / "p.json").problem == bad


def test_a_failed_write_leaves_the_old_files(
    small: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = small.small_problem()
    write_folder(problem, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    calls = []

    def fail_at_the_third(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError("disk full")

    monkeypatch.setattr("engine.files.atomic.os.fsync", fail_at_the_third)
    with pytest.raises(OSError, match="disk full"):
        write_folder(Problem(as_of=problem.as_of, practice=problem.practice), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_chair_called_none_is_no_missing_chair(small: ModuleType, tmp_path: Path) -> None:
    """`none` is a word for nothing in CSV cells, so such an id is refused rather than misread."""
    practice = small.practice()
    chairs = (*practice.chairs, Chair(id="none", kind=ChairKind.CLINIC))
    booking = small.bookings()[0].model_copy(update={"chair": "none"})
    problem = Problem(
        as_of=small.AS_OF,
        practice=practice.model_copy(update={"chairs": chairs}),
        bookings=(booking,),
    )
    with pytest.raises(PracticeProblemsError, match="unwritable-id"):
        write_folder(problem, tmp_path)
    write_problem_json(problem, tmp_path / "p.json")
    assert read_problem(tmp_path / "p.json").problem == problem
