"""Random problems, well formed and otherwise as odd as the types allow."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from engine.files.cell_values import id_fault
from engine.practice import (
    Account,
    AgeBand,
    AllowedTime,
    Attendance,
    Binds,
    Booking,
    Cell,
    Chair,
    ChairBlock,
    ChairKind,
    ClassRelease,
    Clearance,
    ClearanceKind,
    ClockWindow,
    Confirmation,
    Follows,
    ModelDay,
    MoveCosts,
    OpenHours,
    Policy,
    Practice,
    Problem,
    Procedure,
    Purpose,
    ReleaseStep,
    Role,
    Segment,
    SegmentKind,
    Shift,
    StaffMember,
    Stage,
    Treatment,
    Visit,
    VisitList,
    Weekday,
    WeightOverride,
)

# Signs that mean something in TOML, CSV, JSON or the notation of list cells.
ids = st.text("aZ09|@=:#-+*/.[]{}()\\\u00e9\u4e2d", min_size=1, max_size=6).filter(
    lambda text: id_fault(text) is None
)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
clocks = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
dates = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))
small = st.integers(0, 60)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(-1e9, 1e9) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
externals = st.dictionaries(texts, json_values, max_size=2).map(lambda found: tuple(found.items()))


def some(strategy: st.SearchStrategy[Any], most: int = 2, least: int = 0) -> Any:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def maybe(strategy: st.SearchStrategy[Any]) -> Any:
    return st.none() | strategy


def one_of(words: Any) -> Any:
    return st.sampled_from(list(words))


windows = st.builds(ClockWindow, weekdays=some(one_of(Weekday)), start=clocks, end=clocks)
segments = st.builds(
    Segment, kind=one_of(SegmentKind), minutes=st.integers(1, 90), float_minutes=small
)
stages = st.builds(
    Stage,
    chair_kind=maybe(one_of(ChairKind)),
    role=maybe(one_of(Role)),
    skill=maybe(ids),
    segments=some(segments, 3, 1),
    turnover_minutes=small,
)
steps = st.builds(ReleaseStep, days_before=small, at=maybe(clocks), accepts=some(ids, 2, 1))
cells = st.builds(
    Cell,
    id=ids,
    procedure_class=ids,
    columns=st.just(("C1",)) | st.just(("C1", "C2")),
    start=clocks,
    end=clocks,
    hold=st.booleans(),
    fallbacks=some(ids),
    release=maybe(some(steps)),
    external=externals,
)
treatments = st.builds(
    Treatment,
    started=dates,
    original_ecd=dates,
    current_ecd=dates,
    remaining_visits=st.integers(1, 60),
    interval_days=st.integers(7, 200),
)


def visits(visit_id: str) -> Any:
    return st.builds(
        Visit,
        id=st.just(visit_id),
        patient=ids,
        procedure=st.just("ADJR"),
        minutes=maybe(st.integers(1, 720)),
        listed=one_of(VisitList),
        due=dates,
        earliest=maybe(dates),
        latest=maybe(dates),
        availability=some(windows),
        wishes=some(windows),
        lab_ready=maybe(dates),
        clearances=some(
            st.builds(
                Clearance, kind=one_of(ClearanceKind), granted=st.booleans(), expected=maybe(dates)
            )
        ),
        household=maybe(ids),
        follows=some(
            st.builds(
                Follows,
                visit=ids,
                min_days=small,
                min_working_days=small,
                min_minutes=small,
                max_days=maybe(st.integers(0, 200_000)),
            )
        ),
        required_doctor=maybe(st.just("DR1")),
        preferred_doctor=maybe(ids),
        preferred_assistant=maybe(ids),
        treatment=maybe(treatments),
        attendance=st.builds(
            Attendance,
            kept=small,
            missed=small,
            cancelled=small,
            last_missed=st.none() | st.booleans(),
        ),
        account=one_of(Account),
        age_band=maybe(one_of(AgeBand)),
        requested_on=maybe(dates),
        external=externals,
    )


def bookings(visit_id: str) -> Any:
    return st.builds(
        Booking,
        visit=visits(visit_id),
        date=dates,
        start=clocks,
        chair=maybe(one_of(("C1", "C2"))),
        movable=st.booleans(),
        chair_locked=st.booleans(),
        confirmation=one_of(Confirmation),
        booked_on=maybe(dates),
        external=externals,
    )


chair_blocks = st.builds(ChairBlock, date=dates, start=maybe(clocks), end=maybe(clocks))
shifts = st.builds(
    Shift, weekday=maybe(one_of(Weekday)), date=maybe(dates), start=clocks, end=clocks
)
procedures = st.builds(
    Procedure,
    code=st.just("ADJR"),
    title=texts,
    procedure_class=ids,
    purpose=one_of(Purpose),
    stages=some(stages, 2, 1),
    allowed_times=some(
        st.builds(
            AllowedTime,
            weekdays=some(one_of(Weekday)),
            start=clocks,
            end=clocks,
            binds=one_of(Binds),
        )
    ),
    external=externals,
)
practices = st.builds(
    Practice,
    id=ids,
    time_zone=one_of(("America/Chicago", "Europe/Vienna", "UTC")),
    grid_minutes=st.integers(1, 15),
    start_mark_minutes=one_of((5, 10, 15)),
    hours=some(st.builds(OpenHours, date=maybe(dates), start=clocks, end=clocks)),
    no_school_days=some(dates),
    after_school=clocks,
    chairs=st.tuples(
        st.builds(Chair, id=st.just("C1"), kind=one_of(ChairKind), blocks=some(chair_blocks)),
        st.builds(Chair, id=st.just("C2"), kind=one_of(ChairKind), external=externals),
    ),
    staff=st.tuples(
        st.builds(
            StaffMember,
            id=st.just("DR1"),
            role=st.just(Role.DOCTOR),
            skills=some(ids),
            shifts=some(shifts),
        )
    ),
    procedures=st.tuples(procedures),
    model_days=st.tuples(
        st.builds(
            ModelDay,
            id=st.just("full"),
            title=texts,
            cells=some(cells, 3).map(
                lambda found: tuple({cell.id: cell for cell in found}.values())
            ),
            external=externals,
        )
    ),
    external=externals,
)
policies = st.builds(
    Policy,
    weights=some(
        st.builds(
            WeightOverride,
            kpi=texts,
            value=st.floats(0, 1e12, allow_nan=False),
            reason=texts.filter(bool),
        )
    ),
    release=some(st.builds(ClassRelease, procedure_class=ids, steps=some(steps))),
    doctor_load_share=st.floats(0.01, 1),
    max_moves=maybe(small),
    move_costs=maybe(st.builds(MoveCosts, notice_days=st.integers(0, 60))),
    calls_from=clocks,
)
problems = st.builds(
    Problem,
    as_of=st.datetimes(dt.datetime(1900, 1, 1)),
    practice=practices,
    visits=st.tuples(visits("V1"), visits("V2")),
    bookings=st.tuples(bookings("V3")),
    policy=policies,
    external=externals,
)
