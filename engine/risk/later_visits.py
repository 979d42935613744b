"""The visits besides the one that is placed which decide when a patient finishes.

One visit per patient carries the treatment: the last one of those in the horizon, or two visits of
one patient would count the patient twice. What can slip is then

- every later visit of the plan, of which only the number is known: missed like an ordinary active
  visit of this patient, given again after the delays of the practice;
- every visit of the patient in the horizon that the plan puts before the carrier (more visits
  remaining): missed like the procedure it is, given again after that procedure's rebooking days.

Repairs and emergencies are no visits of the plan. One of them carries only where its patient has
nothing planned in the horizon: until it is mended, the treatment stands still.

Nobody carries where the book has a later step of the plan after the horizon: the finish hangs on
that booking, whatever these dates bring.
"""

from collections import Counter, defaultdict
from functools import cached_property

from engine.practice import Horizon, Problem, Purpose, Visit
from engine.risk.no_show import NoShow
from engine.risk.slip import Slip, SlipTables

_UNPLANNED = (Purpose.REPAIR, Purpose.EMERGENCY)


class LaterVisits:
    """Who carries a treatment in this horizon, and the slip of the patient's other visits."""

    def __init__(self, problem: Problem, horizon: Horizon, no_show: NoShow) -> None:
        self._problem = problem
        self._no_show = no_show
        self._before = visits_before_carriers(problem, horizon)

    @cached_property
    def _tables(self) -> SlipTables:
        risk = self._problem.policy.risk
        return SlipTables(later_delays(self._problem), risk.repair_chance, risk.repair_days)

    def carries(self, visit: Visit) -> bool:
        """True for the one visit of each patient that carries the treatment."""
        return visit.id in self._before

    def slip(self, visit: Visit) -> Slip:
        """The slip of all other visits. ValueError where the visit does not carry a treatment."""
        if visit.treatment is None or visit.id not in self._before:
            raise ValueError(f"visit '{visit.id}' does not carry a treatment in this horizon")
        later = visit.treatment.remaining_visits - 1
        slip = self._tables.slip_of(self._no_show.at_booking(visit, Purpose.ACTIVE), later)
        for earlier in self._before[visit.id]:
            procedure = self._problem.procedures[earlier.procedure]
            p_missed = self._no_show.at_booking(earlier, procedure.purpose)
            slip = slip.with_miss(p_missed, procedure.rebooking_days)
        return slip


def visits_before_carriers(problem: Problem, horizon: Horizon) -> dict[str, tuple[Visit, ...]]:
    """Ids of the carriers, each with the visits in the horizon that the plan puts before it."""
    left_afterwards = _left_after(problem, horizon)
    by_patient: dict[str, list[Visit]] = defaultdict(list)
    booked = (booking.visit for booking in problem.bookings if booking.date in horizon)
    for visit in (*problem.visits_for(horizon), *booked):
        if visit.treatment is not None:
            by_patient[visit.patient].append(visit)
    found: dict[str, tuple[Visit, ...]] = {}
    for patient, every in by_patient.items():
        planned = [visit for visit in every if _is_planned(problem, visit)]
        visits = planned or every
        carrier = min(visits, key=_last_first)
        left = _remaining(carrier)
        if patient in left_afterwards and (not planned or left_afterwards[patient] <= left):
            continue
        found[carrier.id] = tuple(visit for visit in visits if _remaining(visit) > left)
    return found


def _left_after(problem: Problem, horizon: Horizon) -> dict[str, int]:
    """By patient the fewest visits left at a step of the plan that is booked after the horizon."""
    found: dict[str, int] = {}
    for booking in problem.bookings:
        visit = booking.visit
        if (
            booking.date >= horizon.end
            and visit.treatment is not None
            and _is_planned(problem, visit)
        ):
            left = _remaining(visit)
            found[visit.patient] = min(left, found.get(visit.patient, left))
    return found


def later_delays(problem: Problem) -> dict[int, float]:
    """Days until a missed later visit is given again, with weights; empty if nobody is treated.

    The policy's own distribution; without one the rebooking days of the visits in treatment that
    this problem holds. What breaks is not planned, so repairs count only where nothing else does.
    """
    given = problem.policy.risk.rebooking_delays
    if given:
        shares = dict.fromkeys((delay.days for delay in given), 0.0)
        for delay in given:
            shares[delay.days] += delay.share
        return shares
    treated = [visit for visit in problem.all_visits.values() if visit.treatment is not None]
    planned = [visit for visit in treated if _is_planned(problem, visit)]
    weights = Counter(
        problem.procedures[visit.procedure].rebooking_days for visit in planned or treated
    )
    return {days: float(count) for days, count in sorted(weights.items())}


def _is_planned(problem: Problem, visit: Visit) -> bool:
    return problem.procedures[visit.procedure].purpose not in _UNPLANNED


def _remaining(visit: Visit) -> int:
    return visit.treatment.remaining_visits if visit.treatment is not None else 0


def _last_first(visit: Visit) -> tuple[int, int, int, str]:
    return (_remaining(visit), -len(visit.follows), -visit.due.toordinal(), visit.id)
