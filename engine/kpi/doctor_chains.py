"""Runs of doctor time without a gap: one late patient and everybody after waits."""

from datetime import date

from engine.kpi.filled import Filled
from engine.practice import DoctorRuleKind
from engine.practice.calendar import present_intervals
from engine.units import MINUTES_PER_DAY, Interval


def quanta(filled: Filled) -> int:
    """Grid minutes t from which every doctor present is busy for more than `chain_minutes`.

    Counted: t where each grid step of [t, t + chain_minutes + grid) has at least one doctor
    present and doctor time for all who are. Only where a doctor sees one patient at a time; with
    units per slot the moment of the doctor is not known. A step is judged at its first minute.
    """
    if filled.problem.practice.doctor_rule.kind is not DoctorRuleKind.EXACT:
        return 0
    return sum(_chains(filled, day, spans) for day, spans in filled.doctor_minutes.items())


def _chains(filled: Filled, day: date, spans: tuple[Interval, ...]) -> int:
    practice = filled.problem.practice
    grid = practice.grid_minutes
    steps = -(-(filled.problem.policy.chain_minutes + grid) // grid)
    shifts = [
        interval
        for doctor in filled.problem.doctors
        for interval in present_intervals(practice, doctor, day)
    ]
    run = chains = 0
    for minute in range(0, MINUTES_PER_DAY, grid):
        present = _count(shifts, minute)
        full = present > 0 and _count(spans, minute) >= present
        run = run + 1 if full else 0
        chains += run >= steps
    return chains


def _count(intervals: tuple[Interval, ...] | list[Interval], minute: int) -> int:
    return sum(start <= minute < end for start, end in intervals)
