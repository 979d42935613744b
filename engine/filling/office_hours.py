"""What the practice alone says of a date, looked up once: many visits ask the same."""

from datetime import date

from engine.filling.lanes import Minutes, marked, run_until
from engine.practice import Problem
from engine.practice.calendar import OpenDays, in_office_intervals, open_intervals


class OfficeHours:
    """Opening hours and doctors in the office by date, and open days between two dates."""

    def __init__(self, problem: Problem) -> None:
        self.practice = problem.practice
        self.open_days = OpenDays(problem.practice)
        self._doctors = problem.doctors
        self._open: dict[date, Minutes] = {}
        self._supervised: dict[date, Minutes] = {}

    def open_until(self, day: date) -> Minutes:
        """For each minute, until when patients are seen without a break; itself where closed."""
        if day not in self._open:
            self._open[day] = run_until(marked(open_intervals(self.practice, day)))
        return self._open[day]

    def supervised_until(self, day: date) -> Minutes:
        """For each minute, until when there is always a doctor in the office."""
        if day not in self._supervised:
            present = [
                interval
                for doctor in self._doctors
                for interval in in_office_intervals(self.practice, doctor, day)
            ]
            self._supervised[day] = run_until(marked(present))
        return self._supervised[day]
