"""`quotas`: at most so many visits of a class on a date."""

from engine.practice import ModelDay, ModelDayDate, Quota, Weekday

STARTS = ("09:00", "10:00", "11:00", "13:00")


def layout(*quotas):
    return {
        "model_days": (ModelDay(id="full", title="Full day", quotas=quotas),),
        "model_day_dates": (
            ModelDayDate(model_day="full", weekday=Weekday.TUE),
            ModelDayDate(model_day="full", weekday=Weekday.WED),
        ),
    }


def most(number, procedure_class="clean"):
    return Quota(procedure_class=procedure_class, at_most=number)


def filled(tiny, count, *quotas, booked=0):
    """So many CLEAN visits on the Tuesday, the first ones kept bookings."""
    asked, placed = [], []
    for number, start in enumerate(STARTS[:count]):
        name = f"N{number}"
        if number < booked:
            asked.append(tiny.booking(name, start, procedure="CLEAN"))
        else:
            asked.append(tiny.visit(name, "CLEAN"))
        placed.append(tiny.place(name, start, "A10"))
    return tiny.check(tiny.problem(*asked, **layout(*quotas)), *placed)


def test_as_many_as_the_model_day_takes(tiny):
    assert filled(tiny, 2, most(2)).ok


def test_one_too_many(tiny):
    report = filled(tiny, 3, most(2))
    assert tiny.rules(report) == ["quotas"]
    assert report.violations[0].visits == ("N0", "N1", "N2")
    assert (report.violations[0].found, report.violations[0].allowed) == ("3", "at most 2")


def test_none_at_all(tiny):
    assert filled(tiny, 0, most(0)).ok
    assert tiny.rules(filled(tiny, 1, most(0))) == ["quotas"]


def test_target_does_not_bind(tiny):
    assert filled(tiny, 3, Quota(procedure_class="clean", target=1)).ok


def test_other_classes_do_not_count(tiny):
    assert filled(tiny, 3, most(1, "adj")).ok
    assert tiny.rules(filled(tiny, 3, most(1, "adj"), most(2))) == ["quotas"]


def test_each_date_counts_for_itself(tiny):
    problem = tiny.problem(
        *(tiny.visit(name, "CLEAN") for name in ("V1", "V2", "V3")), **layout(most(2))
    )
    spread = [
        tiny.place("V1", "09:00", "A10"),
        tiny.place("V2", "10:00", "A10"),
        tiny.place("V3", "09:00", "A10", date=tiny.wednesday),
    ]
    assert tiny.check(problem, *spread).ok


def test_date_without_a_model_day_has_no_quota(tiny):
    problem = tiny.problem(tiny.visit("V1", "CLEAN"), **layout(most(0)))
    assert tiny.check(problem, tiny.place("V1", "09:00", "A10", date=tiny.thursday)).ok


def test_kept_bookings_count(tiny):
    assert filled(tiny, 2, most(2), booked=1).ok
    assert tiny.rules(filled(tiny, 3, most(2), booked=1)) == ["quotas"]


def test_kept_bookings_alone_too_many(tiny):
    report = filled(tiny, 3, most(2), booked=3)
    assert report.ok
    assert tiny.inherited(report) == ["quotas"]


def test_nothing_new_where_the_book_alone_is_too_many(tiny):
    assert tiny.rules(filled(tiny, 4, most(2), booked=3)) == ["quotas"]


def test_trap_one_more_of_the_class(tiny, solve):
    # Two of three on Tuesday, the third a day late.
    two = Quota(procedure_class="clean", at_most=2)
    problem = tiny.problem(
        *(tiny.visit(f"V{n}", "CLEAN") for n in (1, 2, 3)),
        model_days=(ModelDay(id="M", title="M", quotas=(two,)),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    assert solve(problem, days=2).quanta("overdue_days") == 1
    bait = solve(problem, days=2, without="quotas")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"quotas"}
