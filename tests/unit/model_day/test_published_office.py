"""The published office: the sheet by hand, and a design of the same places."""

from collections import Counter

from offices import fixture_goals

from benchmarks.published_office import COLUMNS, DAY_TYPE, THURSDAY, office, sheet_by_hand
from engine.model_day.day_figures import doctor_figures
from engine.model_day.design.design_day import DesignSettings, design_day
from engine.model_day.design.slots import slot_of
from engine.model_day.design.type_facts import facts_of

HOURS = ((480, 660),)


def test_conflicts_and_idle_time_of_the_sheet_by_hand() -> None:
    """Worked out on paper, doctor time as asked for by step.

    08:05-08:10 adjustments of C5 and C6: 5 min twice. 08:15-08:35 debonds of C3 and C4: 20 twice.
    08:25-08:45 bonds of C1 and C2: 20 twice, and the second adjustments at 08:35-08:40. 09:05-09:10
    adjustments twice, 09:20-09:30 repairs twice, 09:35-09:40 adjustments twice, 10:05-10:10 once.
    Asked beyond one doctor: 5 (08:05) + 20 (the second debond) + 2 x 10 (bonds within 08:25-08:35)
    + 10 (second bond, 08:35-08:45) + 2 x 5 (adjustments at 08:35) + 5 + 10 + 5 = 85.
    Idle beyond 15 minutes: 08:45-09:05 5, 09:40-10:05 10, 10:10-11:00 35: 50 in all.
    """
    problem = office()
    figures = doctor_figures(problem, THURSDAY, HOURS, sheet_by_hand(problem))
    assert figures.asked == 145
    assert figures.there == 180
    assert figures.conflicts == 85
    assert figures.idle == 50


def test_a_design_of_the_same_places_has_no_conflict_and_idles_less() -> None:
    problem, goals = office(), fixture_goals()
    by_hand = doctor_figures(problem, THURSDAY, HOURS, sheet_by_hand(problem))
    codes = Counter(entry.split()[0] for entries in COLUMNS.values() for entry in entries)
    wanted = {
        slot_of(problem.practice, problem.procedures[code]): count for code, count in codes.items()
    }
    facts = facts_of(problem, DAY_TYPE)
    made = design_day(problem, facts, goals, wanted, DesignSettings(work=4.0, workers=1, gap=0.05))
    assert made.missed == ()
    figures = doctor_figures(problem, facts.dates[0], HOURS, made.planned)
    assert figures.asked == 145
    assert figures.conflicts == 0 < by_hand.conflicts
    assert figures.idle < by_hand.idle
