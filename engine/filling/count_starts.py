"""Starts that counts still allow: a patient in one place, quotas, kits and machines."""

from engine.filling.day_book import DayBook
from engine.filling.lanes import run_until
from engine.filling.start_sieve import StartSieve
from engine.practice import Visit
from engine.practice.calendar import model_day_on


def keep_counts(sieve: StartSieve, book: DayBook, visit: Visit, length: int) -> None:
    """Leave starts with the patient free, a place in the quota, and kits and machines left."""
    for other, (start, end) in book.of_patient.get(visit.patient, ()):
        if other != visit.id:
            apart = (sieve.starts + length <= start) | (end <= sieve.starts)
            sieve.keep("patient_once", apart)
    problem = book.problem
    wanted = problem.procedures[visit.procedure].procedure_class
    model_day = model_day_on(problem.practice, book.day)
    for quota in model_day.quotas if model_day is not None else ():
        if quota.procedure_class == wanted and quota.at_most is not None:
            sieve.keep("quotas", book.by_class[wanted] < quota.at_most)
    for limit in problem.practice.limits:
        if visit.procedure not in limit.procedures:
            continue
        if limit.per_day is not None:
            sieve.keep("limits", book.by_limit[limit.id] < limit.per_day)
        if limit.at_once is not None:
            room = run_until(book.under_way[limit.id] < limit.at_once)
            sieve.keep("limits", room[sieve.starts] >= sieve.starts + length)
