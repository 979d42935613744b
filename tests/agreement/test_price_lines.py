"""Prices of the search say the same in the words of the certificate."""

import numpy as np
import pytest

from engine.certificate.bound import PricedProblem
from engine.certificate.verify import verify
from engine.filling.fill import FillSettings, fill_certified
from engine.filling.price_lines import price_lines
from engine.generate import generate
from engine.solver.arrays import to_arrays
from engine.solver.ascent import Ascent
from engine.solver.floor import floor_millipoints
from engine.solver.lagrangian import Lagrangian


@pytest.mark.parametrize(
    ("profile", "visits", "booked", "seed", "share"),
    [
        ("one-doctor", 380, 0.0, 3, 0.98),
        ("one-doctor-units", 380, 0.0, 4, 0.98),
        ("one-doctor", 400, 0.4, 5, 0.98),
    ],
)
def test_the_certificate_proves_what_the_search_claims(
    solve, profile, visits, booked, seed, share
) -> None:
    made = generate(profile, visits, seed, booked_share=booked)
    model = solve.model(made.problem, made.horizon)
    dual = Lagrangian(model, to_arrays(model.program))
    ascent = Ascent(dual)
    ascent.cycle(400, 60_000.0)
    prices = dual.whole(ascent.prices).astype(np.int64)
    lines = price_lines(model, dual.dual_rows, prices)
    proven = PricedProblem(made.problem, made.horizon).bound(lines)
    worth = ascent.bound() - floor_millipoints(model)
    assert worth > 1_000_000  # a thousand points: something has to be proven
    assert floor_millipoints(model) + share * worth < proven < ascent.bound() + 0.02 * worth


@pytest.mark.parametrize(("visits", "booked"), [(25, 0.0), (60, 0.5)])
def test_a_fill_brings_its_own_proof(visits, booked) -> None:
    made = generate("one-doctor", visits, 8, booked_share=booked)
    limits = FillSettings(time_limit=5.0, workers=1, gap=0.0, reproducible=True)
    result, certificate = fill_certified(made.problem, made.horizon, limits)
    assert result.schedule is not None
    assert certificate is not None
    verdict = verify(made.problem, result.schedule, certificate)
    assert verdict.failed == ()
    assert verdict.gap == result.certified_gap
    assert result.certified_bound == certificate.bound_millipoints / 1000
    assert result.certified_bound <= result.objective
    assert certificate.prices
