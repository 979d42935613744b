"""A certificate is accepted as it was made, and refused once anything in or beside it differs."""

import datetime as dt

import pytest

from engine.certificate.certificate import Certificate, Priced, PriceLine
from engine.certificate.certificate_json import read_certificate, write_certificate
from engine.certificate.verify import Verdict, certificate_for, verify
from engine.practice import Problem
from engine.problems import PracticeProblemsError
from engine.schedule import Schedule


@pytest.fixture
def day(tiny) -> tuple[Problem, Schedule, Certificate]:
    """One chair, 08:00-08:30 by price: two of three cleanings have a time, one has none."""
    problem = tiny.problem(*(tiny.visit(f"V{n}", "CLEAN") for n in (1, 2, 3)))
    placed = (tiny.place("V1", "08:00", "A10", doctor=None),
              tiny.place("V2", "08:15", "A10", doctor=None))  # fmt: skip
    schedule = tiny.schedule(problem, *placed, start=tiny.tuesday, days=1)
    steps = ((480, 490, 700), (490, 495, 1_200), (600, 605, 40))
    lines = (PriceLine(of=Priced.CHAIR, id="C1", date=tiny.tuesday, steps=steps),)
    return problem, schedule, certificate_for(problem, schedule, lines)


def with_steps(certificate: Certificate, *steps: tuple[int, int, int]) -> Certificate:
    (line,) = certificate.prices
    changed = line.model_copy(update={"steps": steps})
    return certificate.model_copy(update={"prices": (changed,)})


def test_as_it_was_made_it_is_accepted(day) -> None:
    verdict = verify(*day)
    assert verdict.failed == ()
    assert verdict.objective_millipoints == day[2].objective_millipoints
    assert verdict.bound_millipoints == day[2].bound_millipoints
    assert verdict.floor_millipoints is not None
    above = verdict.objective_millipoints - verdict.floor_millipoints
    unproven = verdict.objective_millipoints - day[2].bound_millipoints
    assert verdict.gap == pytest.approx(min(1.0, unproven / above))


@pytest.mark.parametrize(
    "steps",
    [
        ((480, 490, 701), (490, 495, 1_200), (600, 605, 40)),
        ((480, 490, 700), (490, 495, 1_199), (600, 605, 40)),
        ((480, 485, 700), (490, 495, 1_200), (600, 605, 40)),
        ((480, 490, 700), (490, 495, 1_200)),
    ],
)
def test_a_price_raised_lowered_or_taken_out_is_refused(day, steps) -> None:
    problem, schedule, certificate = day
    verdict = verify(problem, schedule, with_steps(certificate, *steps))
    assert any("prove a bound of" in sentence for sentence in verdict.failed)


def test_a_price_below_zero_is_refused_unread(day) -> None:
    problem, schedule, certificate = day
    verdict = verify(problem, schedule, with_steps(certificate, (480, 490, -700)))
    assert verdict.bound_millipoints is None
    assert any("below zero" in sentence for sentence in verdict.failed)


def test_a_price_for_a_chair_that_is_not_there(day) -> None:
    problem, schedule, certificate = day
    (line,) = certificate.prices
    other = line.model_copy(update={"id": "C7"})
    verdict = verify(problem, schedule, certificate.model_copy(update={"prices": (other,)}))
    assert any("no such thing" in sentence for sentence in verdict.failed)


def test_another_time_for_a_visit_is_refused(day, tiny) -> None:
    problem, schedule, certificate = day
    first, _ = schedule.placements
    later = tiny.place("V2", "08:20", "A10", doctor=None)
    changed = schedule.model_copy(update={"placements": (first, later)})
    assert verify(problem, changed, certificate).failed == (
        "The certificate is for another schedule.",
    )
    # At 08:10 the chair is still in turnover.
    clash = tiny.place("V2", "08:10", "A10", doctor=None)
    broken = schedule.model_copy(update={"placements": (first, clash)})
    failed = verify(problem, broken, certificate).failed
    assert any(sentence.startswith("Rule chair_once is broken") for sentence in failed)


def test_another_problem_is_refused(day) -> None:
    problem, schedule, certificate = day
    other = problem.model_copy(update={"as_of": problem.as_of + dt.timedelta(minutes=1)})
    assert "The certificate is for another problem." in verify(other, schedule, certificate).failed


@pytest.mark.parametrize(
    ("field", "words"),
    [("bound_millipoints", "prove a bound of"), ("objective_millipoints", "schedule costs")],
)
@pytest.mark.parametrize("by", [-1, 1])
def test_another_number_is_refused(day, field, words, by) -> None:
    problem, schedule, certificate = day
    changed = certificate.model_copy(update={field: getattr(certificate, field) + by})
    (sentence,) = verify(problem, schedule, changed).failed
    assert words in sentence


def test_other_dates_are_refused(day) -> None:
    problem, schedule, certificate = day
    verdict = verify(problem, schedule, certificate.model_copy(update={"days": 2}))
    assert any("days from" in sentence for sentence in verdict.failed)


def test_a_frozen_booking_in_another_chair_is_refused(tiny) -> None:
    problem = tiny.problem(tiny.booking("B1", "08:00", procedure="CLEAN"), clinic=2)
    there = tiny.place("B1", "08:00", "A10", chair="C2", doctor=None)
    schedule = tiny.schedule(problem, there, start=tiny.tuesday, days=1)
    verdict = verify(problem, schedule, certificate_for(problem, schedule, ()))
    assert verdict.failed == (f"{tiny.tuesday} 08:00: booking B1 leaves chair C1.",)


def test_what_bookings_go_without_stands_in_the_certificate(tiny) -> None:
    """Two bookings at 08:00 and one assistant: the second goes without."""
    booked = [tiny.booking(f"B{n}", "08:00", f"C{n}", "CLEAN") for n in (1, 2)]
    problem = tiny.problem(*booked, clinic=3)
    placed = [
        tiny.place(f"B{n}", "08:00", "A10", chair=f"C{n}", staff=who, doctor=None)
        for n, who in ((1, "AS1"), (2, None))
    ]
    schedule = tiny.schedule(problem, *placed, start=tiny.tuesday, days=1)
    certificate = certificate_for(problem, schedule, ())
    assert certificate.without == (("B2", "staff", 0),)
    assert verify(problem, schedule, certificate).ok
    silent = certificate.model_copy(update={"without": ()})
    assert verify(problem, schedule, silent).failed == (
        "Booking B2 goes without staff in stage 0, which the bound leaves out.",
    )


def test_the_file_gives_the_certificate_back(day, tmp_path) -> None:
    path = tmp_path / "certificate.json"
    write_certificate(day[2], path)
    assert read_certificate(path) == day[2]
    assert [file.name for file in tmp_path.iterdir()] == ["certificate.json"]


@pytest.mark.parametrize("price", ["1200.5", "true", '"1200"', "null"])
def test_a_price_that_is_no_whole_number_refuses_the_file(day, tmp_path, price) -> None:
    path = tmp_path / "certificate.json"
    write_certificate(day[2], path)
    path.write_text(path.read_text("utf-8").replace("1200]", f"{price}]"), "utf-8")
    with pytest.raises(PracticeProblemsError):
        read_certificate(path)


def test_a_verdict_without_failed_claims_is_good() -> None:
    assert Verdict(failed=(), objective_millipoints=1).ok
    assert not Verdict(failed=("One.",), objective_millipoints=1).ok
