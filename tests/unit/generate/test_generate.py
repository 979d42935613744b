"""Generated problems: same seed, same problem; sizes, shares, demand against cells."""

import datetime as dt

import pytest

from engine.generate import Generated, generate, summary_lines

SEEDS = (0, 1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def open_week(request: pytest.FixtureRequest) -> Generated:
    return generate("one-doctor", None, request.param)


@pytest.mark.parametrize("planted", [False, True])
def test_the_same_seed_gives_the_same_problem(planted: bool) -> None:
    first, again, other = (
        generate("one-doctor", 120, seed, planted=planted, booked_share=0.3) for seed in (5, 5, 6)
    )
    assert first.problem == again.problem
    assert first.planted_schedule == again.planted_schedule
    assert first.problem != other.problem


@pytest.mark.parametrize(
    ("profile", "doctors", "visits", "weeks"),
    [
        ("one-doctor", 1, 450, 1),
        ("two-doctor", 2, 90, 2),
        ("one-doctor", 1, 0, 1),
        ("four-doctor", 4, 7, 12),
    ],
)
def test_sizes(profile: str, doctors: int, visits: int, weeks: int) -> None:
    made = generate(profile, visits, 7, weeks=weeks)
    assert len(made.problem.visits) + len(made.problem.bookings) == visits
    assert made.horizon.start == dt.date(2026, 3, 9)
    assert made.horizon.days == 7 * weeks
    assert len(made.problem.doctors) == doctors


def test_ids_are_unique_and_plain(open_week: Generated) -> None:
    ids = [visit.id for visit in open_week.problem.visits]
    assert len(ids) == len(set(ids)) == 350
    assert all(visit.patient[0] == "P" and visit.id[0] == "V" for visit in open_week.problem.visits)


def test_shares_are_reached(open_week: Generated) -> None:
    s = open_week.summary
    assert s.window_share >= 0.3
    assert s.together_share >= 0.1
    assert s.wish_share >= 0.15
    assert 0.18 <= s.past_ecd_share <= 0.3
    assert s.reserved_share >= 0.7


def test_a_busy_week_is_tight_but_not_beyond_the_doctor(open_week: Generated) -> None:
    s = open_week.summary
    assert 0.8 <= s.demand.doctor / s.capacity.doctor <= 0.95
    assert s.demand.assistant <= 0.85 * s.capacity.assistant


def test_cells_supply_what_the_classes_ask_for(open_week: Generated) -> None:
    s = open_week.summary
    clinic = (
        *("adjust", "appliance", "debond", "emergency", "long"),
        *("repair", "retention", "short", "start"),
    )
    for name in clinic:
        figures = s.classes[name]
        assert figures.cell_minutes >= 0.9 * figures.chair_minutes, name
    # What its own cells do not hold has to fit into the time that is kept for nobody.
    short = sum(
        max(0, s.classes[name].chair_minutes - s.classes[name].cell_minutes) for name in clinic
    )
    assert short <= 0.5 * (1 - s.reserved_share) * s.capacity.clinic


def test_pending_visits_follow_visits_of_the_same_patient(open_week: Generated) -> None:
    visits = open_week.problem.all_visits
    tied = [visit for visit in visits.values() if visit.follows]
    assert tied
    for visit in tied:
        assert all(visits[follows.visit].patient == visit.patient for follows in visit.follows)


def test_households_are_of_several_patients(open_week: Generated) -> None:
    members: dict[str, set[str]] = {}
    for visit in open_week.problem.visits:
        if visit.household:
            members.setdefault(visit.household, set()).add(visit.patient)
    assert members
    assert all(2 <= len(patients) <= 3 for patients in members.values())


def test_booked_share_is_in_the_book() -> None:
    made = generate("one-doctor", 200, 3, planted=True, booked_share=0.4)
    assert len(made.problem.bookings) == 80
    assert {booking.movable for booking in made.problem.bookings} == {True, False}
    assert all(booking.date in made.horizon for booking in made.problem.bookings)
    unplanted = generate("one-doctor", 200, 3, booked_share=0.4)
    assert len(unplanted.problem.bookings) == 80
    assert unplanted.planted_schedule is None


def test_completion_dates_and_remaining_visits_make_sense(open_week: Generated) -> None:
    for visit in open_week.problem.visits:
        if visit.treatment is not None:
            assert visit.treatment.started < visit.treatment.original_ecd
            assert visit.treatment.current_ecd >= visit.treatment.original_ecd
            if visit.procedure in ("DEB", "DEBR"):
                assert visit.treatment.remaining_visits == 1
    extended = [
        v
        for v in open_week.problem.visits
        if v.treatment and v.treatment.current_ecd > v.treatment.original_ecd
    ]
    assert extended


def test_treatments_have_begun_and_most_have_slack(open_week: Generated) -> None:
    problem = open_week.problem
    today = problem.as_of.date()
    visits = [visit for visit in problem.visits if visit.treatment is not None]
    running, slacks = [v.treatment for v in visits if v.treatment], []
    assert all(treatment.started < today for treatment in running)
    # Nobody is promised less than a year, or so much that no visit could be in time.
    assert all((t.original_ecd - t.started).days >= 365 for t in running)
    for visit in visits:
        treatment = visit.treatment
        assert treatment is not None
        if treatment.original_ecd >= today:
            left = (treatment.remaining_visits - 1) * treatment.interval_days
            slacks.append((treatment.original_ecd - max(today, visit.due)).days - left)
    # Of those who are not past: most finish in time as planned, some with little to spare.
    in_time = sum(slack >= 0 for slack in slacks) / len(slacks)
    assert 0.8 <= in_time <= 0.97
    assert sum(0 <= slack < 42 for slack in slacks) / len(slacks) >= 0.1
    assert sum(slack >= 42 for slack in slacks) / len(slacks) >= 0.4


def test_an_extended_date_is_one_that_the_plan_can_meet(open_week: Generated) -> None:
    followed = {follows.visit for visit in open_week.problem.visits for follows in visit.follows}
    extended = 0
    for visit in open_week.problem.visits:
        treatment = visit.treatment
        if treatment is None or visit.id in followed:
            continue
        if treatment.current_ecd > treatment.original_ecd:
            extended += 1
            left = dt.timedelta(days=(treatment.remaining_visits - 1) * treatment.interval_days)
            first = max(open_week.problem.as_of.date(), visit.due)
            assert treatment.current_ecd >= first + left
    assert extended


def test_another_day_of_asking_moves_everything() -> None:
    as_of = dt.datetime(2026, 2, 26, 14)
    made = generate("one-doctor", 40, 1, weeks=2, as_of=as_of)
    # These two weeks hold Sunday 2026-03-08, on which the clocks change in Chicago.
    assert made.horizon.start == dt.date(2026, 3, 2)
    assert dt.date(2026, 3, 8) in made.horizon


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"profile": "huge"}, "profile 'huge'"),
        ({"weeks": 13}, "weeks is 13"),
        ({"visits": -1}, "visits is -1"),
        ({"booked_share": 1.5}, "booked share is 1.5"),
        ({"visits": 800, "planted": True}, "of 800 planted visits"),
    ],
)
def test_what_cannot_be_is_refused(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        generate(**arguments)  # type: ignore[arg-type]


def test_summary_is_printable(open_week: Generated) -> None:
    lines = summary_lines(open_week.summary)
    assert lines[0] == "visits to place 350, of these 350 possible in the horizon"
    assert any("reserved" in line for line in lines)
