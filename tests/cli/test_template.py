"""The commands about the model day itself, end to end on a small practice."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.files import read_problem, write_folder
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


def test_migration_to_the_same_and_to_a_stricter_template(
    practice: tuple[Path, str], tmp_path: Path
) -> None:
    folder, start = practice
    same = run("migrate", folder, folder, "--json")
    assert same.exit_code == 0, same.output
    document = json.loads(same.stdout)
    assert document["bookings"] == sum(document["fits"].values()) > 0
    # A model day that keeps two columns for a class that is never released to others.
    strict = tmp_path / "new.toml"
    strict.write_text(
        "model_day_dates = ["
        + ", ".join(
            f"{{ model_day = 'N', weekday = '{day}' }}" for day in ("mon", "tue", "wed", "thu")
        )
        + "]\n[[model_days]]\nid = 'N'\ntitle = 'New'\ncells = [{ id = 'n', "
        "procedure_class = 'appliance', columns = ['C1', 'C2'], start = '08:00', "
        "end = '12:00' }]\n",
        "utf-8",
    )
    table = tmp_path / "migration.csv"
    told = run("migrate", folder, strict, "--out", table, "--json")
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    assert document["fits"]["clash"] > 0
    assert document["first_date"] > start
    assert len(table.read_text("utf-8").splitlines()) == len(document["rows"]) + 1
    shown = run("migrate", folder, strict)
    assert shown.exit_code == 0
    assert "clash, by time or by chair" in shown.stdout


def test_a_fill_says_what_its_model_days_cost(practice: tuple[Path, str], tmp_path: Path) -> None:
    folder, start = practice
    out = tmp_path / "week"
    limits = ("--from", start, "--days", "7", "--time-limit", "2", "--workers", "1")
    told = run("fill", folder, *limits, "--out", out, "--regret", "--json")
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    regret = document["regret"]
    assert 0 <= regret["found"] <= regret["at_most"] + 1e-6
    assert regret["free_objective"] == pytest.approx(document["objective"] - regret["found"])
    assert regret["estimate"] >= 0
    assert "What the model days cost these dates" in (out / "week.html").read_text("utf-8")
    measured = run("measure", folder, out / "schedule.json", "--json")
    kept = json.loads(measured.stdout)["adherence"]
    written = json.loads((out / "result.json").read_text("utf-8"))["adherence"]
    taken = kept["kept_minutes"] + kept["misused_minutes"]
    assert written == {**kept, "kept_share": kept["kept_minutes"] / taken}
    assert document["adherence"] == written
    told = run("adherence", folder, "--schedule", out / "schedule.json", "--json")
    cells = json.loads(told.stdout)["cells"]
    assert kept["kept_minutes"] == sum(cell["own_minutes"] for cell in cells)
    assert sum(one for _, one in kept["empty_minutes"]) == sum(c["empty_minutes"] for c in cells)
    assert "model day: " in run("measure", folder, out / "schedule.json").stdout


def test_the_release_ladder_of_a_practice(practice: tuple[Path, str]) -> None:
    folder, start = practice
    told = run("release", folder, "--from", start, "--days", "5", "--json")
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    by_class = {one["class"]: one for one in document["ladder"]}
    assert by_class["records"]["accepts"] == []
    assert by_class["start"]["days_before"] == 2
    assert {one["class"] for one in document["openings"]} == {"start", "exam", "emergency"}
    assert all(one["empty_minutes"] <= one["cell_minutes"] for one in document["openings"])
    shown = run("release", folder, "--from", start, "--days", "5")
    assert shown.exit_code == 0
    assert "are still to be opened" in shown.stdout


def test_a_repair_is_printed_and_written(practice: tuple[Path, str], tmp_path: Path) -> None:
    folder, start = practice
    new = tmp_path / "new.toml"
    limits = ("--from", start, "--days", "2", "--time-limit", "1", "--workers", "1")
    told = run(
        "repair-template", folder, *limits, "--edits", "1", "--tries", "1", "--out", new, "--json"
    )
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    assert document["objective_free"] <= document["objective_after"] + 1e-6
    assert document["objective_after"] <= document["objective_before"] + 1e-6
    assert len(document["edits"]) <= 1
    # What was written is a template that the practice can take.
    assert run("migrate", folder, new).exit_code == 0


def test_the_staff_calendar_of_a_month(practice: tuple[Path, str], tmp_path: Path) -> None:
    folder, start = practice
    table = tmp_path / "staff.csv"
    asked = ("staff-calendar", folder, "--month", start[:7], "--meeting", "120")
    told = run(*asked, "--out", table, "--json")
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    (meeting,) = document["requests"]
    assert meeting["dates"][0] >= start[:7]
    assert all(one["points"] >= meeting["points"] - 0.1 for one in meeting["alternatives"])
    assert len(table.read_text("utf-8").splitlines()) == len(document["rows"]) + 1
    assert {"column", "meeting"} <= {row["what"] for row in document["rows"]}
    shown = run(*asked)
    assert shown.exit_code == 0
    assert "points of demand" in shown.stdout


def test_a_fill_keeps_to_the_requests_of_the_staff_calendar(
    practice: tuple[Path, str], tmp_path: Path
) -> None:
    """The meeting that was placed is time away of everybody in the folder; nothing new is in it."""
    folder, start = practice
    out, requests = tmp_path / "with_requests", tmp_path / "requests.toml"
    last = dt.date.fromisoformat(start) + dt.timedelta(days=4)
    requests.write_text(
        f'[[requests]]\nid = "m"\nminutes = 120\nearliest = {start}\nlatest = {last}\n', "utf-8"
    )
    asked = ("staff-calendar", folder, "--month", start[:7], "--requests", requests)
    told = run(*asked, "--practice-out", out, "--json")
    assert told.exit_code == 0, told.output
    (meeting,) = json.loads(told.stdout)["requests"]
    (day,) = meeting["dates"]
    old, new = read_problem(folder).problem.practice, read_problem(out).problem.practice
    (block,) = new.staff_blocks[len(old.staff_blocks) :]
    assert (block.kind.value, block.staff) == ("meeting", ())
    assert [f"{one:%H:%M}" for one in (block.start, block.end) if one] == [
        meeting["start"],
        meeting["end"],
    ]
    week = tmp_path / "week"
    filled = run("fill", out, "--from", day, "--days", "1", "--time-limit", "1", "--out", week)
    assert filled.exit_code == 0, filled.output
    rows = list(csv.DictReader((week / "schedule.csv").open(encoding="utf-8")))
    placed = [row for row in rows if row["staff"] and row["kind"] != "kept"]
    assert placed
    for row in placed:
        assert row["end"] <= meeting["start"] or meeting["end"] <= row["start"]
    over = run(*asked, "--practice-out", folder)
    assert over.exit_code == 2
    assert "out-is-the-practice" in over.stderr


def test_a_month_that_is_none_is_refused(practice: tuple[Path, str]) -> None:
    refused = run("staff-calendar", practice[0], "--month", "soon", "--json")
    assert refused.exit_code == 2
    assert json.loads(refused.stdout)["problems"][0]["code"] == "not-a-month"
