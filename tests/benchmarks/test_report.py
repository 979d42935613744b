"""The report: rows of the table, aims, what went wrong, and its place in the README."""

from pathlib import Path

import pytest

from benchmarks.aims import aim_lines
from benchmarks.cases import CASES
from benchmarks.distance import distance_lines
from benchmarks.measures import yardsticks
from benchmarks.records import (
    NO_CERTIFICATE,
    Instance,
    Outcome,
    Point,
    Record,
    Run,
    instance_path,
    read_instances,
    read_runs,
    run_path,
    write,
)
from benchmarks.report import put_between, report
from benchmarks.table import Findings, case_table, growth_lines

FLOOR, BOUND = 1000.0, 1990.0


def instance(case: str, seed: int) -> Instance:
    return Instance(
        case=case,
        seed=seed,
        visits=CASES[case].visits,
        bookings=0,
        clinic_share=0.5,
        assistant_share=0.79,
        doctor_share=0.87,
        load=0.87,
        floor=FLOOR,
        columns=48434,
        rows=19933,
        build_seconds=0.8,
    )


def answer(case: str, method: str, seed: int, seconds: float, objective: float) -> Record:
    """A run that had a schedule at 3000 points after a tenth of its time."""
    return Record(
        run=Run(case=case, method=method, seed=seed),
        outcome=Outcome.ANSWERED,
        settings=f"{method} as it comes",
        limit=CASES[case].seconds,
        trace=(
            Point(seconds=seconds / 10, objective=3000.0),
            Point(seconds=seconds, objective=objective, bound=BOUND),
        ),
        objective=objective,
        bound=BOUND if method == "engine" else None,
        gap=(objective - BOUND) / (objective - FLOOR) if method == "engine" else None,
        certificate=True if method == "engine" else None,
        unplaced=4 + seed,
        judged=2,
        peak_megabytes=300.0,
        machine={"processor": "a quick one"},
    )


def records() -> list[Record]:
    """Seconds to the end grow as visits / 387; the gap of 1992 points is 2 / 992 = 0.202 %."""
    made = [
        answer(case, "engine", seed, CASES[case].visits / 387 * (1 + seed), 1992.0 - seed)
        for case in ("one-387", "two-774", "four-1544")
        for seed in (0, 1, 2)
    ]
    made += [answer("one-387", "highs", seed, 8.0, 2500.0) for seed in (0, 1)]
    run = Run(case="one-387", method="highs", seed=2)
    made.append(Record(run=run, outcome=Outcome.KILLED, reason="ended after 45 s", limit=10.0))
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for record in records():
        write(run_path(tmp_path, record.run), record)
        found = instance(record.run.case, record.run.seed)
        write(instance_path(tmp_path, found.case, found.seed), found)
    return tmp_path


def findings(folder: Path) -> Findings:
    runs, instances = read_runs(folder), read_instances(folder)
    return Findings(runs, instances, yardsticks(runs, instances))


def cells(lines: list[str], row: str) -> list[str]:
    (line,) = (line for line in lines if line.startswith(f"| {row} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_medians_with_ranges_and_missing_answers_told(folder: Path) -> None:
    lines = case_table(findings(folder), CASES["one-387"])
    engine = cells(lines, "engine")
    assert engine[1] == "3 of 3"
    assert engine[2] == "0.2 (0.1 to 0.3)"
    # Objectives 1992, 1991, 1990: gaps 2/992, 1/991 and 0.
    assert engine[3] == "0.10 (0.00 to 0.20)"
    assert engine[6] == "3 of 3"
    assert engine[10] == "5 (4 to 6)"
    highs = cells(lines, "highs")
    assert highs[1] == "2 of 3 (killed)"
    # 510 / 1500 twice and once no answer: the median of 34, 34 and none.
    assert highs[3] == "34.00 (34.00 to –), 1 of 3 not"
    assert (highs[6], highs[7]) == ("", "–")
    assert lines[2].startswith("30 s. Load 87.0 %: demand over capacity of clinic chairs 50 %")
    assert "doctors 87 %" in lines[2]


def test_growth_by_method_and_load(folder: Path) -> None:
    lines = growth_lines(findings(folder), ["engine", "highs"])
    assert cells(lines, "engine") == ["engine", "95%", "1.00", "1.00"]
    assert lines[-1] == "Never within 5 %: highs (95%, 3 runs)."


def test_aims_are_kept_or_missed(folder: Path) -> None:
    lines = aim_lines(findings(folder))
    (small,) = (line for line in lines if "774 visits (95%): within 0.2% in 20 s" in line)
    assert small.endswith("0.10 (0.00 to 0.20) % | kept |")
    assert lines[-1].endswith("| ahead 3, level 0, behind 0 | kept |")


def test_points_above_the_bound_beside_the_best_hand(folder: Path) -> None:
    for method, objective in (("hand-first", 2290.0), ("hand-best", 2190.0)):
        by_hand = answer("one-387", method, 0, 8.0, objective)
        write(run_path(folder, by_hand.run), by_hand)
    row = cells(distance_lines(findings(folder)), CASES["one-387"].title)
    # Bound 1990: the engine ends 2, 1 and 0 above it, HiGHS 510, the better hand 200; 2 / 200.
    assert row[1:] == ["3", "200", "510", "1", "1.00%", "0.0502%"]
    row = cells(distance_lines(findings(folder)), CASES["two-774"].title)
    assert row[2:4] == ["–", "–"]


def test_how_long_models_take_to_build(folder: Path) -> None:
    """All take 0.8 s; an office of one doctor has 0.3, and of two nobody asks."""
    ten = instance("ten-3860", 0).model_copy(update={"build_seconds": 2.5})
    write(instance_path(folder, ten.case, ten.seed), ten)
    weeks = instance("twelve-weeks", 0).model_copy(update={"build_seconds": None})
    write(instance_path(folder, weeks.case, weeks.seed), weeks)
    lines = [line for line in aim_lines(findings(folder)) if "model built" in line]
    assert lines == [
        "| One doctor: model built within 0.3 s | 0.80 s | **missed** |",
        "| Ten doctors: model built within 3 s | 2.50 s | kept |",
    ]


def test_an_aim_is_held_against_its_own_moment(folder: Path) -> None:
    # 15, 30 and 45 s: of three runs only one was there after 20 s, the others at 1010 / 2000.
    for seed in (0, 1, 2):
        late = answer("two-774", "engine", seed, 15.0 * (1 + seed), 1992.0 - seed)
        write(run_path(folder, late.run), late)
    lines = aim_lines(findings(folder))
    (row,) = (line for line in lines if "774 visits (95%): within 0.2% in 20 s" in line)
    assert row.endswith("50.50 (0.20 to 50.50) % | **missed** |")


def test_a_refused_certificate_is_one_aim_missed_and_named(folder: Path) -> None:
    (kept,) = (line for line in aim_lines(findings(folder)) if "certificate" in line)
    aim = "| Every answer of the engine with an accepted certificate of its own |"
    assert kept == f"{aim} 9 of 9 | kept |"
    bad = answer("one-387", "engine", 1, 2.0, 1991.0)
    bad = bad.model_copy(update={"certificate": False, "refused_claims": ("Not a price: x.",)})
    write(run_path(folder, bad.run), bad)
    (missed,) = (line for line in aim_lines(findings(folder)) if "certificate" in line)
    assert missed == f"{aim} 8 of 9 (1 refused) | **missed** |"
    text = report(folder, into_readme=False)
    assert "engine on one-387, seed 1: certificate refused: Not a price: x." in text


@pytest.mark.parametrize("came", ["the harness's", "none in time"])
def test_an_answer_without_a_certificate_of_its_own_is_one_aim_missed(
    folder: Path, came: str
) -> None:
    bare = answer("one-387", "engine", 1, 2.0, 1991.0)
    changed = {"reason": NO_CERTIFICATE} if came == "the harness's" else {"certificate": None}
    write(run_path(folder, bare.run), bare.model_copy(update=changed))
    (row,) = (line for line in aim_lines(findings(folder)) if "certificate" in line)
    assert row.endswith("| 8 of 9 (1 without one of their own in time) | **missed** |")
    # A run that gave no answer owes none.
    none = bare.model_copy(update={"outcome": Outcome.KILLED, "certificate": None})
    write(run_path(folder, bare.run), none)
    (row,) = (line for line in aim_lines(findings(folder)) if "certificate" in line)
    assert row.endswith("| 8 of 8 | kept |")


def test_level_is_told_apart_from_ahead(folder: Path) -> None:
    """Half a millipoint is as good as nothing; the engine ends at 1992, 1991 and 1990."""
    level = answer("one-387", "highs", 1, 8.0, 1991.0004)
    write(run_path(folder, level.run), level)
    told = "| ahead 2, level 1, behind 0; level with highs on one-387, seed 1 | kept |"
    assert aim_lines(findings(folder))[-1].endswith(told)


def test_one_comparison_lost_is_one_aim_missed(folder: Path) -> None:
    better = answer("one-387", "highs", 1, 8.0, 1990.5)
    write(run_path(folder, better.run), better)
    lines = aim_lines(findings(folder))
    told = "| ahead 2, level 0, behind 1; behind highs on one-387, seed 1 | **missed** |"
    assert lines[-1].endswith(told)


def test_the_report_fills_its_place_in_the_page_and_draws(folder: Path) -> None:
    page = folder / "README.md"
    page.write_text("before\n<!-- table:begin -->\nold\n<!-- table:end -->\nafter\n", "utf-8")
    text = report(folder, into_readme=True, readme=page)
    whole = page.read_text("utf-8")
    assert "old" not in whole
    assert whole.startswith("before\n")
    assert whole.endswith("<!-- table:end -->\nafter\n")
    assert "Machine and versions: processor a quick one." in text
    assert "highs on one-387, seed 2: killed: ended after 45 s." in text
    assert "- **engine**: engine as it comes." in text
    for figure in ("anytime.png", "growth.png"):
        assert (folder / figure).stat().st_size > 5000
    with pytest.raises(ValueError, match="lacks the marks"):
        put_between("a page without", "text", "table")
