"""The fullest hour of the doctors."""

import datetime as dt

from engine.kpi.filled import Filled
from engine.practice.base import Frozen
from engine.practice.calendar import present_intervals
from engine.units import overlap_minutes


class PeakDoctorLoad(Frozen):
    """Doctor minutes asked for, as a share of doctor minutes there are, in one clock hour."""

    share: float
    date: dt.date
    hour: int
    demand_minutes: int
    available_minutes: int


def peak_doctor_load(filled: Filled) -> PeakDoctorLoad | None:
    """The fullest clock hour, the first of equals. None without doctor time.

    Hours in which no doctor works are left out: doctor time there is an inherited clash.
    """
    hours = (
        _load(filled, day, hour) for day in filled.schedule.horizon.dates for hour in range(24)
    )
    busy = [load for load in hours if load is not None]
    return max(busy, key=lambda load: load.share, default=None)


def _load(filled: Filled, day: dt.date, hour: int) -> PeakDoctorLoad | None:
    clock_hour = (hour * 60, hour * 60 + 60)
    spans = filled.doctor_minutes.get(day, ())
    demand = sum(overlap_minutes(span, clock_hour) for span in spans)
    if not demand:
        return None
    available = sum(
        overlap_minutes(interval, clock_hour)
        for doctor in filled.problem.doctors
        for interval in present_intervals(filled.problem.practice, doctor, day)
    )
    if not available:
        return None
    return PeakDoctorLoad(
        share=demand / available,
        date=day,
        hour=hour,
        demand_minutes=demand,
        available_minutes=available,
    )
