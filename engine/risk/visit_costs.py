"""What a time costs for one visit: every personal KPI as a table value, in whole quanta.

The solver and the KPIs both read this table, so that the objective stays linear and exact.
An unplaced visit counts as placed on the first realistic date: horizon end + rebooking delay, or
later where a booked visit that it follows leaves no earlier one.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from engine.practice import Horizon, Problem, Purpose, Treatment, Visit
from engine.practice.pattern import StageTime
from engine.risk.after_booked import first_after_booked
from engine.risk.later_visits import LaterVisits
from engine.risk.no_show import NoShow
from engine.risk.slip import NO_SLIP, Slip
from engine.risk.slot_worth import SlotWorth, minutes_of
from engine.risk.treatment_time import (
    chances_past_ecd,
    ecd_of,
    expected_slip_days,
    expected_weeks_past,
    mixed,
    planned_days_left,
    slack_days,
)
from engine.weights import DEFAULT_WEIGHTS
from engine.yardsticks import stages_of

PERSONAL_KPIS = (
    "late_weeks", "patients_past_ecd", "overdue_days", "access_days", "lost_minutes",
)  # fmt: skip
ACCESS_DAYS_PROMISED = 7
"""A new patient is seen within 7 days of the call and starts within 7 days of yes
(R. Levin, 'Managing the Treatment Process from Start to Finish', Orthodontic Products, April
2012)."""

_QUANTUM = {weight.kpi: weight.quantum for weight in DEFAULT_WEIGHTS}
_ACCESS = (Purpose.EXAM, Purpose.START)
_Kind = tuple[str, int | None]
_Moment = tuple[date, int | None]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What does not depend on the date. `stages`: whose minutes are lost if it is missed."""

    visit: Visit
    late_kpi: str
    in_time: date
    """Last date that costs nothing."""
    stages: tuple[StageTime, ...]
    treatment: Treatment | None
    """None where the visit does not carry it."""
    ecd: date
    rebooking_days: int
    slip: Slip
    """Of the patient's other visits."""


@dataclass(frozen=True, slots=True)
class _OnDate:
    """What does not depend on the hour: quanta of a date; chances of finishing late once the visit
    is kept, once it is missed (0 where it carries no treatment)."""

    quanta: dict[str, int]
    past_if_kept: float
    past_if_missed: float


class PersonalCosts:
    """Quanta of the personal KPIs by visit, date and clock hour. Values are computed when asked."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self.problem = problem
        self.horizon = horizon
        self._no_show = NoShow(problem)
        self._worth = SlotWorth(problem)
        self.hours_matter = self._no_show.hours_matter or self._worth.hours_matter
        """False where no value depends on the hour."""
        self._visits: dict[str, Visit] = dict(problem.all_visits)
        self._facts: dict[str, _Facts] = {}
        self._stages: dict[_Kind, tuple[StageTime, ...]] = {}
        self._minutes: dict[tuple[_Kind, int, int | None], float] = {}
        self._dates: defaultdict[str, dict[date, _OnDate]] = defaultdict(dict)
        self._cache: defaultdict[str, dict[_Moment, dict[str, int]]] = defaultdict(dict)

    @cached_property
    def _later(self) -> LaterVisits:
        return LaterVisits(self.problem, self.horizon, self._no_show)

    def admit(self, visit: Visit) -> None:
        """Take in the visit of a caller who is on no list. It carries no treatment: the patient's
        visits in the problem do, or none does. ValueError where its id is another visit's."""
        if not self._visits.setdefault(visit.id, visit).is_same(visit):
            raise ValueError(f"visit '{visit.id}' is another one already")

    def forget(self, visit_id: str) -> None:
        """Let go of what was worked out for a visit, and of the visit of a caller."""
        self._facts.pop(visit_id, None)
        self._dates.pop(visit_id, None)
        self._cache.pop(visit_id, None)
        self._no_show.forget(visit_id)
        if visit_id not in self.problem.all_visits:
            self._visits.pop(visit_id, None)

    def no_show(self, visit_id: str, day: date, hour: int | None) -> float:
        """Chance that the visit is missed there."""
        visit = self._visits[visit_id]
        return self._no_show.probability(visit, day, hour if self.hours_matter else None)

    def at(self, visit_id: str, day: date, hour: int | None) -> dict[str, int]:
        """Quanta of each personal KPI if the visit starts in this clock hour of this date."""
        known, key = self._cache[visit_id], (day, hour if self.hours_matter else None)
        if key not in known:
            known[key] = self._compute(visit_id, *key)
        return known[key]

    def unplaced(self, visit_id: str) -> dict[str, int]:
        """Quanta of each personal KPI if the visit gets no time in the horizon."""
        return self.at(visit_id, self.first_opening(visit_id), None)

    def first_opening(self, visit_id: str) -> date:
        """The first realistic date of a visit that gets no time in the horizon."""
        visit = self._visits[visit_id]
        procedure = self.problem.procedures[visit.procedure]
        usual = self.horizon.end + timedelta(days=procedure.rebooking_days)
        return max(usual, first_after_booked(self.problem, visit))

    def carries(self, visit_id: str) -> bool:
        """True where the visit carries its patient's treatment in this horizon."""
        return self._facts_for(visit_id).treatment is not None

    def finish(self, visit_id: str, day: date, hour: int | None) -> float | None:
        """Expected finish if the visit starts there, as a day number (`date.toordinal`).

        None where the visit does not carry its patient's treatment in this horizon.
        """
        facts = self._facts_for(visit_id)
        if facts.treatment is None:
            return None
        p_missed = self.no_show(visit_id, day, hour)
        slip = expected_slip_days(p_missed, facts.rebooking_days, facts.slip)
        return day.toordinal() + planned_days_left(facts.treatment) + slip

    def minutes_at_stake(self, visit_id: str) -> int:
        """Chair and doctor minutes that are lost if the visit is missed."""
        return minutes_of(self._facts_for(visit_id).stages)

    def worth_at_stake(self, visit_id: str, day: date, hour: int | None) -> float:
        """The same in minutes of an average slot: what they are worth at this hour of this date."""
        visit = self._facts_for(visit_id).visit
        key = ((visit.procedure, visit.minutes), day.weekday(), hour)
        if key not in self._minutes:
            self._minutes[key] = self._worth.minutes(self._facts_for(visit_id).stages, *key[1:])
        return self._minutes[key]

    def _facts_for(self, visit_id: str) -> "_Facts":
        if visit_id not in self._facts:
            self._facts[visit_id] = self._facts_of(self._visits[visit_id])
        return self._facts[visit_id]

    def _compute(self, visit_id: str, day: date, hour: int | None) -> dict[str, int]:
        facts = self._facts_for(visit_id)
        known = self._dates[visit_id]
        if day not in known:
            known[day] = self._on_date(facts, day)
        there = known[day]
        p_missed = self._no_show.probability(facts.visit, day, hour)
        values = there.quanta.copy()
        lost = p_missed * self.worth_at_stake(visit_id, day, hour)
        values["lost_minutes"] = round(lost / _QUANTUM["lost_minutes"])
        if facts.treatment is not None:
            past = mixed(p_missed, there.past_if_kept, there.past_if_missed)
            values["patients_past_ecd"] = round(past / _QUANTUM["patients_past_ecd"])
        return values

    def _on_date(self, facts: "_Facts", day: date) -> _OnDate:
        values = dict.fromkeys(PERSONAL_KPIS, 0)
        late = max(0, (day - facts.in_time).days)
        values[facts.late_kpi] = round(late / _QUANTUM[facts.late_kpi])
        if facts.treatment is None:
            return _OnDate(values, 0.0, 0.0)
        slack = slack_days(facts.treatment, facts.ecd, day)
        if facts.ecd < self.problem.as_of.date():
            weeks = self._weeks_past(facts, facts.treatment, day)
            values["late_weeks"] = round(weeks / _QUANTUM["late_weeks"])
        kept, missed = chances_past_ecd(slack, facts.rebooking_days, facts.slip)
        return _OnDate(values, kept, missed)

    def _facts_of(self, visit: Visit) -> "_Facts":
        procedure = self.problem.procedures[visit.procedure]
        if procedure.purpose in _ACCESS:
            asked = visit.requested_on or visit.due - timedelta(days=ACCESS_DAYS_PROMISED)
            late_kpi, in_time = "access_days", asked + timedelta(days=ACCESS_DAYS_PROMISED)
        else:
            late_kpi, in_time = "overdue_days", visit.due
        treatment = visit.treatment if self._later.carries(visit) else None
        ecd = in_time if treatment is None else ecd_of(treatment, self.problem.policy.ecd)
        slip = NO_SLIP if treatment is None else self._later.slip(visit)
        kind = (visit.procedure, visit.minutes)
        if kind not in self._stages:
            self._stages[kind] = stages_of(self.problem, visit)
        stages, rebooking_days = self._stages[kind], procedure.rebooking_days
        return _Facts(visit, late_kpi, in_time, stages, treatment, ecd, rebooking_days, slip)

    def _weeks_past(self, facts: _Facts, treatment: Treatment, day: date) -> float:
        """Weeks past for a patient already late, the same on every date of a calendar week.

        Appliances work over weeks: for the end of treatment Monday is no better than Thursday.
        Counted by the day, late patients would crowd the first days of every week.
        """
        monday = day - timedelta(days=day.weekday())
        p_missed = self._no_show.probability(facts.visit, monday, None)
        slack = slack_days(treatment, facts.ecd, monday)
        return expected_weeks_past(slack, p_missed, facts.rebooking_days, facts.slip)
