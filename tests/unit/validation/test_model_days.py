"""Model days: cells, quotas, dates."""

import pytest


def cells(d):
    return d["practice"]["model_days"][0]["cells"]


@pytest.mark.parametrize("first", [True, False])
def test_overlap_in_both_orders(emits, cell, first):
    def change(start):
        def apply(d):
            added = cell("K4", "short", ["C3", "C2"], start, "17:00")
            cells(d)[1]["end"] = "10:00"
            cells(d).insert(0 if first else 3, added)

        return apply

    found = emits(
        "cells-overlap",
        change("09:55"),
        change("10:00"),
        where="cell full/K2" if first else "cell full/K4",
        says="on C2",
    )
    assert "C3" not in found[0].cause


def test_columns_named_twice(emits):
    emits(
        "cell-column-twice",
        lambda d: cells(d)[2].update(columns=["C1", "C3", "C1"]),
        lambda d: cells(d)[2].update(columns=["C1", "C3"]),
        where="cell full/K3",
        says="column 'C1' 2 times",
    )


def test_off_grid(emits):
    emits(
        "cell-off-grid",
        lambda d: cells(d)[0].update(end="10:58"),
        lambda d: cells(d)[0].update(end="10:55"),
        where="cell full/K1",
        says="[08:00, 10:58)",
    )


def test_outside_hours_of_all_dates(emits, cell):
    def added(start, end):
        return lambda d: cells(d).append(cell("K4", "short", ["C3"], start, end))

    emits(
        "cell-outside-hours",
        added("17:00", "18:00"),
        added("16:00", "17:00"),
        where="cell full/K4",
        says="patient hours of all its dates ([08:00, 17:00))",
    )
    emits(
        "cell-beyond-hours", added("16:30", "17:30"), added("16:30", "17:00"), where="cell full/K4"
    )


def test_one_long_date_is_enough_for_a_cell(emits, cell):
    def change(date):
        def apply(d):
            cells(d).append(cell("K4", "short", ["C3"], "17:00", "18:00"))
            d["practice"]["hours"].append({"date": date, "start": "08:00", "end": "18:00"})

        return apply

    # Friday 4 December has no model day; Thursday 3 December has.
    emits("cell-outside-hours", change("2026-12-04"), change("2026-12-03"), where="cell full/K4")


def test_columns_of_the_wrong_kind(emits):
    emits(
        "cell-never-usable",
        lambda d: cells(d)[2].update(columns=["R1"]),
        lambda d: cells(d)[2].update(columns=["R1", "C3"]),
        where="cell full/K3",
        says="R1 (records)",
    )


def test_overflow_columns(emits, cell):
    def added(klass):
        return lambda d: cells(d).append(cell("K4", klass, ["O1"], "08:00", "12:00"))

    emits(
        "cell-never-usable",
        added("start"),
        added("short"),
        where="cell full/K4",
        says="O1 (clinic, overflow)",
    )


def test_quotas(emits):
    def quotas(*more):
        return lambda d: d["practice"]["model_days"][0]["quotas"].extend(more)

    emits(
        "quota-twice",
        quotas({"procedure_class": "start", "at_most": 4}),
        quotas({"procedure_class": "short", "at_most": 4}),
        where="model day full",
    )
    emits(
        "quota-target-above-most",
        quotas({"procedure_class": "short", "at_most": 4, "target": 5}),
        quotas({"procedure_class": "short", "at_most": 5, "target": 5}),
        where="model day full",
        says="aims at 5 and takes at most 4",
    )


def test_dates_assigned_twice(emits):
    def choice(model_day, **when):
        def change(d):
            d["practice"]["model_days"].append({"id": "late", "title": ""})
            d["practice"]["model_day_dates"] += [
                {"model_day": "late", "date": "2026-12-03"},
                {"model_day": model_day, **when},
            ]

        return change

    emits(
        "model-day-twice",
        choice("full", date="2026-12-03"),
        choice("full", date="2026-12-02"),
        where="model day full",
        says="2026-12-03 has 2 model days: late, full",
    )
    emits(
        "model-day-twice",
        choice("late", weekday="mon"),
        choice("late", weekday="fri"),
        where="model day late",
        says="mon has 2 model days",
    )


def test_closed_date(emits):
    def choice(date):
        return lambda d: d["practice"]["model_day_dates"].append(
            {"model_day": "full", "date": date}
        )

    emits(
        "model-day-closed-date", choice("2026-12-05"), choice("2026-12-04"), where="model day full"
    )


def test_unused(emits):
    def added(used):
        def change(d):
            d["practice"]["model_days"].append({"id": "late", "title": ""})
            if used:
                d["practice"]["model_day_dates"].append({"model_day": "late", "weekday": "sat"})

        return change

    emits("model-day-unused", added(False), added(True), where="model day late")


def every_day(d):
    d["practice"]["model_day_dates"].append({"model_day": "full", "weekday": "fri"})


def test_class_without_any_cell(emits, cell):
    def change(end, **fields):
        def apply(d):
            every_day(d)
            cells(d).append(cell("K4", "short", ["X1"], "08:00", end) | fields)

        return apply

    # The exam room is covered for class short on every date: class exam has no minute.
    emits(
        "class-without-cell",
        change("17:00"),
        change("16:30"),
        where="practice",
        says="class 'exam'",
        also={"cell-never-usable"},
    )
    emits(
        "class-without-cell",
        change("17:00", fallbacks=["records"]),
        change("17:00", release=[{"days_before": 0, "at": "15:00", "accepts": ["*"]}]),
        where="practice",
        also={"cell-never-usable"},
    )


def test_a_date_without_model_day_takes_every_class(emits, cell):
    def change(all_days):
        def apply(d):
            if all_days:
                every_day(d)
            cells(d).append(cell("K4", "short", ["X1"], "08:00", "17:00"))

        return apply

    emits(
        "class-without-cell",
        change(True),
        change(False),
        where="practice",
        also={"cell-never-usable"},
    )
