"""Order between visits."""

import pytest


def follow(index, **link):
    return lambda d: d["visits"][index].update(follows=[link])


def same_patient(d):
    for visit in d["visits"]:
        visit["patient"] = "P1"
    for booking in d["bookings"]:
        booking["visit"]["patient"] = "P1"


def with_one_patient(*changes):
    def change(d):
        same_patient(d)
        for one in changes:
            one(d)

    return change


def test_unknown_predecessor(emits):
    emits(
        "follows-unknown-visit",
        follow(1, visit="V77"),
        with_one_patient(follow(1, visit="V3")),
        where="visit V2",
        says="'V77'",
    )


def test_other_patient(emits):
    emits(
        "follows-other-patient",
        follow(1, visit="V3"),
        with_one_patient(follow(1, visit="V3")),
        where="visit V2",
        says=("'P2'", "'P3'"),
    )


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ((follow(0, visit="V1"),), ["visit V1"]),
        ((follow(0, visit="V2"), follow(1, visit="V1")), ["visit V1", "visit V2"]),
        (
            (follow(0, visit="V3"), follow(1, visit="V1"), follow(2, visit="V2")),
            ["visit V1", "visit V3", "visit V2"],
        ),
    ],
)
def test_circles(emits, changes, where):
    chain = with_one_patient(follow(0, visit="V2"), follow(1, visit="V3"))
    emits("follows-cycle", with_one_patient(*changes), chain, where=where, says="in a circle: V1")


def test_a_visit_outside_the_circle_is_not_in_it(emits):
    changes = (follow(0, visit="V2"), follow(1, visit="V2"))  # V2 after itself, V1 after V2
    emits(
        "follows-cycle",
        with_one_patient(*changes),
        with_one_patient(follow(0, visit="V2")),
        where="visit V2",
    )


def test_a_long_chain_is_walked(problem_with, emits):
    def chain(d):
        first = d["visits"][0]
        d["visits"] = [
            first | {"id": f"W{n}", "follows": [{"visit": f"W{n + 1}"}] if n < 1500 else []}
            for n in range(1501)
        ]

    def circle(d):
        chain(d)
        d["visits"][-1]["follows"] = [{"visit": "W1499"}]

    emits("follows-cycle", circle, chain, where=["visit W1499", "visit W1500"])


def test_window_between(emits):
    emits(
        "follows-window-empty",
        with_one_patient(follow(1, visit="V3", min_working_days=5, max_days=4)),
        with_one_patient(follow(1, visit="V3", min_working_days=5, max_days=5)),
        where="visit V2",
        says="at least 5 and at most 4 days",
    )


def test_frozen_predecessor_too_late(emits):
    def change(latest, movable=False):
        def apply(d):
            same_patient(d)
            d["visits"][1].update(latest=latest, follows=[{"visit": "B1", "min_days": 2}])
            d["bookings"][0]["movable"] = movable

        return apply

    # B1 is on Tuesday 1 December: two days later is Thursday 3 December.
    emits(
        "follows-too-late",
        change("2026-12-02"),
        change("2026-12-03"),
        where="visit V2",
        says="booked on Tue 2026-12-01",
    )
    emits(
        "follows-too-late",
        change("2026-12-02"),
        change("2026-12-02", movable=True),
        where="visit V2",
    )


def test_named_twice(emits):
    twice = [{"visit": "V3"}, {"visit": "V3", "min_days": 1}]
    emits(
        "follows-twice",
        with_one_patient(lambda d: d["visits"][1].update(follows=twice)),
        with_one_patient(
            lambda d: d["visits"][1].update(follows=[{"visit": "V3"}, {"visit": "V1"}])
        ),
        where="visit V2",
        says="2 times",
    )


def test_bookings_keep_their_time_without_the_link(emits):
    def link(id_):
        return lambda d: d["bookings"][1]["visit"].update(follows=[{"visit": id_}])

    emits(
        "booking-follows-unknown",
        link("V77"),
        with_one_patient(link("B1")),
        where="booking B2",
        says="the booking is kept",
    )
    emits(
        "booking-follows-other-patient",
        link("B1"),
        with_one_patient(link("B1")),
        where="booking B2",
    )


@pytest.mark.parametrize(
    ("days", "start", "link", "good", "says"),
    [
        (-1, "09:00", {}, {"days": 1}, "1 days later"),
        (1, "09:00", {"min_days": 2}, {"days": 2}, "at least 2 are needed"),
        (2, "09:00", {"max_days": 1}, {"days": 1}, "at most 1 are allowed"),
        # Tuesday to Thursday: Wednesday and Thursday are open.
        (2, "09:00", {"min_working_days": 3}, {"days": 3}, "2 open days later"),
        # B1 is 09:00-09:20; 180 minutes later is 12:20.
        (0, "12:15", {"min_minutes": 180}, {"start": "13:00"}, "180 min after 09:20"),
    ],
)
def test_order_in_the_book(emits, days, start, link, good, says):
    def change(days, start):
        def apply(d):
            same_patient(d)
            d["visits"] = []
            d["bookings"][1].update(date=f"2026-12-{1 + days:02d}" if days >= 0 else "2026-11-30")
            d["bookings"][1].update(start=start, chair="C3")
            d["bookings"][1]["visit"]["follows"] = [{"visit": "B1", **link}]

        return apply

    after = {"days": days, "start": start}
    emits(
        "book-order-broken",
        change(**after),
        change(**(after | good)),
        where="booking B2",
        says=says,
        also={"booking-outside-shift"} if start == "12:15" else (),
    )
