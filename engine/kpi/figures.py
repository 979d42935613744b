"""Figures that are reported and not optimised: what a coordinator reads first.

Not here: clashes (the checker counts them) and the days to the next exam and start opening
(they need a search for free time, see `engine.filling.next_openings`).
"""

from engine.kpi.adherence import Adherence, adherence
from engine.kpi.chair_spaces import after_school_spaces, emergency_spaces
from engine.kpi.doctor_load import PeakDoctorLoad, peak_doctor_load
from engine.kpi.filled import Filled
from engine.kpi.next_appointments import patients_without_next
from engine.kpi.past_ecd import PastEcd, past_ecd
from engine.kpi.seating import Seating, seating
from engine.practice import EcdChoice, Problem
from engine.practice.base import Frozen
from engine.schedule import Schedule


class Figures(Frozen):
    """Counts of visits, patients and spaces over the horizon; see the page of each for its rule.

    `expected_missed_visits`: sum of the no-show probabilities of all placements.
    `emergency_spaces_left` is None where the practice has no emergency procedure.
    """

    unplaced_visits: int
    displaced_bookings: int
    calls_new: int
    calls_moved: int
    patients_without_next_before: int
    patients_without_next_after: int
    past_original_ecd: PastEcd
    past_current_ecd: PastEcd
    expected_missed_visits: float
    peak_doctor_load: PeakDoctorLoad | None
    emergency_spaces_left: int | None
    after_school_spaces_left: int
    adherence: Adherence
    seating: Seating

    @property
    def calls(self) -> int:
        """Patients' visits to call about: new times and moved ones."""
        return self.calls_new + self.calls_moved


def figures(problem: Problem, schedule: Schedule) -> Figures:
    """Every reported figure of a schedule."""
    filled = Filled(problem, schedule)
    moved = sum(filled.is_moved(placed) for placed in schedule.placements)
    before, after = patients_without_next(filled)
    return Figures(
        unplaced_visits=len(schedule.unplaced),
        displaced_bookings=len(schedule.displaced),
        calls_new=len(filled.fresh) - moved,
        calls_moved=moved,
        patients_without_next_before=before,
        patients_without_next_after=after,
        past_original_ecd=past_ecd(filled, EcdChoice.ORIGINAL),
        past_current_ecd=past_ecd(filled, EcdChoice.CURRENT),
        expected_missed_visits=_expected_misses(filled),
        peak_doctor_load=peak_doctor_load(filled),
        emergency_spaces_left=emergency_spaces(filled),
        after_school_spaces_left=after_school_spaces(filled),
        adherence=adherence(filled),
        seating=seating(filled),
    )


def _expected_misses(filled: Filled) -> float:
    return sum(
        filled.costs.no_show(placed.visit, placed.date, placed.start.hour)
        for placed in filled.schedule.placements
    )
