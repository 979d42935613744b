"""Policies: what each may and may not do, on the question of one week."""

import datetime as dt

import pytest

from engine.checker import check
from engine.filling.best_so_far import BY_HAND
from engine.practice import Account, Attendance, Horizon, Policy, Problem, RiskPolicy
from engine.practice.calendar import model_day_on
from engine.problems import Severity
from engine.result import Result, Status, TracePoint
from engine.risk.no_show import NoShow
from engine.simulate.policies import POLICIES
from engine.simulate.question import week_question
from engine.simulate.settings import EngineSettings
from engine.units import to_minutes
from engine.validation import problems_of

LIMITS = EngineSettings(seconds=1.0, workers=1)


@pytest.fixture
def question(lived) -> tuple[Problem, Horizon]:
    clinic = lived("first-fit").clinic
    monday = clinic.monday(7)
    now = dt.datetime.combine(monday - dt.timedelta(days=3), dt.time(14))
    horizon = Horizon(start=monday, days=7)
    return week_question(clinic, now, horizon), horizon


def test_the_question_of_a_week_is_sound(question):
    problem, horizon = question
    stopping = (Severity.REFUSED, Severity.SET_ASIDE)
    assert [p for p in problems_of(problem, horizon) if p.severity in stopping] == []
    assert problem.visits
    assert problem.bookings


@pytest.mark.parametrize("name", ["first-fit", "best-fit", "model-day-only"])
def test_by_hand_every_rule_is_kept(question, name: str):
    problem, horizon = question
    schedule = POLICIES[name](LIMITS).choose(problem, horizon, 0).schedule
    assert check(problem, schedule).violations == ()


@pytest.mark.long
@pytest.mark.parametrize("name", ["engine", "engine-constant-p", "clairvoyant"])
def test_by_the_engine_every_rule_is_kept(question, name: str):
    problem, horizon = question
    schedule = POLICIES[name](LIMITS).choose(problem, horizon, 0).schedule
    assert check(problem, schedule).violations == ()


@pytest.mark.parametrize(
    ("ended", "fell_back"),
    [
        (("none", Status.UNKNOWN), True),
        (("by hand alone", Status.FEASIBLE), True),
        (("by hand alone", Status.OPTIMAL), False),  # nobody can do better than best fit
        (("improved", Status.FEASIBLE), False),
    ],
)
def test_a_week_without_a_schedule_of_the_engine_says_so(
    question, monkeypatch, ended: tuple[str, Status], fell_back: bool
):
    problem, horizon = question
    by_hand = POLICIES["best-fit"](LIMITS).choose(problem, horizon, 0).schedule
    what, status = ended
    first = TracePoint(seconds=0.1, objective=9.0, bound=None, by=BY_HAND)
    better = TracePoint(seconds=0.2, objective=7.0, bound=None, by="dive")
    trace = {"none": (), "by hand alone": (first,), "improved": (first, better)}[what]
    result = Result(
        status=status,
        schedule=by_hand if trace else None,
        objective=trace[-1].objective if trace else None,
        trace=trace,
    )
    monkeypatch.setattr("engine.filling.fill.fill_days", lambda *asked: result)
    chosen = POLICIES["engine"](LIMITS).choose(problem, horizon, 0)
    assert chosen.fell_back is fell_back
    assert chosen.schedule == by_hand


@pytest.mark.parametrize("name", ["first-fit", "best-fit", "model-day-only"])
def test_who_fills_by_hand_falls_back_on_nothing(question, name: str):
    assert not POLICIES[name](LIMITS).choose(*question, 0).fell_back


def foreign_cells(problem: Problem, schedule) -> int:
    """New placements that lie in a cell of another class for a minute or more."""
    found = 0
    for placed in schedule.placements:
        if placed.visit in problem.booking_of:
            continue
        visit = problem.all_visits[placed.visit]
        klass = problem.procedures[visit.procedure].procedure_class
        model_day = model_day_on(problem.practice, placed.date)
        assert model_day is not None
        found += any(
            piece.chair in cell.columns
            and to_minutes(piece.start) < to_minutes(cell.end)
            and to_minutes(cell.start) < to_minutes(piece.end)
            and cell.procedure_class != klass
            for piece in placed.segments
            for cell in model_day.cells
        )
    return found


def test_model_day_only_never_uses_the_cell_of_another_class(small_problem, lived):
    clinic = lived("first-fit").clinic
    visits = small_problem.visits
    horizon = Horizon(start=clinic.monday(1), days=7)
    # On the very day holds and starts are released: first fit takes them, the model day does not.
    late = small_problem.model_copy(
        update={
            "as_of": dt.datetime.combine(horizon.start, dt.time(6)),
            "bookings": (),
            "visits": tuple(v.model_copy(update={"follows": (), "earliest": None}) for v in visits),
        }
    )
    strict = POLICIES["model-day-only"](LIMITS).choose(late, horizon, 0).schedule
    assert foreign_cells(late, strict) == 0
    assert foreign_cells(late, POLICIES["first-fit"](LIMITS).choose(late, horizon, 0).schedule) > 0
    assert len(strict.placements) > 10


def test_constant_p_is_the_base_rate_for_everybody(tiny):
    visit = tiny.visit("V1", attendance=Attendance(kept=1, missed=5), account=Account.COLLECTIONS)
    day = tiny.tuesday

    other = tiny.visit("V2")

    def both(constant: bool) -> tuple[float, float]:
        risk = RiskPolicy(base_rate=0.07, constant_no_show=constant)
        prior = NoShow(tiny.problem(visit, other, policy=Policy(risk=risk)))
        return prior.probability(visit, day, 9), prior.probability(other, day, 9)

    assert both(True) == (0.07, 0.07)
    unreliable, reliable = both(False)
    assert unreliable > 2 * reliable


def test_only_the_clairvoyant_foresees():
    seers = [name for name, make in POLICIES.items() if make(LIMITS).foresees]
    assert seers == ["clairvoyant"]
