"""Which procedures make up a patient's way through the practice, and how often each is chosen.

Codes are those of the sample practice. A practice that lacks an optional code goes without it;
where a step has no code left, the simulation is refused (`engine.simulate.faults`).
"""

from collections.abc import Sequence
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from engine.practice import Frozen, Id, Problem

Share = Annotated[float, Field(ge=0, le=1)]
_MOST = 1 + 1e-9
"""Shares like 0.36 do not add up to exactly 1 in floating point."""

P = TypeVar("P", bound=Sequence[tuple[object, float]])


def shares_of_one(mix: P) -> P:
    """The mix itself. ValueError where shares add up to more than 1, or a name stands twice."""
    total = sum(share for _, share in mix)
    if total > _MOST:
        raise ValueError(f"shares that add up to at most 1; these make {total:g}")
    if len({name for name, _ in mix}) < len(mix):
        raise ValueError("pairs in which every name stands once")
    return mix


Mix = Annotated[tuple[tuple[Id, Share], ...], AfterValidator(shares_of_one)]
"""Procedure codes with their shares; what is missing to 1 is shared out among them."""


class CarePath(Frozen):
    """Codes by step, with shares. The mixes follow the steady day of the sample practice.

    `records` come before the start for those without records at the exam; `before_debond`: the
    visit about ten days before the appliances come off (a code with share 0 is known as such a
    visit and never drawn, as everywhere); `debond_delivers`: debonds that hand out
    the retainer too. Retention checks: with the doctor in the first half-year, without afterwards.
    """

    exam: Mix = (("NPEX", 1.0),)
    records: Mix = (("REC", 1.0),)
    observation: Mix = (("OBS", 1.0),)
    start_braces: Mix = (("BOND", 0.55), ("BOND2", 0.22), ("BND1", 0.23))
    start_aligners: Mix = (("ALDEL", 1.0),)
    braces: Mix = (
        *(("ADJS", 0.36), ("ADJR", 0.38), ("ADJL", 0.13), ("PROG", 0.03)),
        *(("REPO", 0.03), ("BAND", 0.02), ("VIRT", 0.05)),
    )
    aligners: Mix = (("ALCHK", 0.9), ("PROG", 0.05), ("VIRT", 0.05))
    comfort: Mix = (("EMG", 1.0),)
    repair: Mix = (("REP", 0.9), ("EMGX", 0.1))
    before_debond: Mix = (("SCAN", 1.0), ("FRET", 0.0))
    debond: Mix = (("DEB", 0.75), ("DEBR", 0.25))
    debond_delivers: Mix = (("DEBR", 1.0),)
    delivery: Mix = (("RETD", 1.0),)
    retention: Mix = (("RETC", 1.0),)
    late_retention: Mix = (("RETCN", 1.0),)


OPTIONAL = frozenset(
    {"records", "before_debond", "debond_delivers", "delivery", "comfort", "repair"}
)
"""Steps that a practice may do without."""

STANDS_IN = {"late_retention": "retention", "start_aligners": "start_braces", "aligners": "braces"}
"""The step whose codes serve where a practice has none of the step's own."""


def steps_of(path: CarePath, problem: Problem) -> dict[str, Mix]:
    """Codes by step, without those that the practice does not have."""
    own = {
        step: tuple((code, share) for code, share in mix if code in problem.procedures)
        for step, mix in path
    }
    return {step: mix or own.get(STANDS_IN.get(step, step), ()) for step, mix in own.items()}
