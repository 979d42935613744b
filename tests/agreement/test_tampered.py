"""A certificate of a real fill with one price changed: refused, or its bound is still a bound.

Whatever the prices, what they prove holds for every schedule. So a tampered certificate can claim
too much only in the number, which is worked out again: it is refused unless the changed prices
prove exactly the number that it claims, and then it claims nothing that is not so.
"""

import random

import pytest
from sound_fill import points

from engine.certificate.bound import PricedProblem
from engine.certificate.certificate import Certificate, PriceLine
from engine.certificate.verify import verify
from engine.filling.by_hand import fill_by_hand
from engine.filling.fill import FillSettings, fill_certified
from engine.generate import generate

SETTINGS = FillSettings(time_limit=2.0, gap=0.0, workers=1, reproducible=True)


@pytest.fixture(scope="module")
def filled():
    """A half-booked week, its schedule, the certificate, and another schedule of the same week."""
    made = generate("one-doctor", 30, 5, booked_share=0.4)
    result, certificate = fill_certified(made.problem, made.horizon, SETTINGS)
    assert certificate is not None
    assert len(certificate.prices) > 10
    hand = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    return made, result.schedule, certificate, hand


def with_one_price_changed(certificate: Certificate, rng: random.Random) -> Certificate:
    """One step of one line costs more or less by up to as much again, and at least a millipoint."""
    lines = list(certificate.prices)
    at = rng.randrange(len(lines))
    steps = list(lines[at].steps)
    which = rng.randrange(len(steps))
    start, end, price = steps[which]
    steps[which] = (start, end, price + rng.choice((-1, 1)) * rng.randint(1, max(1, abs(price))))
    lines[at] = lines[at].model_copy(update={"steps": tuple(steps)})
    return certificate.model_copy(update={"prices": tuple(lines)})


def test_one_price_changed_is_refused_or_proves_the_same(filled) -> None:
    made, schedule, certificate, hand = filled
    assert verify(made.problem, schedule, certificate).ok
    priced = PricedProblem(made.problem, made.horizon, certificate.without)
    refused = 0
    for seed in range(30):
        tampered = with_one_price_changed(certificate, random.Random(seed))
        verdict = verify(made.problem, schedule, tampered)
        refused += not verdict.ok
        proven = proven_by(priced, tampered.prices)
        assert verdict.bound_millipoints == proven
        if proven is None:
            assert any(sentence.startswith("Not a price") for sentence in verdict.failed)
            continue
        assert verdict.ok == (proven == certificate.bound_millipoints)
        # Also with the number changed to fit, it is a bound of every schedule.
        for one in (schedule, hand):
            assert proven <= round(points(made.problem, one) * 1000)
    assert refused > 20


def proven_by(priced: PricedProblem, prices: tuple[PriceLine, ...]) -> int | None:
    """Millipoints; None where they are no prices."""
    try:
        return priced.bound(prices)
    except ValueError:
        return None
