"""Starts at which one patient can come: dates, times, other visits, quotas, kits and machines."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from engine.filling.lanes import Mask, Minutes
from engine.filling.occupancy import Occupancy
from engine.filling.openings.asked import Asked
from engine.filling.openings.clock_axis import ClockAxis
from engine.filling.openings.free_time import FreeTime
from engine.filling.openings.kind_starts import KindStarts
from engine.filling.visit_starts import first_minute, is_ready
from engine.practice import ClockWindow, Visit
from engine.practice.calendar import model_day_on
from engine.units import to_minutes

_NO_LIMIT = np.iinfo(np.int32).max


class PatientStarts:
    """Asks the rules about the patient and the counts of a date, all dates at once."""

    def __init__(self, axis: ClockAxis, occupancy: Occupancy, free: FreeTime) -> None:
        self._axis, self._occupancy, self._free = axis, occupancy, free
        self._quotas: dict[str, Minutes] = {}

    def of(self, visit: Visit, kind: KindStarts, now: dt.datetime) -> Asked:
        """The starts of a kind at which this patient can come, and that the counts leave."""
        axis, horizon = self._axis, self._occupancy.horizon
        opens = max(visit.earliest or horizon.start, horizon.start, now.date())
        closes = min(visit.latest or horizon.end, axis.dates[-1])
        if opens > closes:
            return Asked.between(kind, 0, -1)
        asked = Asked.between(kind, axis.number[opens], axis.number[closes])
        if opens == now.date():
            not_past = (asked.day > axis.number[opens]) | (asked.minute >= first_minute(opens, now))
            asked = asked.keep(not_past)
        if visit.lab_ready is not None or visit.clearances:
            ready = np.array([is_ready(visit, day) for day in axis.dates])
            asked = asked.keep(ready[asked.day])
        if visit.availability:
            asked = asked.keep(self.in_windows(visit.availability, asked))
        asked = self._apart_from_own(visit, asked)
        return self.within_counts(visit, self._in_order(visit, asked))

    def within_counts(self, visit: Visit, asked: Asked) -> Asked:
        """The starts that quotas, kits and machines leave, whoever the patient is."""
        asked = asked.keep(self._dates_left(visit)[asked.day])
        return self._under_limits(visit, asked)

    def in_windows(self, windows: Sequence[ClockWindow], asked: Asked) -> Mask:
        """The visit lies wholly in one of the windows."""
        weekdays = self._axis.weekdays[asked.day]
        inside: Mask = np.zeros(len(asked), dtype=np.bool_)
        for window in windows:
            begin, end = to_minutes(window.start), to_minutes(window.end)
            fits = (begin <= asked.minute) & (asked.minute + asked.kind.length <= end)
            days = np.array([window.on(day) for day in range(7)])
            inside |= fits & days[weekdays]
        return inside

    def _dates_left(self, visit: Visit) -> Mask:
        """Dates with a place in quota and daily limits."""
        occupancy, free = self._occupancy, self._free
        wanted = occupancy.problem.procedures[visit.procedure].procedure_class
        left: Mask = free.by_class[wanted] < self._quota(wanted)
        for limit in occupancy.problem.practice.limits:
            if visit.procedure in limit.procedures and limit.per_day is not None:
                left &= free.by_limit[limit.id] < limit.per_day
        return left

    def _quota(self, wanted: str) -> Minutes:
        """At most so many of a class, by date."""
        if wanted not in self._quotas:
            most = np.full(len(self._axis.dates), _NO_LIMIT, dtype=np.int64)
            for number, day in enumerate(self._axis.dates):
                model_day = model_day_on(self._occupancy.problem.practice, day)
                for quota in model_day.quotas if model_day is not None else ():
                    if quota.procedure_class == wanted and quota.at_most is not None:
                        most[number] = min(most[number], quota.at_most)
            self._quotas[wanted] = most
        return self._quotas[wanted]

    def _apart_from_own(self, visit: Visit, asked: Asked) -> Asked:
        """No overlap with other visits of the patient."""
        dates = set(self._occupancy.dates_of.get(visit.patient, ())) & self._axis.number.keys()
        for day in dates:
            number, book = self._axis.number[day], self._occupancy.day_book(day)
            for other, (start, end) in book.of_patient.get(visit.patient, ()):
                if other != visit.id:
                    apart = (asked.minute + asked.kind.length <= start) | (end <= asked.minute)
                    asked = asked.keep(apart | (asked.day != number))
        return asked

    def _in_order(self, visit: Visit, asked: Asked) -> Asked:
        """After what it follows and before what follows it."""
        if not len(asked) or not self._occupancy.is_ordered(visit):
            return asked
        first = np.zeros(len(self._axis.dates), dtype=np.int64)
        last = np.zeros(len(self._axis.dates), dtype=np.int64)
        for number in np.unique(asked.day).tolist():
            window = self._occupancy.order_window(visit, self._axis.dates[number])
            first[number], last[number] = window
        ends = asked.minute + asked.kind.length
        return asked.keep((first[asked.day] <= asked.minute) & (ends <= last[asked.day]))

    def _under_limits(self, visit: Visit, asked: Asked) -> Asked:
        """Machines are free for the whole visit."""
        for limit in self._occupancy.problem.practice.limits:
            if visit.procedure in limit.procedures and limit.at_once is not None:
                room = self._free.limit_until[limit.id][asked.at]
                asked = asked.keep(room >= asked.minute + asked.kind.length)
        return asked
