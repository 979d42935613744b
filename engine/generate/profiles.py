"""Practices by size: how many doctors, which start marks, how doctor time is counted."""

from dataclasses import dataclass
from typing import Literal

from engine.practice import DoctorRule, DoctorRuleKind

_EXACT = DoctorRule()


@dataclass(frozen=True, slots=True)
class Profile:
    """One size. `week_visits`: visits of a busy week, about 350 for each doctor.

    Patients are given times on ten minutes (R. Levin, "Unlocking Growth: Better Scheduling",
    Orthodontic Products, year not verified, advises units of 10 over 15); doctor time moves on the
    grid of five.
    """

    name: str
    doctors: int
    start_mark_minutes: Literal[5, 10, 15] = 10
    doctor_rule: DoctorRule = _EXACT

    @property
    def week_visits(self) -> int:
        """Visits that a busy week takes: what a doctor's cells and minutes hold, times doctors."""
        return 350 * self.doctors


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile("one-doctor", 1),
        Profile("one-doctor-units", 1, 10, DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT)),
        Profile("two-doctor", 2),
        Profile("four-doctor", 4),
        Profile("ten-doctor", 10),
    )
}


def profile_of(name: str) -> Profile:
    """The profile of that name. ValueError with the known names otherwise."""
    if name not in PROFILES:
        raise ValueError(f"profile '{name}' is not known; choose one of {', '.join(PROFILES)}")
    return PROFILES[name]
