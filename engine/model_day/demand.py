"""Procedures of a patient day, and what they ask of chairs, people and doctor."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model_day.counted import Counted
from engine.model_day.default_mix import mix_of
from engine.model_day.flow import MONTHS_A_YEAR, WEEKS_A_YEAR, Flow, flow_of
from engine.model_day.goals import Driver, Goals, Mix
from engine.model_day.holds import enough_places
from engine.model_day.known_treatments import KnownTreatments
from engine.model_day.past_rates import past_rates
from engine.practice import ChairKind, Practice, Procedure, Purpose, SegmentKind

ACCESS = (Purpose.EXAM, Purpose.START)
"""New patients come by chance and are to be seen within days: their places are for busy weeks."""


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure: visits of a patient day, where they come from, minutes of one visit.

    `counted`: visits a day in the history; None where it has none of them.
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
    known: KnownTreatments | None = None

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

    def places_per_month(self) -> dict[str, float]:
        """Places of an average month by procedure code: as many as visits, more for new patients.

        Of these, a week has as many as are enough in so many weeks as the goals say.
        """
        days = self.goals.patient_days_per_month
        more = {purpose: self.week_places(purpose) for purpose in ACCESS}
        places = {}
        for line in self.lines:
            mean, enough = more.get(line.procedure.purpose, (0.0, 0))
            factor = enough / mean if mean else 1.0
            places[line.procedure.code] = line.a_day * days * max(1.0, factor)
        return places

    def week_places(self, purpose: Purpose) -> tuple[float, int]:
        """Visits of this purpose in an average week, and places that are enough in most weeks."""
        days_a_week = self.goals.patient_days_per_month * MONTHS_A_YEAR / WEEKS_A_YEAR
        own = [line.a_day for line in self.lines if line.procedure.purpose is purpose]
        mean = sum(own) * days_a_week
        return mean, enough_places(mean, self.goals.covered_weeks)


def demand_of(
    goals: Goals,
    practice: Practice,
    counted: Counted | None = None,
    known: KnownTreatments | None = None,
) -> Demand:
    """The demand of these goals in this practice.

    With counts of the past, the split of a kind of visit into procedures is the counted one (goals
    say how many come, the past says for what); a kind that the past does not tell apart keeps the
    stated split. Repairs, emergencies and missed exams are the counted ones where there are enough.
    `known`: the treatments in the book, where these ask for more than the goals.
    """
    procedures = {procedure.code: procedure for procedure in practice.procedures}
    mixes = mix_of(goals, practice)
    flow = flow_of(goals, known, past_rates(counted, mixes) if counted is not None else None)
    if counted is not None:
        mixes = _as_counted(mixes, counted, procedures)
    lines = tuple(
        Line(
            procedures[mix.procedure],
            mix,
            flow.per_day[mix.driver] * mix.share,
            counted.a_day(mix.procedure)
            if counted is not None and mix.procedure in counted.visits
            else None,
        )
        for mix in mixes
    )
    named = {mix.procedure for mix in mixes}
    unnamed = tuple(code for code in procedures if code not in named)
    return Demand(goals, flow, lines, unnamed, known)


def _as_counted(
    mixes: tuple[Mix, ...], counted: Counted, procedures: Mapping[str, Procedure]
) -> tuple[Mix, ...]:
    """The same total share of each kind, split as counted; a kind is a driver and a purpose.

    A history in which one procedure of a kind stands for all of them says nothing about the split.
    """
    changed: list[Mix] = []
    for mix in mixes:
        purpose = procedures[mix.procedure].purpose
        family = [
            one
            for one in mixes
            if one.driver is mix.driver and procedures[one.procedure].purpose is purpose
        ]
        seen = [counted.visits.get(one.procedure, 0) for one in family]
        if mix.driver is Driver.DAY or sum(count > 0 for count in seen) < 2:
            changed.append(mix)
            continue
        total = sum(one.share for one in family)
        share = total * counted.visits.get(mix.procedure, 0) / sum(seen)
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
