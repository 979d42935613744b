"""Little's law on a long run: patients waiting for their exam = callers a day x days to the exam.

J. D. C. Little, "A proof for the queuing formula L = lambda W", Operations Research 9, 1961, pages
383-387. Patients are counted day by day from their stages; callers and waits come from the log. The
two would part if anybody were lost, counted twice, or seen on another day than the stage says.
"""

import pytest

from engine.simulate.patients import Stage
from engine.simulate.policies import POLICIES
from engine.simulate.settings import EngineSettings, PatientSettings, YearSettings
from engine.simulate.week import live_through, run_week
from engine.simulate.year import open_clinic

WEEKS = 26


@pytest.mark.parametrize("policy", ["first-fit"])
def test_number_waiting_is_rate_times_wait(small_problem, policy: str):
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})
    habits = PatientSettings(new_a_week=6.0, observation_share=0.0, acceptance=0.0)
    clinic = open_clinic(empty, YearSettings(weeks=WEEKS, patients=habits), 1)
    chosen = POLICIES[policy](EngineSettings())
    live_through(clinic, 0)
    for week in range(1, WEEKS + 1):
        run_week(clinic, week, chosen)
    first, last = clinic.monday(0), clinic.monday(WEEKS + 1)
    days = (last - first).days
    waiting_days = 0
    for person in clinic.people.values():
        began = next(day for day, stage in person.history if stage is Stage.NEW)
        ended = next((day for day, stage in person.history if stage is not Stage.NEW), last)
        waiting_days += (ended - began).days
    number = waiting_days / days
    rate = len(clinic.log.arrivals) / days
    waits = [wait.days for wait in clinic.log.waited]
    wait = sum(waits) / len(waits)
    assert len(waits) > 100
    assert days > 10 * wait
    # The ends of the run matter by a part of one wait, which is less than a tenth of the run.
    assert number == pytest.approx(rate * wait, rel=0.05)
