"""The day run as a queue with a known answer: M/D/1, and the appointments of Bailey and Welch.

Pollaczek-Khinchine: with Poisson arrivals at rate l and a fixed service time s, the mean wait is
rho s / (2 (1 - rho)), rho = l s (L. Kleinrock, Queueing Systems, volume 1, Wiley, 1975).

Bailey-Welch: two patients at the opening, then one each mean service time. Against one each mean
service time from the opening on, the doctor waits less and the patients more (N. T. J. Bailey, "A
study of queues and appointment systems in hospital out-patient departments, with special reference
to waiting-times", Journal of the Royal Statistical Society B 14, 1952, pages 185-199; J. D. Welch
and N. T. J. Bailey, "Appointment systems in hospital outpatient departments", The Lancet 259, 1952,
pages 1105-1108).
"""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from engine.day_run.day_plan import DayPlan, PlannedStage, PlannedStep, PlannedVisit
from engine.day_run.draws import VisitDraw
from engine.day_run.run_once import DayOutcome, run_once


def doctor_only(starts: np.ndarray, minutes: float) -> DayPlan:
    return DayPlan(
        tuple(
            PlannedVisit(
                f"{index:06d}", (PlannedStage(float(start), (PlannedStep(minutes, "D"),)),)
            )
            for index, start in enumerate(starts)
        )
    )


def punctual(plan: DayPlan, factors: np.ndarray) -> dict[str, VisitDraw]:
    return {
        visit.id: VisitDraw(0.0, (float(factor),))
        for visit, factor in zip(plan.visits, factors, strict=True)
    }


@pytest.mark.parametrize("load", [0.5, 0.8])
def test_waiting_of_m_d_1(load: float):
    service, batches, size = 6.0, 20, 2000
    rng = np.random.default_rng(20260309)
    starts = np.cumsum(rng.exponential(service / load, batches * size))
    plan = doctor_only(starts, service)
    ran = run_once(plan, punctual(plan, np.ones(len(starts))))
    means = np.asarray(ran.doctor_waits).reshape(batches, size).mean(axis=1)
    # Batches of 2,000 patients hang together so little that their means count as independent.
    half = stats.t.ppf(0.995, batches - 1) * means.std(ddof=1) / sqrt(batches)
    known = load * service / (2 * (1 - load))
    assert abs(means.mean() - known) < half
    assert half < 0.2 * known  # otherwise the line above would say nothing


def sessions(starts: np.ndarray, factors: np.ndarray, minutes: float) -> list[DayOutcome]:
    plan = doctor_only(starts, minutes)
    return [run_once(plan, punctual(plan, own)) for own in factors]


def test_two_at_the_opening_spare_the_doctor_and_cost_the_patients():
    # 25 patients of 5 minutes on average, gamma with shape 2.5.
    patients, minutes = 25, 5.0
    factors = np.random.default_rng(1952).gamma(2.5, 1 / 2.5, (400, patients))
    alone = minutes * np.arange(patients)
    paired = minutes * np.maximum(0, np.arange(patients) - 1)
    single, double = (sessions(starts, factors, minutes) for starts in (alone, paired))
    idle = np.array([b.doctor_idle - a.doctor_idle for a, b in zip(single, double, strict=True)])
    wait = np.array([b.mean_wait - a.mean_wait for a, b in zip(single, double, strict=True)])
    # In every session, as Lindley's recursion has it; and by a margin on average.
    assert (idle <= 1e-9).all()
    assert (wait >= -1e-9).all()
    assert idle.mean() < -1.0
    assert wait.mean() > 1.0
    # Nobody gains: a patient each five minutes earlier is at most one service time's wait more.
    assert wait.mean() < minutes
