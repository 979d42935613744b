"""What the certificate of a schedule proves, beside the result."""

from engine.certificate.certificate import Certificate
from engine.certificate.verify import Verdict
from engine.filling.best_so_far import BestSoFar
from engine.result import Result
from engine.weights import MILLIPOINTS

Proof = tuple[Certificate, Verdict]
"""A certificate and the verdict on it."""


def with_proof(result: Result, proof: Proof) -> Result:
    """The result with its certified bound and gap.

    The certificate knows neither the search nor its bound: prices that say little prove little.
    """
    certificate, verdict = proof
    proven = {
        "certified_bound": certificate.bound_millipoints / MILLIPOINTS,
        "certified_gap": verdict.gap,
    }
    return result.model_copy(update=proven)


def take_bound(best: BestSoFar, proof: Proof) -> None:
    """Floor and bound where the search claims none: many weeks, or a clash in the book."""
    certificate, verdict = proof
    if verdict.floor_millipoints is not None:
        best.set_floor(verdict.floor_millipoints / MILLIPOINTS)
    best.raise_bound(certificate.bound_millipoints / MILLIPOINTS)
