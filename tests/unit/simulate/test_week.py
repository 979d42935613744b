"""One week: who is told what, and what the fill writes into the book."""

import datetime as dt
from dataclasses import replace

import pytest

from engine.checker import check
from engine.practice import Attendance, Horizon, PastVisit, Problem, Visit, attendance_of
from engine.risk.no_show import NoShow
from engine.schedule import Schedule
from engine.simulate.behaviour import Outcome, recorded
from engine.simulate.clinic import Clinic
from engine.simulate.policies import POLICIES, ByHand, Chosen
from engine.simulate.settings import EngineSettings, PatientSettings, YearSettings
from engine.simulate.week import live_through, run_week
from engine.simulate.year import open_clinic, run_year

WEEKS = 5


class Watched:
    """First fit, with every question and answer kept."""

    def __init__(self, foresees: bool = False) -> None:
        self.foresees = foresees
        self.seen: list[tuple[Problem, Horizon, Schedule]] = []

    def choose(self, problem: Problem, horizon: Horizon, seed: int) -> Chosen:
        chosen = ByHand("first", "list").choose(problem, horizon, seed)
        self.seen.append((problem, horizon, chosen.schedule))
        return chosen


def live(problem: Problem, settings: YearSettings, policy: Watched, **truth: float) -> Clinic:
    clinic = open_clinic(problem, settings, 1)
    clinic.behaviour = replace(clinic.behaviour, **truth)
    live_through(clinic, 0)
    for week in range(1, WEEKS + 1):
        run_week(clinic, week, policy)
    return clinic


@pytest.fixture(scope="module")
def unreliable(small_problem, small_settings) -> dict[bool, tuple[Clinic, Watched]]:
    """Years in which every fifth visit or so is missed, without and with foresight."""
    found = {}
    for foresees in (False, True):
        policy = Watched(foresees)
        found[foresees] = live(small_problem, small_settings, policy, base=0.2), policy
    return found


def misses(clinic: Clinic) -> list[str]:
    return [
        entry.visit
        for entry in clinic.log.attended
        if entry.outcome is Outcome.MISSED and entry.by != "desk"
        if entry.day >= clinic.monday(1)
    ]


def test_the_clairvoyant_books_nobody_who_will_not_come(unreliable):
    blind, seeing = unreliable[False][0], unreliable[True][0]
    assert len(misses(blind)) > 10
    # What is left: a probability that moves a little with the hour and date of the fill.
    assert len(misses(seeing)) <= len(misses(blind)) / 5
    assert seeing.log.foreseen > blind.log.foreseen
    assert seeing.foreseen == {}  # all are back on the list by the end of the week


def test_foresight_changes_nobody_who_calls(unreliable):
    assert unreliable[False][0].log.arrivals == unreliable[True][0].log.arrivals


@pytest.mark.parametrize("foresees", [False, True])
def test_every_week_s_schedule_keeps_the_rules(unreliable, foresees: bool):
    _, policy = unreliable[foresees]
    assert len(policy.seen) == WEEKS
    for problem, _, schedule in policy.seen:
        assert check(problem, schedule).violations == ()


def test_questions_are_asked_on_fridays_for_the_next_week(unreliable):
    clinic, policy = unreliable[False]
    for week, (problem, horizon, _) in enumerate(policy.seen, start=1):
        assert horizon == Horizon(start=clinic.monday(week), days=7)
        assert problem.as_of == dt.datetime.combine(
            horizon.start - dt.timedelta(days=3), dt.time(14)
        )


def test_a_policy_is_told_what_the_history_of_the_practice_says(unreliable):
    """Of those who called in the year the log holds every kept and missed visit."""
    clinic, policy = unreliable[False]
    called = {patient for _, patient in clinic.log.arrivals}
    history = [
        PastVisit(entry.patient, entry.day, recorded(entry.outcome))
        for entry in clinic.log.attended
        if entry.outcome in (Outcome.KEPT, Outcome.MISSED)
    ]
    told: list[Attendance] = []
    for problem, _, _ in policy.seen:
        today = problem.as_of.date()
        for visit in problem.all_visits.values():
            if visit.patient in called:
                past = [one for one in history if one.patient == visit.patient]
                known = visit.attendance.model_copy(update={"cancelled": 0})
                assert known == attendance_of(past, today)
                told.append(known)
    assert {record.last_missed for record in told} == {None, True, False}
    assert max(record.missed for record in told) > 0


def test_what_was_placed_is_in_the_next_book_or_over(unreliable):
    clinic, policy = unreliable[False]
    attended = {(entry.visit, entry.day) for entry in clinic.log.attended}
    problem, horizon, schedule = policy.seen[0]
    new = [p for p in schedule.placements if p.visit not in problem.booking_of]
    assert new
    lived = [p for p in new if (p.visit, p.date) in attended]
    # A patient who leaves or finishes earlier in the week does not come; all others do.
    assert len(lived) >= len(new) - 2
    assert all(p.date in horizon for p in new)


def test_early_cancellations_free_their_time_before_the_fill(small_problem, small_settings):
    policy = Watched()
    clinic = live(
        small_problem, small_settings, policy, base=1e-12, cancel_rate=0.4, cancelled_early=1.0
    )
    assert clinic.log.foreseen > 0
    late = [e for e in clinic.log.attended if e.outcome is Outcome.CANCELLED_LATE]
    # Only what was booked after the Friday before, or in the days before the first fill.
    assert all(e.by in ("fill", "desk") or e.day < clinic.monday(1) for e in late)


def test_the_list_is_asked_about_in_the_order_in_which_it_grew(unreliable):
    _, policy = unreliable[False]
    first, second = (problem for problem, _, _ in policy.seen[:2])
    still = [v.id for v in second.visits if v.id in {w.id for w in first.visits}]
    order = {visit.id: index for index, visit in enumerate(first.visits)}
    again = {v.id for v in second.visits if _attempted(policy, v)}
    kept_order = [order[name] for name in still if name not in again]
    assert kept_order == sorted(kept_order)


def _attempted(policy: Watched, visit: Visit) -> bool:
    """Placed by the first fill: if it is on the list again, it went to its end."""
    return visit.id in policy.seen[0][2].placement_of


@pytest.mark.long
@pytest.mark.parametrize("name", ["engine", "engine-constant-p", "clairvoyant"])
def test_a_short_year_under_the_engine(small_problem, name: str):
    settings = YearSettings(
        weeks=2,
        warm_up_weeks=0,
        patients=PatientSettings(new_a_week=4.0),
        engine=EngineSettings(seconds=1.0, workers=1),
    )
    log = run_year(small_problem, POLICIES[name](settings.engine), settings, 1)
    assert [sum(state.by_stage.values()) - state.arrived for state in log.weeks] == [0, 0]
    assert [state.set_aside for state in log.weeks] == [0, 0]
    assert sum(state.placed for state in log.weeks) > 0


def test_what_was_expected_of_a_visit_is_kept_until_its_day(unreliable):
    """Of every filled visit, the chance that the question of its Friday gives its very time."""
    clinic, watched = unreliable[False]
    wanted = {}
    for problem, _, schedule in watched.seen:
        no_show = NoShow(problem)
        for placed in schedule.placements:
            visit = problem.all_visits[placed.visit]
            chance = no_show.probability(visit, placed.date, placed.start.hour)
            wanted.setdefault((placed.visit, placed.date), chance)
    filled = [
        entry
        for entry in clinic.log.attended
        if entry.by in ("fill", "checkout") and entry.day >= clinic.monday(1)
    ]
    assert {entry.by for entry in filled} == {"fill", "checkout"}
    for entry in filled:
        assert entry.chance_of_miss == wanted[entry.visit, entry.day]
        assert 0 < entry.chance_of_miss < 1
