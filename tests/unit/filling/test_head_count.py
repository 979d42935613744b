from engine.filling.head_count import Need, withhold_scarce
from engine.filling.lanes import Lanes

EVERYONE = frozenset({"A", "B", "C"})
BONDERS = frozenset({"A", "B"})


def lanes() -> Lanes:
    return Lanes(["A", "B", "C"], [[(0, 100)]] * 3)


def withheld(needs: list[Need]) -> dict[str, tuple[int, int] | None]:
    rows = lanes()
    withhold_scarce(rows, needs)
    spans = {}
    for name, row in rows.row.items():
        minutes = [minute for minute in range(1440) if rows.withheld[row, minute]]
        spans[name] = (minutes[0], minutes[-1] + 1) if minutes else None
    return spans


def test_without_a_lacking_need_nothing_is_withheld():
    assert withheld([Need(BONDERS, "A", 0, 50), Need(BONDERS, "B", 0, 50)]) == {
        "A": None,
        "B": None,
        "C": None,
    }


def test_where_a_group_is_used_up_nobody_of_it_is_given_away():
    # Two bonders; A busy 0-50, someone lacking 40-60: in 40-50 two are needed, so both are
    # withheld; in 50-60 one is needed and two are there, so one may still be given away.
    needs = [Need(BONDERS, "A", 0, 50), Need(BONDERS, None, 40, 60)]
    assert withheld(needs) == {"A": (40, 50), "B": (40, 50), "C": None}


def test_a_bonder_who_does_other_work_counts_as_used():
    needs = [Need(EVERYONE, "A", 0, 50), Need(BONDERS, None, 40, 60)]
    assert withheld(needs) == {"A": (40, 50), "B": (40, 50), "C": None}
    other = [Need(EVERYONE, "C", 0, 50), Need(BONDERS, None, 40, 60)]
    assert withheld(other) == {"A": None, "B": None, "C": None}


def test_a_lack_that_is_gone_is_forgotten():
    rows = lanes()
    withhold_scarce(rows, [Need(frozenset({"A"}), None, 10, 20)])
    assert rows.withheld[0, 10:20].all()
    withhold_scarce(rows, [])
    assert not rows.withheld.any()
