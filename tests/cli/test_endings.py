"""How a fill ends when it is interrupted, finds nothing, or breaks: exit codes and files."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from engine.cli.main import app
from engine.cli.outputs import RESULT_FILES
from engine.files import write_folder
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.practice import Horizon, Problem
from engine.result import Result, Status

MADE = generate("one-doctor", visits=10, seed=3)
DATES = ["--from", str(MADE.horizon.start), "--days", str(MADE.horizon.days)]


def fill(monkeypatch: pytest.MonkeyPatch, folder: Path, answer: Any) -> Any:
    """`modelday fill` with a solver that gives `answer(problem, horizon)`."""

    def fill_certified(problem: Problem, horizon: Horizon, *_: Any) -> tuple[Result, None]:
        result: Result = answer(problem, horizon)
        return result, None

    monkeypatch.setattr("engine.filling.fill.fill_certified", fill_certified)
    write_folder(MADE.problem, folder / "practice")
    arguments = ["fill", str(folder / "practice"), *DATES, "--out", str(folder / "out")]
    return CliRunner().invoke(app, arguments)


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "out").iterdir()}


def test_interrupted_saves_the_best_and_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    result = fill(
        monkeypatch,
        tmp_path,
        lambda problem, horizon: Result(
            status=Status.FEASIBLE,
            schedule=fill_by_hand(problem, horizon),
            interrupted=True,
        ),
    )
    assert result.exit_code == 130, result.output
    assert names(tmp_path) == set(RESULT_FILES) - {"certificate.json"}
    assert json.loads((tmp_path / "out" / "result.json").read_text())["interrupted"] is True


def test_without_a_schedule_older_schedules_do_not_stay(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "schedule.json").write_text("of another run")
    (tmp_path / "out" / "mine.txt").write_text("the reader's own")
    result = fill(
        monkeypatch,
        tmp_path,
        lambda problem, horizon: Result(status=Status.INFEASIBLE, schedule=None),
    )
    assert result.exit_code == 1, result.output
    assert "infeasible" in result.stdout
    assert names(tmp_path) == {"mine.txt", "needs_attention.csv", "result.json", "week.html"}


def test_a_broken_run_leaves_nothing_half_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def breaks(problem: Problem, horizon: Horizon) -> Result:
        raise RuntimeError("a bug")

    result = fill(monkeypatch, tmp_path, breaks)
    assert isinstance(result.exception, RuntimeError)
    assert names(tmp_path) == set()
