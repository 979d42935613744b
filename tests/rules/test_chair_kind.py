"""`chair_kind`: rooms by kind, overflow chairs by class."""

from engine.practice import Chair, ChairKind


def chairs():
    return (
        Chair(id="C1", kind=ChairKind.CLINIC),
        Chair(id="OV", kind=ChairKind.CLINIC, overflow=True),
        Chair(id="E1", kind=ChairKind.EXAM),
        Chair(id="R1", kind=ChairKind.RECORDS),
    )


def seated(tiny, asked, chair, text="A10", staff="AS1", **changes):
    problem = tiny.problem(asked, chairs=chairs(), **changes)
    visit = next(iter(problem.all_visits))
    start = "09:00" if not problem.bookings else problem.bookings[0].start.strftime("%H:%M")
    return tiny.check(problem, tiny.place(visit, start, text, chair=chair, staff=staff))


def test_each_kind_of_room(tiny):
    assert seated(tiny, tiny.visit("V1", "CLEAN"), "C1").ok
    assert seated(tiny, tiny.visit("V1", "REC"), "R1", "A30", "RT1").ok
    assert seated(tiny, tiny.visit("V1", "EXAM"), "E1", "A25 D10 A25", "TC1").ok


def test_wrong_kind_of_room(tiny):
    clinic = seated(tiny, tiny.visit("V1", "CLEAN"), "E1")
    assert tiny.rules(clinic) == ["chair_kind"]
    assert tiny.rules(seated(tiny, tiny.visit("V1", "REC"), "C1", "A30", "RT1")) == ["chair_kind"]
    assert (clinic.violations[0].found, clinic.violations[0].allowed) == ("E1", "a clinic chair")


def test_each_stage_of_two_rooms(tiny):
    two = tiny.procedure("PROG", "A20 | A10", ("records", "clinic"))
    problem = tiny.problem(tiny.visit("V1", "PROG"), procedures=[two])

    def rules(*rooms):
        placement = tiny.place("V1", "09:00", "A20 | A10", chair=rooms, staff=("RT1", "AS1"))
        return tiny.rules(tiny.check(problem, placement))

    assert rules("R1", "C1") == []
    assert rules("R1", "E1") == ["chair_kind"]
    assert rules("C1", "R1") == ["chair_kind", "chair_kind"]


def test_overflow_chair_takes_its_classes_only(tiny):
    takes = {"overflow_classes": ("clean",)}
    assert seated(tiny, tiny.visit("V1", "CLEAN"), "OV", **takes).ok
    assert tiny.rules(seated(tiny, tiny.visit("V1"), "OV", "A5 D5 A10", **takes)) == ["chair_kind"]
    nothing = seated(tiny, tiny.visit("V1", "CLEAN"), "OV")
    assert tiny.rules(nothing) == ["chair_kind"]
    assert nothing.violations[0].allowed == "no class"


def test_new_visit_without_a_chair(tiny):
    assert tiny.rules(seated(tiny, tiny.visit("V1", "CLEAN"), None)) == ["chair_kind"]


def test_kept_in_the_wrong_chair_of_the_book_is_inherited(tiny):
    exam_room = tiny.booking("B1", "09:00", "E1", "CLEAN")
    kept = seated(tiny, exam_room, "E1")
    assert kept.ok
    assert tiny.inherited(kept) == ["chair_kind"]
    assert seated(tiny, exam_room, "C1").ok


def test_kept_reseated_into_a_wrong_chair_is_not(tiny):
    clinic = tiny.booking("B1", "09:00", "C1", "CLEAN")
    assert tiny.rules(seated(tiny, clinic, "E1")) == ["chair_kind"]
    assert tiny.rules(seated(tiny, clinic, "OV")) == ["chair_kind"]


def test_kept_in_the_overflow_chair_of_the_book_is_inherited(tiny):
    kept = seated(tiny, tiny.booking("B1", "09:00", "OV", "CLEAN"), "OV")
    assert kept.ok
    assert tiny.inherited(kept) == ["chair_kind"]


def test_kept_loses_its_chair_never(tiny):
    assert tiny.rules(seated(tiny, tiny.booking("B1", "09:00", "C1", "CLEAN"), None)) == [
        "chair_kind"
    ]


def test_booking_without_a_chair_goes_without_only_where_none_is_free(tiny):
    without = tiny.booking("B1", "09:00", None, "CLEAN")
    assert tiny.rules(seated(tiny, without, None)) == ["chair_kind"]
    problem = tiny.problem(without, tiny.booking("B2", "09:05", "C1", "CLEAN"), assistants=2)
    first = tiny.place("B1", "09:00", "A10", chair=None)
    report = tiny.check(problem, first, tiny.place("B2", "09:05", "A10", staff="AS2"))
    assert report.ok
    assert tiny.inherited(report) == ["chair_kind"]


def test_kept_reseated_from_one_wrong_chair_into_another_is_not(tiny):
    exam_room = tiny.booking("B1", "09:00", "E1", "CLEAN")
    assert tiny.rules(seated(tiny, exam_room, "R1")) == ["chair_kind"]
    unknown = tiny.booking("B1", "09:00", "C9", "CLEAN")
    assert tiny.rules(seated(tiny, unknown, "E1")) == ["chair_kind"]
    assert seated(tiny, unknown, "C1").ok


def test_wrong_second_room_is_not_that_of_the_book(tiny):
    # The book's E1 is of no kind that PROG needs: it stands for the first stage, not the second.
    two = tiny.procedure("PROG", "A20 | A10", ("records", "clinic"))
    problem = tiny.problem(tiny.booking("B1", "09:00", "E1", "PROG"), procedures=[two])
    rooms = {"chair": ("E1", "C1"), "staff": ("RT1", "AS1")}
    report = tiny.check(problem, tiny.place("B1", "09:00", "A20 | A10", **rooms))
    assert report.ok
    assert tiny.inherited(report) == ["chair_kind"]


def test_overflow_chair_is_free_for_its_classes_only(tiny):
    # B1 has no chair in the book, C1 is taken by B2, OV is empty.
    for takes, inherited in ((("adj",), True), (("adj", "clean"), False)):
        problem = tiny.problem(
            tiny.booking("B1", "09:00", None, "CLEAN"),
            tiny.booking("B2", "09:05", "C1", "CLEAN"),
            chairs=chairs(),
            assistants=2,
            overflow_classes=takes,
        )
        report = tiny.check(
            problem,
            tiny.place("B1", "09:00", "A10", chair=None),
            tiny.place("B2", "09:05", "A10", staff="AS2"),
        )
        assert report.ok is inherited
        assert tiny.inherited(report) == ["chair_kind"] * inherited


def test_trap_an_empty_overflow_chair(tiny, solve):
    # Three patients at 09:00, two chairs and one for overflow, which takes debonds only.
    chairs = tuple(Chair(id=f"C{n}", kind=ChairKind.CLINIC, overflow=n == 2) for n in (1, 2, 3))
    nine = (tiny.window("09:00", "09:10"),)
    problem = tiny.problem(
        *(tiny.visit(f"V{n}", "CLEAN", availability=nine) for n in (1, 2, 3)),
        chairs=chairs,
        assistants=3,
        overflow_classes=("debond",),
    )
    assert len(solve(problem).unplaced) == 1
    bait = solve(problem, without="chair_kind")
    assert bait.unplaced == []
    assert bait.broken == {"chair_kind"}
