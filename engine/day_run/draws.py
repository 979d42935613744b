"""What chance decides about a visit on the day: whether the patient comes, when, and how long.

Durations are lognormal around the planned ones, as service times in clinics are found to be
(Cayirli and Veral, "Outpatient scheduling in health care: a review of literature", Production and
Operations Management 12, 2003). Their coefficient of variation and the punctuality are assumptions
of this project until a practice times its own visits.
"""

import math
from dataclasses import dataclass

import numpy as np

from engine.practice import Frozen


class RunSettings(Frozen):
    """How uneven the day is. Minutes; `early`, `early_sd`: patients come so much before time.

    `assistant_variation`, `doctor_variation`: coefficients of variation of the durations.
    """

    early: float = 3.0
    early_sd: float = 6.0
    assistant_variation: float = 0.25
    doctor_variation: float = 0.4


USUAL = RunSettings()


@dataclass(frozen=True, slots=True)
class VisitDraw:
    """One visit's chance. `factors`: actual over planned minutes, step by step."""

    early: float
    factors: tuple[float, ...]
    comes: bool = True


def draw_visit(
    rng: np.random.Generator,
    doctor_steps: tuple[bool, ...],
    settings: RunSettings = USUAL,
    comes: bool = True,
) -> VisitDraw:
    """Punctuality and durations; `doctor_steps` says which steps are doctor time."""
    normals = rng.standard_normal(1 + len(doctor_steps))
    factors = tuple(
        _lognormal(
            float(normal), settings.doctor_variation if doctor else settings.assistant_variation
        )
        for normal, doctor in zip(normals[1:], doctor_steps, strict=True)
    )
    return VisitDraw(settings.early + settings.early_sd * float(normals[0]), factors, comes)


def _lognormal(normal: float, variation: float) -> float:
    """A lognormal number of mean 1 and this coefficient of variation, from a standard normal."""
    variance = math.log1p(variation**2)
    return math.exp(math.sqrt(variance) * normal - variance / 2)
