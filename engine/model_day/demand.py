"""Procedures of a patient day, and what they ask of chairs, people and doctor."""

from dataclasses import dataclass

from engine.model_day.counted import Counted
from engine.model_day.default_mix import mix_of
from engine.model_day.flow import Flow, flow_of
from engine.model_day.goals import Driver, Goals, Mix
from engine.practice import ChairKind, Practice, Procedure, SegmentKind


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure: visits of a patient day, where they come from, minutes of one visit.

    `counted`: visits a day in the history; None where there is none.
    """

    procedure: Procedure
    mix: Mix
    a_day: float
    counted: float | None = None

    @property
    def minutes(self) -> int:
        """Chair minutes in clinic chairs, without turnover."""
        return minutes_in(self.procedure, ChairKind.CLINIC)

    @property
    def doctor_minutes(self) -> int:
        """Doctor minutes of one visit."""
        return doctor_minutes_of(self.procedure)


@dataclass(frozen=True, slots=True)
class Demand:
    """What an average patient day of a practice holds. Minutes and visits of one day."""

    goals: Goals
    flow: Flow
    lines: tuple[Line, ...]
    without_driver: tuple[str, ...]
    """Procedures that the practice has and the mix does not name: none are planned."""

    @property
    def visits(self) -> float:
        """All visits."""
        return sum(line.a_day for line in self.lines)

    @property
    def clinic_visits(self) -> float:
        """Visits that sit in a clinic chair."""
        return sum(line.a_day for line in self.lines if line.minutes)

    @property
    def clinic_minutes(self) -> float:
        """Minutes in clinic chairs without turnover."""
        return sum(line.a_day * line.minutes for line in self.lines)

    @property
    def turnover_minutes(self) -> float:
        """Minutes of turnover in clinic chairs."""
        return sum(
            line.a_day * stage.turnover_minutes
            for line in self.lines
            for stage in line.procedure.stages
            if stage.chair_kind is ChairKind.CLINIC
        )

    @property
    def doctor_minutes(self) -> float:
        """Doctor minutes."""
        return sum(line.a_day * line.doctor_minutes for line in self.lines)

    @property
    def emergencies(self) -> float:
        """Visits that nobody knows before the day, by the mix: what holds are for."""
        return sum(line.a_day for line in self.lines if line.mix.driver is Driver.EMERGENCY)

    def per_month(self) -> dict[str, float]:
        """Visits of an average month by procedure code."""
        days = self.goals.patient_days_per_month
        return {line.procedure.code: line.a_day * days for line in self.lines}


def demand_of(goals: Goals, practice: Practice, counted: Counted | None = None) -> Demand:
    """The demand of these goals in this practice.

    With counts of the past, the split of each driver into procedures is the counted one (goals say
    how many come, the past says for what); a driver that was never counted keeps the stated split.
    """
    flow = flow_of(goals)
    mixes = mix_of(goals, practice)
    if counted is not None:
        mixes = _as_counted(mixes, counted)
    procedures = {procedure.code: procedure for procedure in practice.procedures}
    lines = tuple(
        Line(
            procedures[mix.procedure],
            mix,
            flow.per_day[mix.driver] * mix.share,
            counted.a_day(mix.procedure) if counted is not None else None,
        )
        for mix in mixes
    )
    named = {mix.procedure for mix in mixes}
    return Demand(goals, flow, lines, tuple(code for code in procedures if code not in named))


def _as_counted(mixes: tuple[Mix, ...], counted: Counted) -> tuple[Mix, ...]:
    """The same total share of each driver, split as counted."""
    changed: list[Mix] = []
    for mix in mixes:
        family = [one for one in mixes if one.driver is mix.driver]
        seen = sum(counted.visits.get(one.procedure, 0) for one in family)
        if mix.driver is Driver.DAY or not seen:
            changed.append(mix)
            continue
        total = sum(one.share for one in family)
        share = total * counted.visits.get(mix.procedure, 0) / seen
        changed.append(mix.model_copy(update={"share": share}))
    return tuple(changed)


def minutes_in(procedure: Procedure, kind: ChairKind) -> int:
    """Minutes of a visit in chairs of a kind, without turnover."""
    return sum(stage.minutes for stage in procedure.stages if stage.chair_kind is kind)


def doctor_minutes_of(procedure: Procedure) -> int:
    """Doctor minutes of a visit."""
    return sum(
        segment.minutes
        for stage in procedure.stages
        for segment in stage.segments
        if segment.kind is SegmentKind.DOCTOR
    )
