"""Which step of the care path a visit is."""

from engine.practice import Purpose, Visit
from engine.simulate.clinic import Clinic

_STEP_OF_PURPOSE = {
    Purpose.EXAM: "exam",
    Purpose.RECORDS: "records",
    Purpose.CONFERENCE: "records",
    Purpose.START: "start",
    Purpose.ACTIVE: "active",
    Purpose.REPAIR: "repair",
    Purpose.EMERGENCY: "repair",
    Purpose.DEBOND: "debond",
    Purpose.RETENTION: "retention",
    Purpose.OBSERVATION: "observation",
}
_OWN = ("before_debond", "delivery")
"""Steps that the purpose alone does not tell."""


def step_of(clinic: Clinic, visit: Visit) -> str:
    """The step of the care path that a visit is."""
    for step in _OWN:
        if any(code == visit.procedure for code, _ in clinic.steps[step]):
            return step
    return _STEP_OF_PURPOSE[clinic.purpose(visit)]
