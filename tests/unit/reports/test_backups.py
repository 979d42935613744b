"""Who could take a long slot. Now is Monday, 2 March 2026; the slots are on Tuesday."""

import csv
import datetime as dt
import io

import pytest

from engine.checker import check
from engine.files.csv_text import csv_text
from engine.filling.occupancy import Occupancy
from engine.practice import (
    Cell,
    Follows,
    ModelDay,
    ModelDayDate,
    Policy,
    ReleaseStep,
    RiskPolicy,
    Treatment,
    VisitList,
)
from engine.reports.backups import MOST_BACKUPS, MOST_TRIED, list_backups
from engine.reports.backups_csv import BACKUP_COLUMNS, backup_rows
from engine.reports.risky_slots import LONG_MINUTES, RISKY_CHANCE

ASAP, CALLS = VisitList.ASAP, VisitList.WILL_CALL
BOND = "A25 D15 A35"
RISKY = Policy(risk=RiskPolicy(base_rate=0.15, constant_no_show=True))
"""Everybody misses a visit with 15 %."""


def names(found) -> list[list[str]]:
    return [[backup.waiting.visit.id for backup in one.backups] for one in found]


def late_by(days: int) -> Treatment:
    ecd = dt.date(2026, 3, 2) - dt.timedelta(days=days)
    return Treatment(started=ecd, original_ecd=ecd, current_ecd=ecd, remaining_visits=1)


def test_only_long_slots_at_risk_have_backups(tiny):
    # BOND takes 75 minutes, ADJ 20.
    calm = Policy(risk=RiskPolicy(base_rate=RISKY_CHANCE - 0.01, constant_no_show=True))
    at_the_limit = Policy(risk=RiskPolicy(base_rate=RISKY_CHANCE, constant_no_show=True))
    exact = tiny.procedure("EXACT", f"A{LONG_MINUTES}")
    placed = tiny.place("V1", "09:00", BOND), tiny.place("V2", "11:00")
    just = tiny.place("V3", "12:00", f"A{LONG_MINUTES}")
    for policy, wanted in ((calm, []), (at_the_limit, ["V1", "V3"])):
        problem = tiny.problem(
            tiny.visit("V1", "BOND"),
            tiny.visit("V2"),
            tiny.visit("V3", "EXACT"),
            policy=policy,
            procedures=(exact,),
        )
        found = list_backups(problem, tiny.schedule(problem, *placed, just))
        assert [one.slot.visit.id for one in found] == wanted
    assert [one.slot.chance_of_miss for one in found] == [RISKY_CHANCE] * 2


def test_who_fits_and_who_does_not(tiny):
    problem = tiny.problem(
        tiny.visit("V1", "BOND"),
        tiny.visit("A1", listed=ASAP),
        tiny.visit("A2", listed=ASAP, availability=(tiny.window("13:00", "17:00"),)),
        tiny.visit("A3", "BOND", listed=ASAP, minutes=90),
        tiny.visit("A4", listed=ASAP, lab_ready=tiny.tuesday),
        tiny.visit("A5", listed=ASAP, patient="P-V1"),
        tiny.visit("A6", listed=ASAP),
        tiny.visit("A7", listed=ASAP),
        tiny.visit("A8", listed=ASAP, availability=(tiny.window("09:30", "10:00"),)),
        tiny.visit("A9", "EXAM", listed=ASAP),
        tiny.visit("C1", listed=CALLS),
        tiny.visit("W1"),
        policy=RISKY,
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", BOND),
        tiny.place("A6", "09:00", date=tiny.monday),
        tiny.place("A7", "09:00", date=tiny.wednesday),
    )
    (one,) = list_backups(problem, schedule)
    # A2 cannot come, A3 is longer, A4's item comes that day, A5 is the patient herself, A6 comes
    # before, A9 sits in another room. A7 would come a day earlier. Will-call after ASAP; who waits
    # as usual is not asked.
    assert names([one]) == [["A1", "A7", "A8", "C1"]]
    assert [backup.start for backup in one.backups] == [540, 540, 570, 540]
    assert [backup.waiting.now for backup in one.backups[:2]] == [None, dt.datetime(2026, 3, 4, 9)]


def test_who_waits_as_usual_is_asked_where_there_is_time(tiny):
    """Now is Monday at 7: 26 hours before Tuesday's slot, 50 hours before Wednesday's."""
    problem = tiny.problem(
        tiny.visit("V1", "BOND"),
        tiny.visit("V2", "BOND"),
        tiny.visit("A1", listed=ASAP),
        tiny.visit("W1"),
        tiny.visit("W2", listed=VisitList.RECALL),
        tiny.visit("W3"),
        policy=RISKY,
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", BOND),
        tiny.place("V2", "09:00", BOND, date=tiny.wednesday),
        tiny.place("W3", "11:00", date=tiny.wednesday),
    )
    # W3 waits as usual and has a time: nobody rings it. After two days' notice W1 and W2 may come.
    assert names(list_backups(problem, schedule)) == [["A1"], ["A1", "W1", "W2"]]


def test_of_those_who_wait_as_usual_only_the_first_are_tried(tiny):
    """Sixty who cannot come stand before the one who could, and an ASAP visit before them all."""
    away = (tiny.window("13:00", "17:00"),)
    first = [
        tiny.visit(f"W{n:02d}", availability=away, treatment=late_by(70)) for n in range(MOST_TRIED)
    ]
    for waiting, wanted in ((first[1:], ["A1", "Z"]), (first, ["A1"])):
        problem = tiny.problem(
            tiny.visit("V1", "BOND"),
            tiny.visit("A1", listed=ASAP),
            *waiting,
            tiny.visit("Z"),
            policy=RISKY,
        )
        placed = tiny.place("V1", "09:00", BOND, date=tiny.wednesday)
        assert names(list_backups(problem, tiny.schedule(problem, placed))) == [wanted]


def test_longest_past_ecd_first_then_whoever_uses_most_of_the_slot(tiny):
    problem = tiny.problem(
        tiny.visit("V1", "BOND"),
        tiny.visit("A1", "CLEAN", listed=ASAP),
        tiny.visit("A2", "BOND", listed=ASAP),
        tiny.visit("A3", listed=ASAP, treatment=late_by(10)),
        tiny.visit("A4", listed=ASAP, treatment=late_by(40)),
        *(tiny.visit(f"B{n}", listed=ASAP) for n in range(MOST_BACKUPS)),
        policy=RISKY,
    )
    found = list_backups(problem, tiny.schedule(problem, tiny.place("V1", "09:00", BOND)))
    assert names(found) == [["A4", "A3", "A2", "B0", "B1"]]
    assert [backup.waiting.days_past_ecd for backup in found[0].backups] == [40, 10, 0, 0, 0]


def test_bookings_of_later_weeks_count_and_taken_people_do_not(tiny):
    later = tiny.booking("B1", "09:00", date=dt.date(2026, 3, 19), listed=ASAP)
    problem = tiny.problem(
        tiny.visit("V1", "BOND"),
        tiny.booking("B2", "09:00", chair="C2"),
        tiny.visit("A1", listed=ASAP),
        later,
        policy=RISKY,
        clinic=2,
        assistants=2,
    )
    # The only doctor sees B2 at 09:05-09:10, and V1 at 09:25-09:40.
    placed = tiny.place("V1", "09:00", BOND), tiny.place("B2", "09:00", chair="C2", staff="AS2")
    (one,) = list_backups(problem, tiny.schedule(problem, *placed))
    assert [(b.waiting.visit.id, b.start) for b in one.backups] == [("A1", 545), ("B1", 545)]
    assert one.backups[1].waiting.now == dt.datetime(2026, 3, 19, 9)


def test_what_a_backup_would_give_up_is_told(tiny):
    # A1 has only been proposed its time; B1 and B2 are booked, B3 is booked and moved here.
    booked = {"listed": ASAP, "household": "H1"}
    problem = tiny.problem(
        tiny.visit("V1", "BOND"),
        tiny.visit("A1", listed=ASAP),
        tiny.visit("A2", listed=ASAP),
        tiny.booking("B1", "09:00", date=tiny.thursday, **booked),
        tiny.booking("B2", "10:00", date=tiny.thursday, movable=True, **booked),
        tiny.booking("B3", "11:00", date=tiny.thursday, movable=True, **booked),
        policy=RISKY,
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", BOND),
        tiny.place("A1", "09:00", date=tiny.wednesday),
        tiny.place("B1", "09:00", date=tiny.thursday),
        tiny.place("B2", "10:00", date=tiny.thursday),
        tiny.place("B3", "13:00", date=tiny.thursday),
    )
    (one,) = list_backups(problem, schedule)
    found = {row["visit"]: (row["now_standing"], row["household"]) for row in backup_rows(one)}
    assert found == {
        "A1": ("proposed", None),
        "A2": (None, None),
        "B1": ("booked, frozen", "H1"),
        "B2": ("booked, movable", "H1"),
        "B3": ("proposed", "H1"),
    }


@pytest.mark.parametrize(("before", "wanted"), [("monday", ["A1"]), ("wednesday", [])])
def test_what_a_visit_follows_may_lie_on_another_date(tiny, before, wanted):
    follows = (Follows(visit="W1", min_days=1),)
    problem = tiny.problem(
        tiny.visit("V1", "BOND"),
        tiny.visit("W1", patient="P"),
        tiny.visit("A1", patient="P", listed=ASAP, follows=follows),
        policy=RISKY,
    )
    first = tiny.place("W1", "11:00", date=getattr(tiny, before))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00", BOND), first)
    assert names(list_backups(problem, schedule)) == [wanted]


def test_a_backup_sits_in_the_chair_of_the_slot_and_comes_sooner(tiny):
    # C1 is kept for bonding, C2 is free. A2 has 09:30 in C2 already, and cannot come before.
    cell = Cell(id="K1", procedure_class="bond", columns=("C1",), start="08:00", end="17:00")
    late = (tiny.window("09:30", "10:00"),)
    for cells, wanted in (((cell,), []), ((), ["A1"])):
        problem = tiny.problem(
            tiny.visit("V1", "BOND"),
            tiny.visit("A1", listed=ASAP),
            tiny.visit("A2", listed=ASAP, availability=late),
            policy=RISKY,
            clinic=2,
            assistants=2,
            model_days=(ModelDay(id="M", title="M", cells=cells),),
            model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
        )
        placed = tiny.place("V1", "09:00", BOND), tiny.place("A2", "09:30", chair="C2", staff="AS2")
        assert names(list_backups(problem, tiny.schedule(problem, *placed))) == [wanted]


def test_cells_count_as_released_on_that_morning(tiny):
    release = (ReleaseStep(days_before=0, accepts=("adj",)),)
    cells = (
        Cell(
            id="K1",
            procedure_class="bond",
            columns=("C1",),
            start=dt.time(9),
            end=dt.time(10, 15),
            release=release,
        ),
    )
    problem = tiny.problem(
        tiny.visit("V1", "BOND"),
        tiny.visit("A1", listed=ASAP),
        tiny.visit("A2", "CLEAN", listed=ASAP),
        policy=RISKY,
        model_days=(ModelDay(id="M", title="M", cells=cells),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00", BOND))
    today = Occupancy.of(problem, schedule)
    today.release("V1")
    assert 540 not in today.feasible_starts(problem.all_visits["A1"], tiny.tuesday)
    # On Tuesday morning the cell takes ADJ; it never takes CLEAN.
    assert names(list_backups(problem, schedule)) == [["A1"]]


def test_each_backup_passes_the_checker_that_morning(week):
    problem, schedule = week
    problem = problem.model_copy(
        update={"policy": problem.policy.model_copy(update={"risk": RISKY.risk})}
    )
    found = list_backups(problem, schedule)
    pairs = [(one.slot, backup) for one in found for backup in one.backups]
    assert len(pairs) > 10
    for slot, backup in pairs[::5]:
        morning = dt.datetime.combine(slot.date, dt.time())
        then = problem.model_copy(update={"as_of": morning})
        visit = backup.waiting.visit
        gone = {slot.visit.id, visit.id}
        kept = tuple(placed for placed in schedule.placements if placed.visit not in gone)
        without = schedule.model_copy(update={"placements": kept})
        other = Occupancy.of(then, without).place_at(visit, slot.date, backup.start)
        assert other is not None
        assert slot.start <= backup.start
        assert backup.start + backup.waiting.minutes <= slot.end
        report = check(then, without.model_copy(update={"placements": (*kept, other)}))
        faults = [one for one in report.violations if visit.id in one.visits]
        # It still stands on the list of what was not placed, or the desk moves a booking that the
        # engine may not move: its patient asked for that. All else is in order.
        assert {one.rule for one in faults} <= {"complete", "book_kept"}


@pytest.mark.parametrize("filled", [True, False])
def test_the_file_read_back(tiny, filled):
    waiting = [tiny.visit("A1", listed=ASAP)] if filled else []
    problem = tiny.problem(tiny.visit("V1", "BOND"), *waiting, policy=RISKY)
    found = list_backups(problem, tiny.schedule(problem, tiny.place("V1", "09:00", BOND)))
    rows = (row for one in found for row in backup_rows(one))
    (row,) = csv.DictReader(io.StringIO(csv_text(BACKUP_COLUMNS, rows)))
    assert tuple(row) == BACKUP_COLUMNS
    lost = "13.50"  # 0.15 of 75 chair and 15 doctor minutes
    slot = ("2026-03-03", "09:00", "10:15", "75", "C1", "P-V1", "V1", "BOND", "0.150", lost)
    backup = ("1", "P-A1", "A1", "ADJ", "20", "09:00", "asap", "", "", "", "")
    assert tuple(row.values()) == slot + (backup if filled else ("",) * 11)
