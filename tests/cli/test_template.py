"""The commands about the model day itself, end to end on a small practice."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.files import write_folder
from engine.generate import generate


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A generated practice folder with a half-booked week, and its first date."""
    made = generate("one-doctor", 30, 7, planted=True, booked_share=0.5)
    folder = tmp_path_factory.mktemp("made") / "practice"
    write_folder(made.problem, folder)
    return folder, made.horizon.start.isoformat()


def test_adherence_of_the_book(practice: tuple[Path, str], tmp_path: Path) -> None:
    folder, start = practice
    table = tmp_path / "adherence.csv"
    dates = ("--from", start, "--days", "7")
    told = run("adherence", folder, *dates, "--out", table, "--json")
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    cells = document["cells"]
    assert len(table.read_text("utf-8").splitlines()) == len(cells) + 1
    for name in ("class", "column", "date"):
        for figure in ("own_minutes", "empty_minutes", "cell_minutes"):
            total = sum(one[figure] for one in document[name])
            assert total == sum(cell[figure] for cell in cells) > 0
    shown = run("adherence", folder, *dates)
    assert shown.exit_code == 0
    assert "are kept for their class" in shown.stdout


def test_adherence_refuses_a_date_that_is_none(practice: tuple[Path, str]) -> None:
    refused = run("adherence", practice[0], "--from", "soon", "--json")
    assert refused.exit_code == 2
    assert json.loads(refused.stdout)["problems"][0]["code"] == "not-a-date"
