"""What a no-show model of a practice's own history is worth there: simulated practices.

    python -m benchmarks.own_model --replications 5 --out FILE.md

The sample practice lives for two years, filled by best fit. A model is fitted on the first year
and a half, as `modelday risk fit` does it; the half-year after that judges it and the literature,
on the same visits. Who misses is decided by a law that neither of them knows: another link, a
reliability that nobody sees, a drift and a season.
"""

import argparse
import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

import numpy as np

from benchmarks.keep import keep_table
from benchmarks.lived import open_by_hand, with_interval
from engine.cli.year_question import year_question
from engine.cli.year_settings import year_settings
from engine.practice import Outcome, PastVisit, Problem
from engine.risk.fit.calibrate import chances
from engine.risk.fit.fit_no_show import fit_no_show
from engine.risk.fit.known import Known, known_rows
from engine.risk.fit.measures import held_out_of
from engine.simulate.behaviour import recorded
from engine.simulate.clinic import Clinic
from engine.simulate.compare import estimate
from engine.simulate.log import Attended
from engine.simulate.settings import YearSettings
from engine.simulate.week import run_week

WEEKS, JUDGED_WEEKS = 104, 26
GROUPS = {
    "all": ("fill", "checkout"),
    "given a time by a fill": ("fill",),
    "at checkout": ("checkout",),
}
"""Who gave the visit its time."""
MODELS = ("literature", "own")


@dataclass(frozen=True)
class Lived:
    """A visit as it would be exported; who gave its time, and its chance by the literature."""

    past: PastVisit
    by: str
    chance: float | None


@dataclass(frozen=True)
class Judged:
    """One model on one group of one practice: observed over expected, Brier skill, AUC."""

    replication: int
    group: str
    model: str
    visits: int
    missed: int
    ratio: float
    skill: float
    auc: float


def live(problem: Problem, settings: YearSettings, replication: int) -> list[Lived]:
    """Every visit of the years that was kept, missed or cancelled."""
    clinic, policy = open_by_hand(problem, settings, replication)
    lived: list[Lived] = []
    for week in range(1, settings.weeks + 1):
        made_on = {name: entry.booked_on for name, entry in clinic.book.items()}
        seen, friday = len(clinic.log.attended), clinic.monday(week) - dt.timedelta(days=3)
        run_week(clinic, week, policy)
        for one in clinic.log.attended[seen:]:
            outcome = recorded(one.outcome)
            if outcome is not None:
                booked_on = made_on.get(one.visit, one.day if one.by == "desk" else friday)
                past = _as_exported(clinic, one, outcome, booked_on)
                lived.append(Lived(past, one.by, one.chance_of_miss))
    return lived


def _as_exported(clinic: Clinic, one: Attended, outcome: Outcome, booked_on: dt.date) -> PastVisit:
    person = clinic.people[one.patient]
    return PastVisit(
        patient=one.patient,
        date=one.day,
        outcome=outcome,
        purpose=one.purpose,
        start=dt.time(*divmod(one.minute, 60)),
        booked_on=booked_on,
        account=person.account,
        age_band=person.age,
        started=None if person.plan is None else person.plan.started,
    )


def judge(lived: Sequence[Lived], replication: int, border: dt.date) -> list[Judged]:
    """Both models on the visits from `border` on; the own one is fitted on those before."""
    model = fit_no_show([one.past for one in lived if one.past.date < border])
    later = {
        (one.past.patient, one.past.date, one.past.start): one
        for one in lived
        if one.past.date >= border and one.chance is not None
    }
    rows, of_row = [], []
    for row in known_rows([one.past for one in lived], model.base_rate):
        one = later.get((row.patient, row.date, _start_of(row)))
        if one is not None:
            rows.append(row)
            of_row.append(one)
    by_model = {
        "literature": np.array([one.chance for one in of_row], dtype=np.float64),
        "own": chances(model, rows),
    }
    found = []
    for group, given_by in GROUPS.items():
        at = [n for n, one in enumerate(of_row) if one.by in given_by]
        own_rows = [rows[n] for n in at]
        for name in MODELS:
            held = held_out_of(own_rows, by_model[name][at], model.misses / model.rows)
            auc = 0.5 if held.auc is None else held.auc
            figures = (held.rows, held.misses, held.ratio.value, held.skill.value, auc)
            found.append(Judged(replication, group, name, *figures))
    return found


def _start_of(row: Known) -> dt.time | None:
    return None if row.hour is None else dt.time(*divmod(round(60 * row.hour), 60))


def table(judged: Sequence[Judged]) -> str:
    """Markdown: a row for each group and model, means over the practices with 95 % intervals."""
    heads = ("visits", "model", "in half a year", "missed", "observed / expected", "skill", "AUC")
    text = [f"| {' | '.join(heads)} |", "|---|" + "---|" * (len(heads) - 1)]
    for group in GROUPS:
        for name in MODELS:
            own = [one for one in judged if (one.group, one.model) == (group, name)]
            visits, missed = fmean(one.visits for one in own), fmean(one.missed for one in own)
            cells = (
                *(group, name, f"{visits:,.0f}", f"{missed:,.0f}"),
                with_interval(estimate([one.ratio for one in own]), 2),
                with_interval(estimate([one.skill for one in own]), 3),
                with_interval(estimate([one.auc for one in own]), 2),
            )
            text.append(f"| {' | '.join(cells)} |")
    return "\n".join(text) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Live the years, print the table, and keep it with its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=5)
    parser.add_argument("--out", type=Path, help="Markdown; the same name .json holds the figures")
    asked = parser.parse_args(arguments)
    problem, _ = year_question(None)
    settings = year_settings(None, {"weeks": WEEKS}, doctors=len(problem.doctors), sample=True)
    judged: list[Judged] = []
    for replication in range(1, asked.replications + 1):
        lived = live(problem, settings, replication)
        last = max(one.past.date for one in lived)
        border = last - dt.timedelta(days=7 * JUDGED_WEEKS)
        judged += judge(lived, replication, border)
        print(f"practice {replication}: {len(lived):,} visits", flush=True)
    print(table(judged))
    if asked.out is not None:
        keep_table(asked.out, table(judged), judged=[asdict(one) for one in judged])


if __name__ == "__main__":
    main()
