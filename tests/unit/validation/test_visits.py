"""What visits say about themselves."""

import pytest


def visit(index=0, **fields):
    return lambda d: d["visits"][index].update(fields)


def test_length(emits):
    # BOND has three segments: at least 3 x 5 min.
    emits(
        "visit-too-short",
        visit(1, minutes=10),
        visit(1, minutes=15),
        where="visit V2",
        says=("is 10 min long", "3 segments of at least 5 min", "at least 15 min"),
    )
    emits(
        "length-off-grid", visit(1, minutes=82), visit(1, minutes=80), where="visit V2", says="82"
    )


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ([("17:00", "15:30")], [("15:30", "17:00")]),
        ([("08:00", "12:00"), ("13:00", "13:00")], [("08:00", "12:00"), ("13:00", "14:00")]),
    ],
)
def test_empty_windows(emits, bad, good):
    def windows(field, spans):
        return visit(**{field: [{"start": start, "end": end} for start, end in spans]})

    emits(
        "availability-empty",
        windows("availability", bad),
        windows("availability", good),
        where="visit V1",
        says=f"every day [{bad[-1][0]}, {bad[-1][1]})",
    )
    emits("wish-empty", windows("wishes", bad), windows("wishes", good), where="visit V1")


def test_earliest_and_latest(emits):
    emits(
        "earliest-after-latest",
        visit(due="2026-12-02", earliest="2026-12-03", latest="2026-12-02"),
        visit(due="2026-12-02", earliest="2026-12-02", latest="2026-12-02"),
        where="visit V1",
        says=("Thu 2026-12-03", "Wed 2026-12-02"),
    )
    emits(
        "latest-passed",
        visit(due="2026-11-20", latest="2026-11-26"),
        visit(due="2026-11-20", latest="2026-11-30"),
        where="visit V1",
        says="had to be by Thu 2026-11-26, now is Fri 2026-11-27",
    )
    emits(
        "latest-before-horizon",
        visit(due="2026-11-20", latest="2026-11-27"),
        visit(due="2026-11-20", latest="2026-11-30"),
        where="visit V1",
        says="first date to fill is Mon 2026-11-30",
    )
    emits(
        "due-after-latest",
        visit(due="2026-12-03", latest="2026-12-02"),
        visit(due="2026-12-02", latest="2026-12-02"),
        where="visit V1",
    )


def test_after_the_horizon_is_one_line(emits):
    def change(first):
        def apply(d):
            for index in range(2):
                d["visits"][index]["earliest"] = first

        return apply

    emits(
        "earliest-after-horizon",
        change("2026-12-05"),
        change("2026-12-04"),
        where="practice",
        says="2 visit(s) are not possible before Sat 2026-12-05: V1, V2",
        also=(),
    )


def test_lab_and_clearances(emits):
    emits(
        "lab-after-latest",
        visit(latest="2026-12-02", lab_ready="2026-12-02"),
        visit(latest="2026-12-02", lab_ready="2026-12-01"),
        where="visit V1",
        says="possible from the day after",
    )

    def clearance(**fields):
        return visit(latest="2026-12-02", clearances=[{"kind": "financial", **fields}])

    emits(
        "clearance-after-latest",
        clearance(expected="2026-12-03"),
        clearance(expected="2026-12-02"),
        where="visit V1",
        says="financial clearance on Thu 2026-12-03",
    )
    emits("clearance-without-date", clearance(), clearance(granted=True), where="visit V1")


def test_treatment(emits):
    def treatment(**fields):
        return lambda d: d["visits"][1]["treatment"].update(fields)

    emits(
        "treatment-dates",
        treatment(original_ecd="2026-05-31"),
        treatment(original_ecd="2026-06-01"),
        where="visit V2",
        says="its original completion date is 2026-05-31",
    )
    emits(
        "treatment-dates",
        treatment(current_ecd="2026-05-31"),
        treatment(),
        where="visit V2",
        says="its current completion date",
    )
    emits(
        "current-ecd-before-original",
        treatment(current_ecd="2028-01-09"),
        treatment(current_ecd="2028-01-10"),
        where="visit V2",
    )


def test_a_treatment_of_visits_after_it_is_one_line(emits):
    """A list of patients, not of visits, repeats start and completion date on every row."""

    def bond_is_for(purpose):
        def change(d):
            d["practice"]["procedures"][1]["purpose"] = purpose

        return change

    for purpose in ("retention", "observation"):
        emits(
            "treatment-not-under-way",
            bond_is_for(purpose),
            bond_is_for("debond"),
            where="practice",
            says="1 visit(s) for retention or observation carry a treatment",
        )


def test_requested_in_future(emits):
    emits(
        "requested-in-future",
        visit(requested_on="2026-11-28"),
        visit(requested_on="2026-11-27"),
        where="visit V1",
    )


def test_one_patient_in_two_households(emits):
    def households(one, other):
        def change(d):
            d["visits"][0].update(household=one)
            d["visits"][2].update(household=other, patient="P1")

        return change

    emits(
        "patient-in-two-households",
        households("H1", "H2"),
        households("H1", "H1"),
        where="visit V3",
        says="patient 'P1' is in households H1, H2 (visits V1, V3)",
    )
