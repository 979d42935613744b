"""Names of things that are not there."""

import pytest


def test_unknown_staff_in_a_block(emits):
    def block(id_):
        return lambda d: d["practice"]["staff_blocks"].append(
            {"kind": "vacation", "staff": ["AS2", id_], "dates": ["2026-12-24"]}
        )

    emits("unknown-staff", block("AS9"), block("AS1"), where="staff AS9", says="vacation")


def test_unknown_procedure_in_a_limit(emits):
    def limit(code):
        return lambda d: d["practice"]["limits"][0].update(procedures=["BOND", code])

    emits("unknown-procedure", limit("BND9"), limit("ADJ"), where="limit KITS", says="'BND9'")


def test_unknown_model_day(emits):
    def choice(id_):
        return lambda d: d["practice"]["model_day_dates"].append(
            {"model_day": id_, "date": "2026-12-02"}
        )

    emits("unknown-model-day", choice("fall"), choice("full"), where="model day fall", says="full")


def test_unknown_column(emits):
    def columns(id_):
        return lambda d: d["practice"]["model_days"][0]["cells"][1].update(columns=["C2", id_])

    emits("unknown-column", columns("C9"), columns("C3"), where="cell full/K2", says="'C9'")


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("practice", lambda d, name: d["practice"].update(overflow_classes=["short", name])),
        (
            "cell full/K3",
            lambda d, name: d["practice"]["model_days"][0]["cells"][2].update(fallbacks=[name]),
        ),
        (
            "cell full/K1",
            lambda d, name: d["practice"]["model_days"][0]["cells"][0].update(
                release=[{"days_before": 2, "accepts": [name]}]
            ),
        ),
        (
            "model day full",
            lambda d, name: d["practice"]["model_days"][0]["quotas"].append(
                {"procedure_class": name, "at_most": 4}
            ),
        ),
        (
            "policy",
            lambda d, name: d["policy"].update(release=[{"procedure_class": name, "steps": []}]),
        ),
        (
            "policy",
            lambda d, name: d["policy"].update(
                release=[
                    {"procedure_class": "start", "steps": [{"days_before": 5, "accepts": [name]}]}
                ]
            ),
        ),
    ],
)
def test_unknown_class(emits, where, place):
    emits(
        "unknown-class",
        lambda d: place(d, "shrot"),
        lambda d: place(d, "exam"),
        where=where,
        says="'shrot'",
    )


def test_unknown_class_of_a_cell(emits, cell):
    def added(klass):
        return lambda d: d["practice"]["model_days"][0]["cells"].append(
            cell("K4", klass, ["C3"], "08:00", "10:00")
        )

    emits("unknown-class", added("strat"), added("short"), where="cell full/K4")


def test_every_class_is_a_name_in_a_release(problem_with, emits):
    emits(
        "unknown-class",
        lambda d: d["policy"].update(
            release=[{"procedure_class": "start", "steps": [{"days_before": 1, "accepts": ["**"]}]}]
        ),
        lambda d: d["policy"].update(
            release=[{"procedure_class": "start", "steps": [{"days_before": 1, "accepts": ["*"]}]}]
        ),
        where="policy",
    )


def test_unknown_procedure_of_a_visit(emits):
    emits(
        "visit-unknown-procedure",
        lambda d: d["visits"][2].update(procedure="SCN"),
        lambda d: d["visits"][2].update(procedure="ADJ"),
        where="visit V3",
        says="'SCN'",
    )


def test_unknown_procedure_and_chair_of_a_booking(emits):
    emits(
        "booking-unknown-procedure",
        lambda d: d["bookings"][0]["visit"].update(procedure="XX"),
        lambda d: None,
        where="booking B1",
    )
    emits(
        "booking-unknown-chair",
        lambda d: d["bookings"][1].update(chair="C7"),
        lambda d: d["bookings"][1].update(chair="C3"),
        where="booking B2",
        says="C1, C2, C3, O1, X1, R1",
    )


def test_required_doctor(emits):
    emits(
        "required-doctor-unknown",
        lambda d: d["visits"][0].update(required_doctor="DR2"),
        lambda d: d["visits"][0].update(required_doctor="DR1"),
        where="visit V1",
        says="use one of DR1",
    )
    emits(
        "required-doctor-not-a-doctor",
        lambda d: d["visits"][0].update(required_doctor="AS1"),
        lambda d: d["visits"][0].update(required_doctor="DR1"),
        where="visit V1",
        says="role is assistant",
    )
    emits(
        "required-doctor-idle",
        lambda d: d["visits"][2].update(required_doctor="DR1"),
        lambda d: d["visits"][0].update(required_doctor="DR1"),
        where="visit V3",
        says="no doctor time",
    )


def test_preferred_people(emits):
    emits(
        "preferred-doctor-unknown",
        lambda d: d["visits"][0].update(preferred_doctor="AS1"),
        lambda d: d["visits"][0].update(preferred_doctor="DR1"),
        where="visit V1",
    )
    emits(
        "preferred-assistant-unknown",
        lambda d: d["visits"][0].update(preferred_assistant="AS7"),
        lambda d: d["visits"][0].update(preferred_assistant="AS2"),
        where="visit V1",
        says="not on the staff",
    )
    emits(
        "preferred-assistant-unknown",
        lambda d: d["visits"][0].update(preferred_assistant="DR1"),
        lambda d: None,
        where="visit V1",
        says="is a doctor",
    )
