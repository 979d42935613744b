"""The most one visit can change a KPI: worked by hand, and against the tables that are used."""

import datetime as dt
import math

import pytest

from engine.practice import Confirmation, Horizon, NoShowModel
from engine.risk.no_show import NoShow
from engine.risk.prior import prior_model
from engine.risk.visit_costs import PERSONAL_KPIS, PersonalCosts
from engine.validation.swings import kinds_of, practice_swings
from engine.weights import DEFAULT_WEIGHTS


def lead_logit(days: int) -> float:
    """The prior's effect of the lead time, from its source: a quarter of the log, 0 at 6 weeks."""
    return 0.25 * math.log((1 + days) / 43)


QUANTUM = {weight.kpi: weight.quantum for weight in DEFAULT_WEIGHTS}


def test_by_hand(problem_with, horizon):
    made_today = problem_with(lambda d: d["bookings"][1].update(booked_on="2026-11-27"))
    swings = practice_swings(made_today, horizon)
    # 5 days from Monday 30 November; rebooking 7 days for exams, 21 for the rest (BOND is a start).
    assert swings["overdue_days"] == 26
    assert swings["access_days"] == 26
    # Lead at most 3 + 26 = 29 days: delta = 0.25 ln 30; BOND: 75 chair + 15 doctor minutes.
    missed = math.tanh(0.25 * math.log(30) / 4)
    assert swings["lost_minutes"] == pytest.approx(missed * 90)
    assert swings["late_weeks"] == pytest.approx((26 + 6 + missed * 21) / 7)
    assert swings["doctor_overload"] == 15
    assert swings["uneven_load"] == 75
    # 15 min on a 5-min grid: 3 + 65 / 5 - 1 windows.
    assert swings["doctor_chains"] == 15
    assert swings["preferences_missed"] == 2


def test_a_booking_of_unknown_age_may_lose_six_weeks_of_lead(problem_with, horizon):
    # On 27 November, from 42 days to none: delta = 0.25 ln 43.
    missed = math.tanh(0.25 * math.log(43) / 4)
    assert practice_swings(problem_with(None), horizon)["lost_minutes"] == pytest.approx(
        missed * 90
    )


def test_own_lengths_count(problem_with, horizon):
    longer = problem_with(lambda d: d["visits"][1].update(minutes=150))
    assert practice_swings(longer, horizon)["uneven_load"] == 150
    kinds = [(kind.procedure, kind.minutes) for kind in kinds_of(longer, horizon)]
    assert ("BOND", 150) in kinds
    assert ("BOND", 75) in kinds


def test_units_have_no_chains(problem_with, horizon):
    units = problem_with(
        lambda d: d["practice"].update(doctor_rule={"kind": "units_per_slot", "units": 3})
    )
    assert practice_swings(units, horizon)["doctor_chains"] == 0


def test_exams_and_retention_are_outside_treatment(problem_with, horizon):
    kinds = {kind.procedure: kind.swing for kind in kinds_of(problem_with(None), horizon)}
    assert kinds["EXAM"]["late_weeks"] == 0
    assert kinds["EXAM"]["overdue_days"] == 0
    assert kinds["ADJ"]["late_weeks"] > 0
    assert kinds["ADJ"]["access_days"] == 0
    treated = problem_with(
        lambda d: d["visits"][1].update(procedure="EXAM")  # carries a treatment block
    )
    kinds = {kind.procedure: kind.swing for kind in kinds_of(treated, horizon)}
    assert kinds["EXAM"]["late_weeks"] > 0


def own_model() -> NoShowModel:
    """A model in which everything that depends on the time is larger than in the prior."""
    sizes = {"lead_1": -0.6, "lead_2": 0.9, "weekday_mon": 0.4, "weekday_fri": -0.3, "clock_1": 0.3}
    prior = prior_model(0.05, -2.0)
    effects = tuple(
        effect.model_copy(update={"logit": sizes.get(effect.feature, effect.logit)})
        for effect in prior.effects
    )
    shares = {"unconfirmed": 0.3, "reminded": 0.1, "confirmed": 0.6}
    raw = prior.model_dump() | {"confirmation": shares, "calibration": {"slope": 1.3}}
    return NoShowModel.model_validate(raw | {"effects": effects})


@pytest.mark.parametrize("model", [None, own_model()], ids=["prior", "own model"])
@pytest.mark.parametrize("days", [5, 40])
def test_no_table_value_swings_more(problem_with, days, model):
    """The tables that the solver and the KPIs use stay within the swings, visit by visit."""

    def change(d):
        d["policy"]["risk"] = {
            "hour_effects": [{"hour": 8, "logit": 0.5}, {"hour": 16, "logit": -0.4}],
            "base_rate": 0.2,
        }
        block = d["visits"][1]["treatment"]
        late = block | {"original_ecd": "2026-07-01", "current_ecd": "2026-08-01"}
        d["visits"][0].update(treatment=late, attendance={"missed": 3}, due="2026-06-01")
        d["visits"].append({"id": "V4", "patient": "P9", "procedure": "EXAM", "due": "2026-11-02"})
        d["bookings"][1].update(confirmation="confirmed", booked_on="2026-08-01")
        d["bookings"][1]["visit"].update(treatment=late | {"remaining_visits": 2})

    problem = problem_with(change).model_copy(update={"no_show_model": model})
    horizon = Horizon(start=dt.date(2026, 11, 30), days=days)
    swings = {k.procedure: k.swing for k in kinds_of(problem, horizon)}
    costs = PersonalCosts(problem, horizon)
    asked = [*problem.visits, problem.bookings[1].visit]
    for visit in asked:
        table = [costs.at(visit.id, day, hour) for day in horizon.dates for hour in (8, 12, 16)]
        table.append(costs.unplaced(visit.id))
        for kpi in PERSONAL_KPIS:
            values = [row[kpi] for row in table]
            most = math.ceil(swings[visit.procedure][kpi] / QUANTUM[kpi])
            assert max(values) - min(values) <= most, (visit.id, kpi)


def test_the_log_odds_of_a_confirmation_are_those_of_the_risk_table(problem_with, horizon):
    said = {"confirmation": "confirmed", "booked_on": "2026-11-27"}
    problem = problem_with(lambda d: d["bookings"][1].update(said))
    assert problem.bookings[1].confirmation is Confirmation.CONFIRMED
    costs = PersonalCosts(problem, horizon)

    def logit(day: int) -> float:
        p = costs.no_show("B2", dt.date(2026, 12, day), None)
        return math.log(p / (1 - p))

    # Kept on the 2nd (5 days ahead), moved to the 3rd (6 days ahead).
    lost = logit(3) - logit(2) - (lead_logit(6) - lead_logit(5))
    assert lost == pytest.approx(1.2)
    no_show = NoShow(problem)
    asked_again = no_show.logit_range(0, {Confirmation.CONFIRMED}) - no_show.logit_range(0)
    assert asked_again == pytest.approx(1.2)
    assert no_show.logit_range(0, {Confirmation.UNCONFIRMED}) == no_show.logit_range(0)
