"""Where a treatment ends if its visit is at one time, by both completion dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.kpi.past_ecd import with_choice
from engine.practice import EcdChoice, Horizon, Problem
from engine.risk.visit_costs import PersonalCosts
from engine.weights import DEFAULT_WEIGHTS

_QUANTUM = {weight.kpi: weight.quantum for weight in DEFAULT_WEIGHTS}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of one treatment.

    `finish`: the expected finish as a day number (`date.toordinal`) with its fraction.
    `past_original`, `past_current`: probability of finishing after that completion date.
    `late_weeks`: expected weeks past the date that the policy counts by, as the objective counts
    them: 0 for patients who are not past it yet, else from the Monday of the visit's week.
    """

    finish: float
    past_original: float
    past_current: float
    late_weeks: float

    @property
    def finish_date(self) -> date:
        """The expected finish, to the nearest day."""
        return date.fromordinal(round(self.finish))


class Outlooks:
    """Outlooks of the visits that carry a treatment in a horizon, by date and clock hour."""

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        by_choice = {
            choice: PersonalCosts(with_choice(problem, choice), horizon) for choice in EcdChoice
        }
        self._original = by_choice[EcdChoice.ORIGINAL]
        self._current = by_choice[EcdChoice.CURRENT]
        self._counted = by_choice[problem.policy.ecd]

    def carries(self, visit_id: str) -> bool:
        """True for a visit that its patient's finish hangs on in this horizon."""
        return self._counted.carries(visit_id)

    def at(self, visit_id: str, day: date, hour: int | None) -> Outlook:
        """The outlook if the visit starts there. ValueError where it carries no treatment."""
        finish = self._counted.finish(visit_id, day, hour)
        if finish is None:
            raise ValueError(f"visit '{visit_id}' does not carry a treatment in this horizon")
        past = "patients_past_ecd"
        return Outlook(
            finish,
            self._original.at(visit_id, day, hour)[past] * _QUANTUM[past],
            self._current.at(visit_id, day, hour)[past] * _QUANTUM[past],
            self._counted.at(visit_id, day, hour)["late_weeks"] * _QUANTUM["late_weeks"],
        )

    def unplaced(self, visit_id: str) -> Outlook:
        """The outlook if the visit gets no time: at the first realistic date after the horizon."""
        return self.at(visit_id, self._counted.first_opening(visit_id), None)


def best_of(outlooks: Iterable[Outlook]) -> Outlook:
    """The least of each figure over outlooks of one visit. ValueError where there is none."""
    known = tuple(outlooks)
    return Outlook(
        min(one.finish for one in known),
        min(one.past_original for one in known),
        min(one.past_current for one in known),
        min(one.late_weeks for one in known),
    )
