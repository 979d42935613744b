"""A time is held for a caller after the schedule was made: the commands on a plan go on.

Now is Monday 2 March 2026, 07:00; the plan is of the Tuesday.
"""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.inputs import read_plan
from engine.cli.main import app
from engine.files import write_folder, write_holds, write_schedule
from engine.schedule import Hold


@pytest.fixture
def folder(tiny, tmp_path: Path) -> Path:
    """V1 is proposed for 09:00, B1 is booked at 13:00; V2 has no time."""
    problem = tiny.problem(
        tiny.visit("V1"), tiny.visit("V2"), tiny.booking("B1", "13:00", movable=True)
    )
    write_folder(problem, tmp_path / "practice")
    placed = (tiny.place("V1", "09:00"), tiny.place("B1", "13:00"))
    schedule = tiny.schedule(problem, *placed, start=tiny.tuesday, days=1)
    write_schedule(schedule, tmp_path / "schedule.json")
    (tmp_path / "responses.csv").write_text("visit,answer\nV1,accepted\n", "utf-8")
    return tmp_path


def hold(tiny, folder: Path, visit: str, start: str, **when) -> None:
    held = tiny.place(visit, start, **when)
    until = dt.datetime(2026, 3, 2, 7, 15)
    write_holds(folder / "practice", [Hold(visit=tiny.visit(visit), placement=held, until=until)])


def run(folder: Path, command: str, *more: str) -> Result:
    files = [str(folder / "practice"), *([str(folder / "responses.csv")] * (command == "respond"))]
    plan = ("--schedule", str(folder / "schedule.json"))
    return CliRunner().invoke(app, [command, *files, *plan, *more, "--json"])


COMMANDS = [
    ("why", ()),
    ("repair", ("--date", "2026-03-03", "--out", "TC1")),
    ("respond", ("--time-limit", "2", "--workers", "1", "--reproducible")),
]


@pytest.mark.parametrize(("command", "more"), COMMANDS)
def test_the_plan_stands_with_the_held_time_in_it(tiny, folder, command, more) -> None:
    hold(tiny, folder, "call-1", "10:00")
    out = ("--out", str(folder / "out")) if command == "respond" else ()
    result = run(folder, command, *more, *out)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("visit", "start", "days", "expected"),
    [
        ("call-1", "10:00", 0, {"V1": "09:00", "B1": "13:00", "call-1": "10:00"}),
        ("call-1", "10:00", 1, {"V1": "09:00", "B1": "13:00"}),
        ("V2", "10:00", 0, {"V1": "09:00", "B1": "13:00", "V2": "10:00"}),
        ("V1", "10:00", 0, {"V1": "10:00", "B1": "13:00"}),
        ("V1", "10:00", 1, {"B1": "13:00"}),
        ("B1", "10:00", 0, {"V1": "09:00", "B1": "13:00", "B1-held": "10:00"}),
    ],
)
def test_a_held_time_takes_the_place_of_the_plan_s(
    tiny, folder, visit, start, days, expected
) -> None:
    hold(tiny, folder, visit, start, date=tiny.tuesday + dt.timedelta(days=days))
    _, plan = read_plan(folder / "practice", folder / "schedule.json")
    assert {one.visit: f"{one.start:%H:%M}" for one in plan.placements} == expected


@pytest.mark.parametrize(("visit", "start"), [("call-1", "09:00"), ("B1", "09:00")])
def test_where_the_plan_has_somebody_else_it_is_said_that_the_time_is_held(
    tiny, folder, visit, start
) -> None:
    hold(tiny, folder, visit, start)
    result = run(folder, "why")
    assert result.exit_code == 2
    told = json.loads(result.stdout)["problems"]
    remedies = {one["remedy"] for one in told}
    assert remedies == {f"a time is held for {visit}: release it, or wait until it is over"}
