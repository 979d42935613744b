"""`modelday fill --reproducible`: processes whose sets differ in order write the same files."""

import os
import subprocess
import sys
from pathlib import Path

from engine.files import write_problem_json
from engine.generate import generate

MODELDAY = (
    "from engine.solver import search; search.SMALL_COLUMNS = 0; "  # prices, dive and windows, too
    "from engine.cli.main import app; app()"
)


def test_another_order_of_hashes_gives_the_same_schedule(tmp_path: Path) -> None:
    made = generate("one-doctor", 20, 11, booked_share=0.3)
    write_problem_json(made.problem, tmp_path / "problem.json")
    dates = ["--from", str(made.horizon.start), "--days", str(made.horizon.days)]
    limits = ["--time-limit", "2", "--gap", "0", "--workers", "2", "--reproducible"]
    running = []
    for seed in ("1", "2"):
        words = ["fill", str(tmp_path / "problem.json"), *dates, *limits]
        command = [sys.executable, "-c", MODELDAY, *words, "--out", str(tmp_path / seed)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
    assert [process.wait() for process in running] == [0, 0]
    for file in ("schedule.json", "certificate.json"):
        first, second = ((tmp_path / seed / file).read_bytes() for seed in ("1", "2"))
        assert first == second
