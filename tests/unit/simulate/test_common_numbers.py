"""Two policies meet the same patients, the same breakages and the same latent outcomes."""

import datetime as dt

from engine.simulate.patients import Person, Stage


def stage_on(person: Person, day: dt.date) -> Stage:
    return [stage for since, stage in person.history if since <= day][-1]


def test_the_same_people_call_on_the_same_days(lived):
    first, other = lived("first-fit").clinic, lived("best-fit").clinic
    assert first.log.arrivals == other.log.arrivals
    assert len(first.log.arrivals) > 10
    hidden = [(p.id, p.frailty, p.age, p.account) for p in first.people.values()]
    assert hidden == [(p.id, p.frailty, p.age, p.account) for p in other.people.values()]


def test_the_same_attempt_at_a_visit_has_the_same_latent_outcome(lived):
    first, other = (
        {(e.visit, e.attempt): e.latent for e in lived(policy).clinic.log.attended}
        for policy in ("first-fit", "best-fit")
    )
    both = first.keys() & other.keys()
    assert len(both) > 100
    assert all(first[key] == other[key] for key in both)


def test_the_same_things_break_while_a_patient_is_in_treatment_under_both(lived):
    first, other = lived("first-fit").clinic, lived("model-day-only").clinic
    broken = set(first.log.breakages)
    assert broken
    for patient, week, kind in broken:
        days = [first.monday(week) + dt.timedelta(days=k) for k in range(-1, 7)]
        person = other.people[patient]
        if all(stage_on(person, day) is Stage.ACTIVE for day in days):
            assert (patient, week, kind) in other.log.breakages


def test_another_seed_is_another_year(lived):
    assert lived("first-fit").clinic.log.arrivals != lived("first-fit", 2).clinic.log.arrivals


def test_policies_do_differ_in_what_they_choose(lived):
    def times(policy: str) -> set[tuple[str, dt.date, int]]:
        return {(e.visit, e.day, e.minute) for e in lived(policy).clinic.log.attended}

    assert times("first-fit") != times("best-fit")
