"""Hours, shifts, blocks, grid."""

import pytest

SATURDAY = {"weekday": "sat", "start": "09:00", "end": "12:00"}


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("practice", lambda d, span: d["practice"]["hours"].append({"weekday": "sat", **span})),
        (
            "staff AS2",
            lambda d, span: d["practice"]["staff"][2]["shifts"].append({"weekday": "sat", **span}),
        ),
        (
            "practice",
            lambda d, span: d["practice"]["staff_blocks"].append(
                {"kind": "meeting", "weekdays": ["sat"], **span}
            ),
        ),
        (
            "chair C3",
            lambda d, span: d["practice"]["chairs"][2].update(
                blocks=[{"date": "2026-12-01", **span}]
            ),
        ),
        (
            "procedure ADJ",
            lambda d, span: d["practice"]["procedures"][0].update(
                allowed_times=[span, {"start": "08:00", "end": "17:00"}]
            ),
        ),
        (
            "cell full/K4",
            lambda d, span: d["practice"]["model_days"][0]["cells"].append(
                {"id": "K4", "procedure_class": "short", "columns": ["C3"], **span}
            ),
        ),
    ],
)
def test_empty_and_reversed_windows(emits, where, place):
    def change(start, end):
        return lambda d: place(d, {"start": start, "end": end})

    good = change("09:00", "12:00")
    emits(
        "window-empty", change("10:00", "10:00"), good, where=where, says="[10:00, 10:00) is empty"
    )
    emits(
        "window-reversed", change("12:00", "09:00"), good, where=where, says="[12:00, 09:00) ends"
    )


def test_until_midnight_is_written_without_an_end(emits):
    def block(**span):
        return lambda d: d["practice"]["staff_blocks"].append(
            {"kind": "admin", "staff": ["DR1"], "dates": ["2026-12-12"], **span}
        )

    emits(
        "window-reversed",
        block(start="18:00", end="00:00"),
        block(start="18:00"),
        where="practice",
        says="admin of DR1 [18:00, 00:00) ends before it begins",
    )


@pytest.mark.parametrize("first", [True, False])
def test_overlapping_hours_in_both_orders(emits, first):
    def change(start):
        span = {"weekday": "sat", "start": start, "end": "15:00"}
        spans = [span, SATURDAY] if first else [SATURDAY, span]
        return lambda d: d["practice"]["hours"].extend(spans)

    emits("windows-overlap", change("11:55"), change("12:00"), where="practice", says="overlaps")


def test_overlapping_shifts(emits):
    def change(day):
        return lambda d: d["practice"]["staff"][3]["shifts"].append(
            {"weekday": day, "start": "16:00", "end": "19:00"}
        )

    emits("windows-overlap", change("thu"), change("sat"), where="staff TC1", says="shift thu")


def test_dated_hours_do_not_overlap_weekly_ones(emits):
    dated = {"date": "2026-12-05", "start": "10:00", "end": "13:00"}
    emits(
        "windows-overlap",
        lambda d: d["practice"]["hours"].extend([dated, dated]),
        lambda d: d["practice"]["hours"].extend([dated, SATURDAY]),
        where="practice",
    )


@pytest.mark.parametrize("fields", [{}, {"weekday": "sat", "date": "2026-12-05"}])
def test_weekday_or_date(emits, fields):
    span = {"start": "09:00", "end": "12:00"}
    emits(
        "weekday-xor-date",
        lambda d: d["practice"]["hours"].append(span | fields),
        lambda d: d["practice"]["hours"].append(span | {"weekday": "sat"}),
        where="practice",
        says="both" if fields else "neither",
    )
    emits(
        "weekday-xor-date",
        lambda d: d["practice"]["staff"][0]["shifts"].append(span | fields),
        lambda d: d["practice"]["staff"][0]["shifts"].append(span | {"date": "2026-12-05"}),
        where="staff DR1",
    )
    emits(
        "weekday-xor-date",
        lambda d: d["practice"]["model_day_dates"].append({"model_day": "full", **fields}),
        lambda d: d["practice"]["model_day_dates"].append({"model_day": "full", "weekday": "sat"}),
        where="model day full",
    )


def test_block_without_day(emits):
    def block(**when):
        return lambda d: d["practice"]["staff_blocks"].append(
            {"kind": "huddle", "staff": [], **when}
        )

    emits(
        "block-without-day",
        block(),
        block(dates=["2026-12-12"]),
        where="practice",
        says="huddle of everyone",
    )


def test_no_patient_hours(emits):
    emits(
        "no-patient-hours",
        lambda d: d["practice"].update(hours=[]),
        lambda d: None,
        where="practice",
        also={"booking-closed-date"},
    )


def test_grid_and_marks(emits):
    def grid(minutes, mark):
        return lambda d: d["practice"].update(grid_minutes=minutes, start_mark_minutes=mark)

    # 10-minute marks on a 3-minute grid: 10 is no multiple of 3.
    emits(
        "start-mark-off-grid",
        grid(3, 10),
        grid(5, 10),
        where="practice",
        says="every 10 min, the grid is 3 min",
        also={
            "segment-off-grid",
            "float-off-grid",
            "turnover-off-grid",
        },
    )


def test_hours_off_the_grid(emits):
    def until(end):
        return lambda d: d["practice"]["hours"][0].update(end=end)

    emits("hours-off-grid", until("16:58"), until("16:55"), where="practice", says="5 min grid")


def test_closed_date_with_hours(emits):
    def closure(day):
        return lambda d: d["practice"].update(
            closures=[{"date": day}],
            hours=[
                *d["practice"]["hours"],
                {"date": "2026-12-24", "start": "08:00", "end": "11:00"},
            ],
        )

    emits("closed-date-with-hours", closure("2026-12-24"), closure("2026-12-25"), where="practice")


def test_staff_without_shift(emits):
    emits(
        "staff-without-shift",
        lambda d: d["practice"]["staff"].append({"id": "AS3", "role": "assistant"}),
        lambda d: d["practice"]["staff"].append(d["practice"]["staff"][2] | {"id": "AS3"}),
        where="staff AS3",
    )
