"""`modelday fill-hole` on a small practice folder."""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli.main import app
from engine.files import read_folder, write_folder
from engine.generate import generate
from engine.practice import Booking, VisitList


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def asked(*arguments: str | Path, code: int = 0) -> dict:
    result = run("fill-hole", *arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """80 visits, half of them booked, the others on the ASAP list; the longest booking's visit."""
    problem = generate("one-doctor", 80, 7, booked_share=0.5).problem
    asap = tuple(visit.model_copy(update={"listed": VisitList.ASAP}) for visit in problem.visits)
    folder = tmp_path_factory.mktemp("hole") / "practice"
    write_folder(problem.model_copy(update={"visits": asap}), folder)
    longest = max(
        (one for one in problem.bookings if one.chair is not None),
        key=lambda one: problem.procedures[one.visit.procedure].minutes,
    )
    return folder, longest.visit.id


def test_the_time_of_a_visit_that_does_not_come(practice) -> None:
    folder, visit = practice
    told = asked(folder, "--visit", visit, "--count", "4")
    assert 0 < len(told["candidates"]) <= 4
    for one in told["candidates"]:
        assert told["start"] <= one["start"] < one["end"] <= told["end"]
        assert one["visit"] != visit
        assert one["listed"] == "asap"
    shown = run("fill-hole", folder, "--visit", visit, "--count", "4")
    assert all(one["visit"] in shown.stdout for one in told["candidates"])


def test_by_its_date_and_chair_it_is_no_hole_while_the_booking_is_in_the_book(practice) -> None:
    folder, visit = practice
    told = asked(folder, "--visit", visit)
    times = ("--date", told["date"], "--start", told["start"], "--end", told["end"])
    (refused,) = asked(folder, *times, "--chair", told["chair"], code=2)["problems"]
    assert refused["code"] == "taken-hole"
    assert f"{visit} ({told['start']}-{told['end']})" in refused["cause"]


def test_a_free_time_of_a_chair(practice) -> None:
    times = ("--date", "2026-03-12", "--start", "13:00", "--end", "14:30", "--chair", "C1")
    assert asked(practice[0], *times)["candidates"]


def test_what_a_candidate_would_give_up_and_whose_family_it_is(practice, tmp_path) -> None:
    problem = read_folder(practice[0]).problem
    times = ("--date", "2026-03-12", "--start", "13:00", "--end", "14:30", "--chair", "C1")
    first, second = asked(practice[0], *times)["candidates"][:2]
    visits = problem.all_visits
    booked = Booking(
        visit=visits[first["visit"]].model_copy(update={"household": "H77"}),
        date=dt.date(2026, 5, 4),
        start=dt.time(9),
        chair="C1",
        movable=True,
    )
    waiting = tuple(one for one in problem.visits if one.id != first["visit"])
    changed = {"visits": waiting, "bookings": (*problem.bookings, booked)}
    write_folder(problem.model_copy(update=changed), tmp_path / "practice")
    lines = run("fill-hole", tmp_path / "practice", *times).stdout.splitlines()
    (told,) = [line.split() for line in lines if first["visit"] in line]
    assert told[-4:] == ["2026-05-04", "09:00", "movable", "H77"]
    assert not any("H77" in line for line in lines if second["visit"] in line)


def test_nobody_fits_into_five_minutes(practice) -> None:
    folder, _ = practice
    options = ("--date", "2026-03-10", "--start", "09:00", "--end", "09:05", "--chair", "C1")
    assert asked(folder, *options, code=1)["candidates"] == []


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), ["which-hole"]),
        (("--date", "2026-03-10", "--start", "09:00"), ["which-hole"]),
        (("--visit", "nobody"), ["unknown-visit"]),
        (("--visit", "nobody", "--chair", "C1"), ["which-hole"]),
        (
            ("--date", "2026-03-10", "--start", "09:00", "--end", "09:00", "--chair", "C99"),
            ["unknown-chair", "empty-hole"],
        ),
        (
            ("--date", "2026-03-10", "--start", "nine", "--end", "10:00", "--chair", "C1"),
            ["bad-clock"],
        ),
    ],
)
def test_what_makes_no_sense_is_refused(practice, options, codes) -> None:
    told = asked(practice[0], *options, code=2)
    assert [one["code"] for one in told["problems"]] == codes
