"""Duplicate ids."""


def test_chair_and_limit_codes(emits):
    emits(
        "duplicate-chair",
        lambda d: d["practice"]["chairs"].extend([{"id": "C3", "kind": "clinic"}] * 2),
        lambda d: d["practice"]["chairs"].append({"id": "C4", "kind": "clinic"}),
        where="chair C3",
        says="3 entries have the id 'C3'",
    )
    emits(
        "duplicate-limit",
        lambda d: d["practice"]["limits"].append(
            {"id": "KITS", "procedures": ["ADJ"], "at_once": 9}
        ),
        lambda d: d["practice"]["limits"].append(
            {"id": "kits", "procedures": ["ADJ"], "at_once": 9}
        ),
        where="limit KITS",
    )


def test_staff_and_doctors_share_ids(emits):
    def add(id_):
        return lambda d: d["practice"]["staff"].append(d["practice"]["staff"][2] | {"id": id_})

    emits("duplicate-staff", add("AS2"), add("AS3"), where="staff AS2")


def test_procedures(emits):
    def add(code):
        return lambda d: d["practice"]["procedures"].append(
            d["practice"]["procedures"][0] | {"code": code}
        )

    emits("duplicate-procedure", add("ADJ"), add("ADJ2"), where="procedure ADJ")


def test_model_days_and_cells(emits, cell):
    def day(id_):
        return lambda d: d["practice"]["model_days"].append({"id": id_, "title": ""})

    emits(
        "duplicate-model-day",
        day("full"),
        day("short"),
        where="model day full",
    )
    emits(
        "duplicate-cell",
        lambda d: d["practice"]["model_days"][0]["cells"].append(
            cell("K1", "short", ["C3"], "08:00", "09:00")
        ),
        lambda d: d["practice"]["model_days"][0]["cells"].append(
            cell("K4", "short", ["C3"], "08:00", "09:00")
        ),
        where="cell full/K1",
    )


def test_a_visit_twice_or_booked_already(emits, booking):
    emits(
        "duplicate-visit",
        lambda d: d["visits"].append(d["visits"][0]),
        lambda d: d["visits"].append(d["visits"][0] | {"id": "V1b"}),
        where="visit V1",
        says="2 visits to place have the id 'V1'; the first one counts",
    )
    emits(
        "duplicate-visit",
        lambda d: d["bookings"].append(booking("V3", "P3", "2026-12-03", "10:00")),
        lambda d: d["bookings"].append(booking("V3b", "P3", "2026-12-03", "10:00")),
        where="visit V3",
        says="is booked already",
    )


def test_a_booking_twice(emits, booking):
    emits(
        "duplicate-booking",
        lambda d: d["bookings"].append(booking("B1", "P4", "2026-12-03", "11:00")),
        lambda d: d["bookings"].append(booking("B3", "P4", "2026-12-03", "11:00")),
        where="booking B1",
    )
