"""Ctrl-C at a terminal: the best schedule so far is saved, and the exit code says so."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.checker import check
from engine.cli.outputs import RESULT_FILES
from engine.files import read_schedule, write_folder
from engine.generate import generate

MODELDAY = [sys.executable, "-c", "from engine.cli.main import app; app()"]


@pytest.mark.long
@pytest.mark.parametrize("improvements", [1, 2])
def test_ctrl_c_saves_the_best(tmp_path: Path, improvements: int) -> None:
    """After the first line the model is still being built; after the second the solver runs."""
    made = generate("one-doctor", visits=300, seed=5)
    write_folder(made.problem, tmp_path / "practice")
    dates = ["--from", str(made.horizon.start), "--days", str(made.horizon.days)]
    limits = ["--time-limit", "300", "--gap", "0"]
    out = tmp_path / "out"
    command = [*MODELDAY, "fill", str(tmp_path / "practice"), *dates, *limits, "--out", str(out)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        seen = 0
        for line in running.stderr:
            seen += " s  objective" in line
            if seen == improvements:
                break
        running.send_signal(signal.SIGINT)
        stdout, stderr = running.communicate(timeout=240)
    assert running.returncode == 130, stderr
    assert "interrupted" in stdout
    assert {path.name for path in out.iterdir()} == set(RESULT_FILES)
    assert json.loads((out / "result.json").read_text("utf-8"))["interrupted"] is True
    assert check(made.problem, read_schedule(out / "schedule.json")).ok
