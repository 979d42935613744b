"""Clashes within the book."""

import pytest


def book(*rows):
    """The bookings alone; each row: id, start, chair, then changes to booking and visit."""

    def change(d):
        d["visits"] = []
        d["bookings"] = []
        for id_, start, chair, *more in rows:
            fields = dict(more[0]) if more else {}
            visit = {"id": id_, "patient": f"P{id_}", "procedure": "ADJ", "due": "2026-12-01"}
            visit |= fields.pop("visit", {})
            entry = {"visit": visit, "date": "2026-12-01", "start": start, "chair": chair}
            d["bookings"].append(entry | fields)

    return change


@pytest.mark.parametrize("turn", [1, -1])
def test_one_chair_twice(emits, turn):
    # B1 09:00-09:20 and turnover until 09:25; its doctor time is over at 09:10 or 09:15.
    def two(start):
        return book(*[("B1", "09:00", "C2"), ("B2", start, "C2")][::turn])

    emits(
        "book-chair-twice",
        two("09:20"),
        two("09:25"),
        where="booking B2",
        says="'C2' [09:20, 09:45) on Tue 2026-12-01, where booking 'B1' is [09:00, 09:25)",
    )


def test_another_chair_or_date_is_no_clash(emits):
    emits(
        "book-chair-twice",
        book(("B1", "09:00", "C2"), ("B2", "09:15", "C2"), ("B3", "14:00", "C2")),
        book(
            ("B1", "09:00", "C2"),
            ("B2", "09:15", "C3"),
            ("B3", "09:15", "C2", {"date": "2026-12-02"}),
        ),
        where="booking B2",
    )


def test_one_patient_twice(emits):
    same = {"visit": {"patient": "P9"}}
    emits(
        "book-patient-twice",
        book(("B1", "09:00", "C2", same), ("B2", "09:15", "C3", same)),
        book(("B1", "09:00", "C2", same), ("B2", "09:20", "C3", same)),
        where="booking B2",
        says="patient 'P9' [09:15, 09:35)",
    )


@pytest.mark.parametrize("turn", [1, -1])
def test_one_doctor_in_two_places(emits, turn):
    # ADJ: doctor [5, 10), up to 5 later. 09:00 and 09:00: one at 09:05, one at 09:10: no clash.
    # Without the float both need 09:05-09:10.
    def two(late):
        def change(d):
            book(*[("B1", "09:00", "C2"), ("B2", "09:00", "C3")][::turn])(d)
            d["practice"]["procedures"][0]["stages"][0]["segments"][1]["float_minutes"] = late

        return change

    emits(
        "book-doctor-twice",
        two(0),
        two(5),
        where="booking B2",
        says="needs DR1 [09:05, 09:10) on Tue 2026-12-01, and booking 'B1' [09:05, 09:10)",
    )


def add_doctor(d):
    d["practice"]["staff"].append(d["practice"]["staff"][0] | {"id": "DR2"})


def rigid(d):
    d["practice"]["procedures"][0]["stages"][0]["segments"][1]["float_minutes"] = 0


def third_assistant(d):
    d["practice"]["staff"].append(d["practice"]["staff"][2] | {"id": "AS3"})


def all_of(*changes):
    def change(d):
        for one in changes:
            one(d)

    return change


def test_two_patients_who_require_the_same_of_two_doctors(emits):
    def two(first, second):
        rows = [
            ("B1", "09:00", "C2", {"visit": {"required_doctor": first}}),
            ("B2", "09:00", "C3", {"visit": {"required_doctor": second}}),
        ]
        return all_of(book(*rows), add_doctor, rigid)

    emits(
        "book-doctor-twice",
        two("DR2", "DR2"),
        two("DR1", "DR2"),
        where="booking B2",
        says="needs DR2",
    )


def test_more_patients_than_doctors(emits):
    def rows(third):
        three = book(("B1", "09:00", "C1"), ("B2", "09:00", "C2"), ("B3", third, "C3"))
        return all_of(three, add_doctor, rigid, third_assistant)

    emits(
        "book-doctor-twice",
        rows("09:00"),
        rows("09:05"),
        where="booking B3",
        says="[09:05, 09:10) on Tue 2026-12-01: 3 bookings (B1, B2, B3) need a doctor, 2 present",
    )


def test_units_of_a_slot(emits):
    def rows(units):
        rule = {"kind": "units_per_slot", "units": units, "unit_minutes": 5}
        three = book(("B1", "09:00", "C1"), ("B2", "09:00", "C2"))
        return all_of(three, rigid, lambda d: d["practice"].update(doctor_rule=rule))

    # 09:00-09:15 holds 5 + 5 min of doctor time: 2 units.
    emits(
        "book-doctor-twice",
        rows(1),
        rows(2),
        where="booking B2",
        says="bookings B1, B2 need 10 doctor min, the slot has 5",
        also={"doctor-units-too-few"},
    )


def test_more_bookings_than_assistants(emits):
    def rows(third):
        return book(("B1", "09:00", "C1"), ("B2", "09:10", "C2"), ("B3", third, "C3"))

    # Two assistants. B1 is over at 09:25, turnover included.
    emits(
        "book-short-of-staff",
        rows("09:20"),
        rows("09:25"),
        where="booking B3",
        says="[09:20, 09:25) on Tue 2026-12-01: 3 bookings (B1, B2, B3) need an assistant, 2 "
        "present",
    )


def test_more_bookings_than_skilled_assistants(emits):
    def rows(skills):
        bond = {"visit": {"procedure": "BOND"}}
        two = book(("B1", "08:00", "C1", bond), ("B2", "08:30", "C2", bond))
        return all_of(two, lambda d: d["practice"]["staff"][2].update(skills=skills))

    # B1 08:00-09:15 and turnover until 09:20; B2 from 08:30 on; AS1 alone bonds.
    emits(
        "book-short-of-staff",
        rows([]),
        rows(["bonding"]),
        where="booking B2",
        says="[08:30, 09:20) on Tue 2026-12-01: 2 bookings (B1, B2) need a bonding-skilled "
        "assistant, 1 present",
    )


def test_limits_of_the_day(emits):
    def rows(per_day=None, at_once=None):
        limit = {"id": "L1", "procedures": ["ADJ"], "per_day": per_day, "at_once": at_once}
        three = book(("B1", "09:00", "C1"), ("B2", "09:10", "C2"), ("B3", "14:00", "C3"))
        return all_of(three, lambda d: d["practice"]["limits"].append(limit))

    emits(
        "book-over-limit",
        rows(per_day=2),
        rows(per_day=3),
        where="limit L1",
        says="3 bookings (B1, B2, B3), 2 a day are allowed",
    )
    emits(
        "book-over-limit",
        rows(at_once=1),
        rows(at_once=2),
        where="limit L1",
        says="2 bookings under way at once, 1 are allowed",
    )


def test_quota_of_the_model_day(emits):
    def rows(most, date="2026-12-01"):
        three = book(*[(f"B{n}", f"{8 + n:02d}:00", "C2", {"date": date}) for n in (1, 2, 3)])
        quota = {"procedure_class": "short", "at_most": most}
        return all_of(three, lambda d: d["practice"]["model_days"][0]["quotas"].append(quota))

    emits(
        "book-over-quota",
        rows(2),
        rows(3),
        where="model day full",
        says="3 bookings of class 'short' (B1, B2, B3), the model day takes 2",
    )
    emits("book-over-quota", rows(2), rows(2, "2026-12-04"), where="model day full")
