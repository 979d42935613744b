"""Expected finishes of treatments against what became of them, in simulated years.

    python -m benchmarks.finish_forecasts --replications 10 --out FILE.md

Before the ninth week of a year of the sample practice the ledger says of every patient in treatment
when the finish is expected, and how likely it is to lie past the original completion date. The year
goes on, filled by best fit, and both are held against what came. Patients miss and cancel by a law
that the ledger's model does not know.
"""

import argparse
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

from benchmarks.keep import keep_table
from benchmarks.lived import open_by_hand, with_interval
from engine.cli.year_question import year_question
from engine.cli.year_settings import year_settings
from engine.filling.by_hand import fill_by_hand
from engine.practice import Horizon, Problem
from engine.reports.ledger import LedgerRow, make_ledger
from engine.simulate.clinic import Clinic
from engine.simulate.compare import Estimate, estimate
from engine.simulate.question import week_question
from engine.simulate.settings import YearSettings
from engine.simulate.week import FILLED_AT, run_week

ASKED_BEFORE_WEEK = 9
"""The first week that a practice year counts."""
_BOOK = 12 * 7
"""Days of the book that the ledger is given: the desk books no further ahead."""
_SETTLED = 8 * 7
"""Days before the end of the year by which a finish is expected, so that most of them can come."""


@dataclass(frozen=True)
class Forecast:
    """One treatment. `expected`: day number of the finish, with its fraction. `late`: already."""

    patient: str
    visits_left: int
    original_ecd: dt.date
    late: bool
    chance_past: float
    expected: float


@dataclass(frozen=True)
class Followed:
    """A forecast and its year: when the treatment was finished, None if it still is under way."""

    replication: int
    forecast: Forecast
    finished: dt.date | None
    end: dt.date

    @property
    def was_past(self) -> bool:
        """Finished after the original date, or not at all; asks for a date within the year."""
        return self.finished is None or self.finished > self.forecast.original_ecd

    @property
    def weeks_later(self) -> float:
        """Weeks from the expected finish to the real one; under way: to the end of the year."""
        return ((self.finished or self.end).toordinal() - self.forecast.expected) / 7


@dataclass(frozen=True)
class Line:
    """A group of treatments: figures of each year, and their means with intervals."""

    group: str
    dated: int
    expected_past: float
    were_past: int
    over_expected: Estimate
    settled: int
    weeks_later: Estimate
    under_way: int


def follow_year(problem: Problem, settings: YearSettings, replication: int) -> list[Followed]:
    """The forecasts of one year, with their outcomes."""
    clinic, policy = open_by_hand(problem, settings, replication)
    forecasts: list[Forecast] = []
    for week in range(1, settings.weeks + 1):
        if week == ASKED_BEFORE_WEEK:
            forecasts = list(_forecasts(clinic, week))
        run_week(clinic, week, policy)
    end = clinic.monday(settings.weeks + 1)
    finished = {one.patient: one.day for one in clinic.log.completed}
    return [Followed(replication, one, finished.get(one.patient), end) for one in forecasts]


def _forecasts(clinic: Clinic, week: int) -> Iterator[Forecast]:
    """What the ledger of this Friday says, with a fill of the week by best fit."""
    monday = clinic.monday(week)
    now = dt.datetime.combine(monday - dt.timedelta(days=3), FILLED_AT)
    problem = week_question(clinic, now, Horizon(start=monday, days=_BOOK))
    schedule = fill_by_hand(problem, Horizon(start=monday, days=7), "best", "due")
    for row in make_ledger(problem, schedule).rows:
        yield _forecast(row, monday)


def _forecast(row: LedgerRow, monday: dt.date) -> Forecast:
    return Forecast(
        patient=row.patient,
        visits_left=row.treatment.remaining_visits,
        original_ecd=row.treatment.original_ecd,
        late=row.treatment.original_ecd < monday,
        chance_past=row.with_plan.past_original,
        expected=row.with_plan.finish,
    )


GROUPS: dict[str, Callable[[Forecast], bool]] = {
    "all": lambda one: True,
    "1 or 2 visits left": lambda one: one.visits_left <= 2,
    "3 to 5": lambda one: 3 <= one.visits_left <= 5,
    "6 and more": lambda one: one.visits_left >= 6,
    "past the date already": lambda one: one.late,
}


def line_of(group: str, followed: Sequence[Followed]) -> Line:
    """The figures of one group. Who is past already says nothing of the chances."""
    own = [one for one in followed if GROUPS[group](one.forecast)]
    dated = [one for one in own if not one.forecast.late and one.forecast.original_ecd < one.end]
    settled = [one for one in own if one.forecast.expected <= one.end.toordinal() - _SETTLED]
    numbers = sorted({one.replication for one in followed})
    ratios, later = [], []
    for number in numbers:
        year = [one for one in dated if one.replication == number]
        expected = sum(one.forecast.chance_past for one in year)
        if expected > 0:
            ratios.append(sum(one.was_past for one in year) / expected)
        weeks = [one.weeks_later for one in settled if one.replication == number]
        if weeks:
            later.append(fmean(weeks))
    return Line(
        group=group,
        dated=len(dated),
        expected_past=sum(one.forecast.chance_past for one in dated),
        were_past=sum(one.was_past for one in dated),
        over_expected=estimate(ratios),
        settled=len(settled),
        weeks_later=estimate(later),
        under_way=sum(one.finished is None for one in settled),
    )


def table(lines: Sequence[Line]) -> str:
    """Markdown, a row for each group."""
    heads = (
        *("treatments", "date within the year", "expected past it", "were past it"),
        *("ratio", "finish expected 8 weeks before the end", "weeks later", "still under way"),
    )
    text = [f"| {' | '.join(heads)} |", "|---|" + "---|" * (len(heads) - 1)]
    for line in lines:
        cells = (
            *(line.group, f"{line.dated:,}", f"{line.expected_past:,.0f}", f"{line.were_past:,}"),
            *(
                with_interval(line.over_expected, 2),
                f"{line.settled:,}",
                with_interval(line.weeks_later, 2),
            ),
            f"{line.under_way:,}",
        )
        text.append(f"| {' | '.join(cells)} |")
    return "\n".join(text) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Live the years, print the table, and keep it with its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=10)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--out", type=Path, help="Markdown; the same name .json holds the lines")
    asked = parser.parse_args(arguments)
    problem, _ = year_question(None)
    settings = year_settings(
        None, {"weeks": asked.weeks}, doctors=len(problem.doctors), sample=True
    )
    followed: list[Followed] = []
    for replication in range(1, asked.replications + 1):
        followed += follow_year(problem, settings, replication)
        print(f"year {replication}: {len(followed):,} treatments so far", flush=True)
    lines = [line_of(group, followed) for group in GROUPS]
    print(table(lines))
    if asked.out is not None:
        keep_table(asked.out, table(lines), lines=[asdict(line) for line in lines])


if __name__ == "__main__":
    main()
