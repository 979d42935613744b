"""The certificate of a filled schedule, and what it proves, beside the result."""

from engine.certificate.certificate import Certificate, PriceLine
from engine.certificate.verify import proof_of
from engine.practice import Problem
from engine.result import Result
from engine.schedule import Schedule
from engine.weights import MILLIPOINTS


def with_certificate(
    problem: Problem, result: Result, schedule: Schedule, prices: tuple[PriceLine, ...]
) -> tuple[Result, Certificate]:
    """The result with its certified bound and gap, and the certificate that proves them.

    The certificate knows neither the search nor its bound: prices that say little prove little.
    """
    certificate, verdict = proof_of(problem, schedule, prices)
    proven = {
        "certified_bound": certificate.bound_millipoints / MILLIPOINTS,
        "certified_gap": verdict.gap,
    }
    return result.model_copy(update=proven), certificate
