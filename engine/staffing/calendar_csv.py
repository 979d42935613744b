"""staff_calendar.csv: who is where when, request by request and duty by duty."""

from collections.abc import Iterator
from typing import Any

from engine.practice import Problem
from engine.practice.calendar import present_intervals
from engine.staffing.calendar import StaffCalendar
from engine.staffing.cost import away_on
from engine.units import clock_text, subtract

STAFF_COLUMNS = ("date", "weekday", "start", "end", "person", "role", "what", "where", "points")
"""Columns of staff_calendar.csv. FORMAT.md of `engine.files` says what they hold."""


def staff_rows(problem: Problem, calendar: StaffCalendar) -> Iterator[dict[str, Any]]:
    """The rows of the file, by date, person and time; columns without anybody come last."""
    chosen = [placed.chosen.option for placed in calendar.requests]
    for day in calendar.days:
        rows: list[tuple[str, int, int, str, str, float | None]] = []
        away = away_on(chosen, day.date)
        for placed in calendar.requests:
            option = placed.chosen.option
            for who in option.people if day.date in option.dates else ():
                request = option.request
                rows.append((who, *option.span, request.kind.value, request.id, None))
        for duty in day.duties:
            rows.append((duty.person, duty.start, duty.end, "column", duty.column, None))
        for person in problem.practice.staff:
            busy = [(row[1], row[2]) for row in rows if row[0] == person.id]
            present = present_intervals(problem.practice, person, day.date)
            for start, end in subtract(present, [*busy, *away.get(person.id, [])]):
                rows.append((person.id, start, end, "free", "", None))
        rows.sort(key=lambda row: (row[0], row[1]))
        rows += [
            ("", one.start, one.end, "nobody", one.column, round(one.points, 1))
            for one in day.shortages
        ]
        for who, start, end, what, where, points in rows:
            yield {
                "date": day.date.isoformat(),
                "weekday": f"{day.date:%a}",
                "start": clock_text(start),
                "end": clock_text(end),
                "person": who,
                "role": problem.staff[who].role.value if who else "",
                "what": what,
                "where": where,
                "points": points,
            }
