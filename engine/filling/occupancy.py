"""The book as it fills up: what is taken, where a visit still fits, and what stops it.

Holds any schedule, placement by placement, and answers with the hard rules of the catalogue. The
by-hand fill places with it; reasons for unplaced visits and searches for openings ask it.
Starts are minutes of the day, on the practice's marks.
"""

from collections import defaultdict
from datetime import date

import numpy as np

from engine.filling.cell_map import CellMap, Taking, map_of, taking
from engine.filling.count_starts import keep_counts
from engine.filling.day_book import DayBook
from engine.filling.find_seats import could_sit, find_seats, first_chairs
from engine.filling.lanes import Minutes
from engine.filling.make_placement import make_placement
from engine.filling.office_hours import OfficeHours
from engine.filling.order_window import Seen, order_window
from engine.filling.procedure_starts import keep_procedure, procedure_starts, starts_in_hours
from engine.filling.refusals import Refusals
from engine.filling.resource_starts import keep_resources, tightest_gap
from engine.filling.rooms_and_people import RoomsAndPeople
from engine.filling.start_sieve import StartSieve
from engine.filling.visit_starts import keep_personal
from engine.practice import Follows, Horizon, Problem, Visit
from engine.practice.pattern import StageTime
from engine.schedule import Placement, Schedule
from engine.units import Interval, to_minutes
from engine.yardsticks import stages_of


class Occupancy:
    """Placements on the dates of a horizon, empty at first.

    Visits that are asked about need not be in the problem; those that are booked are, or are
    admitted first.
    """

    def __init__(self, problem: Problem, horizon: Horizon) -> None:
        self.problem, self.horizon = problem, horizon
        self.placements: dict[str, Placement] = {}
        self.visits: dict[str, Visit] = dict(problem.all_visits)
        self.dates_of: dict[str, list[date]] = defaultdict(list)
        """By patient: the date of each placement."""
        self.staffing = RoomsAndPeople(problem)
        self._office = OfficeHours(problem)
        self._books: dict[date, DayBook] = {}
        self._stages: dict[tuple[str, int | None], tuple[StageTime, ...]] = {}
        self._sieves: dict[tuple[str, int | None, date], StartSieve] = {}
        self._taking: dict[tuple[date, str], Taking | None] = {}
        self._cells: dict[Taking, CellMap] = {}
        self._followers: dict[str, list[tuple[str, Follows]]] = defaultdict(list)
        for visit in problem.all_visits.values():
            for follows in visit.follows:
                self._followers[follows.visit].append((visit.id, follows))

    @classmethod
    def of(cls, problem: Problem, schedule: Schedule) -> "Occupancy":
        """The occupancy of a whole schedule."""
        occupancy = cls(problem, schedule.horizon)
        for placement in schedule.placements:
            occupancy.book(placement)
        return occupancy

    def day_book(self, day: date) -> DayBook:
        """What is held on a date."""
        if day not in self._books:
            self._books[day] = DayBook(self.problem, day)
        return self._books[day]

    def stages(self, visit: Visit) -> tuple[StageTime, ...]:
        """The stages of a visit in minutes from its start."""
        key = (visit.procedure, visit.minutes)
        if key not in self._stages:
            self._stages[key] = stages_of(self.problem, visit)
        return self._stages[key]

    def admit(self, visit: Visit) -> None:
        """Take in the visit of a caller who is on no list, or who says other times now.

        ValueError where its id is another visit's.
        """
        self.demand_same(visit)
        if visit.id not in self.placements:
            self.visits[visit.id] = visit

    def dismiss(self, visit_id: str) -> None:
        """A caller who has no time: her visit is as the problem has it again, or is gone."""
        own = self.problem.all_visits.get(visit_id)
        if own is not None:
            self.visits[visit_id] = own
        else:
            self.visits.pop(visit_id, None)

    def demand_same(self, visit: Visit) -> None:
        """ValueError where the id is another visit's. Whoever only asks leaves nothing behind."""
        if not self.visits.get(visit.id, visit).is_same(visit):
            raise ValueError(f"visit '{visit.id}' is another one already")

    def book(self, placement: Placement) -> None:
        """Write a placement into the book. It is not checked: `place_at` makes one that fits."""
        visit = self.visits[placement.visit]
        self.day_book(placement.date).hold(placement, visit)
        self.placements[visit.id] = placement
        self.dates_of[visit.patient].append(placement.date)

    def release(self, visit_id: str) -> Placement:
        """Take a visit out of the book and return where it was; KeyError if it is not there."""
        placement, visit = self.placements.pop(visit_id), self.visits[visit_id]
        self.day_book(placement.date).drop(placement, visit)
        dates = self.dates_of[visit.patient]
        dates.remove(placement.date)
        if not dates:
            del self.dates_of[visit.patient]
        return placement

    def feasible_starts(self, visit: Visit, day: date) -> Minutes:
        """Every start at which `place_at` succeeds, ascending; empty where nothing is possible."""
        return self._sift(visit, day).starts

    def why_not(self, visit: Visit, day: date) -> dict[str, int]:
        """How many starts each rule takes out, in the order in which the rules are asked.

        A start is counted once, at the first rule that forbids it; what is left over is feasible.
        `seating`: each stage could be served, but not one after the other.
        """
        return self._sift(visit, day).taken

    def refusals(self, visit: Visit, day: date) -> Refusals:
        """Every rule that refuses each start at which the whole visit lies in opening hours."""
        procedure = self.problem.procedures[visit.procedure]
        stages = self.stages(visit)
        sieve = Refusals(starts_in_hours(self._office, stages, day))
        keep_procedure(sieve, self._office, procedure, stages[-1].end, day)
        self._keep_visit(sieve, visit, day)
        return sieve

    def place_at(self, visit: Visit, day: date, start: int) -> Placement | None:
        """The visit at that start, with chairs, staff and doctor; None if not possible.

        `book` writes it into the book.
        """
        sieve = self._procedure_sieve(visit, day)
        sieve.keep("asked", sieve.starts == start)  # the others need not be looked at
        if len(sieve.starts):
            self._keep_visit(sieve, visit, day)
        return self.seat(visit, day, start) if len(sieve.starts) else None

    def tightness(self, visit: Visit, day: date, starts: Minutes) -> Minutes:
        """For feasible starts: free minutes left beside the visit in the tightest of its chairs."""
        left: Minutes = np.zeros(len(starts), dtype=np.int64)
        procedure_class = self.class_of(visit)
        for stage in self.stages(visit):
            if stage.chair_kind is not None and len(starts):
                rows = self.staffing.chair_rows(stage.chair_kind, procedure_class)
                cells = self.cell_map_on(day, procedure_class)
                left += tightest_gap(self.day_book(day), cells, rows, stage, starts)
        return left

    def seen(self, visit_id: str) -> Seen | None:
        """When a visit is: as placed here, or as booked where its date lies outside the horizon."""
        placement = self.placements.get(visit_id)
        if placement is not None:
            start, end = to_minutes(placement.start), to_minutes(placement.end)
            return Seen(placement.date, start, end)
        booking = self.problem.booking_of.get(visit_id)
        if booking is None or booking.date in self.horizon:
            return None
        start = to_minutes(booking.start)
        return Seen(booking.date, start, start + self.stages(booking.visit)[-1].end)

    def followers(self, visit_id: str) -> tuple[tuple[str, Follows], ...]:
        """The visits that follow this one, placed or not, and how."""
        return tuple(self._followers.get(visit_id, ()))

    def is_ordered(self, visit: Visit) -> bool:
        """True where another visit may bind this one's time."""
        return bool(visit.follows) or bool(self._seen_after(visit.id))

    def order_window(self, visit: Visit, day: date) -> Interval:
        """Minutes of a date in which the visit must lie whole, given the visits around it."""
        before = [(follows, self.seen(follows.visit)) for follows in visit.follows]
        return order_window(self._office.open_days, before, self._seen_after(visit.id), day)

    def seat(self, visit: Visit, day: date, start: int) -> Placement | None:
        """`place_at` for a start at which every other rule is known to hold."""
        stages, cells = self.stages(visit), self.cell_map_on(day, self.class_of(visit))
        seats = find_seats(
            self.day_book(day), self.staffing, cells, visit=visit, stages=stages, start=start
        )
        return None if seats is None else make_placement(visit.id, day, start, stages, seats)

    def first_chairs(self, visit: Visit, day: date, start: int) -> tuple[str, ...]:
        """Chairs for the first stage that needs one, the best first, for a feasible start."""
        return first_chairs(
            self.day_book(day),
            self.staffing,
            self.cell_map_on(day, self.class_of(visit)),
            visit=visit,
            stages=self.stages(visit),
            start=start,
        )

    def could_sit(self, visit: Visit, day: date, start: int, chair: str) -> bool:
        """True where one stage of a visit could be in that chair, for a feasible start."""
        return could_sit(
            self.day_book(day),
            self.staffing,
            self.cell_map_on(day, self.class_of(visit)),
            visit=visit,
            stages=self.stages(visit),
            start=start,
            chair=chair,
        )

    def class_of(self, visit: Visit) -> str:
        """The procedure class of a visit."""
        return self.problem.procedures[visit.procedure].procedure_class

    def cell_map_on(self, day: date, procedure_class: str) -> CellMap | None:
        """The cells of a date as a class sees them; None without model day."""
        key = (day, procedure_class)
        if key not in self._taking:
            self._taking[key] = taking(self.problem, day, procedure_class)
        taken = self._taking[key]
        if taken is None:
            return None
        if taken not in self._cells:
            self._cells[taken] = map_of(self.problem, taken)
        return self._cells[taken]

    def starts_of_kind(self, visit: Visit, day: date) -> Minutes:
        """Starts that suit practice and procedure, whoever the patient is and whatever is held."""
        return self._procedure_sieve(visit, day).starts

    def _seen_after(self, visit_id: str) -> list[tuple[Follows, Seen]]:
        """The visits that follow this one and have a time.

        A booking of a past date outside the horizon is over, and binds nobody.
        """
        today = self.problem.as_of.date()
        return [
            (follows, seen)
            for follower, follows in self.followers(visit_id)
            if (seen := self.seen(follower)) is not None
            and (follower in self.placements or seen.day >= today)
        ]

    def _procedure_sieve(self, visit: Visit, day: date) -> StartSieve:
        key = (visit.procedure, visit.minutes, day)
        if key not in self._sieves:
            procedure = self.problem.procedures[visit.procedure]
            self._sieves[key] = procedure_starts(self._office, procedure, self.stages(visit), day)
        return self._sieves[key].copy()

    def _sift(self, visit: Visit, day: date) -> StartSieve:
        sieve = self._procedure_sieve(visit, day)
        self._keep_visit(sieve, visit, day)
        return sieve

    def _keep_visit(self, sieve: StartSieve, visit: Visit, day: date) -> None:
        """Leave the starts that suit the patient and for which there is room."""
        stages = self.stages(visit)
        length = stages[-1].end
        keep_personal(sieve, visit, day, length, self.problem.as_of)
        if len(sieve.starts):
            self._keep_in_order(sieve, visit, day, length)
            keep_counts(sieve, self.day_book(day), visit, length)
        if len(sieve.starts):
            cells = self.cell_map_on(day, self.class_of(visit))
            keep_resources(
                sieve, self.day_book(day), self.staffing, cells, visit=visit, stages=stages
            )
        if len(stages) > 1 and len(sieve.starts):
            seated = [self.seat(visit, day, int(start)) is not None for start in sieve.starts]
            sieve.keep("seating", np.array(seated, dtype=np.bool_))

    def _keep_in_order(self, sieve: StartSieve, visit: Visit, day: date, length: int) -> None:
        if self.is_ordered(visit):
            first, last = self.order_window(visit, day)
            sieve.keep("order", (first <= sieve.starts) & (sieve.starts + length <= last))
