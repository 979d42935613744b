"""The worklist and the ledger on the page."""

import datetime as dt
import re

from engine.plot.ledger_view import SHOWN, ledger_view
from engine.practice import Outcome, PastVisit, Treatment
from engine.reports.ledger import make_ledger


def treatment(ecd: dt.date, current: dt.date | None = None) -> Treatment:
    return Treatment(
        started=dt.date(2025, 1, 6),
        original_ecd=ecd,
        current_ecd=current or ecd,
        remaining_visits=1,
    )


PAST, FAR = dt.date(2026, 2, 24), dt.date(2026, 12, 1)


def three_patients(tiny):
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(PAST, FAR)),
        tiny.visit("V2", treatment=treatment(PAST)),
        tiny.visit("V3", treatment=treatment(FAR), earliest=dt.date(2026, 3, 12)),
    )
    return problem, tiny.schedule(problem, tiny.place("V1", "09:00"))


def section(html: str) -> str:
    return re.search(r'<section id="ledger".*?</section>', html, re.S)[0]


def test_the_worklist_comes_first_with_its_counts(tiny, plot):
    html = section(plot.page(*three_patients(tiny)).html)
    counts = re.findall(r'data-reason="(\w+)"><summary><strong>(\d+)</strong>', html)
    assert counts == [("past_ecd", "2"), ("near_ecd", "0"), ("without_next", "2")]
    assert html.index("data-reason") < html.index('class="sums"')
    assert html.count("the estimate of 1 of them has been put off") == 1
    assert "1 of them wait for a later week" in html


def test_both_dates_stand_side_by_side(tiny, plot):
    html = section(plot.page(*three_patients(tiny)).html)
    # 24 February to 1 December 2026: 280 days.
    cells = r'24 Feb 2026</td><td class="id">1 Dec 2026</td><td class="n">280</td>'
    assert len(re.findall(cells, html)) == 2  # on the worklist, and patient by patient
    assert "Tue 3 Mar 09:00, new" in html


def test_the_sums_are_those_of_the_ledger(tiny):
    ledger = make_ledger(*three_patients(tiny))
    view = ledger_view(ledger)
    assert view.patients == 2  # V3 waits for a later week
    original, current, weeks = view.sums
    assert round(original.with_plan) == 2
    assert round(current.with_plan) == 1
    assert weeks.floor < weeks.with_plan < weeks.without_plan
    assert view.weeks_bought > 3


def test_whom_these_dates_could_have_helped_stands_first(tiny):
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(PAST), earliest=dt.date(2026, 3, 12)),
        tiny.visit("V2", treatment=treatment(FAR)),
    )
    *_, without_next = ledger_view(make_ledger(problem, tiny.schedule(problem))).parts
    assert [row.visit.id for row in without_next.rows] == ["V2", "V1"]
    assert without_next.more == "1 of them wait for a later week"


def test_whose_last_booking_is_over_stands_first_then_who_is_due_first(tiny):
    later, over = dt.date(2026, 3, 12), dt.date(2026, 2, 24)
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(PAST), earliest=later, due=dt.date(2026, 4, 20)),
        tiny.visit("V2", treatment=treatment(FAR), earliest=later, due=dt.date(2026, 4, 10)),
        tiny.visit("V3", treatment=treatment(FAR), due=tiny.friday),
        tiny.booking("B1", "09:00", date=over, treatment=treatment(FAR)),
    )
    *_, without_next = ledger_view(make_ledger(problem, tiny.schedule(problem))).parts
    assert [row.visit.id for row in without_next.rows] == ["B1", "V3", "V2", "V1"]
    assert without_next.more == (
        "2 of them wait for a later week, 1 with the last booking over and nothing after it"
    )


def test_patient_by_patient_shows_first_what_the_schedule_did(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", treatment=treatment(PAST)),
        tiny.visit("V1", treatment=treatment(FAR)),
        tiny.visit("V2", treatment=treatment(FAR)),
    )
    schedule = tiny.schedule(problem, tiny.place("B1", "09:00"), tiny.place("V1", "10:00"))
    view = ledger_view(make_ledger(problem, schedule))
    assert [(row.visit.id, row.standing) for row in view.rows] == [
        *(("V2", "none"), ("V1", "new"), ("B1", "kept"))
    ]


def test_whom_the_history_alone_knows_is_counted_and_named(tiny, plot):
    problem, schedule = three_patients(tiny)
    visit = PastVisit("L1", dt.date(2025, 9, 2), Outcome.KEPT, started=dt.date(2025, 1, 7))
    known = PastVisit("P-V1", dt.date(2025, 9, 2), Outcome.KEPT)
    plain = ledger_view(make_ledger(problem, schedule)).parts[-1]
    ledger = make_ledger(problem, schedule, [visit, known])
    part = ledger_view(ledger).parts[-1]
    assert part.count == plain.count + 1
    assert part.more.endswith("1 neither on the list nor in the book")
    assert part.by_history_only == ("L1",)
    html = section(plot.page(problem, schedule, ledger=ledger, labels={"L1": "<b>Lou"}).html)
    assert "with neither a visit to place nor a booking to come" in html
    assert "&lt;b&gt;Lou" in html


def test_names_come_from_labels_and_are_escaped(tiny, plot):
    page = plot.page(*three_patients(tiny), labels={"P-V1": "<b>Kim", "P-V2": "Lee"})
    html = section(page.html)
    assert "&lt;b&gt;Kim" in html
    assert "Lee" in html
    assert "P-V1" not in html
    assert "P-V3" in html
    assert page.reader.opened == []


def test_a_long_list_is_cut_and_says_so(tiny, plot):
    visits = [tiny.visit(f"V{n}", treatment=treatment(PAST)) for n in range(SHOWN + 3)]
    problem = tiny.problem(*visits)
    html = section(plot.page(problem, tiny.schedule(problem)).html)
    assert f"<strong>{SHOWN + 3}</strong> patients past ECD" in html
    assert html.count("and 3 more in ledger.csv") == 3  # past, without next, patient by patient


def test_nobody_in_treatment_is_no_fault(tiny, plot):
    problem = tiny.problem(tiny.visit("V1"))
    html = section(plot.page(problem, tiny.schedule(problem)).html)
    assert "<strong>0</strong> patients past ECD" in html
    assert "<tr data-visit" not in html


def test_closed_rows_leave_their_counts_on_paper(tiny, plot):
    css = plot.page(*three_patients(tiny)).html
    media = css[css.index("@media print") :]
    assert "#ledger details:not([open]):not(.worklist) { display: none; }" in media
