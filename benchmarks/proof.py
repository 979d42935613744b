"""The certificate beside an answer: written, read again, and worked out without the solver."""

from dataclasses import dataclass
from pathlib import Path

from engine.certificate.certificate import Certificate
from engine.certificate.certificate_json import read_certificate, write_certificate
from engine.certificate.verify import certificate_for, verify
from engine.practice import Problem
from engine.schedule import Schedule
from engine.weights import MILLIPOINTS

TOLERANCE = 0.0005
"""Points; half a millipoint."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands of a certificate: bound in points, unproven share of the avoidable part.

    `refused`: a sentence for every claim that does not hold. `own`: written by the method itself.
    """

    accepted: bool | None = None
    own: bool = False
    bound: float | None = None
    gap: float | None = None
    refused: tuple[str, ...] = ()


def prove(
    problem: Problem,
    schedule: Schedule,
    certificate: Certificate | None,
    claimed: float | None = None,
    path: Path | None = None,
) -> Proof:
    """Verifies a certificate; where the method wrote none, one without prices, and with its floor.

    `claimed`: the bound in points that the method says it has proved. `path`: the certificate is
    written there, and what is read from there is verified.
    """
    papers = certificate if certificate is not None else certificate_for(problem, schedule, ())
    if path is not None:
        write_certificate(papers, path)
        papers = read_certificate(path)
    verdict = verify(problem, schedule, papers)
    refused = list(verdict.failed)
    bound = None
    if verdict.ok and verdict.bound_millipoints is not None:
        bound = verdict.bound_millipoints / MILLIPOINTS
        if claimed is not None and abs(claimed - bound) > TOLERANCE:
            refused.append(f"The method claims a bound of {claimed} points, {bound} is proved.")
    gap = verdict.gap if verdict.ok else None
    own = certificate is not None
    return Proof(not refused, own, bound, gap, tuple(refused[:3]))
