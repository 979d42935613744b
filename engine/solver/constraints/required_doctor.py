"""Rule `required_doctor`: a required doctor gives all of the doctor time; wishes if asked."""

import numpy as np

from engine.practice import DoctorRuleKind, Problem
from engine.solver.kinds import Kind, KindKey, kind_key
from engine.solver.linking import bucket_of_starts, exact_choices
from engine.solver.model import Item, Model
from engine.solver.spans import DAY_KEY, find


def must_be_named(problem: Problem, kind: Kind) -> bool:
    """True where counting doctors would not be exact.

    Several doctor segments of one visit belong to one doctor, and minutes per slot do not split:
    both need the doctor by name, unless there is only one.
    """
    if len(problem.doctors) <= 1 or not kind.doctor:
        return False
    by_units = problem.practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT
    return by_units or len(kind.doctor) > 1


def names_for(model: Model, kind: Kind) -> tuple[str | None, ...]:
    """The doctors by whom starts of this kind are told apart; None = any doctor."""
    problem = model.problem
    if len(problem.doctors) <= 1 or not kind.doctor:
        return (None,)
    if must_be_named(problem, kind):
        return tuple(doctor.id for doctor in problem.doctors)
    asked = {
        name
        for item in model.items.values()
        if item.kind.key == kind.key
        for name in (item.visit.required_doctor, item.visit.preferred_doctor)
        if name is not None
    }
    return (None, *(doctor.id for doctor in problem.doctors if doctor.id in asked))


def named_doctors(problem: Problem, kinds: dict[KindKey, Kind]) -> frozenset[str]:
    """Doctors that cannot share a class with others, because some start or visit names them."""
    if len(problem.doctors) <= 1:
        return frozenset()
    if any(must_be_named(problem, kind) for kind in kinds.values()):
        return frozenset(doctor.id for doctor in problem.doctors)
    asked = (
        name
        for visit in problem.all_visits.values()
        if kinds[kind_key(visit)].doctor
        for name in (visit.required_doctor, visit.preferred_doctor)
        if name is not None
    )
    return frozenset(asked)


def asked_doctors(problem: Problem, item: Item) -> tuple[tuple[str | None, bool], ...]:
    """The choices of an item as (doctor asked for, wish missed)."""
    visit = item.visit
    if not item.kind.doctor:
        return ((None, False),)
    if len(problem.doctors) <= 1:
        only = problem.doctors[0].id if problem.doctors else None
        if visit.required_doctor not in {None, only}:
            return ()
        return ((None, visit.preferred_doctor not in {None, only}),)
    if visit.required_doctor is not None:
        missed = visit.preferred_doctor not in {None, visit.required_doctor}
        return ((visit.required_doctor, missed),)
    if visit.preferred_doctor is not None:
        return ((visit.preferred_doctor, False), (None, True))
    return ((None, False),)


def add(model: Model) -> None:
    """Per kind, bucket and doctor: items asking for the doctor <= starts of that doctor.

    Exact items that ask for a doctor are bound by the minute, and counted in the bucket too.
    """
    choices, counts, buckets = model.choices, model.counts, model.buckets
    names = len(model.problem.doctors)
    asking = np.flatnonzero(choices.doctor >= 0)
    if not len(asking):
        return
    doctor, bucket = choices.doctor[asking], choices.bucket[asking]
    by_bucket = bucket * names + doctor
    by_minute = (choices.place * DAY_KEY + choices.first)[asking] * names + doctor
    # An exact item in a bucket of a single start is bound by the row of the bucket.
    fine = np.isin(asking, exact_choices(model)) & (buckets.first < buckets.last)[bucket]
    named = np.flatnonzero(counts.doctor >= 0)
    starts_bucket = bucket_of_starts(model)[named] * names + counts.doctor[named]
    starts_minute = (counts.place * DAY_KEY + counts.minute)[named] * names + counts.doctor[named]
    column, start = choices.column[asking], counts.column[named]
    for rows, wanted, key, served in (
        (np.unique(by_bucket[~fine]), column, by_bucket, starts_bucket),
        (np.unique(by_minute[fine]), column[fine], by_minute[fine], starts_minute),
    ):
        inside, serving = find(rows, key), find(rows, served)
        parts = [
            (inside[inside >= 0], wanted[inside >= 0], 1),
            (serving[serving >= 0], start[serving >= 0], -1),
        ]
        model.program.rows("required_doctor", len(rows), parts, upper=0)
