"""Slot prices go with their folder and their JSON; faulty ones refuse the folder."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from engine.files import (
    SLOTS_FILE,
    model_text,
    read_folder,
    read_problem,
    write_folder,
    write_problem_json,
)
from engine.problems import PracticeProblemsError


def test_there_and_back(tmp_path: Path, small: ModuleType, tiny: Any) -> None:
    slots = tiny.slots(("mon", 8, 130, 85), ("fri", 11, 90, 120))
    plain = small.small_problem()
    problem = plain.model_copy(update={"slot_prices": slots})
    write_folder(problem, tmp_path / "a")
    assert read_folder(tmp_path / "a").problem == problem
    write_problem_json(problem, tmp_path / "p.json")
    assert read_problem(tmp_path / "p.json").problem == problem
    # Written without prices, the folder must not keep the old ones.
    write_folder(plain, tmp_path / "a")
    assert not (tmp_path / "a" / SLOTS_FILE).exists()
    assert read_folder(tmp_path / "a").problem == plain


def test_setting_aside_keeps_the_prices(tmp_path: Path, small: ModuleType, tiny: Any) -> None:
    problem, slots = small.small_problem(), tiny.slots(("mon", 8, 130, 85))
    faulty = problem.visits[0].model_copy(update={"id": "V-bad", "procedure": "NONE"})
    more = problem.model_copy(update={"visits": (*problem.visits, faulty), "slot_prices": slots})
    write_problem_json(more, tmp_path / "p.json")
    loaded = read_problem(tmp_path / "p.json")
    assert loaded.set_aside
    assert loaded.problem.slot_prices == slots


def test_a_question_without_prices_is_written_as_ever(small: ModuleType, tiny: Any) -> None:
    """Else every certificate made before would be for another problem."""
    plain = small.small_problem()
    assert "slot_prices" not in plain.model_dump_json()
    priced = plain.model_copy(update={"slot_prices": tiny.slots(("mon", 8, 130, 85))})
    assert "slot_prices" in priced.model_dump_json()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"chair_percent": 4000}, "out-of-range"),
        ({"doctor_percent": 24}, "out-of-range"),
        ({"hour": 24}, "out-of-range"),
        ({"weekday": "monday"}, "unknown-word"),
        ({"doctor_percent": 112.5}, "wrong-type"),
        ({"chair": 1}, "unknown-key"),
    ],
)
def test_a_faulty_price_refuses_the_folder(folder: Any, tiny: Any, change: dict, code: str) -> None:
    raw = json.loads(model_text(tiny.slots(("mon", 8, 130, 85))))
    raw["slots"][0] |= change
    (folder.path / SLOTS_FILE).write_text(json.dumps(raw), "utf-8")
    with pytest.raises(PracticeProblemsError) as refused:
        read_folder(folder.path)
    faults = [problem for problem in refused.value.problems if SLOTS_FILE in problem.where]
    assert [problem.code for problem in faults] == [code]


def test_one_slot_twice_refuses_the_folder(folder: Any, tiny: Any) -> None:
    raw = json.loads(model_text(tiny.slots(("mon", 8, 130, 85))))
    raw["slots"] *= 2
    (folder.path / SLOTS_FILE).write_text(json.dumps(raw), "utf-8")
    with pytest.raises(PracticeProblemsError, match="there twice"):
        read_folder(folder.path)
