"""Scoring a visit: by the prior, by a practice's own model, and what is not known yet."""

import datetime as dt
import math
import operator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import nbinom

from engine.practice import (
    Account,
    AgeBand,
    Attendance,
    Confirmation,
    HourEffect,
    NoShowFeature,
    NoShowModel,
    Policy,
    RiskPolicy,
)
from engine.risk.features import HISTORY, PRIORS, history_features
from engine.risk.fit.design import FEATURES
from engine.risk.no_show import NoShow
from engine.risk.prior import prior_model
from engine.risk.score import Scorer, logistic

SHARES = {"unconfirmed": 0.5, "reminded": 0.0, "confirmed": 0.5}
NEVER = {
    *("payer", "payor", "insur", "medicaid", "welfare", "income"),
    *("language", "sex", "gender", "male", "race", "ethnic", "religion", "nation"),
    *("address", "street", "zip", "post", "city", "neighbour", "district", "name"),
}


def logit(p: float) -> float:
    return math.log(p / (1 - p))


def with_model(problem, model):
    return problem.model_copy(update={"no_show_model": model})


def test_without_a_model_the_visits_average_the_stated_rate(tiny):
    visits = [
        tiny.visit(f"V{n}", attendance=Attendance(kept=5, missed=n), account=Account.OVERDUE)
        for n in range(3)
    ]
    problem = tiny.problem(*visits)
    no_show = NoShow(problem)
    usual = problem.as_of.date() + dt.timedelta(days=42)
    mean = sum(no_show.probability(visit, usual, None) for visit in visits) / 3
    assert mean == pytest.approx(0.05, abs=1e-6)


def test_the_prior_counts_one_miss_of_six_as_1_and_a_new_patient_as_average(tiny):
    # Odds go as (misses + k) / (0.05 visits + k), with k = 1 / (e - 1): 1 for one of six instead of
    # none, ln(1 + 2 / k) = ln(2 e - 1) for two. A new patient is above whoever kept six by
    # ln(1 + 0.3 / k) = ln(1 + 0.3 (e - 1)).
    records = [Attendance(kept=6 - n, missed=n) for n in range(3)]
    visits = [tiny.visit(f"V{n}", attendance=one) for n, one in enumerate([*records, Attendance()])]
    no_show = NoShow(tiny.problem(*visits))
    none, one, two, new = (logit(no_show.probability(v, tiny.friday, None)) for v in visits)
    assert one - none == pytest.approx(1.0)
    assert two - none == pytest.approx(math.log(2 * math.e - 1))
    assert new - none == pytest.approx(math.log(1 + 0.3 * (math.e - 1)))


def test_a_record_of_any_length_is_on_average_no_news():
    """Gamma frailty of mean 1 and variance 1 / k: after n visits at rate r the misses are negative
    binomial, and the mean of the frailties that are then believed is 1 for every n.
    """
    k, rate = 1 / (math.e - 1), 0.05
    effect = PRIORS[NoShowFeature.FRAILTY].mean
    for visits in (1, 5, 15):
        p = k / (k + visits * rate)
        shares = [float(nbinom.pmf(m, k, p)) for m in range(visits + 1)]
        factors = [
            math.exp(effect * history_features(visits - m, m, None, rate)[NoShowFeature.FRAILTY])
            for m in range(visits + 1)
        ]
        # A visit is missed once at most, so a little of the distribution lies beyond n.
        mean = sum(map(operator.mul, shares, factors)) / sum(shares)
        assert mean == pytest.approx(1.0, abs=0.02)


def test_a_visit_without_a_time_is_no_visit_that_was_not_confirmed(tiny, model_with):
    """Half of the patients confirm: p is the mean of the two chances, at log-odds -2 and -3.2."""
    model = model_with({"lead_1": 0.0}, confirmation=SHARES)
    problem = with_model(tiny.problem(tiny.visit("V1")), model)
    p = NoShow(problem).probability(problem.visits[0], tiny.friday, None)
    assert p == pytest.approx((logistic(-2.0) + logistic(-3.2)) / 2)
    assert p < logistic(-2.0)


@pytest.mark.parametrize(
    ("said", "on_its_date", "elsewhere"),
    [
        (Confirmation.CONFIRMED, logistic(-3.2), (logistic(-2.0) + logistic(-3.2)) / 2),
        # Nobody stays at reminded (share 0), so whoever was reminded confirms.
        (Confirmation.REMINDED, logistic(-3.2), (logistic(-2.0) + logistic(-3.2)) / 2),
        (Confirmation.UNCONFIRMED, *[(logistic(-2.0) + logistic(-3.2)) / 2] * 2),
    ],
)
def test_what_a_booking_has_said_counts_until_it_moves(
    tiny, model_with, said, on_its_date, elsewhere
):
    booking = tiny.booking("B1", "09:00", movable=True).model_copy(update={"confirmation": said})
    model = model_with({"lead_1": 0.0}, confirmation=SHARES)
    no_show = NoShow(with_model(tiny.problem(booking), model))
    assert no_show.probability(booking.visit, tiny.tuesday, None) == pytest.approx(on_its_date)
    assert no_show.probability(booking.visit, tiny.friday, None) == pytest.approx(elsewhere)


def test_a_booking_of_unknown_age_was_made_at_the_usual_lead_but_not_after_today(tiny, model_with):
    # Half a unit for each unit of lead: ln(43 / 43) = 0 at six weeks, ln(64 / 43) at nine.
    near = tiny.booking("B1", "09:00")
    far = near.model_copy(update={"date": tiny.monday + dt.timedelta(days=63)})
    for booking, lead in ((near, 0.0), (far, math.log(64 / 43))):
        no_show = NoShow(with_model(tiny.problem(booking), model_with({"lead_1": 0.5})))
        p = no_show.probability(booking.visit, booking.date, None)
        assert p == pytest.approx(logistic(-2.0 + 0.5 * lead))


def test_a_reminder_that_is_usual_changes_nothing(tiny, model_with):
    visit = tiny.visit("V1")
    chances = [
        NoShow(with_model(tiny.problem(visit), model)).probability(visit, tiny.friday, None)
        for model in (model_with(), model_with({"reminder_planned": -1.5}))
    ]
    assert chances[0] == chances[1]


def test_hours_and_weekdays_count_from_their_mean_and_within_the_cap(tiny, model_with):
    # clock: (hour + 1/2 - 12) / 4 = -0.875 at 8; 2 x -0.875 = -1.75 is capped at -0.5.
    # Monday 0.3, of which a fifth is the mean: 0.3 x 0.8 on Mondays, 0.3 x -0.2 on Tuesdays.
    model = model_with(
        {"clock_1": 2.0, "weekday_mon": 0.3, "lead_1": 0.0}, centres={"weekday_mon": 0.2}
    )
    visit = tiny.visit("V1")
    no_show = NoShow(with_model(tiny.problem(visit), model))
    assert no_show.hours_matter
    tuesday = logit(no_show.probability(visit, tiny.tuesday, None))
    assert tuesday == pytest.approx(-2.0 - 0.06)
    assert logit(no_show.probability(visit, tiny.monday, None)) - tuesday == pytest.approx(0.3)
    assert logit(no_show.probability(visit, tiny.tuesday, 8)) - tuesday == pytest.approx(-0.5)
    assert logit(no_show.probability(visit, tiny.tuesday, 17)) - tuesday == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("slope", "clock", "stated", "weighs"),
    [
        # At 8 the clock feature is -0.875: 0.4 x -0.875 = -0.35, and the policy's own -0.3.
        (1.0, 0.4, -0.3, -0.5),  # -0.65 together
        (1.0, 0.4, 0.3, -0.05),
        (2.0, 0.4, 0.2, -0.3),  # twice -0.15
        (2.0, 0.4, 0.0, -0.5),  # twice -0.35
        (0.5, 2.0, 0.0, -0.5),  # half of -1.75: what is small in the end is not cut before
        (0.5, 1.0, 0.0, -0.4375),
        (2.0, 0.0, 0.5, 0.5),
    ],
)
def test_the_cap_is_that_of_all_that_is_said_of_an_hour_in_the_end(
    tiny, model_with, slope: float, clock: float, stated: float, weighs: float
):
    calibration = {"slope": slope, "intercept": 0.0}
    model = model_with({"clock_1": clock, "lead_1": 0.0}, calibration=calibration)
    visit = tiny.visit("V1")
    policy = Policy(risk=RiskPolicy(hour_effects=(HourEffect(hour=8, logit=stated),)))
    no_show = NoShow(with_model(tiny.problem(visit, policy=policy), model))
    usual = logit(no_show.probability(visit, tiny.friday, None))
    assert logit(no_show.probability(visit, tiny.friday, 8)) - usual == pytest.approx(weighs)


def test_a_weekday_weighs_no_more_than_the_cap_in_the_end(tiny, model_with):
    # 0.4 on Mondays, three times that after the calibration: 1.2, held at 0.5.
    model = model_with(
        {"weekday_mon": 0.4, "lead_1": 0.0}, calibration={"slope": 3.0, "intercept": 0.0}
    )
    visit = tiny.visit("V1")
    no_show = NoShow(with_model(tiny.problem(visit), model))
    monday, friday = (
        logit(no_show.probability(visit, day, None)) for day in (tiny.monday, tiny.friday)
    )
    assert monday - friday == pytest.approx(0.5)


def test_the_calibration_is_the_last_step(tiny, model_with):
    model = model_with({"lead_1": 0.0}, calibration={"slope": 0.5, "intercept": -1.0})
    visit = tiny.visit("V1")
    no_show = NoShow(with_model(tiny.problem(visit), model))
    assert logit(no_show.probability(visit, tiny.friday, None)) == pytest.approx(-2.0)


@settings(deadline=None)
@given(
    logits=st.lists(st.floats(-30, 30), min_size=len(FEATURES), max_size=len(FEATURES)),
    intercept=st.floats(-10, 10),
    slope=st.floats(0.05, 3),
    lead=st.integers(0, 400),
    kept=st.integers(0, 60),
    missed=st.integers(0, 60),
    confirmed=st.floats(0, 1),
)
def test_every_chance_lies_between_0_and_1(logits, intercept, slope, lead, kept, missed, confirmed):
    raw = prior_model(0.05, intercept).model_dump()
    for effect, value in zip(raw["effects"], logits, strict=True):
        effect["logit"] = value / 6
    raw["calibration"] = {"slope": slope, "intercept": 0.0}
    raw["confirmation"] = {"unconfirmed": 1 - confirmed, "reminded": 0, "confirmed": confirmed}
    scorer = Scorer(NoShowModel.model_validate(raw))
    total = intercept + scorer.plain(history_features(kept, missed, True, 0.05))
    total += scorer.lead(lead)
    p = scorer.probability(max(-12.0, min(12.0, total)), scorer.states(None))
    assert 0 < p < 1


@settings(deadline=None)
@given(
    effects=st.tuples(*[st.floats(0, 3)] * len(HISTORY)),
    kept=st.integers(0, 40),
    missed=st.integers(0, 10),
    last=st.sampled_from([None, False, True]),
)
def test_a_miss_more_never_lowers_the_risk(effects, kept, missed, last):
    sizes = dict(zip(HISTORY, effects, strict=True))
    scorer = Scorer(
        NoShowModel(effects=[{"feature": f, "logit": v, "prior": 0.0} for f, v in sizes.items()])
    )

    def risk(misses: int, last_missed: bool | None) -> float:
        return scorer.plain(history_features(kept, misses, last_missed, 0.05))

    assert risk(missed + 1, last) >= risk(missed, last) - 1e-12
    assert risk(missed + 1, True) >= risk(missed + 1, False)


def test_whoever_is_all_but_sure_to_miss_has_one_chance_in_both_ways(model_with):
    """Beyond some 37 log-odds a mean chance is 1 in floating point, and its log-odds infinite."""
    scorer = Scorer(model_with(confirmation=SHARES, calibration={"slope": 0.05}))
    states = scorer.states(None)
    assert len(states) > 1
    logits = np.array([-700.0, -60.0, 0.0, 40.0, 60.0])
    both = scorer.probabilities(logits, states)
    assert both.tolist() == pytest.approx([scorer.probability(x, states) for x in logits])


def test_nobody_is_scored_by_who_they_are_or_who_pays():
    for feature in NoShowFeature:
        assert [word for word in NEVER if word in feature.value.replace("frailty", "")] == []
    assert set(PRIORS) == set(NoShowFeature)


@pytest.mark.parametrize("feature", ["payer", "language", "sex", "race", "postcode", "insurance"])
def test_a_model_file_cannot_bring_in_another_feature(feature):
    with pytest.raises(ValidationError, match="effects"):
        NoShowModel.model_validate({"effects": [{"feature": feature, "logit": 1.0, "prior": 0.0}]})


def test_a_model_is_json_that_comes_back_equal(model_with):
    model = model_with(confirmation=SHARES)
    assert NoShowModel.model_validate_json(model.model_dump_json()) == model


def test_age_counts_by_band(tiny):
    bands = (AgeBand.OVER_30, AgeBand.AGE_12_17, AgeBand.AGE_18_30, None)
    visits = [tiny.visit(f"V{n}", age_band=band) for n, band in enumerate(bands)]
    no_show = NoShow(tiny.problem(*visits))
    over, teen, young, unknown = (logit(no_show.probability(v, tiny.friday, None)) for v in visits)
    assert (teen - over, young - over) == (pytest.approx(0.35), pytest.approx(0.45))
    assert unknown == pytest.approx(over)
