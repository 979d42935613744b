"""`limits`: kits a day, machines at once. CLEAN takes 10 minutes; turnover needs no machine."""

import itertools

from engine.practice import DailyLimit


def limit(name="kits", procedures=("CLEAN",), **most):
    return DailyLimit(id=name, procedures=procedures, **most)


def using(tiny, limits, *starts, booked=0, procedures=("CLEAN", "CLEAN", "CLEAN", "CLEAN")):
    """Visits side by side, the first ones kept bookings; every order must say the same."""
    count = len(starts)
    asked, placed = [], []
    for n, start, procedure in zip(range(1, count + 1), starts, procedures, strict=False):
        chair, name = f"C{n}", f"N{n}"
        text = "A10" if procedure == "CLEAN" else "A5 D5 A10"
        if n <= booked:
            asked.append(tiny.booking(name, start, chair, procedure))
        else:
            asked.append(tiny.visit(name, procedure))
        placed.append(tiny.place(name, start, text, chair=chair, staff=f"AS{n}"))
    problem = tiny.problem(*asked, clinic=count, assistants=count, limits=limits)
    reports = [tiny.check(problem, *order) for order in itertools.permutations(placed)]
    assert len({(tuple(tiny.rules(r)), tuple(tiny.inherited(r))) for r in reports}) == 1
    return reports[0]


def test_as_many_as_there_are_kits(tiny):
    assert using(tiny, (limit(per_day=2),), "09:00", "11:00").ok


def test_one_kit_too_few(tiny):
    report = using(tiny, (limit(per_day=2),), "09:00", "11:00", "13:00")
    assert tiny.rules(report) == ["limits"]
    assert (report.violations[0].found, report.violations[0].allowed) == ("3", "at most 2 a day")


def test_no_kit_at_all(tiny):
    assert tiny.rules(using(tiny, (limit(per_day=0),), "09:00")) == ["limits"]


def test_only_the_procedures_named(tiny):
    mixed = ("CLEAN", "ADJ", "CLEAN")
    starts = ("09:00", "11:00", "13:00")
    assert using(tiny, (limit(per_day=2),), *starts, procedures=mixed).ok
    both = (limit(per_day=2, procedures=("ADJ", "CLEAN")),)
    assert tiny.rules(using(tiny, both, *starts, procedures=mixed)) == ["limits"]


def test_each_date_counts_for_itself(tiny):
    problem = tiny.problem(
        *(tiny.visit(name, "CLEAN") for name in ("V1", "V2")), limits=(limit(per_day=1),)
    )
    second = tiny.place("V2", "09:00", "A10", date=tiny.wednesday)
    assert tiny.check(problem, tiny.place("V1", "09:00", "A10"), second).ok


def test_machine_is_free_when_the_visit_ends(tiny):
    # 09:00-09:10, then 09:10: the turnover until 09:15 does not hold the machine.
    assert using(tiny, (limit(at_once=1),), "09:00", "09:10").ok


def test_machine_is_held_until_then(tiny):
    for second in ("09:05", "09:00", "08:55"):
        assert tiny.rules(using(tiny, (limit(at_once=1),), "09:00", second)) == ["limits"]


def test_two_machines(tiny):
    two = (limit(at_once=2),)
    assert using(tiny, two, "09:00", "09:05", "09:10").ok
    report = using(tiny, two, "09:00", "09:00", "09:05")
    assert tiny.rules(report) == ["limits"]
    assert report.violations[0].found == "3"


def test_every_limit_binds(tiny):
    limits = (limit("kits", per_day=3), limit("scanner", at_once=1))
    assert tiny.rules(using(tiny, limits, "09:00", "09:05")) == ["limits"]
    assert "scanner" in using(tiny, limits, "09:00", "09:05").violations[0].sentence


def test_kept_bookings_alone_are_inherited(tiny):
    a_day = using(tiny, (limit(per_day=1),), "09:00", "11:00", booked=2)
    at_once = using(tiny, (limit(at_once=1),), "09:00", "09:05", booked=2)
    for report in (a_day, at_once):
        assert report.ok
        assert tiny.inherited(report) == ["limits"]


def test_nothing_new_where_the_book_alone_is_too_many_a_day(tiny):
    report = using(tiny, (limit(per_day=1),), "09:00", "11:00", "13:00", booked=2)
    assert tiny.rules(report) == ["limits"]


def test_new_visit_beside_a_clash_of_the_book_is_free_to_come_later(tiny):
    once = (limit(at_once=1),)
    later = using(tiny, once, "09:00", "09:05", "09:15", booked=2)
    assert later.ok
    assert tiny.inherited(later) == ["limits"]
    under_way = using(tiny, once, "09:00", "09:05", "09:10", booked=2)
    assert tiny.rules(under_way) == ["limits"]
    before = using(tiny, once, "09:00", "09:05", "08:55", booked=2)
    assert "limits" in tiny.rules(before)


def test_trap_one_kit_too_few(tiny, solve):
    # Two of three on Tuesday, the third a day late.
    kits = DailyLimit(id="kits", procedures=("CLEAN", "ADJ"), per_day=2)
    visits = (tiny.visit("V1", "CLEAN"), tiny.visit("V2", "ADJ"), tiny.visit("V3", "CLEAN"))
    problem = tiny.problem(*visits, limits=(kits,))
    assert solve(problem, days=2).quanta("overdue_days") == 1
    bait = solve(problem, days=2, without="limits")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"limits"}


def test_trap_one_scanner(tiny, solve):
    # Two scans of 10 minutes one after the other need 20, in two chairs as well.
    def until(end, **how):
        free = (tiny.window("09:00", end),)
        visits = (tiny.visit(f"V{n}", "CLEAN", availability=free) for n in (1, 2))
        scanner = DailyLimit(id="scanner", procedures=("CLEAN",), at_once=1)
        problem = tiny.problem(*visits, clinic=2, assistants=2, limits=(scanner,))
        return solve(problem, **how)

    assert until("09:20").unplaced == []
    assert len(until("09:15").unplaced) == 1
    bait = until("09:15", without="limits")
    assert bait.unplaced == []
    assert bait.broken == {"limits"}
