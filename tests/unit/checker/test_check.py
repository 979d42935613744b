"""The judge as a whole: all rules, any schedule, its own arithmetic against plain counting."""

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checker import CheckReport, check
from engine.checker.book import Book, Hold
from engine.checker.check import FINDINGS
from engine.checker.spans import clashing, first_gap
from engine.practice import (
    Cell,
    Clearance,
    ClearanceKind,
    DailyLimit,
    DoctorRule,
    DoctorRuleKind,
    Follows,
    ModelDay,
    ModelDayDate,
    Policy,
    Quota,
    ReleaseStep,
    Weekday,
)
from engine.rules import RULE_IDS
from engine.schedule import PlacedSegment, Placement, Schedule, Unplaced

QUIET = settings(max_examples=150, deadline=None, derandomize=True, database=None)
SPANS = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda s: (s[0], s[0] + s[1]))


def test_every_rule_of_the_catalogue_in_its_order():
    assert tuple(FINDINGS) == RULE_IDS


def test_report_survives_json(tiny):
    problem = tiny.problem(tiny.visit("V1"), tiny.booking("B1", "09:00"))
    report = tiny.check(problem, tiny.place("V1", "09:05"))
    assert not report.ok
    assert CheckReport.model_validate_json(report.model_dump_json()) == report


def test_every_sentence_names_its_visits(tiny):
    problem = tiny.problem(
        tiny.visit("V1"), tiny.visit("V2", latest=tiny.monday), tiny.booking("B1", "09:00")
    )
    report = tiny.check(
        problem,
        tiny.place("V1", "09:03"),
        tiny.place("V2", "16:55", chair="E1"),
        tiny.place("B1", "09:10", staff=None, doctor=None),
    )
    assert len(report.violations) > 8
    for violation in report.violations:
        assert all(visit in violation.sentence for visit in violation.visits)
        assert violation.found
        assert violation.allowed


@QUIET
@given(SPANS, st.lists(SPANS, max_size=6))
def test_first_gap_is_the_first_minute_that_nobody_holds(wanted, intervals):
    free = [m for m in range(*wanted) if not any(s <= m < e for s, e in intervals)]
    assert first_gap(wanted, intervals) == (free[0] if free else None)


@QUIET
@given(st.lists(st.tuples(SPANS, st.booleans()), max_size=9))
def test_whatever_clashes_is_named(spans):
    """Every pair named clashes, and every hold that clashes with any is named."""
    holds = [Hold(None, s, max(s + 1, e), max(s + 1, e), 0, None) for (s, e), _ in spans]
    booked = {hold: kept for hold, (_, kept) in zip(holds, spans, strict=True)}
    named = list(clashing(holds, booked.__getitem__))
    for first, second, minute in named:
        assert first.start <= minute < first.until
        assert second.start <= minute < second.until
    pairs = [
        {a, b}
        for a, b in itertools.combinations(holds, 2)
        if any(a.start <= m < a.until and b.start <= m < b.until for m in range(60))
    ]
    assert all({a, b} in pairs for a, b, _ in named)
    clashing_holds = set().union(*pairs)
    assert {hold for a, b, _ in named for hold in (a, b)} == clashing_holds


IDS = st.sampled_from(["V1", "V2", "V3", "B1", "B2", "B3", "OUT", "BAD", "LONG", "GHOST"])
CLOCKS = st.builds(
    dt.time, st.integers(0, 23), st.sampled_from([0, 5, 7, 10, 15, 20, 30, 45, 55, 59])
)
DATES = st.one_of(
    st.sampled_from([dt.date(2026, 3, day) for day in range(1, 12)]),
    st.sampled_from([dt.date.min, dt.date.max, dt.date(2026, 12, 31)]),
)
SEGMENTS = st.builds(
    PlacedSegment,
    stage=st.integers(0, 3),
    start=CLOCKS,
    end=CLOCKS,
    chair=st.sampled_from([None, "C1", "C2", "E1", "R1", "C9"]),
    doctor=st.sampled_from([None, "DR1", "AS1", "DR9"]),
    staff=st.sampled_from([None, "AS1", "AS2", "TC1", "DR1", "AS9"]),
    doctor_time=st.booleans(),
)
PLACEMENTS = st.builds(
    Placement,
    visit=IDS,
    date=DATES,
    segments=st.lists(SEGMENTS, min_size=1, max_size=5).map(tuple),
)
SCHEDULES = st.builds(
    Schedule,
    start=DATES,
    days=st.integers(1, 400),
    placements=st.lists(PLACEMENTS, max_size=8).map(tuple),
    unplaced=st.lists(st.builds(Unplaced, visit=IDS, reason=st.just("test")), max_size=4).map(
        tuple
    ),
    displaced=st.lists(IDS, max_size=4).map(tuple),
)


def crowded(tiny, kind):
    """A problem in which every rule has something to say."""
    times = (tiny.window("09:00", "12:00", Weekday.TUE),)
    chain = (Follows(visit="B1", min_working_days=3), Follows(visit="OUT"), Follows(visit="NONE"))
    clearances = (Clearance(kind=ClearanceKind.CONSENT),)
    step = ReleaseStep(days_before=365, accepts=("*",))
    cell = Cell(
        id="K1",
        procedure_class="bond",
        columns=("C1", "R1"),
        start=dt.time(9),
        end=dt.time(15),
        release=(step,),
    )
    quota = Quota(procedure_class="adj", at_most=1)
    return tiny.problem(
        tiny.visit("V1", availability=times, follows=chain, lab_ready=tiny.monday),
        tiny.visit("V2", patient="P1", clearances=clearances, required_doctor="DR2"),
        tiny.visit("V3", "REC", patient="P1", earliest=tiny.tuesday, latest=tiny.tuesday),
        tiny.visit("BAD", "NONE"),
        tiny.visit("LONG", minutes=10),
        tiny.booking("B1", "09:00", "C1", chair_locked=True),
        tiny.booking("B2", "09:00", "C1", movable=True, patient="P1"),
        tiny.booking("B3", "09:00", None, "BOND", required_doctor="DR9"),
        tiny.booking("OUT", "09:00", "C9", "NONE", date=dt.date(2027, 3, 3)),
        clinic=2,
        assistants=2,
        policy=Policy(max_moves=0),
        doctor_rule=DoctorRule(kind=kind),
        limits=(DailyLimit(id="kits", procedures=("ADJ",), per_day=1, at_once=1),),
        model_days=(ModelDay(id="full", title="Full", cells=(cell,), quotas=(quota,)),),
        model_day_dates=tuple(ModelDayDate(model_day="full", weekday=day) for day in Weekday),
    )


def test_never_raises_on_any_schedule(tiny):
    problems = [crowded(tiny, kind) for kind in DoctorRuleKind]
    seen = set()

    @settings(QUIET, max_examples=400)
    @given(SCHEDULES, st.sampled_from(problems))
    def judge(schedule, problem):
        report = check(problem, schedule)
        seen.update(violation.rule for violation in report.violations)
        assert not report.ok
        assert Book(problem, schedule).entries is not None

    judge()
    assert {"complete", "pattern", "staff_once", "doctor_once", "order", "book_kept"} <= seen
    assert len(seen) >= 18
