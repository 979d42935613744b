"""Model days with more columns at once than people: each has somebody, but not all together.

Nothing is refused for it: the roster serves what is worth most, and says what has nobody. But it is
no matter of a date, since it is so on every date of a weekday.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from engine.practice import Cell, ModelDay, Problem, Weekday
from engine.practice.calendar import present_intervals
from engine.problems import PracticeProblem, Severity
from engine.staffing.crewless import dates_by_weekday
from engine.staffing.needs import able_for_class
from engine.units import Interval, clock_text, covers, to_minutes


@dataclass(frozen=True, slots=True)
class _Short:
    """A piece of the day: of `columns` together, `people` can have somebody, and no more."""

    span: Interval
    columns: tuple[str, ...]
    people: int

    @property
    def minutes(self) -> int:
        """Column minutes without anybody."""
        return (self.span[1] - self.span[0]) * (len(self.columns) - self.people)


def too_few_people(problem: Problem, dates: Iterable[dt.date]) -> Iterator[PracticeProblem]:
    """A remark for each weekday of a model day that lacks people on all of these dates of it."""
    for model_day, weekday, days in dates_by_weekday(problem, dates):
        short = _joined(_pieces(problem, model_day, days))
        if short:
            yield _remark(model_day, weekday, short)


def _pieces(problem: Problem, model_day: ModelDay, days: list[dt.date]) -> list[_Short]:
    """By piece of the day, what is short on the best of the dates; pieces that are not are out."""
    present = [
        {who.id: present_intervals(problem.practice, who, day) for who in problem.practice.staff}
        for day in days
    ]
    cells = [
        (cell, column, _able(problem, cell, column))
        for cell in model_day.cells
        for column in cell.columns
        if not problem.chairs[column].overflow
    ]
    cuts = {to_minutes(clock) for cell, _, _ in cells for clock in (cell.start, cell.end)}
    cuts |= {
        minute for there in present for spans in there.values() for one in spans for minute in one
    }
    found = []
    for span in pairwise(sorted(cuts)):
        here = [
            (column, able)
            for cell, column, able in cells
            if to_minutes(cell.start) <= span[0] and span[1] <= to_minutes(cell.end)
        ]
        tried = []
        for there in present:
            at_work = {who for who, spans in there.items() if covers(spans, span)}
            tried.append(_short_of(span, [(column, able & at_work) for column, able in here]))
        best = min(tried, key=lambda one: one.minutes)
        if best.minutes:
            found.append(best)
    return found


def _able(problem: Problem, cell: Cell, column: str) -> set[str]:
    able, _ = able_for_class(problem, cell.procedure_class, problem.chairs[column])
    return {who for who, _ in able}


def _short_of(span: Interval, columns: list[tuple[str, set[str]]]) -> _Short:
    """The columns that share too few people, by a largest matching and the paths from its gaps."""
    people = sorted({who for _, able in columns for who in able})
    if not columns or not people:
        return _Short(span, tuple(sorted(name for name, _ in columns)), 0)
    table = csr_matrix([[int(who in able) for who in people] for _, able in columns])
    # By column of the table, which is a person: the row of whom it serves.
    chosen = maximum_bipartite_matching(table, perm_type="row").tolist()
    served = {people[at]: row for at, row in enumerate(chosen) if row >= 0}
    reached = set(range(len(columns))) - set(served.values())
    open_rows = list(reached)
    while open_rows:
        for who in columns[open_rows.pop()][1]:
            row = served[who]
            if row not in reached:
                reached.add(row)
                open_rows.append(row)
    able = set().union(*(columns[row][1] for row in reached))
    return _Short(span, tuple(sorted(columns[row][0] for row in reached)), len(able))


def _joined(pieces: list[_Short]) -> list[_Short]:
    joined: list[_Short] = []
    for one in pieces:
        last = joined[-1] if joined else None
        same = last is not None and (last.columns, last.people) == (one.columns, one.people)
        if last is not None and same and last.span[1] == one.span[0]:
            joined[-1] = _Short((last.span[0], one.span[1]), one.columns, one.people)
        else:
            joined.append(one)
    return joined


def _remark(model_day: ModelDay, weekday: Weekday, short: list[_Short]) -> PracticeProblem:
    worst = max(short, key=lambda one: one.minutes)
    total = sum(one.minutes for one in short)
    span = f"{clock_text(worst.span[0])}-{clock_text(worst.span[1])}"
    cause = (
        f"{span}: {len(worst.columns)} columns at once ({', '.join(worst.columns)}) and "
        f"{worst.people} people who can serve them; {total} column minutes of such a day have "
        "nobody on any date"
    )
    remedy = "give somebody the shift and the skill, or the model day fewer columns"
    where = f"model day {model_day.id} on {weekday.value}"
    return PracticeProblem("too-few-people", where, cause, remedy, Severity.KEPT)
