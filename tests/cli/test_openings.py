"""`modelday openings` on a small practice folder, and what a hold does to the other commands."""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.certificate.certificate import Certificate, Priced, PriceLine
from engine.certificate.certificate_json import write_certificate
from engine.cli.main import app
from engine.files import read_holds, read_problem, write_folder, write_schedule
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.practice import Booking, ChairKind, Horizon
from engine.units import clock_text, to_minutes


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def asked(*arguments: str | Path, code: int = 0) -> dict:
    result = run("openings", *arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """40 visits that wait, 20 of them booked, from Monday 9 March 2026 on; now is the Thursday."""
    folder = tmp_path / "practice"
    write_folder(generate("one-doctor", 40, 7, booked_share=0.5).problem, folder)
    return folder


def test_a_new_caller_is_offered_dates_of_its_own(practice: Path) -> None:
    told = asked(practice, "--procedure", "NPEX", "--count", "3")
    dates = [one["date"] for one in told["openings"]]
    assert len(set(dates)) == 3
    assert {one["visit"] for one in told["openings"]} == {told["visit"]["id"]} == {"call-1"}
    assert (told["from"], told["days"], told["priced"]) == ("2026-03-05", 60, [])
    costs = [one["millipoints"] for one in told["openings"]]
    assert costs == sorted(costs)
    shown = run("openings", practice, "--procedure", "NPEX", "--count", "3")
    assert shown.exit_code == 0
    assert all(one["start"] in shown.stdout for one in told["openings"])


def test_a_hold_stands_in_the_book_until_it_is_given_back_or_over(practice: Path) -> None:
    first = asked(practice, "--procedure", "NPEX", "--hold", "1", "--hold-minutes", "30")
    held, best = first["hold"], first["openings"][0]
    assert (held["placement"]["date"], held["until"]) == (best["date"], "2026-03-05T08:30:00")
    assert [one.visit.id for one in read_holds(practice)] == ["call-1"]
    book = json.loads(run("validate", practice, "--json").stdout)
    assert book["bookings"] == len(read_problem(practice).problem.bookings) + 1

    def chairs_at(told: dict) -> list[str]:
        same = [
            o for o in told["openings"] if (o["date"], o["start"]) == (best["date"], best["start"])
        ]
        return [chair for one in same for chair in one["chairs"]]

    second = asked(practice, "--procedure", "NPEX", "--count", "50")
    assert second["visit"]["id"] == "call-2"
    assert held["placement"]["segments"][0]["chair"] not in chairs_at(second)
    over = asked(practice, "--procedure", "NPEX", "--now", "2026-03-05T08:30", "--count", "50")
    assert over["visit"]["id"] == "call-1"
    assert run("openings", practice, "--visit", "call-1", "--release").exit_code == 0
    assert read_holds(practice) == ()


def test_times_that_suit_the_caller_bind(practice: Path) -> None:
    told = asked(practice, "--procedure", "NPEX", "--when", "tue 08:00-12:00", "--count", "50")
    assert told["openings"]
    assert {one["half_day"] for one in told["openings"]} == {"morning"}
    none = asked(practice, "--procedure", "NPEX", "--when", "sun 08:00-12:00", code=1)
    assert none["openings"] == []


def test_a_booking_can_be_asked_to_move(practice: Path) -> None:
    booked = read_problem(practice).problem.bookings[0]
    told = asked(practice, "--visit", booked.visit.id, "--count", "50")
    assert told["visit"]["id"] == booked.visit.id
    assert told["openings"]


@pytest.mark.parametrize(("now", "is_open"), [("08:14", True), ("08:15", False)])
def test_a_booking_keeps_its_time_while_another_is_held_for_it(practice, now, is_open) -> None:
    """Its own time is nobody else's, open or over; what is held while the hold is open."""
    exams = [b for b in read_problem(practice).problem.bookings if b.visit.procedure == "NPEX"]
    booked = exams[-1]
    name = booked.visit.id
    asked(practice, "--visit", name, "--from", "2026-03-12", "--hold", "1")
    (hold,) = read_holds(practice)
    length = to_minutes(hold.placement.end) - to_minutes(hold.placement.start)

    def can_have(asker: tuple[str, str], date: dt.date, start: dt.time) -> bool:
        """Whether this very time in the one exam room is offered."""
        end = clock_text(to_minutes(start) + length)
        when = ("--when", f"{date:%a} {start:%H:%M}-{end}".lower())
        dates = ("--from", date.isoformat(), "--days", "1", "--now", f"2026-03-05T{now}")
        return run("openings", practice, *asker, *when, *dates).exit_code == 0

    exam, held = ("--procedure", "NPEX"), (hold.placement.date, hold.placement.start)
    assert held != (booked.date, booked.start)
    assert not can_have(exam, booked.date, booked.start)
    assert can_have(exam, *held) != is_open
    assert can_have(("--visit", name), *held)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), ["who-asks"]),
        (("--visit", "V00001", "--procedure", "NPEX"), ["who-asks"]),
        (("--visit", "nobody", "--minutes", "20"), ["unknown-visit", "who-asks"]),
        (("--procedure", "NPEX", "--minutes", "7"), ["bad-length"]),
        (("--procedure", "NPEX", "--patient", "Ann Example", "--when", "noon"),
         ["bad-id", "bad-window"]),
        (("--procedure", "NONE"), ["unknown-procedure"]),
        (("--procedure", "NPEX", "--now", "noon"), ["not-a-moment"]),
        (("--procedure", "NPEX", "--count", "2", "--hold", "3"), ["no-such-opening"]),
        (("--visit", "V00001", "--release"), ["no-hold"]),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_all_its_reasons(practice, options, codes) -> None:
    told = asked(practice, *options, code=2)
    assert [one["code"] for one in told["problems"]] == codes
    assert "Ann Example" not in json.dumps(told)


def test_after_a_fill_its_times_are_taken_and_its_prices_count(practice, tmp_path) -> None:
    problem = read_problem(practice).problem
    horizon = Horizon(start=dt.date(2026, 3, 9), days=7)
    schedule = fill_by_hand(problem, horizon, fit="best", order="due")
    write_schedule(schedule, tmp_path / "schedule.json")
    exam = next(one.id for one in problem.practice.chairs if one.kind is ChairKind.EXAM)
    line = PriceLine(of=Priced.CHAIR, id=exam, date=horizon.start, steps=((0, 1440, 5000),))
    paper = Certificate(
        problem="", start=horizon.start, days=7, schedule="", prices=(line,),
        bound_millipoints=0, objective_millipoints=0,
    )  # fmt: skip
    asking = ("--procedure", "NPEX", "--fill", tmp_path, "--from", "2026-03-09", "--count", "50")
    bare = asked(practice, *asking, "--days", "7")
    write_certificate(paper, tmp_path / "certificate.json")
    priced = asked(practice, *asking, "--days", "7")
    assert bare["priced"] == []
    assert priced["priced"] == [day.isoformat() for day in horizon.dates]
    # An exam of 60 minutes holds the room for 12 steps, without turnover; only Monday has prices.
    extra = {one["date"]: one["millipoints"] - one["own_millipoints"] for one in priced["openings"]}
    assert extra.pop("2026-03-09", 12 * 5000) == 12 * 5000
    assert set(extra.values()) <= {0}
    # Beyond the fill's dates prices are kept where they are, and it is said where they are not.
    longer = asked(practice, *asking, "--days", "20")
    assert longer["priced"] == priced["priced"]
    beyond = [one for one in longer["openings"] if one["date"] > horizon.dates[-1].isoformat()]
    assert beyond
    assert all(one["millipoints"] == one["own_millipoints"] for one in beyond)
    shown = run("openings", practice, *asking, "--days", "20").stdout
    assert "prices from 2026-03-09 to 2026-03-15, other times may look cheaper" in shown
    assert shown.count("not known") == len(beyond)
    taken = {
        (placed.date.isoformat(), f"{placed.start:%H:%M}")
        for placed in schedule.placements
        if placed.segments[0].chair == exam
    }
    offers = {(one["date"], one["start"]) for one in bare["openings"] if one["chairs"] == [exam]}
    assert not taken & offers


def test_a_booking_made_since_the_fill_counts_and_is_named(practice, tmp_path) -> None:
    """The fill proposed an exam; by now its patient is booked, and confirmed, a week later."""
    problem = read_problem(practice).problem
    horizon = Horizon(start=dt.date(2026, 3, 9), days=7)
    schedule = fill_by_hand(problem, horizon, fit="best", order="due")
    write_schedule(schedule, tmp_path / "schedule.json")
    exam = next(one for one in problem.visits if one.procedure == "NPEX")
    old = schedule.placement_of[exam.id]
    day, room = old.date + dt.timedelta(days=7), old.segments[0].chair
    booking = Booking(visit=exam, date=day, start=old.start, chair=room)
    waiting = tuple(one for one in problem.visits if one.id != exam.id)
    book = {"visits": waiting, "bookings": (*problem.bookings, booking)}
    write_folder(problem.model_copy(update=book), practice)

    def can_have(date: dt.date) -> bool:
        """Whether the exam's time of the day is offered on a date."""
        when = f"{date:%a} {old.start:%H:%M}-{old.end:%H:%M}".lower()
        dates = ("--from", date.isoformat(), "--days", "1", "--when", when)
        result = run("openings", practice, "--procedure", "NPEX", "--fill", tmp_path, *dates)
        assert f"visit {exam.id}: the fill has it on {old.date}" in result.stderr
        return result.exit_code == 0

    assert not can_have(day)
    assert can_have(old.date)
    page = ("--fill", tmp_path, "--out", tmp_path / "huddle.html")
    shown = run("huddle", practice, old.date.isoformat(), *page)
    assert shown.exit_code == 0
    assert "[booked-since-the-fill]" in shown.stderr
    assert exam.id not in (tmp_path / "huddle.html").read_text("utf-8")


def test_times_kept_for_later_callers_cost_more(practice: Path) -> None:
    bare = asked(practice, "--procedure", "NPEX", "--count", "50")
    kept = asked(practice, "--procedure", "NPEX", "--count", "50", "--protect")
    assert (bare["protected"], kept["protected"]) == (False, True)
    assert {one["millipoints"] - one["own_millipoints"] for one in bare["openings"]} == {0}
    extra = [one["millipoints"] - one["own_millipoints"] for one in kept["openings"]]
    assert min(extra) >= 0
    assert max(extra) > 0


def test_a_hold_of_another_practice_refuses_the_folder(practice: Path) -> None:
    asked(practice, "--procedure", "NPEX", "--hold", "1")
    text = (practice / "holds.json").read_text("utf-8")
    (practice / "holds.json").write_text(text.replace('"NPEX"', '"GONE"').replace('"X1"', '"X9"'))
    result = json.loads(run("validate", practice, "--json").stdout)
    codes = {one["code"] for one in result["problems"]}
    assert codes == {"hold-unknown-procedure", "hold-unknown-resource"}
