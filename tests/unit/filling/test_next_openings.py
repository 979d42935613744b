import datetime as dt

from engine.filling.next_openings import next_openings
from engine.practice import Purpose


def test_the_first_free_hour_of_the_exam_room(tiny):
    # Exams of 60 minutes with 5 of turnover. Monday: closed for exams after 09:05 by two long
    # bookings, 08:00 is taken, so 15:05 is the first start that ends by 17:00 less turnover.
    whole = tiny.procedure("WHOLE", "A355", "exam", purpose=Purpose.OBSERVATION)
    problem = tiny.problem(
        tiny.booking("B1", "08:00", "E1", "EXAM", date=tiny.monday),
        tiny.booking("B2", "09:05", "E1", "WHOLE", date=tiny.monday),
        procedures=(whole,),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("B1", "08:00", "A25 D10 A25", chair="E1", staff="TC1", date=tiny.monday),
        tiny.place("B2", "09:05", "A355", chair="E1", staff="TC1", date=tiny.monday),
    )
    found = next_openings(problem, schedule)
    assert found.exam is not None
    assert (found.exam.date, found.exam.start) == (tiny.monday, dt.time(15, 5))
    assert (found.exam.procedure, found.exam.days_from_now) == ("EXAM", 0)
    # No procedure of this practice starts a treatment.
    assert found.start is None


def test_the_earliest_of_several_kinds_of_start(tiny):
    # The doctor is away on Monday: BOND waits for Tuesday; a start without doctor time and under
    # general supervision does not.
    staff = tuple(
        person.model_copy(
            update={"shifts": tuple(one for one in person.shifts if one.weekday != "mon")}
        )
        if person.id == "DR1"
        else person
        for person in tiny.practice().staff
    )
    bond = tiny.procedure("BOND", "A25 D15 A35", purpose=Purpose.START)
    scan = tiny.procedure("SCAN", "A20", purpose=Purpose.START, supervision="general")
    slow = tiny.problem(procedures=(bond,), staff=staff)
    quick = tiny.problem(procedures=(bond, scan), staff=staff)
    first, second = (next_openings(one, tiny.schedule(one)).start for one in (slow, quick))
    assert first is not None
    assert second is not None
    assert (first.procedure, first.date, first.days_from_now) == ("BOND", tiny.tuesday, 1)
    assert (second.procedure, second.date, second.days_from_now) == ("SCAN", tiny.monday, 0)
